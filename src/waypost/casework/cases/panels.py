"""What the page of transitions shows: children of 17½ and older whom we still work with, and those between services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta

from waypost.access.models import Staff
from waypost.casework.cases import rules
from waypost.casework.cases.models import Involvement, Transfer, TransitionStep
from waypost.casework.outcomes.models import Outcome
from waypost.casework.outcomes.panels import Order
from waypost.casework.work import Work, work_of
from waypost.kernel.lists import Code, load
from waypost.people.need_to_know.reach import reads_of
from waypost.people.record.beside import current
from waypost.people.record.care import CareStatus
from waypost.people.record.models import Child, on_day
from waypost.people.record.naming import names_of
from waypost.people.record.who import Birth

NEAREST = relativedelta(years=17, months=5)  # nobody younger is near 18, whatever the month


@dataclass(frozen=True, slots=True)
class Checklist:
    """Which steps apply, and which of them somebody has said are done."""

    steps: tuple[Code, ...]
    done: frozenset[str]

    @property
    def so_far(self) -> int:
        return sum(step.key in self.done for step in self.steps)

    @property
    def next(self) -> Code | None:
        return rules.next_step(self.steps, self.done)


@dataclass(frozen=True, slots=True)
class Turning:
    """Somebody of 17½ or older with whom the work goes on."""

    child: Child
    name: str
    born: date
    orders: list[Order]  # that are open and that somebody answers for
    steps: Checklist
    care: str  # of being owed what leaving care brings: "owed", "ask", "" or "closed" to this reader

    @property
    def eighteenth(self) -> date:
        return rules.eighteenth(self.born)

    def days_left(self, on: date) -> int:
        return (self.eighteenth - on).days

    def beyond(self, order: Order) -> bool:
        return rules.runs_beyond_18(order.ends, self.born)


@dataclass(frozen=True, slots=True)
class Moving:
    """Somebody whose work is shared with another service, or goes there, or comes from there."""

    child: Child
    name: str
    of: Transfer
    steps: Checklist


@dataclass(frozen=True, slots=True)
class Transitions:
    turning: list[Turning]  # the oldest first
    moving: list[Moving]  # the longest first
    closed: bool  # orders are no part of the record that this reader reads


def transitions(staff: Staff, *, at: datetime, on: date) -> Transitions:
    """A fixed number of queries, however many children there are."""
    people = _People(staff, at)
    born, moves = _births(people, on), _transfers(people, on)
    work = work_of(_still_worked_with(people, born, on), at=at)
    shown = {*work, *moves}
    done, care, names = _done(people, shown), _care(people, work, on), names_of(shown)
    turning = [_turning(people, one, names, born, done, care, on) for one in work.values() if _goes_on(one, on)]
    moving = [
        Moving(people.children[pk], names.get(pk, ""), one, Checklist(rules.steps_that_apply(**NOWHERE), done[pk]))
        for pk, rows in moves.items()
        for one in rows
    ]
    return Transitions(
        sorted(turning, key=lambda one: (one.born, one.child.number)),
        sorted(moving, key=lambda one: (one.of.since or on, one.child.number)),
        bool(people.visible) and not people.children,
    )


NOWHERE = {"beyond_18": False, "leaving_care": False}


class _People:
    """Those whose orders this reader reads, with the records that were combined into theirs."""

    def __init__(self, staff: Staff, at: datetime) -> None:
        self.visible = Child.objects.visible_to(staff, at).in_bulk()
        self.reads = reads_of(staff, self.visible, at)
        self.children = {pk: one for pk, one in self.visible.items() if {"orders", "identity"} <= self.reads[pk]}
        parts = Child.objects.filter(combined_into__in=self.children).values_list("pk", "combined_into")
        self.owner: dict[UUID, UUID] = {pk: pk for pk in self.children} | dict(parts)

    def rows_of(self, rows: Iterable[Any]) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            found[self.owner[row.person_id]].append(row)
        return found

    def all_of(self, children: Collection[UUID]) -> list[UUID]:
        return [pk for pk, owner in self.owner.items() if owner in children]


def _births(people: _People, on: date) -> dict[UUID, date]:
    rows = current(Birth).filter(person__in=people.owner, born__lte=on - NEAREST).order_by("-at")
    found = {people.owner[person]: born for person, born in rows.values_list("person", "born") if born}
    return {child: born for child, born in found.items() if rules.is_near_18(born, on)}


def _still_worked_with(people: _People, born: Collection[UUID], on: date) -> list[Child]:
    """Who has a case, or an outcome that may be open: which it is the rules say, once all of it is read."""
    near = people.all_of(born)
    cases = current(Involvement).filter(on_day(on), person__in=near).values_list("person", flat=True)
    given = current(Outcome).filter(person__in=near).values_list("person", flat=True)
    return [people.children[pk] for pk in {people.owner[person] for person in (*cases, *given)}]


def _goes_on(work: Work, on: date) -> bool:
    return work.case(on) is not None or bool(_answered_for(work, on))


def _answered_for(work: Work, on: date) -> list[Order]:
    return [order for order in work.open_orders(on) if order.is_answered_for]


def _transfers(people: _People, on: date) -> dict[UUID, list[Any]]:
    return people.rows_of(current(Transfer).filter(on_day(on), person__in=people.owner).order_by("since"))


def _done(people: _People, children: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    rows = people.rows_of(current(TransitionStep).filter(person__in=people.all_of(children)))
    return {pk: frozenset(one.step for one in rows[pk]) for pk in children}


def _care(people: _People, children: Collection[UUID], on: date) -> dict[UUID, str]:
    """Whether a care status says that they are owed what leaving care brings, or that somebody must ask."""
    kinds = load("care_bases")
    rows = people.rows_of(current(CareStatus).filter(on_day(on), person__in=people.all_of(children)))
    found = {}
    for pk in children:
        bases = [kinds[one.care_basis] for one in rows[pk] if one.care_basis in kinds]
        owed, asked = any(one.flag("care_leaver") for one in bases), any(one.flag("looked_after") for one in bases)
        found[pk] = "closed" if "care" not in people.reads[pk] else "owed" if owed else "ask" if asked else ""
    return found


def _turning(
    people: _People,
    work: Work,
    names: dict[UUID, str],
    born: dict[UUID, date],
    done: dict[UUID, frozenset[str]],
    care: dict[UUID, str],
    on: date,
) -> Turning:
    pk, orders = work.child.pk, _answered_for(work, on)
    beyond = any(rules.runs_beyond_18(order.ends, born[pk]) for order in orders)
    steps = rules.steps_that_apply(beyond_18=beyond, leaving_care=care[pk] == "owed")
    return Turning(work.child, names.get(pk, ""), born[pk], orders, Checklist(steps, done[pk]), care[pk])
