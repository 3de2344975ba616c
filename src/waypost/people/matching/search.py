"""Finding a child by whatever is known: a name in any order, birth date, number, address, telephone.

Every question goes to an index through equality, which is all that the walls let an index answer; what the index
brings is looked at again here, and says why it matched. How many questions are asked does not depend on how many are
found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Value, When

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.kernel.lists import load
from waypost.people.matching.asked import Asked
from waypost.people.matching.keys import LONGEST, STARTS_WITH
from waypost.people.matching.models import NameKey
from waypost.people.matching.names import alike, parts
from waypost.people.need_to_know.reach import reads_of
from waypost.people.record.home import Address, ContactDetail, Harmed, Relation
from waypost.people.record.models import Child
from waypost.people.record.who import Birth, Identifier, Name

MOST_NAMES = 100  # people whose names are looked at again; of more, what was typed does not tell them apart
SAME_PART, SAME_SOUND, BEGINS, SAME_START = 4, 3, 2, 1  # how one part of a name is met
JOINED = -1  # the place of two parts written as one
NOT_SHOWN = "removed"  # a kind of name: found by it, never shown
BEGINS_SO = "name begins with what was typed"


class Met(NamedTuple):
    """That something of a person fits what was asked; `section` of the record must be open for it to be said."""

    person: UUID
    reason: str
    weight: int
    section: str = ""


@dataclass(slots=True)
class Match:
    """One child who may be meant, and why. `via` is somebody in their life to whom what was typed belongs."""

    child: UUID
    number: str
    reads: frozenset[str] | None  # sections of the record; None: it is not open to whoever asks
    reasons: dict[str, int] = field(default_factory=dict)
    via: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(self.reasons.values())


def matches(asked: Asked, *, by: Staff, at: datetime) -> list[Match]:
    """Children this person may be told of, most likely first. The database has been told who asks."""
    candidates = by_name(asked, by=by, at=at)
    met = list(_by_fact(asked))
    people = {*candidates, *(one.person for one in met)}
    ties = _ties(people, by)
    kept = kept_of(people | {child for child, _, _ in ties})
    told = told_of(set(kept.values()), by=by, at=at)
    names = _names(candidates)
    met += _names_met(asked, candidates, names)
    found: dict[UUID, Match] = {}
    for one in met:
        for child, via in _whose(one.person, kept, ties, names):
            if child not in told or (one.section and one.section not in (told[child][1] or ())):
                continue
            match = found.setdefault(child, Match(child, *told[child]))
            match.reasons[one.reason] = one.weight
            match.via += [via] if via and via not in match.via else []
    return sorted(_whole(asked, found), key=lambda match: (bool(match.via), -match.weight, str(match.child)))


def restricted(asked: Asked) -> bool:
    """Whether a record that is closed to whoever asks has this number, or this name and birth date. Nothing more."""
    pairs = sorted(asked.identifiers)
    keys = [(sound, place) for place, found in enumerate(asked.sounds) for sound in _cut(found)]
    keys += [(sound, JOINED) for sound in _cut(asked.joined)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public.people_restricted(%s::text[], %s::text[], %s::date[], %s::text[], %s::int[], %s)",
            [
                [scheme for scheme, _ in pairs],
                [value for _, value in pairs],
                [asked.born] if asked.born else [],
                [sound for sound, _ in keys],
                [place for _, place in keys],
                asked.enough,
            ],
        )
        return bool(cursor.fetchone()[0])


def _whole(asked: Asked, found: dict[UUID, Match]) -> Iterable[Match]:
    """Where a name and a birth date were both typed and somebody has both, nobody is named who has the date alone."""
    if not (asked.born and asked.parts):
        return found.values()
    both = [match for match in found.values() if len(match.reasons) > 1]
    return [match for match in found.values() if set(match.reasons) != {"birth date"}] if both else found.values()


# By name --------------------------------------------------------------------------------------------------------------


def by_name(asked: Asked, *, by: Staff, at: datetime) -> dict[UUID, Levels]:
    """People of whose names enough parts are met, with how well each typed part is: the best of them."""
    if not asked.parts:
        return {}
    how, any_key = {}, Q(sound__in=_cut(asked.joined))
    for place, (part, sounds) in enumerate(zip(asked.parts, asked.sounds, strict=True)):
        part, sounded = part[:LONGEST], Q(sound__in=_cut(sounds))
        starts = Q(start=part[:STARTS_WITH])
        any_key |= sounded | starts
        how[f"part_{place}"] = Max(
            Case(
                When(part=part, then=Value(SAME_PART)),
                When(sounded, then=Value(SAME_SOUND)),
                When(starts & Q(part__startswith=part), then=Value(BEGINS)),
                When(starts, then=Value(SAME_START)),
                default=Value(0),
            )
        )
    joined = Max(Case(When(sound__in=_cut(asked.joined), then=Value(1)), default=Value(0)))
    rows = _within(NameKey.objects.filter(any_key), by, at).values("person").annotate(**how, joined=joined)
    met = sum((Case(When(**{f"{name}__gt": 0}, then=Value(1)), default=Value(0)) for name in how), Value(0))
    rows = rows.annotate(met=met, weight=sum((F(name) for name in how), Value(0)))
    rows = rows.filter(Q(met__gte=asked.enough) | Q(joined=1)).order_by("-met", "-weight", "person")
    return {person: tuple(levels) for person, *levels in rows.values_list("person", *how, "joined")[:MOST_NAMES]}


def _cut(sounds: Iterable[str]) -> list[str]:
    return sorted(sound[:LONGEST] for sound in sounds)


def _within(rows: QuerySet[NameKey], by: Staff, at: datetime) -> QuerySet[NameKey]:
    """Before the best are taken: only people of children they may be told of. Many may be told of everybody."""
    if by.may(Permission.OPEN_WITH_REASON) or by.may(Permission.OPEN_ANY_CHILD):
        return rows
    open_now = Child.objects.findable_by(by, at).values("pk")
    return rows.filter(
        Q(person__in=open_now)
        | Q(person__in=Child.objects.filter(combined_into__in=open_now).values("pk"))
        | Q(person__in=Relation.objects.current().filter(person__in=open_now).values("other"))
    )


Names = dict[UUID, list[tuple[str, str]]]  # of each person, the kind of each name and the name
Levels = tuple[int, ...]  # how well each typed part is met, and last whether two parts written as one are


def _names(people: Iterable[UUID]) -> Names:
    found: Names = defaultdict(list)
    rows = Name.objects.current().filter(person__in=list(people))
    for person, kind, given, family in rows.values_list("person", "kind", "given", "family"):
        found[person].append((kind, f"{given} {family}".strip()))
    return found


def _names_met(asked: Asked, candidates: dict[UUID, Levels], names: Names) -> Iterator[Met]:
    for person, levels in candidates.items():
        if (found := _why(asked, names[person], levels)) is not None:
            yield Met(person, found, 6 + sum(levels))


def _why(asked: Asked, names: list[tuple[str, str]], levels: Levels) -> str | None:
    """Why their names fit, the weakest of the reasons first; two whole names are compared only where it must be."""
    has = {part for _, name in names for part in _parts(name)}
    reasons = [_why_part(typed, has) for typed in asked.parts]
    unmet = sum(reason is None for reason in reasons)
    if not unmet:
        return min((reason for reason in reasons if reason), key=_weakest_first)
    *_, joined = levels
    if joined or len(asked.parts) > 2:
        return next((words for _, name in names if (words := alike(asked.name, name))), None)
    if unmet == 1 and len(asked.parts) == 2:
        typed = asked.parts[reasons.index(None)]
        return next((words for part in sorted(has) if (words := _one_letter(typed, part))), None)
    return None


def _why_part(typed: str, has: set[str]) -> str | None:
    if typed in has:
        return "same name"
    said = next((words for part in sorted(has) if (words := _alike(typed, part))), None)
    begins = len(typed) >= STARTS_WITH and any(part.startswith(typed) for part in has)
    return said or (BEGINS_SO if begins else None)


def _weakest_first(reason: str) -> tuple[bool, bool]:
    return reason != BEGINS_SO, reason == "same name"


@lru_cache(50_000)
def _parts(name: str) -> tuple[str, ...]:
    return parts(name)


@lru_cache(50_000)
def _alike(typed: str, part: str) -> str | None:
    return alike(typed, part)


@lru_cache(50_000)
def _one_letter(typed: str, part: str) -> str | None:
    """As in a whole name whose other part is the same: `alike` allows a letter there and nowhere else."""
    return alike(f"a {typed}", f"a {part}")


# By what is known otherwise -------------------------------------------------------------------------------------------


def _by_fact(asked: Asked) -> Iterator[Met]:
    if asked.born:
        for person in Birth.objects.current().filter(born=asked.born).values_list("person", flat=True):
            yield Met(person, "birth date", 8)
    if asked.number:
        for person in Child.objects.filter(number=asked.number).values_list("pk", flat=True):
            yield Met(person, "our number", 30)
    if asked.identifiers:
        schemes, values = zip(*sorted(asked.identifiers), strict=True)
        rows = Identifier.objects.current().filter(scheme__in=set(schemes), value__in=set(values))
        for person, scheme, value in rows.values_list("person", "scheme", "value"):
            if (scheme, value) in asked.identifiers:
                yield Met(person, load("identifier_schemes").words(scheme), 30)
    if asked.first_line:
        places = Q(first_line=asked.first_line) | (Q(plain_postcode=asked.postcode) if asked.postcode else Q())
        for person, line in Address.objects.current().filter(places).values_list("person", "first_line"):
            yield Met(person, "address" if line == asked.first_line else "postcode", 6, "home")
    if asked.telephone:
        rows_ = ContactDetail.objects.current().filter(digits=asked.telephone)
        for person in rows_.values_list("person", flat=True):
            yield Met(person, "telephone", 8, "home")


# Whose it is ----------------------------------------------------------------------------------------------------------

Tie = tuple[UUID, UUID, str]  # a child, somebody in their life, what they are to the child


def _ties(people: set[UUID], by: Staff) -> list[Tie]:
    """Of whom these people are mother, brother or carer; and, to those who may know it, by whom they were harmed."""
    rows = Relation.objects.current().filter(other__in=people).values_list("person", "other", "relation")
    ties = [(child, other, load("relations").words(relation)) for child, other, relation in rows]
    if by.may(Permission.READ_VICTIM_IDENTITY):
        harmed = Harmed.objects.current().filter(person__in=people).values_list("child", "person")
        ties += [(child, person, "Somebody harmed by this child") for child, person in harmed]
    return ties


def kept_of(people: set[UUID]) -> dict[UUID, UUID]:
    """Of those who are children, the record each stands in now: its own, or the one it was combined into."""
    rows = Child.objects.filter(pk__in=people).values_list("pk", "combined_into")
    return {child: into or child for child, into in rows}


def told_of(children: set[UUID], *, by: Staff, at: datetime) -> dict[UUID, tuple[str, frozenset[str] | None]]:
    """Of whom this person may be told: the number, and which sections they read where the record is open to them."""
    is_open = Exists(Child.objects.visible_to(by, at).filter(pk=OuterRef("pk")))
    found = list(
        Child.objects.findable_by(by, at)
        .filter(pk__in=children)
        .annotate(is_open=is_open)
        .values_list("pk", "number", "is_open")
    )
    reads = reads_of(by, [child for child, _, is_open in found if is_open], at)
    return {child: (number, reads.get(child)) for child, number, _ in found}


def _whose(person: UUID, kept: dict[UUID, UUID], ties: list[Tie], names: Names) -> Iterator[tuple[UUID, str]]:
    """The child they are; or each child in whose life they are, with who they are to it."""
    if person in kept:
        yield kept[person], ""
        return
    for child, other, what in ties:
        if other == person and child in kept:
            shown = next((name for kind, name in names.get(person, ()) if kind != NOT_SHOWN), "")
            yield kept[child], f"{what}: {shown}" if shown else what
