"""What may be done when a child misses a contact: one route for each kind of order, in `definitions/compliance/`. Pure.

The files say the words, the deadlines and what a route provides; what is proposed on a day is worked out in `rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import FOLDER, Unreadable, fields, one_of, whole
from waypost.kernel.words import listed

ROUTES = FOLDER / "compliance"
RE_ENGAGE = "re_engage"
JUDGE = "judge"
EXCUSE = "excuse"
WARN = "warn"
EXCEPTIONAL = "exceptional"
CHANGE_PLAN = "change_plan"
END = "end_by_agreement"
VOLUNTARY = frozenset({RE_ENGAGE, CHANGE_PLAN, END})
STEPS = VOLUNTARY | {JUDGE, EXCUSE, WARN, EXCEPTIONAL, "panel", "court", "tell_police", "recall"}
UNITS = ("working_days", "calendar_days")
ROUTE: dict[str, type] = {
    "name": str,
    "about": str,
    "voluntary": bool,
    "who_decides": str,
    "source": str,
    "mark": str,
    "checked": date,
    "next_review": date,
    "steps": list,
}
ROUTE_MAY: dict[str, type] = {
    "counted_word": str,
    "answer": str,
    "warned_months": int,
    "further_why": str,
    "duty": str,
    "duty_why": str,
    "look_again_after": int,
}
STEP: dict[str, type] = {
    "key": str,
    "words": str,
    "who": str,
    "days": int,
    "unit": str,
    "source": str,
    "mark": str,
}
STEP_MAY: dict[str, type] = {"why": str, "needs_reason": bool, "answers": bool, "after": str}
OPEN = {  # what a sentence may leave open
    "why": {"days", "on", "until"},
    "further_why": {"since", "until"},
    "duty_why": {"days", "since", "until", "further"},
}


@dataclass(frozen=True, slots=True)
class StepType:
    """One thing a person may decide. Its deadline counts from the first missed day it is about."""

    key: str
    words: str
    who: str
    days: int
    unit: str
    source: str
    mark: str  # a key of MARKS
    why: str = ""  # the sentence that proposes it
    needs_reason: bool = False  # unless it is what the law asks for
    answers: bool = False  # after it, the days it is about are dealt with
    after: str = ""  # a step that must have been taken first


@dataclass(frozen=True, slots=True)
class Route:
    """`counted_word` is what that law calls it when a child does not come without reasonable excuse; "" in none."""

    key: str
    name: str
    about: str
    voluntary: bool
    who_decides: str
    source: str
    mark: str
    checked: date
    next_review: date
    steps: tuple[StepType, ...]
    counted_word: str = ""
    answer: str = ""  # the step proposed when something is counted
    warned_months: int | None = None  # how long a warned period is; None where the law knows no warnings
    further_why: str = ""  # said beside the proposal of a further warning
    duty: str = ""  # the step the law asks for; "" where it leaves the choice
    duty_why: str = ""
    look_again_after: int | None = None  # voluntary work: after how many missed contacts the plan is looked at again

    @property
    def counts_failures(self) -> bool:
        return bool(self.counted_word)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(step.key for step in self.steps)

    def step(self, key: str) -> StepType:
        """KeyError with the route's name where it provides for no such step."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(f"{key} in the route {self.key}")


@cache
def load() -> Mapping[str, Route]:
    """Every route by its key; Unreadable where one is not as it should be."""
    return MappingProxyType({path.stem: read(path) for path in sorted(ROUTES.glob("*.yaml"))})


def read(path: Path) -> Route:
    """The route in a file; Unreadable with the file and the key where it is not as it should be."""
    where = path.name
    given = fields(where, whole(path, expected=ROUTE), ROUTE, ROUTE_MAY)
    _check_words(where, given)
    steps = tuple(_step(where, number, step) for number, step in enumerate(given.pop("steps"), start=1))
    route = Route(key=path.stem, steps=steps, **given)
    _check(where, route)
    return route


def _step(where: str, number: int, given: Any) -> StepType:
    where = f"{where}: {given.get('key') if isinstance(given, dict) else f'step {number}'}"
    step = StepType(**fields(where, given, STEP, STEP_MAY))
    one_of(where, "key", step.key, STEPS)
    one_of(where, "unit", step.unit, UNITS)
    _check_words(where, given)
    if step.days < 0:
        raise Unreadable(f"{where}: days must be 0 or more, and is {step.days}.")
    return step


def _check_words(where: str, given: Mapping[str, Any]) -> None:
    one_of(where, "mark", given["mark"], MARKS)
    for name, words in OPEN.items():
        left = {word for _, word, _, _ in Formatter().parse(given.get(name, "")) if word is not None}
        if left - words:
            unknown = listed(sorted(left - words))
            raise Unreadable(f"{where}: {name} may leave open {listed(sorted(words))}, and leaves open {unknown}.")


def _check(where: str, route: Route) -> None:
    """What must go together in one route."""
    for wrong, sentence in {**_steps_wrong(route), **_kind_wrong(route)}.items():
        if sentence:
            raise Unreadable(f"{where}: {wrong}: {sentence}")


def _steps_wrong(route: Route) -> dict[str, str]:
    named = {route.answer, route.duty, *(step.after for step in route.steps)} - {""}
    missing = sorted(named - set(route.keys))
    twice = sorted({key for key in route.keys if route.keys.count(key) > 1})
    return {
        "steps": f"{listed(missing)} is named and is none of them." if missing else "",
        "keys": f"{listed(twice)} is given twice; a key has one meaning for good." if twice else "",
        RE_ENGAGE: "" if RE_ENGAGE in route.keys else "must be among its steps: it comes first in every route.",
        "next_review": "" if route.checked < route.next_review else "must be after checked.",
    }


def _kind_wrong(route: Route) -> dict[str, str]:
    warns, keys = WARN in route.keys, set(route.keys)
    duty_whole = bool(route.duty) == bool(route.duty_why) == (EXCEPTIONAL in keys) and (not route.duty or warns)
    free = keys <= VOLUNTARY and not route.counted_word and not route.answer and bool(route.look_again_after)
    bound = {JUDGE, EXCUSE} <= keys and END not in keys and bool(route.counted_word and route.answer)
    return {
        "warned_months": "" if bool(route.warned_months) == warns else "goes together with a step warn.",
        "duty": "" if duty_whole else "goes together with duty_why, exceptional and warnings.",
        "voluntary": _voluntary_wrong(free if route.voluntary else bound and not route.look_again_after, route),
    }


def _voluntary_wrong(fits: bool, route: Route) -> str:
    if fits:
        return ""
    if route.voluntary:
        return f"voluntary work knows {listed(sorted(VOLUNTARY))}, look_again_after, and counts nothing."
    return f"counted_word, answer, {JUDGE} and {EXCUSE} must be given, {END} and look_again_after not."
