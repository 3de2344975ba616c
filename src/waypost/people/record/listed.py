"""The list of children open to whoever asks: worst first, a page at a time, seven queries whatever its length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from waypost.access.models import Access, Staff, access_of
from waypost.kernel.school_age import age
from waypost.people.need_to_know.rules import READS, sections
from waypost.people.record.beside import current
from waypost.people.record.called import called
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert
from waypost.people.record.who import Birth, Name
from waypost.ui.listing import Choice, Listing, listing

WHOSE = (("", "Everybody open to you"), ("own", "Held by you"))


@dataclass(frozen=True, slots=True)
class Line:
    child: Child
    name: str
    age: int | None
    held_by: str
    alerts: int | None  # None: alerts are not open to this reader
    review_due: date | None  # of the alert whose review is longest overdue
    last_entry: date | None


@dataclass(frozen=True, slots=True)
class Children:
    lines: list[Line]
    page: Listing
    choices: tuple[Choice, ...]
    overdue: int
    sees_alerts: bool
    sees_entries: bool


class WorstFirst:
    """Those with an alert overdue for review, the longest overdue first; then the rest, the newest number first."""

    def __init__(self, visible: QuerySet[Child], overdue: list[UUID]) -> None:
        self.overdue, self.visible = overdue, visible
        self.rest = visible.exclude(pk__in=overdue).order_by("-number")

    def __getitem__(self, part: slice) -> Iterable[Child]:
        first = self.overdue[part]
        by_pk = self.visible.in_bulk(first)
        gone = len(self.overdue)
        others = self.rest[max(part.start - gone, 0) : max(part.stop - gone, 0)]
        return [*(by_pk[pk] for pk in first), *others]


def children(staff: Staff, asked: Mapping[str, str], *, at: datetime, on: date) -> Children:
    whose = Choice("whose", "Whose", WHOSE, asked["whose"] if asked.get("whose") in dict(WHOSE) else "")
    visible = Child.objects.visible_to(staff, at)
    if whose.chosen:
        visible = visible.filter(pk__in=access_of(staff, at).filter(basis=Access.Basis.ALLOCATED).values("child"))
    reads = sections(READS, staff.roles(), [])
    due = _overdue(visible, on) if "alerts" in reads else {}
    page = listing(WorstFirst(visible, list(due)), visible.count(), asked)
    return Children(
        _lines(page.rows, due, reads, at, on), page, (whose,), len(due), "alerts" in reads, "entries" in reads
    )


def _overdue(visible: QuerySet[Child], on: date) -> dict[UUID, date]:
    """Whose alerts are overdue for review, and since when: the longest first."""
    late = current(Alert).filter(on_day(on), until=None, review_by__lt=on, person__in=visible.values("pk"))
    return dict(late.values_list("person").annotate(first=Min("review_by")).order_by("first", "person"))


def _lines(
    rows: Iterable[Child], due: Mapping[UUID, date], reads: frozenset[str], at: datetime, on: date
) -> list[Line]:
    shown = list(rows)
    pks = [child.pk for child in shown]
    names: dict[UUID, list[Any]] = {}
    for name in current(Name).filter(person__in=pks).order_by("-at"):
        names.setdefault(name.person_id, []).append(name)
    born: dict[UUID, Any] = dict(current(Birth).filter(person__in=pks).values_list("person", "born"))
    holds = Access.objects.at(at).filter(child__in=pks, basis=Access.Basis.ALLOCATED)
    held_by = dict(holds.values_list("child", "staff__name"))
    alerts = _by_person(current(Alert).filter(on_day(on)), pks, Count("pk"), "alerts" in reads)
    last = _by_person(Entry.objects.filter(replaced_at=None), pks, Max("since"), "entries" in reads)
    return [
        Line(
            child,
            called(names.get(child.pk, [])) or "No name",
            age(born[child.pk], on) if child.pk in born else None,
            held_by.get(child.pk, ""),
            alerts.get(child.pk, 0) if "alerts" in reads else None,
            due.get(child.pk),
            last.get(child.pk),
        )
        for child in shown
    ]


def _by_person(rows: QuerySet[Any], pks: list[UUID], what: Any, reads: bool) -> dict[UUID, Any]:
    found = rows.filter(Q(person__in=pks) if reads else Q(pk__in=[]))
    return dict(found.values_list("person").annotate(what=what).order_by())
