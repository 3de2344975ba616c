"""A life as rows: what the ordinary actions would have written, had somebody sat at the page each time.

The same columns, the same rows behind a correction, the same access with its history; no log of each, see `grow`. A
test tells a life through the actions and compares. Ids and keys of forms come from the chance given, so that the same
seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from waypost.access.models import Access
from waypost.casework.compliance.definitions import WARN
from waypost.casework.compliance.models import Decision
from waypost.casework.court import rules as court
from waypost.casework.outcomes import definitions, rules
from waypost.casework.outcomes.clocks import clocks
from waypost.casework.outcomes.models import OutcomeFor
from waypost.casework.outcomes.rules import Given, Raised
from waypost.casework.tasks.actions import WARNING_LETTER
from waypost.demo.borough import steps, wording
from waypost.demo.borough.identity import Identity
from waypost.demo.borough.life import Life
from waypost.demo.borough.meetings import Meetings
from waypost.demo.borough.pen import OURS, Book, Cast, Pen, Row
from waypost.demo.borough.surroundings import Surroundings
from waypost.demo.borough.tasks import Tasks
from waypost.people.need_to_know.models import Allocation

COURT, POLICE = "Alder Vale Youth Court", "Alder Vale police"
BY = {"court": COURT, "police": POLICE, "service": OURS}
Basis = Access.Basis


@dataclass(slots=True)
class Order:
    """One outcome: its first row, the one that stands now, and all it raised."""

    root: UUID
    now: UUID
    row: Row
    type: str
    offences: list[UUID]
    signed: date | None = None

    def given(self) -> Given:
        return Given(
            definitions.load()[self.type], self.row["since"], self.row["length"], self.signed, ended=self.row["until"]
        )


class Writing(Pen):
    """One life, told step by step into a book."""

    def __init__(self, life: Life, cast: Cast, number: str, *, chance: Random, now: datetime, book: Book) -> None:
        super().__init__(cast, chance=chance, now=now, book=book)
        self.life, self.number = life, number
        self.who, self.tasks, self.around = Identity(self, life), Tasks(self), Surroundings(self)
        self.meetings = Meetings(self, self.who.named.heritage.language)
        self.case: Row | None = None
        self.orders: dict[int, Order] = {}
        self.ended = {step.order: step for step in life.steps if isinstance(step, steps.Ends)}
        self.offences: dict[int, UUID] = {}
        self.access: list[Row] = []
        self.allocation: Row | None = None

    def write(self) -> None:
        """Each on its day, or as soon as the service knows the child again; what it never came to know is not there."""
        periods = list(self.life.periods())
        told: list[tuple[date, int, date, steps.Step]] = []
        for step in self.life.steps:
            since = next((since for since, until in periods if until is None or step.day <= until), None)
            if since is not None:
                told.append((max(step.day, since), steps.PLACES[type(step)], step.day, step))
        for *_, step in sorted(told, key=lambda one: one[:3]):
            self.since = max(self.since, step.day) if isinstance(step, steps.CaseOpens) else self.since
            HOW[type(step)](self, step)

    # The child --------------------------------------------------------------------------------------------------------

    def born(self, step: steps.Born) -> None:
        pass

    def entered(self, step: steps.Entered) -> None:
        self.who.entered(step.day, self.number)

    # Who works with the child -----------------------------------------------------------------------------------------

    def allocated(self, step: steps.Allocated) -> None:
        at, by, to = self.at(step.day, time(9, 30)), self.cast.manages, self.cast.workers[step.worker]
        first = self.allocation is None and not self.access
        self._let_go(at, Basis.ALLOCATED, Basis.TEAM)
        self.held.append((at, to))
        self.earliest = at
        self.allocation = self.book.add(
            Allocation,
            {"id": self.id(at), "person_id": self.person, "staff_id": to.pk, "since": at, "given_by_id": by.pk},
        )
        self._give(to.pk, Basis.ALLOCATED, at)
        for colleague in self.cast.colleagues[to.pk]:
            self._give(colleague, Basis.TEAM, at)
        if first:
            self.who.known(self.at(step.day, time(11)))
            self._alert(step.day)
        self._open_case(step.day)

    def _give(self, staff: UUID, basis: Access.Basis, at: datetime) -> None:
        row = {
            "id": self.id(at),
            "staff_id": staff,
            "child": self.person,
            "basis": basis.value,
            "since": at,
            "sections": [],
            "given_by_id": self.cast.manages.pk,
        }
        self.access.append(self.book.add(Access, row))

    def _let_go(self, at: datetime, *bases: Access.Basis) -> None:
        if self.allocation is not None:
            self.allocation["until"] = at
            self.allocation = None
        for row in self.access:
            if row["basis"] in bases and row.get("until") is None:
                row["until"] = max(at, row["since"])

    def involves(self, step: steps.Involved) -> None:
        at, there = self.at(step.day, time(12)), self.cast.seconded.get(step.agency, ())
        if there:
            one = self.chance.choice(there)
            if one not in self.meetings.beside:
                self.meetings.beside[one] = at
                self._give(one.pk, Basis.INVOLVED, at)

    def case_opens(self, step: steps.CaseOpens) -> None:
        """Said by the holder, so once there is one."""
        self.opening = step

    def _open_case(self, day: date) -> None:
        if self.case is None:
            at = self.at(day, time(10))
            self.case = self.say(
                "case",
                at,
                since=self.opening.day,
                kind=self.opening.kind,
                responsible=self._responsible,
                home="",
                host="",
                ended_because="",
                words="",
            )

    @property
    def _responsible(self) -> str:
        return next(
            (one.responsible for one in self.life.steps if isinstance(one, steps.CareBegins) and one.responsible), OURS
        )

    def case_closes(self, step: steps.CaseCloses) -> None:
        """Nobody holds a child whose case is closed, and what was watched is watched no more."""
        at = self.at(step.day, time(16, 30))
        self.close("alert", "alert", step.day)
        self.close("expected", "expected_contact", step.day)
        self.tasks.done_by(at)
        if self.case is not None:
            self.end("case", self.case, step.day, at, ended_because=step.because)
        self.case = None
        self._let_go(at, Basis.ALLOCATED, Basis.TEAM, Basis.INVOLVED)
        self.meetings.beside.clear()

    def _alert(self, day: date) -> None:
        """Some of them; looked at again within half a year, so the last time anybody did is not long ago."""
        if self.chance.random() > 0.22:
            return
        open_now, one = self.life.is_open, self.chance.choice(wording.wording()["alerts"])
        said = max(day, self.today - timedelta(days=self.chance.randint(5, 150))) if open_now else day
        at = self.at(said, time(12))
        review = at.date() + timedelta(days=183 if self.chance.random() < 0.94 else self.chance.randint(3, 100))
        self.open["alert"] = self.say(
            "alert",
            at,
            since=day,
            kind=one["kind"],
            words=one["words"],
            what_to_do=one["do"],
            evidence=one["evidence"],
            review_by=review,
        )

    # What was decided -------------------------------------------------------------------------------------------------

    def offence(self, step: steps.Offence) -> None:
        place = wording.one("places", self.chance)
        row = self.say(
            "offence", self.at(step.day), since=step.day, type=step.type, local="", place=place, reference="", words=""
        )
        self.offences[step.number] = row["id"]

    def heard(self, step: steps.Heard) -> None:
        at = self.at(step.day if step.result else self.today - timedelta(days=4), time(16))
        clock = time(self.chance.randint(10, 15), self.chance.choice((0, 30)))
        words = f"{COURT}, court {self.chance.randint(1, 3)}"
        self.say(
            "hearing",
            at,
            since=step.day,
            clock=clock,
            court=words,
            purpose=step.purpose,
            result=step.result,
            proposed="",
            words="",
        )

    def remanded(self, step: steps.Remanded) -> None:
        bail = step.kind in ("bail_conditions", "bail_intensive")
        at = self.at(step.day, time(16, 15))
        conditions = "Live at home. Home from nine in the evening." if bail else ""
        row = self.open["remand"] = self.say("remand", at, since=step.day, kind=step.kind, conditions=conditions)
        for one in court.tasks_raised(step.kind, step.day):
            self.tasks.put(one, ("remand", row["id"]), at)

    def remand_ends(self, step: steps.RemandEnds) -> None:
        self.close("remand", "remand", step.day)

    def consents(self, step: steps.Consents) -> None:
        words = "Told that it is their choice, and that nothing follows if they stop."
        self.open["consent"] = self.say(
            "consent", self.at(step.day, time(15, 30)), since=step.day, what_for="work", words=words
        )

    def given(self, step: steps.Given) -> None:
        at, by = self.at(step.day), BY[definitions.load()[step.type].given_by]
        row = self.say(
            "outcome",
            at,
            since=step.day,
            type=step.type,
            length=step.length,
            given_by=by,
            local="",
            convicted=None,
            persistent=False,
            extended_months=0,
            released=None,
            ended_because="",
            words="",
        )
        order = Order(row["id"], row["id"], row, step.type, [self.offences[n] for n in step.offences])
        self.orders[step.order] = order
        if step.order in self.ended:  # known beforehand, so that all that hangs on it hangs on what stands now
            order.now = self.id(self.at(self.ended[step.order].day))
        for offence in order.offences:
            self.book.add(
                OutcomeFor,
                {"id": self.id(at), "person_id": self.person, "outcome_id": order.now, "offence_id": offence},
            )
        self._raise(order, at)

    def _raise(self, order: Order, at: datetime) -> None:
        for one in rules.tasks_raised(order.given()):
            self.tasks.put(one, ("outcome", order.root), at)

    def requires(self, step: steps.Requires) -> None:
        self.say(
            "requirement",
            self.at(step.day, time(15, 15)),
            outcome_id=self.orders[step.order].now,
            type=step.type,
            amount=step.amount,
            words="",
        )

    def signed(self, step: steps.Signed) -> None:
        at, order = self.at(step.day, time(18)), self.orders[step.order]
        words = "What they make good, whom they see and how often; in their own words at the end."
        self.say("contract", at, since=step.day, outcome_id=order.now, words=words)
        order.signed = step.day
        self._raise(order, at)

    def seen_as(self, step: steps.SeenAs) -> None:
        at = self.at(step.day, time(15, 20))
        self.open["expected"] = self.say(
            "expected_contact", at, since=step.day, level=step.level, contacts=None, weeks=4
        )

    def ends(self, step: steps.Ends) -> None:
        order, at = self.orders[step.order], self.at(step.day, time(16))
        new = self.end("outcome", order.row, step.day, at, ended_because=step.because)
        new["id"] = order.now
        order.row = new
        self._raise(order, at)
        if step.because == "consent_withdrawn":
            self.close("consent", "consent", step.day)

    def met(self, step: steps.Met) -> None:
        self.meetings.met(step, None if step.order is None else self.orders[step.order].now)

    def decides(self, step: steps.Decides) -> None:
        at, order, told = self.at(step.day, time(16, 20)), self.orders[step.order], wording.wording()["decisions"]
        row: Row = {"id": self.id(at), "person_id": self.person, "outcome_id": order.now}
        row |= {"step": step.step, "day": step.day}
        row |= {"about": list(step.counted), "words": told.get(step.step, told["other"]), "proposed": step.proposed}
        self.book.add(Decision, row | {"by_id": self.holder.pk, "at": at, "once": (once := self.once())})
        if step.step == WARN:
            clock = clocks()[WARNING_LETTER]
            raised = Raised(clock.key, clock.words, step.day, clock.due(step.day), clock.for_role, clock.why(step.day))
            self.tasks.put(raised, ("decision", row["id"]), at, once=uuid5(once, clock.key))


def _around(name: str) -> Callable[[Writing, Any], None]:
    return lambda writing, step: getattr(writing.around, name)(step)


HOW: Mapping[type, Callable[[Writing, Any], None]] = {
    steps.Born: Writing.born,
    steps.Entered: Writing.entered,
    steps.CaseOpens: Writing.case_opens,
    steps.CaseCloses: Writing.case_closes,
    steps.Allocated: Writing.allocated,
    steps.Involved: Writing.involves,
    steps.Lives: _around("lives"),
    steps.CareBegins: _around("care_begins"),
    steps.CareEnds: _around("care_ends"),
    steps.Placed: _around("placed"),
    steps.PlacementEnds: _around("placement_ends"),
    steps.School: _around("school"),
    steps.Excluded: _around("excluded"),
    steps.Offence: Writing.offence,
    steps.Heard: Writing.heard,
    steps.Remanded: Writing.remanded,
    steps.RemandEnds: Writing.remand_ends,
    steps.Consents: Writing.consents,
    steps.Given: Writing.given,
    steps.Requires: Writing.requires,
    steps.Signed: Writing.signed,
    steps.SeenAs: Writing.seen_as,
    steps.Met: Writing.met,
    steps.Decides: Writing.decides,
    steps.Ends: Writing.ends,
}


def rows_of(life: Life, cast: Cast, number: str, *, chance: Random, now: datetime, book: Book) -> None:
    """Into the book. `number`: ours, as it is said on the telephone."""
    writing = Writing(life, cast, number, chance=chance, now=now, book=book)
    writing.write()
    writing.tasks.told()
