"""Rules that need other statements: what cannot be true beside what is in the record already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from waypost.kernel.words import day
from waypost.people.record.care import Placement
from waypost.people.record.kinds import Kind
from waypost.people.record.models import Child, Person, Statement
from waypost.people.record.rules import Said
from waypost.people.record.who import Birth, Identifier, Particular

M = TypeVar("M", bound=Statement)
RESTRICTED = "This number is on a record that is restricted. Ring the duty manager, and enter nothing meanwhile."
OVERLAPS = "They are in another placement on some of these days. End that one first, or correct the days."
SAID_ALREADY = "This is in the record already. Correct what is there, so that what it was stays behind it."
BY_CONSTRAINT = {
    "placements_do_not_overlap": OVERLAPS,
    "identifier_is_one_persons": RESTRICTED,  # by somebody whose row this person may not see: else it was found before
    "one_birth": SAID_ALREADY,
    "one_particular": SAID_ALREADY,
}


def constraint_of(error: IntegrityError) -> str:
    """Which of the database's rules refused it."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))


def why_the_database_refused(error: IntegrityError, kind: Kind, said: Said) -> str | None:
    """The sentence for a rule of ours that two people met at once; None for an error that is a bug."""
    constraint = constraint_of(error)
    if constraint == "identifier_is_one_persons" and (seen := _number_taken(said)):
        return seen
    return (BY_CONSTRAINT | dict(kind.constraints)).get(constraint)


def why_not_beside(kind: Kind, person: Person, said: Said, *, but: Statement | None = None) -> str | None:
    """`but` is the statement that is being corrected."""
    rule = kind.beside or RULES.get(kind.key)
    return rule(person, said, but) if rule else None


def current(model: type[M]) -> QuerySet[M]:
    return model.objects.filter(replaced_at=None, removed_on=None)


def _pks(but: Statement | None) -> list[UUID]:
    return [but.pk] if but else []


def _placement(person: Person, said: Said, but: Statement | None) -> str | None:
    others = current(Placement).filter(person=person).exclude(pk__in=_pks(but))
    since, until = said["since"], said.get("until") or date.max
    if since is None:
        return "Give the day on which the placement began."
    other = others.filter(Q(until__isnull=True) | Q(until__gte=since), since__lte=until).order_by("since").first()
    if other is None:
        return None
    began = day(other.since or since)
    runs = f"from {began} to {day(other.until)}" if other.until else f"since {began}"
    return f"They are in another placement {runs}. End that one first, or correct the days."


def _number(person: Person, said: Said, but: Statement | None) -> str | None:
    return _number_taken(said, but)


def _number_taken(said: Said, but: Statement | None = None) -> str | None:
    same = current(Identifier).filter(scheme=said["scheme"], value=said["value"])
    other = same.exclude(pk__in=_pks(but)).first()
    if other is None:
        return None
    child = Child.objects.filter(pk=other.person_id).first()
    whose = f"child {child.number}" if child else "somebody who is no child of ours"
    return f"Another record has this number: {whose}. Look at the number again; it may be one and the same person."


def _one_birth(person: Person, said: Said, but: Statement | None) -> str | None:
    others = current(Birth).filter(person=person).exclude(pk__in=_pks(but))
    return SAID_ALREADY if others.exists() else None


def _one_particular(person: Person, said: Said, but: Statement | None) -> str | None:
    others = current(Particular).filter(person=person).filter(which=said["which"])
    return SAID_ALREADY if others.exclude(pk__in=_pks(but)).exists() else None


RULES: dict[str, Callable[[Person, Said, Statement | None], str | None]] = {
    "placement": _placement,
    "identifier": _number,
    "birth": _one_birth,
    "particular": _one_particular,
}
