"""What a whole service planned and what took place, in one period: four queries, however many children there are.

A session belongs to the day of its contact; one that never stood in the diary, to the last day of its intervention. So
every session belongs to one day, and periods that follow on each other add up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, FilteredRelation, Q, Value, When

from waypost.access.models import Staff
from waypost.casework.catalogue import definitions as catalogue
from waypost.casework.interventions import rules
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.interventions.rules import Counted, Held
from waypost.kernel.days import midnight_after
from waypost.kernel.lists import load
from waypost.people.record.models import Child

OWN_WORDS = "In own words"
IN_CUSTODY, OUTSIDE = "In custody", "Not in custody"
PERIODS = {"28": "Four weeks", "91": "Three months", "365": "A year"}  # days to today


@dataclass(frozen=True, slots=True)
class Line:
    """One worker, programme, agency, direction or place."""

    name: str
    counted: Counted

    @property
    def worst(self) -> str:
        """The reason for which most were lost."""
        found = self.counted.reasons.most_common(1)
        return in_words(found[0][0]) if found else ""


@dataclass(frozen=True, slots=True)
class Lost:
    """How many were lost for one reason, and on whose side it lay."""

    whose: str
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class Service:
    since: date
    until: date
    counted: Counted
    interventions: int
    tables: Mapping[str, list[Line]] = field(default_factory=dict)  # by what it is told: "By worker"
    moved: Mapping[str, int] = field(default_factory=dict)  # by whose asking

    @property
    def lost(self) -> list[Lost]:
        """The commonest first."""
        found = self.counted.reasons.most_common()
        return [Lost(rules.WHOSE[key[0]], in_words(key), number) for key, number in found]

    @property
    def lost_by(self) -> list[tuple[str, int]]:
        return [(rules.WHOSE[side], number) for side, number in self.counted.lost_by.most_common()]


def in_words(key: tuple[str, str, str]) -> str:
    """‘Did not come: ill’"""
    _, kind, reason = key
    name, begins = {
        "missed": ("missed_reasons", "Did not come"),
        "cancelled": ("cancelled_reasons", "We cancelled"),
        "ended": ("intervention_endings", "Ended"),
    }[kind]
    codes = load(name)
    words = codes.words(reason) if reason in codes else reason or "no reason given"
    return f"{begins}: {words[:1].lower()}{words[1:]}"


def service(staff: Staff, at: datetime, since: date, until: date) -> Service:
    """Of the children whose records are open to this person."""
    works = Intervention.objects.open_to(Child.objects.visible_to(staff, at))
    rows = {one["pk"]: one for one in works.values(*VALUES)}
    first, last = midnight_after(since - timedelta(days=1)), midnight_after(until)
    in_period = Q(contact__starts__gte=first, contact__starts__lt=last)
    counted = _counted(rows, _held(works, in_period, at), _tied(works), lambda day: since <= day <= until)
    return Service(
        since,
        until,
        sum(counted.values(), Counted()),
        len({pk for pk, _ in counted}),
        {title: _lines(counted, rows, told) for title, told in TOLD.items()},
        _moved(works, in_period),
    )


def _counted(
    rows: Mapping[UUID, Mapping[str, Any]],
    held: Mapping[tuple[UUID, bool], list[Held]],
    tied: Mapping[UUID, int],
    is_in: Callable[[date], bool],
) -> dict[tuple[UUID, bool], Counted]:
    """By intervention, and whether in custody. Nobody knows where a session in no diary would have been: outside."""
    found: dict[tuple[UUID, bool], Counted] = {}
    for pk, row in rows.items():
        for custody in (False, True):
            here = held.get((pk, custody), [])
            left_over = not custody and is_in(row["ended_on"] or row["ends"])
            if here or left_over:
                found[pk, custody] = rules.counted(
                    row["sessions"] - tied.get(pk, 0) + sum(one.number for one in here),  # with those in no diary
                    here,
                    ended_because=row["ended_because"],
                    by_partner=row["professional"] is not None,
                    left_over=left_over,
                )
    return found


def _tied(works: Any) -> dict[UUID, int]:
    """How many sessions each has in all, whenever they were or will be."""
    rows = InterventionSession.objects.tied().filter(intervention__in=works)
    return dict(rows.values_list("intervention").annotate(Count("pk")))


VALUES = (
    "pk", "programme", "agency", "sessions", "ends", "ended_on", "ended_because", "professional", "staff__name",
    "professional__name",
)  # fmt: skip


def _held(works: Any, in_period: Q, at: datetime) -> dict[tuple[UUID, bool], list[Held]]:
    """By intervention, and whether in custody: counted by the database."""
    said = FilteredRelation("contact__attendances", condition=Q(contact__attendances__replaced_at=None))
    rows = (
        InterventionSession.objects.tied()
        .filter(in_period, intervention__in=works)
        .annotate(
            now=said,
            is_past=Case(When(contact__starts__lt=at, then=Value(True)), default=Value(False)),
            custody=Case(When(contact__way="custody", then=Value(True)), default=Value(False)),
        )
    )
    found: dict[tuple[UUID, bool], list[Held]] = defaultdict(list)
    by = rows.values_list("intervention", "custody", "now__came", "now__reason", "is_past").annotate(Count("pk"))
    for intervention, custody, came, reason, is_past, number in by.order_by():
        found[intervention, custody].append(Held(came or "", reason or "", is_past, number))
    return found


def _moved(works: Any, in_period: Q) -> dict[str, int]:
    """Sessions that were to be in the period and were moved before their time, by who asked for it."""
    rows = InterventionSession.objects.filter(in_period, intervention__in=works, untied_because="moved")
    codes, found = load("moved_reasons"), Counter[str]()
    for because, number in rows.values_list("moved_because").annotate(Count("pk")):
        if because in codes:
            found[rules.WHOSE[codes[because].text("whose")]] += number
    return dict(found.most_common())


def _programme(row: Mapping[str, Any], custody: bool) -> str:
    return catalogue.words(row["programme"]) or OWN_WORDS


def _direction(row: Mapping[str, Any], custody: bool) -> str:
    found = catalogue.load().get(row["programme"])
    return load("work_directions").words(found.direction) if found else OWN_WORDS


def _agency(row: Mapping[str, Any], custody: bool) -> str:
    agencies = load("agencies")
    return agencies.words(row["agency"]) if row["agency"] in agencies else row["agency"]


TOLD: dict[str, Callable[[Mapping[str, Any], bool], str]] = {
    "By worker": lambda row, custody: row["staff__name"] or row["professional__name"],
    "By programme": _programme,
    "By agency": _agency,
    "By direction of work": _direction,
    "In custody or not": lambda row, custody: IN_CUSTODY if custody else OUTSIDE,
}


def _lines(
    counted: Mapping[tuple[UUID, bool], Counted],
    rows: Mapping[UUID, Mapping[str, Any]],
    told: Callable[[Mapping[str, Any], bool], str],
) -> list[Line]:
    found: dict[str, list[Counted]] = defaultdict(list)
    for (pk, custody), one in counted.items():
        found[told(rows[pk], custody)].append(one)
    return worst_first(Line(name, sum(parts, Counted())) for name, parts in found.items())


def worst_first(lines: Iterable[Line]) -> list[Line]:
    """The smallest share of sessions that took place first; of equal shares, where most were lost."""

    def rank(line: Line) -> tuple[float, int, str]:
        share = line.counted.rate.share
        return (2.0 if share is None else float(share), -line.counted.lost, line.name)

    return sorted(lines, key=rank)
