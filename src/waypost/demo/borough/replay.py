"""Replays a life step by step, and gives each step that could not be, with the reason. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waypost.casework.court import rules as court
from waypost.casework.outcomes import definitions
from waypost.casework.outcomes.rules import Given
from waypost.demo.borough import steps
from waypost.demo.borough.borough import Worker
from waypost.demo.borough.impossible import WHY_NOT, Order, State, why_not_when
from waypost.demo.borough.life import Life
from waypost.demo.borough.steps import Step


@dataclass(frozen=True, slots=True)
class Impossible:
    step: Step
    why: str


def replay(life: Life, *, crew: Sequence[Worker], today: date) -> list[Impossible]:
    """Every impossible step, in the order of the life; none: it could have been."""
    return list(_replayed(life.steps, State(today, crew)))


def _replayed(found: Sequence[Step], state: State) -> Iterator[Impossible]:
    last = date.min
    for step in found:
        why = "It is told after something of a later day." if step.day < last else None
        why = why or why_not_when(step, state) or WHY_NOT[type(step)](step, state)
        if why:
            yield Impossible(step, why)
        last = max(last, step.day)
        THEN[type(step)](step, state)


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
