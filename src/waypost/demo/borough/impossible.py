"""What makes one step of a life impossible, as things stand when it comes. Pure.

It knows nothing of how lives are drawn, and asks the rules of casework where there are some.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from waypost.casework.compliance import definitions as routes
from waypost.casework.court import rules as court
from waypost.casework.outcomes import definitions, requirements, rules
from waypost.casework.outcomes.rules import Given
from waypost.demo.borough import steps
from waypost.demo.borough.borough import Worker
from waypost.demo.borough.steps import Step
from waypost.kernel.days import is_working_day
from waypost.kernel.lists import load
from waypost.kernel.school_age import birthday

LEAST, GROWN_UP = 8, 18
HELD = frozenset({"custody", "video", "phone"})  # how somebody in custody is met


@dataclass(slots=True)
class Order:
    given: Given
    ended: bool = False


@dataclass(slots=True)
class State:
    """What is so, as far as the steps have been replayed."""

    today: date
    crew: Sequence[Worker]
    born: date | None = None
    entered: date | None = None
    case_since: date | None = None
    closed: date | None = None
    holder: int | None = None
    address: steps.Lives | None = None
    care: steps.CareBegins | None = None
    placed: steps.Placed | None = None
    school: steps.School | None = None
    offences: dict[int, date] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    remands: list[court.Remand] = field(default_factory=list)
    remand: steps.Remanded | None = None
    met: set[date] = field(default_factory=set)

    def in_custody(self, day: date) -> bool:
        held = self.remand is not None and court.kinds()[self.remand.kind].held and self.remand.day < day
        return held or any(rules.is_in_custody(one.given, day) and one.given.made < day for one in self.orders.values())


def why_not_when(step: Step, state: State) -> str | None:
    if state.born is None and not isinstance(step, steps.Born):
        return "Nobody was born yet."
    still_to_come = isinstance(step, steps.Met) and not step.came or isinstance(step, steps.Heard) and not step.result
    if step.day > state.today and not still_to_come:
        return "It is still to come."
    known_later = isinstance(
        step, steps.Born | steps.Entered | steps.Offence | steps.CareBegins | steps.Placed | steps.School
    )
    if state.entered is None and not known_later:
        return "The child is not known here yet."
    return None


def _nothing(step: Step, state: State) -> str | None:
    return None


def _born(step: steps.Born, state: State) -> str | None:
    return "Born twice." if state.born else None


def _entered(step: steps.Entered, state: State) -> str | None:
    if state.entered:
        return "Entered twice."
    return _age(step.day, state)


def _age(day: date, state: State) -> str | None:
    born = state.born or date.min
    if day < birthday(born, LEAST):
        return "Too young for any work of the service."
    return "They are 18 already." if day >= birthday(born, GROWN_UP) else None


def _case_opens(step: steps.CaseOpens, state: State) -> str | None:
    return "A case is open already." if state.case_since else _age(step.day, state)


def _case_closes(step: steps.CaseCloses, state: State) -> str | None:
    if state.case_since is None:
        return "No case is open."
    if load("closing_reasons")[step.because].flag("goes_on"):
        return None
    goes_on = [one.given.type.name for one in state.orders.values() if _answered_for(one, step.day)]
    return f"{goes_on[0]} still runs." if goes_on else None


def _answered_for(one: Order, on: date) -> bool:
    ends = rules.ends(one.given)
    if one.given.type.at_once or one.ended or routes.load()[one.given.type.route].voluntary:
        return False
    return ends is None or ends > on


def _allocated(step: steps.Allocated, state: State) -> str | None:
    worker = state.crew[step.worker]
    if state.case_since is None:
        return "No case is open."
    if state.holder == step.worker:
        return "They hold the child already."
    if step.day < worker.since:
        return "They did not work here yet."
    return "They had left." if worker.until and step.day > worker.until else None


def _involved(step: steps.Involved, state: State) -> str | None:
    return None if state.case_since else "No case is open."


def _lives(step: steps.Lives, state: State) -> str | None:
    if step.accommodation == "youth_custody":
        return None if state.in_custody(step.day) else "Nobody sent the child to custody."
    if state.in_custody(step.day):
        return "In two places at once: the child is in custody."
    return "Moves in where they live already." if state.address and state.address.day == step.day else None


def _care_begins(step: steps.CareBegins, state: State) -> str | None:
    if state.care:
        return "In care twice at one time."
    return "Before birth." if step.day < (state.born or date.min) else None


def _care_ends(step: steps.CareEnds, state: State) -> str | None:
    return None if state.care else "They are not in care."


def _placed(step: steps.Placed, state: State) -> str | None:
    if state.placed:
        return "In two placements at once."
    care = state.care is not None and load("care_bases")[state.care.basis].flag("looked_after")
    if not care and not court.looked_after(state.remands):
        return "Placed, and nobody has the child in care."
    return "In two places at once: the child is in custody." if state.in_custody(step.day) else None


def _placement_ends(step: steps.PlacementEnds, state: State) -> str | None:
    return None if state.placed else "They are not placed."


def _school(step: steps.School, state: State) -> str | None:
    if step.attended > step.offered:
        return "More hours attended than offered."
    inside = state.in_custody(step.day)
    if step.setting == "secure_estate":
        return None if inside else "Lessons inside, and the child is not in custody."
    return "In two places at once: the child is in custody." if inside else None


def _offence(step: steps.Offence, state: State) -> str | None:
    if step.number in state.offences:
        return "The same offence twice."
    return "Under ten nobody answers for an offence." if step.day < birthday(state.born or date.min, 10) else None


def _heard(step: steps.Heard, state: State) -> str | None:
    if not is_working_day(step.day):
        return "No court sits on that day."
    return None if state.offences else "There is no offence to hear."


def _remanded(step: steps.Remanded, state: State) -> str | None:
    if not state.offences:
        return "There is no offence to remand for."
    return court.why_not_remand(court.Remand(step.kind, step.day), state.remands, today=state.today)


def _remand_ends(step: steps.RemandEnds, state: State) -> str | None:
    return None if state.remand else "There is no bail or remand to end."


def _consents(step: steps.Consents, state: State) -> str | None:
    voluntary = any(one.given.type.voluntary and one.given.made == step.day for one in state.orders.values())
    return None if voluntary else "There is nothing voluntary to agree to."


def _given(step: steps.Given, state: State) -> str | None:
    if step.order in state.orders:
        return "The same outcome twice."
    if missing := [n for n in step.offences if n not in state.offences]:
        return f"It is for an offence that was not committed yet: {missing}."
    type = definitions.load()[step.type]
    if type.given_by != "service" and not step.offences:
        return "It is for no offence."
    day = max((state.offences[n] for n in step.offences), default=None)
    given = Given(type, step.day, step.length)
    return rules.why_not_outcome(given, today=state.today, born=state.born, offence_day=day, persistent=False)


def _requires(step: steps.Requires, state: State) -> str | None:
    order = state.orders.get(step.order)
    if order is None:
        return "There is no such order."
    what = requirements.load()[step.type]
    return rules.why_not_requirement(what, order.given, amount=step.amount, born=state.born, on=step.day)


def _signed(step: steps.Signed, state: State) -> str | None:
    order = state.orders.get(step.order)
    if order is None:
        return "There is no such order."
    return rules.why_not_contract(order.given, signed=step.day, today=state.today, has_open=False)


def _seen_as(step: steps.SeenAs, state: State) -> str | None:
    return None if state.case_since else "No case is open."


def _met(step: steps.Met, state: State) -> str | None:
    if step.came and step.day >= state.today:
        return "Recorded before it took place."
    if state.case_since is None:
        return "A contact while no case is open."
    if step.day in state.met:
        return "Two contacts on one day."
    if not is_working_day(step.day):
        return "Nobody works on that day."
    if state.in_custody(step.day) != (step.way == "custody") and step.way not in HELD:
        return "Met outside while the child is in custody."
    if step.way == "custody" and not state.in_custody(step.day):
        return "Visited in custody, and the child is not there."
    return _of_order(step, state)


def _of_order(step: steps.Met, state: State) -> str | None:
    if step.order is None:
        return None
    order = state.orders.get(step.order)
    if order is None:
        return "It is of an order that was not given yet."
    ends = rules.ends(order.given)
    if order.ended or (ends and step.day > ends):
        return "It is of an order that has ended."
    if step.acceptable is False and order.given.type.voluntary:
        return "Judged against a child whose work with us is voluntary."
    return None


def _decides(step: steps.Decides, state: State) -> str | None:
    order = state.orders.get(step.order)
    if order is None:
        return "There is no such order."
    route = routes.load()[order.given.type.route]
    if step.step not in route.keys:
        return f"{route.name} does not provide for it."
    ends = rules.ends(order.given)
    if order.ended or (ends and step.day > ends):
        return "The order has ended."
    return "It answers a day that lies ahead." if any(day > step.day for day in step.counted) else None


def _ends(step: steps.Ends, state: State) -> str | None:
    order = state.orders.get(step.order)
    if order is None:
        return "There is no such order."
    if order.ended:
        return "It has ended already."
    due = rules.ends(order.given)
    if due is not None and step.day > due:
        return "It is over by its own clock."
    ending = load("outcome_endings")[step.because]
    return (
        "Voluntary work is not ended in that way."
        if order.given.type.voluntary and not ending.flag("voluntary")
        else None
    )


WHY_NOT: Mapping[type, Callable[..., str | None]] = {
    steps.Born: _born,
    steps.Entered: _entered,
    steps.CaseOpens: _case_opens,
    steps.CaseCloses: _case_closes,
    steps.Allocated: _allocated,
    steps.Involved: _involved,
    steps.Lives: _lives,
    steps.CareBegins: _care_begins,
    steps.CareEnds: _care_ends,
    steps.Placed: _placed,
    steps.PlacementEnds: _placement_ends,
    steps.School: _school,
    steps.Excluded: _nothing,
    steps.Offence: _offence,
    steps.Heard: _heard,
    steps.Remanded: _remanded,
    steps.RemandEnds: _remand_ends,
    steps.Consents: _consents,
    steps.Given: _given,
    steps.Requires: _requires,
    steps.Signed: _signed,
    steps.SeenAs: _seen_as,
    steps.Met: _met,
    steps.Decides: _decides,
    steps.Ends: _ends,
}
