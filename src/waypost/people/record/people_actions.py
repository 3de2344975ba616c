"""Saying something that is about two people: what somebody is to a child, and whom a child harmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.kernel.refusal import NotFound, refuse_if
from waypost.people.need_to_know.models import Wall
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record import actions, rules
from waypost.people.record.actions import Source
from waypost.people.record.beside import constraint_of
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Person, Statement
from waypost.people.record.rules import Said


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody not known here yet, as far as they are known now."""

    given: str
    family: str
    born: date | None = None


@transaction.atomic
def enter_person(
    of: Person, new: NewPerson, *, section: str, source: Source, by: Staff, at: datetime, once: UUID
) -> Person:
    """Somebody in a child's life who is no child of ours by that; what they are to the child is said with it."""
    require_writes(of, section, by=by, at=at)
    if there := Person.objects.filter(once=once).first():
        return there
    person = _bare(by, at, once)
    _named(person, new, source=source, by=by, at=at)
    return person


@transaction.atomic
def relate(
    of: Person, said: Said, who: UUID | NewPerson, *, source: Source, by: Staff, at: datetime, once: UUID
) -> Statement:
    """What somebody is to a child; somebody new is entered with it."""
    section = KINDS["relation"].section
    require_writes(of, section, by=by, at=at)
    if isinstance(who, NewPerson):
        other = enter_person(of, who, section=section, source=source, by=by, at=at, once=once)
    else:
        other = _known(who)
    return actions.say(of, KINDS["relation"], {**said, "other": other}, source=source, by=by, at=at, once=once)


@transaction.atomic
def say_harmed(
    of: Person, said: Said, who: UUID | NewPerson, *, source: Source, by: Staff, at: datetime, once: UUID
) -> None:
    """Whom a child harmed. Whoever writes on the record may say it; those who keep the harmed safe read it.

    It gives nothing back: behind its wall it is no longer there for most of those who say it.
    """
    require_writes(of, KINDS["harmed"].section, by=by, at=at)
    try:
        with transaction.atomic():
            _say_harmed(of, said, who, source=source, by=by, at=at, once=once)
    except IntegrityError as error:
        if constraint_of(error) != "people_harmed_once_key":  # posted twice, and the first is behind the wall
            raise


def _say_harmed(
    of: Person, said: Said, who: UUID | NewPerson, *, source: Source, by: Staff, at: datetime, once: UUID
) -> None:
    person = _bare(by, at, once) if isinstance(who, NewPerson) else _known(who)
    wall = Wall(kind=Wall.Kind.VICTIM, person=person, made_by=by, made_at=at)
    wall.save(force_insert=True)
    if isinstance(who, NewPerson):
        _named(person, who, source=source, by=by, at=at, wall=wall)
    actions.write(KINDS["harmed"], person, {**said, "child": of}, source=source, by=by, at=at, once=once, wall=wall)
    log.record(by, log.Verb.COLLECTED, "child.harmed_said", of)


def _known(pk: UUID) -> Person:
    found = Person.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _bare(by: Staff, at: datetime, once: UUID) -> Person:
    return Person.objects.filter(once=once).first() or Person.objects.create(entered_by=by, entered_at=at, once=once)


def _named(
    person: Person, new: NewPerson, *, source: Source, by: Staff, at: datetime, wall: Wall | None = None
) -> None:
    """A name and, where it is known, a birth date. Of somebody behind a wall these stand behind it too."""
    today, born = timezone.localdate(at), {"born": new.born, "estimated": False}
    name = {"kind": "known_as", "given": new.given, "family": new.family}
    refuse_if(rules.why_not_name(name, today) or (rules.why_not_birth(born, today) if new.born else None))
    log.record(by, log.Verb.COLLECTED, "person.entered", person)
    for kind, said in (("name", name), ("birth", born if new.born else None)):
        if said:
            actions.write(KINDS[kind], person, said, source=source, by=by, at=at, wall=wall)
