"""What is said about people, and how it is put right. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from waypost.access import log, opening
from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.matching import keys
from waypost.people.need_to_know.models import Allocation, Wall
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record import rules
from waypost.people.record.beside import why_not_beside, why_the_database_refused
from waypost.people.record.kinds import KINDS, Kind, kind_of
from waypost.people.record.models import Child, How, Person, Statement
from waypost.people.record.rules import Said
from waypost.people.record.who import Name
from waypost.people.removal.walls import every_wall_open


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: keys of the lists of agencies, bases, speakers and disclosure classes."""

    agency: str
    basis: str
    how: How = How.OBSERVED
    said_by: str = ""
    speaker: str = ""
    disclosure: str = ""  # empty: the kind's own


class Stale(Refused):
    """Somebody else has corrected it meanwhile: nothing is saved, and both texts are shown."""

    def __init__(self, newer: Statement) -> None:
        super().__init__("Somebody has corrected this since you opened it. Read theirs beside yours, then save again.")
        self.newer = newer


@transaction.atomic
def enter_child(
    *, given: str, family: str, born: Any, estimated: bool, source: Source, by: Staff, at: datetime, once: UUID
) -> Child:
    """A child who is not yet known here. Whose work is to hold children holds this one until it is given to another."""
    require(by, Permission.ENTER_CHILDREN)
    if (there := _one_turn(once)) is not None:
        return there
    today = timezone.localdate(at)
    name = {"kind": "legal", "given": given, "family": family}
    refuse_if(rules.why_not_name(name, today) or rules.why_not_birth({"born": born}, today))
    person = Person.objects.create(entered_by=by, entered_at=at, once=once)
    child = Child.objects.create(person=person, number=_next_number(today.year))
    _first_given(child, by, at)
    log.record(by, log.Verb.COLLECTED, "child.entered", child)
    write(KINDS["name"], person, name, source=source, by=by, at=at)
    write(KINDS["birth"], person, {"born": born, "estimated": estimated}, source=source, by=by, at=at)
    return child


def _first_given(child: Child, by: Staff, at: datetime) -> None:
    """Somebody seconded works with the child; others open every record, and a manager is told that nobody holds it."""
    if by.may(Permission.HOLD_CHILDREN):
        Allocation.objects.create(person=child.person, staff=by, since=at, given_by=by)
        opening.allocate(child.pk, by, at=at, by=by)
    elif not by.may(Permission.OPEN_ANY_CHILD):
        opening.give(by, child.pk, Access.Basis.INVOLVED, at=at, by=by)


def _one_turn(once: UUID) -> Child | None:
    """Two posts of one form take turns; the second is given what the first made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7002))", [str(once)])
    person = Person.objects.select_related("child").filter(once=once).first()
    return person.child if person else None


def _next_number(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('public.people_child_number')")
        return f"{year % 100:02d}-{cursor.fetchone()[0]:04d}"


@transaction.atomic
def say(
    person: Person,
    kind: Kind,
    said: Said,
    *,
    source: Source,
    by: Staff,
    at: datetime,
    once: UUID | None = None,
    wall: Any = None,
) -> Statement:
    """One statement more about a person. Posted twice it is one. `wall`: to stand behind, or what puts it up."""
    person = _locked(person)
    require_writes(person, kind.section, by=by, at=at)
    if once and (there := kind.model.objects.filter(once=once, by=by).first()):
        return there
    said = _checked(kind, person, said, source, at)
    wall = (wall() if callable(wall) else wall) or _wall_around(kind, person, said, source, by=by, at=at)
    statement = write(kind, person, said, source=source, by=by, at=at, once=once, wall=wall)
    log.record(by, log.Verb.COLLECTED, f"child.{kind.key}_said", person)
    return statement


@transaction.atomic
def correct(
    statement: Statement, said: Said, *, source: Source, by: Staff, at: datetime, once: UUID | None = None
) -> Statement:
    """A new statement in the place of one that was wrong or has come to an end; the old one stays behind it."""
    kind, person = kind_of(statement), _locked(statement.person)
    require_writes(person, kind.section, by=by, at=at)
    statement = kind.model.objects.select_for_update(no_key=True, of=("self",)).get(pk=statement.pk)
    if once and (there := kind.model.objects.filter(once=once, by=by).first()):
        return there
    if statement.removed_on:
        raise Refused("The words of this were removed. Write it anew if it is needed.")
    if statement.replaced_at:
        raise Stale(newest(statement))
    said = _checked(
        kind, person, {name: getattr(statement, name) for name in kind.carried} | {**said}, source, at, but=statement
    )
    wall = statement.wall or _wall_around(kind, person, said, source, by=by, at=at)
    statement.replaced_at = at
    statement.save(update_fields=["replaced_at"])
    if isinstance(statement, Name):
        keys.forget(statement)
    corrected = write(kind, person, said, source=source, by=by, at=at, once=once, wall=wall, replaces=statement)
    _follow(statement, corrected)
    log.record(by, log.Verb.CHANGED, f"child.{kind.key}_corrected", person)
    return corrected


def _follow(old: Statement, new: Statement) -> None:
    """What hangs on a statement hangs on what stands in its place now, even where whoever corrects may not see it."""
    with every_wall_open():
        for relation in type(old)._meta.related_objects:
            name = relation.field.name
            if name != "replaces":
                relation.related_model._default_manager.filter(**{name: old.pk}).update(**{name: new.pk})


@transaction.atomic
def end(
    statement: Statement, *, until: date, by: Staff, at: datetime, once: UUID | None = None, **ended: Any
) -> Statement:
    """It was true until that day, `ended` for what reason. All else, and where it comes from, stays as it was."""
    said = {**kind_of(statement).said_of(statement), "until": until, **ended}
    source = Source(
        agency=statement.agency,
        basis=statement.basis,
        how=How(statement.how),
        said_by=statement.said_by,
        speaker=statement.speaker,
        disclosure=statement.disclosure,
    )
    return correct(statement, said, source=source, by=by, at=at, once=once)


def newest(statement: Statement) -> Statement:
    """What stands in its place now."""
    while (later := type(statement).objects.filter(replaces=statement).first()) is not None:
        statement = later
    return statement


def earlier(statement: Statement) -> list[Statement]:
    """What stood in its place before, newest first."""
    found = []
    while (before := getattr(statement, "replaces_id", None)) is not None:
        statement = type(statement).objects.get(pk=before)
        found.append(statement)
    return found


def _checked(
    kind: Kind, person: Person, said: Said, source: Source, at: datetime, but: Statement | None = None
) -> Said:
    """As it will be kept, or refused."""
    today, said = timezone.localdate(at), kind.tidied(said)
    refuse_if(
        kind.rule(said, today)
        or (rules.why_not_period(said, today, ahead=kind.ahead) if kind.period else None)
        or rules.why_not_source(
            how=source.how,
            said_by=source.said_by,
            speaker=source.speaker,
            own_words=bool(str(said.get("own_words") or "").strip()),
        )
        or why_not_beside(kind, person, said, but=but)
    )
    return said


def _wall_around(kind: Kind, person: Person, said: Said, source: Source, *, by: Staff, at: datetime) -> Wall | None:
    """What may be told to hardly anybody stands behind a wall from the first; through it, as through a letter-box."""
    found = rules.wall_around(source.disclosure, said.get("kind") if kind.key == "document" else None)
    if found is None:
        return None
    wall = Wall(kind=found, person=person, made_by=by, made_at=at)
    wall.save(force_insert=True)
    return wall


def write(kind: Kind, person: Person, said: Said, *, source: Source, **given: Any) -> Statement:
    """The row itself, checked before; a rule that only the database could hold is a refusal all the same."""
    statement = kind.model(
        person=person,
        **{name: value for name, value in said.items() if name not in kind.apart},
        **given,
        agency=source.agency,
        basis=source.basis,
        how=source.how,
        said_by=source.said_by,
        speaker=source.speaker,
        disclosure=source.disclosure or kind.disclosure,
    )
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError as error:
        refuse_if(why_the_database_refused(error, kind, said))
        raise
    if isinstance(statement, Name) and statement.wall_id is None:
        keys.keep(statement)
    if kind.after:
        kind.after(statement, said, given["by"], given["at"])
    return statement


def _locked(person: Person) -> Person:
    """Those who write about one person take turns."""
    found = Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    if found is None:
        raise NotFound
    if found.removed_on:
        raise Refused("Everything about them was removed under a rule. Nothing is written here any more.")
    return found
