"""The work with some children, read together: orders, contacts, decisions and tasks in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from waypost.casework.cases.models import Consent, ExpectedContact, Involvement
from waypost.casework.compliance import definitions as routes
from waypost.casework.compliance.models import Decision
from waypost.casework.compliance.rules import Missed, Proposal, Step, propose
from waypost.casework.contacts import expected
from waypost.casework.contacts import panels as contacts
from waypost.casework.contacts.expected import Planned, Seen
from waypost.casework.contacts.panels import Diary, Met, Reached
from waypost.casework.court import rules as court
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.outcomes import panels as outcomes
from waypost.casework.outcomes.panels import Order
from waypost.casework.referral_panels.models import PanelMeeting
from waypost.casework.tasks.models import Task
from waypost.people.record.models import Child
from waypost.people.record.together import together

BRIEFLY = outcomes.DECIDED | {
    "case": Involvement,
    "remand": Remand,
    "hearing": Hearing,
    "expected_contact": ExpectedContact,
}
WHOLE = outcomes.ASKED | {"consent": Consent}


@dataclass(frozen=True, slots=True)
class Work:
    """One child: what was decided about them, what was done, what waits."""

    child: Child
    orders: list[Order] = field(default_factory=list)  # the latest first
    diary: Diary = field(default_factory=Diary)
    reached: Reached = field(default_factory=Reached)
    decisions: list[Decision] = field(default_factory=list)  # the earliest first
    tasks: list[Task] = field(default_factory=list)  # open ones, the first due first
    panels: list[PanelMeeting] = field(default_factory=list)  # arranged, with nothing said of it yet, the next first
    cases: list[Any] = field(default_factory=list)
    remands: list[Any] = field(default_factory=list)
    hearings: list[Any] = field(default_factory=list)
    consents: list[Any] = field(default_factory=list)
    frequencies: list[Any] = field(default_factory=list)  # how often they are to be seen, the latest first

    def open_orders(self, on: date) -> list[Order]:
        return [one for one in self.orders if one.is_open(on)]

    def case(self, on: date) -> Any:
        return next((one for one in self.cases if one.is_on(on)), None)

    def remand(self, on: date) -> Any:
        return next((one for one in self.remands if one.is_on(on)), None)

    def next_hearing(self, on: date) -> Any:
        return next((one for one in self.hearings if one.since >= on and not one.result), None)

    def panel(self, order: Order, on: date) -> PanelMeeting | None:
        """The next meeting of that order’s panel."""
        return next((one for one in self.panels if one.outcome_id == order.of.pk and one.day >= on), None)

    def looked_after_by_remand(self, on: date) -> date | None:
        """Since when the child is looked after because of a remand; None: not so."""
        periods = court.looked_after([court.Remand(one.kind, one.since, one.until) for one in self.remands])
        return next((since for since, until in periods if since <= on and (until is None or on <= until)), None)

    @property
    def last_seen(self) -> date | None:
        return self.reached.last_day_seen

    def seen(self, on: date, days: int = 28) -> Seen | None:
        """Expected against actual in the last four weeks; None where nobody has said how often."""
        if not self.frequencies:
            return None
        level, began, held, plan = self._how_often()
        return expected.seen(level, began, on - timedelta(days=days - 1), on, held, plan=plan)

    def over_time(self, on: date) -> tuple[Seen, ...]:
        """The same by four weeks, the earliest first: over the orders that are open, or else since anybody said how
        often; no further back than contacts are read."""
        if not self.frequencies:
            return ()
        level, began, held, plan = self._how_often()
        made = min((one.given.made for one in self.open_orders(on)), default=began)
        read_from = on - contacts.WHOLE
        found = expected.over_time(level, began, on, held, plan=plan)
        return tuple(one for one in found if one.until >= made and one.since >= read_from)

    def _how_often(self) -> tuple[expected.Level | None, date, list[expected.Contact], list[Planned]]:
        """The level, its beginning, what became of contacts with the child, and what the plan says."""
        began = min(one.since for one in self.frequencies)
        plan = [Planned(one.since, one.contacts, one.weeks) for one in self.frequencies if one.contacts is not None]
        level = expected.load().get(self.frequencies[0].level)
        held = [expected.Contact(one.day, one.held) for one in self.diary.past if "child" in one.who]
        return level, began, held, plan

    def missed(self, order: Order, on: date) -> list[Met]:
        """Contacts of that order to which the child did not come, the earliest first."""
        found = [one for one in self.diary.past if one.came == "missed" and one.outcome == order.of.pk]
        return sorted((one for one in found if one.day <= on), key=lambda one: one.starts)

    def followed_up(self, missed: Met) -> date | None:
        """The day on which somebody next reached the child or a carer, or tried to because of it."""
        return self.reached.after(missed)

    def history(self, order: Order, on: date) -> tuple[list[Missed], list[Step]]:
        """What was missed of that order, and what was decided about it, as its rule takes them."""
        missed = [Missed(one.day, one.acceptable, self.followed_up(one)) for one in self.missed(order, on)]
        return missed, [
            Step(one.step, one.day, tuple(one.about)) for one in self.decisions if one.outcome_id == order.of.pk
        ]

    def proposal(self, order: Order, on: date) -> Proposal | None:
        """What the rule of that order proposes, if anything. A person decides."""
        missed, taken = self.history(order, on)
        return propose(routes.load()[order.type.route], missed=missed, steps=taken, on=on)


def work_of(
    children: Iterable[Child],
    *,
    at: datetime,
    said: Mapping[str, list[Any]] | None = None,
    of: Mapping[UUID, UUID] | None = None,
    briefly: bool = False,
    decided: Collection[UUID] | None = None,
) -> dict[UUID, Work]:
    """By the child; what stands on a record that was combined with another is the other's too.

    `said`: statements by kind, and `of`: whose each record is, where a page has read them already. `briefly`: as much
    as a list of many children shows, which is not what an order asks, what it was given for, and who consented.
    `decided`: the children of whom more is read than their diary and what is to be done; None: all.
    """
    found = {child.pk: child for child in children}
    owner = whose(found) if of is None else of
    people = [*owner]
    of_whom = {person: pk for person, pk in owner.items() if decided is None or pk in decided}
    read = together(BRIEFLY if briefly else BRIEFLY | WHOLE, of_whom) if said is None else said
    rows: dict[str, dict[UUID, list[Any]]] = {
        "orders": _by(owner, outcomes.orders([*of_whom], read, whole=not briefly), key=lambda one: one.of.person_id),
        "decisions": _by(owner, _decisions(of_whom)),
        "tasks": _by(owner, Task.objects.open().of(people).named().order_by("due", "at")),
        "panels": _by(owner, PanelMeeting.objects.standing().of(people).order_by("starts", "pk")),
        "cases": _by(owner, _latest(read["case"])),
        "remands": _by(owner, _latest(read["remand"])),
        "hearings": _by(owner, sorted(read["hearing"], key=lambda one: (one.since, one.clock or time.max))),
        "frequencies": _by(owner, _latest(read["expected_contact"])),
        "consents": _by(owner, [] if briefly else _latest(read["consent"])),
    }
    diaries = contacts.diaries(people, at, briefly=briefly)
    reached = contacts.reached(of_whom, at, briefly=briefly)
    merged: dict[UUID, list[Met]] = defaultdict(list)
    for person, contacts_of in diaries.items():
        merged[owner[person]] += contacts_of
    return {
        pk: Work(
            child,
            diary=contacts.as_diary(merged[pk], at),
            reached=reached[pk],
            **{name: of_children[pk] for name, of_children in rows.items()},
        )
        for pk, child in found.items()
    }


def _decisions(people: Collection[UUID]) -> Iterable[Decision]:
    return Decision.objects.filter(person__in=[*people]).select_related("by").order_by("day", "at") if people else ()


def whose(children: Iterable[UUID]) -> dict[UUID, UUID]:
    """Each record’s child: themselves, or the one it was combined into."""
    own: dict[UUID, Any] = {pk: pk for pk in children}
    return own | dict(Child.objects.filter(combined_into__in=[*own]).values_list("pk", "combined_into"))


def _latest(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda one: one.since, reverse=True)


def _by(owner: Mapping[UUID, UUID], rows: Iterable[Any], key: Any = lambda one: one.person_id) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[owner[key(row)]].append(row)
    return found
