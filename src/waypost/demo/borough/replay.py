"""Replays a life step by step, and gives each step that could not be, with the reason. Pure.

It knows nothing of how lives are drawn: it keeps what is so on each day, and asks the rules of casework where there are
some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from waypost.casework.compliance import definitions as routes
from waypost.casework.court import rules as court
from waypost.casework.outcomes import definitions, requirements, rules
from waypost.casework.outcomes.rules import Given
from waypost.demo.borough import steps
from waypost.demo.borough.borough import Worker
from waypost.demo.borough.life import Life
from waypost.demo.borough.steps import Step
from waypost.kernel.days import is_working_day
from waypost.kernel.lists import load
from waypost.kernel.school_age import birthday

LEAST, GROWN_UP = 8, 18
HELD = frozenset({"custody", "video", "phone"})  # how somebody in custody is met


@dataclass(frozen=True, slots=True)
class Impossible:
    step: Step
    why: str


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


def replay(life: Life, *, crew: Sequence[Worker], today: date) -> list[Impossible]:
    """Every impossible step, in the order of the life; none: it could have been."""
    return list(_replayed(life.steps, State(today, crew)))


def _replayed(found: Sequence[Step], state: State) -> Iterator[Impossible]:
    last = date.min
    for step in found:
        why = "It is told after something of a later day." if step.day < last else None
        why = why or _why_not_when(step, state) or WHY_NOT[type(step)](step, state)
        if why:
            yield Impossible(step, why)
        last = max(last, step.day)
        THEN[type(step)](step, state)


def _why_not_when(step: Step, state: State) -> str | None:
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


# What is so after each ------------------------------------------------------------------------------------------------


def _keeps(name: str) -> Callable[[Step, State], None]:
    return lambda step, state: setattr(state, name, step)


def _forgets(name: str) -> Callable[[Step, State], None]:
    return lambda step, state: setattr(state, name, None)


def _day(name: str) -> Callable[[Step, State], None]:
    return lambda step, state: setattr(state, name, step.day)


def _as_is(step: Step, state: State) -> None:
    return


def _after_close(step: steps.CaseCloses, state: State) -> None:
    state.case_since, state.holder, state.closed = None, None, step.day


def _after_allocated(step: steps.Allocated, state: State) -> None:
    state.holder = step.worker


def _after_offence(step: steps.Offence, state: State) -> None:
    state.offences[step.number] = step.day


def _after_remanded(step: steps.Remanded, state: State) -> None:
    state.remand = step
    state.remands.append(court.Remand(step.kind, step.day))


def _after_remand(step: steps.RemandEnds, state: State) -> None:
    if state.remand:
        state.remands[-1] = court.Remand(state.remand.kind, state.remand.day, step.day)
    state.remand = None


def _after_given(step: steps.Given, state: State) -> None:
    state.orders[step.order] = Order(Given(definitions.load()[step.type], step.day, step.length))


def _after_signed(step: steps.Signed, state: State) -> None:
    given = state.orders[step.order].given
    state.orders[step.order].given = Given(given.type, given.made, given.length, step.day)


def _after_ends(step: steps.Ends, state: State) -> None:
    order = state.orders[step.order]
    order.ended = True
    given = order.given
    order.given = Given(given.type, given.made, given.length, given.contract_signed, ended=step.day)


def _after_met(step: steps.Met, state: State) -> None:
    state.met.add(step.day)


THEN: Mapping[type, Callable[..., None]] = {
    steps.Born: _day("born"),
    steps.Entered: _day("entered"),
    steps.CaseOpens: _day("case_since"),
    steps.CaseCloses: _after_close,
    steps.Allocated: _after_allocated,
    steps.Involved: _as_is,
    steps.Lives: _keeps("address"),
    steps.CareBegins: _keeps("care"),
    steps.CareEnds: _forgets("care"),
    steps.Placed: _keeps("placed"),
    steps.PlacementEnds: _forgets("placed"),
    steps.School: _keeps("school"),
    steps.Excluded: _as_is,
    steps.Offence: _after_offence,
    steps.Heard: _as_is,
    steps.Remanded: _after_remanded,
    steps.RemandEnds: _after_remand,
    steps.Consents: _as_is,
    steps.Given: _after_given,
    steps.Requires: _as_is,
    steps.Signed: _after_signed,
    steps.SeenAs: _as_is,
    steps.Met: _after_met,
    steps.Decides: _as_is,
    steps.Ends: _after_ends,
}
