"""What a list of found children shows: of an open record who they are, who holds them and what to know first; of one
that opens only with a reason, no more than it takes to tell whether this is the child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.access.models import Access, Staff
from waypost.kernel.lists import load
from waypost.kernel.school_age import age
from waypost.people.matching import search
from waypost.people.matching.asked import Asked
from waypost.people.matching.likely import Likely
from waypost.people.matching.search import Match
from waypost.people.record.called import called
from waypost.people.record.models import Child
from waypost.people.record.needs import Alert
from waypost.people.record.who import Birth, Name

MOST = 50  # rows; more are told apart by typing more


@dataclass(frozen=True, slots=True)
class Row:
    child: UUID
    number: str  # empty where the record is not open
    name: str
    born: date | None
    age: int | None
    holders: tuple[str, ...]
    alerts: tuple[str, ...]
    reasons: tuple[str, ...]
    via: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Found:
    rows: tuple[Row, ...]
    total: int
    restricted: bool  # something fits that is closed: nothing of it is known here

    @property
    def shown(self) -> list[UUID]:
        return [row.child for row in self.rows]


def find(asked: Asked, *, by: Staff, at: datetime, on: date) -> Found:
    found = search.matches(asked, by=by, at=at)
    return Found(rows_of(found[:MOST], at=at, on=on), len(found), search.restricted(asked))


def rows_of_likely(likely: Likely, *, by: Staff, at: datetime, on: date) -> tuple[Row, ...]:
    """Those who may be the child that is about to be entered, as any list would show them."""
    told = search.told_of({child for child, _ in likely.found}, by=by, at=at) if likely.found else {}
    rows = [
        Match(child, *told[child], dict.fromkeys(weighed.reasons, 1))
        for child, weighed in likely.found
        if child in told
    ]
    return rows_of(rows, at=at, on=on) if rows else ()


def rows_of(found: Sequence[Match], *, at: datetime, on: date) -> tuple[Row, ...]:
    """A row for each match, in its order. Five queries, however many there are."""
    people = {one.child: one.child for one in found}
    combined = Child.objects.filter(combined_into__in=people).values_list("pk", "combined_into")
    people |= {pk: into for pk, into in combined if into}
    names, births = _names(people), _births(people)
    holders = _holders(people, at)
    alerts = _alerts({person: child for person, child in people.items() if child in _reading(found, "alerts")})
    return tuple(
        Row(
            child=one.child,
            number=one.number if one.reads is not None else "",
            name=called(names[one.child]) or f"Child {one.number}",
            born=(born := births.get(one.child)),
            age=age(born, on) if born else None,
            holders=tuple(holders[one.child]),
            alerts=tuple(dict.fromkeys(alerts[one.child])),
            reasons=tuple(one.reasons),
            via=tuple(one.via),
            is_open=one.reads is not None,
        )
        for one in found
    )


def _reading(found: Sequence[Match], section: str) -> set[UUID]:
    return {one.child for one in found if one.reads and section in one.reads}


def _names(people: dict[UUID, UUID]) -> dict[UUID, list[Name]]:
    """Of each child: those of the record itself first, then of what was combined into it; newest first in each."""
    found: dict[UUID, list[Name]] = defaultdict(list)
    rows = Name.objects.current().filter(person__in=people).only("person_id", "kind", "given", "family")
    for name in sorted(rows.order_by("-at"), key=lambda name: name.person_id != people[name.person_id]):
        found[people[name.person_id]].append(name)
    return found


def _births(people: dict[UUID, UUID]) -> dict[UUID, date]:
    rows = list(Birth.objects.current().filter(person__in=people).values_list("person", "born"))
    own_last = sorted(rows, key=lambda row: row[0] == people[row[0]])
    return {people[person]: born for person, born in own_last if born}


def _holders(people: dict[UUID, UUID], at: datetime) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Access.objects.at(at).filter(child__in=set(people.values()), basis=Access.Basis.ALLOCATED)
    for child, name, team in rows.order_by("since").values_list("child", "staff__name", "staff__team__name"):
        found[child].append(f"{name}, {team}" if team else name)
    return found


def _alerts(people: dict[UUID, UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for person, kind in Alert.objects.current().filter(person__in=people).order_by("at").values_list("person", "kind"):
        found[people[person]].append(load("alert_kinds").words(kind))
    return found
