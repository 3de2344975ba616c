"""What is proposed when a child misses a contact, and what a person may decide about it. Pure.

The rule proposes and a person decides. Following up comes first, whatever the order; then what the law asks for; then a
reason that waits to be judged; then what that order's law provides. Nothing is counted that is excused, that nobody has
judged yet, or that lies ahead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from waypost.casework.compliance.definitions import (
    CHANGE_PLAN,
    END,
    EXCEPTIONAL,
    EXCUSE,
    JUDGE,
    RE_ENGAGE,
    WARN,
    Route,
    StepType,
    load,
)
from waypost.casework.compliance.history import Known, Missed, Step, known_on
from waypost.kernel.days import working_days_after
from waypost.kernel.words import day, listed

__all__ = [
    "Missed",
    "Proposal",
    "Step",
    "follow_up_due",
    "propose",
    "warned_periods",
    "warned_until",
    "why_not_step",
]


@dataclass(frozen=True, slots=True)
class Proposal:
    step: str
    sentence: str  # why, with the days counted
    counted: tuple[date, ...]
    due: date
    duty: bool = False  # the law leaves no choice but exceptional circumstances
    choices: tuple[str, ...] = ()  # what a person may decide instead
    ends: date | None = None  # last day of the warned period it rests on, or that a warning that day would begin


@dataclass(frozen=True, slots=True)
class _Duty:
    failures: tuple[date, ...]
    since: date
    until: date
    further: date


def propose(route: Route, *, missed: Sequence[Missed], steps: Sequence[Step], on: date) -> Proposal | None:
    """What to put before a person at the end of that day; None where there is nothing to decide."""
    known = known_on(route, missed, steps, on)
    if days := known.not_followed_up():
        return _plain(route, RE_ENGAGE, days)
    if route.voluntary:
        return _look_again(known)
    return _duty(known) or _judge(known) or _answer(known)


def why_not_step(
    route: Route,
    step_key: str,
    *,
    reason: str,
    missed: Sequence[Missed],
    steps: Sequence[Step],
    on: date,
    by_person: bool,
) -> str | None:
    """Why a step may not be recorded on that day, and what to do instead; None where it may."""
    if not by_person:
        return "A person decides this. It can be proposed; a named member of staff records it."
    if step_key not in route.keys:
        return f"{route.name} does not provide for this. What may be done: {_words(route, route.keys)}."
    known = known_on(route, missed, steps, on)
    step = route.step(step_key)
    return _why_not_now(known, step) or _why_not_reason(known, step, reason)


def follow_up_due(missed_day: date) -> date:
    """The last day for following up a missed contact: the same in every route."""
    return _due(load()["none"].step(RE_ENGAGE), missed_day)


def warned_until(given: date, months: int) -> date:
    """The last day of a warned period that begins with the day the warning is given.

    12 months from 5 March 2026 run to 4 March 2027; from 29 February 2028 to 28 February 2029.
    Source: Sentencing Act 2020 Schedule 7 para 4; that a month without such a day ends with its last is how periods
    that begin with a day are read.
    """
    same = given + relativedelta(months=months)
    return same - timedelta(days=1) if same.day == given.day else same


def warned_periods(route: Route, *, steps: Sequence[Step], on: date) -> tuple[tuple[date, date], ...]:
    """First and last day of each warned period begun by that day, running or over; none where the law knows none."""
    months = route.warned_months
    return tuple((given, warned_until(given, months)) for given in known_on(route, (), steps, on).warnings() if months)


def _look_again(known: Known) -> Proposal | None:
    days = known.since_last_plan()
    enough = known.route.look_again_after
    return _plain(known.route, CHANGE_PLAN, days, END) if enough and len(days) >= enough else None


def _judge(known: Known) -> Proposal | None:
    days = known.not_judged()
    return _plain(known.route, JUDGE, days) if days else None


def _answer(known: Known) -> Proposal | None:
    """What this order's law provides for failures that nobody has answered."""
    route, days = known.route, known.failures()
    if not days:
        return None
    step = route.step(route.answer)
    ends = warned_until(known.on, route.warned_months) if step.key == WARN and route.warned_months else None
    instead = [one.key for one in route.steps if one.answers and one.after in ("", RE_ENGAGE) and one.key != step.key]
    return Proposal(
        step=step.key,
        sentence=" ".join(filter(None, [_why(step, days, on=known.on, until=ends), _further_why(known)])),
        counted=days,
        due=_due(step, days[0]),
        choices=tuple(key for key in [RE_ENGAGE, *instead] if key != EXCEPTIONAL),
        ends=ends,
    )


def _further_why(known: Known) -> str:
    """Said where a warning given that day would be a further one in a warned period."""
    running = [
        (given, until)
        for given, until in warned_periods(known.route, steps=known.steps, on=known.on)
        if given < known.on <= until
    ]
    if not running:
        return ""
    since, until = running[0]
    return known.route.further_why.format(since=day(since), until=day(until))


def _duty(known: Known) -> Proposal | None:
    found = _duty_found(known)
    if found is None:
        return None
    route = known.route
    sentence = route.duty_why.format(
        days=_listed(found.failures), since=day(found.since), until=day(found.until), further=day(found.further)
    )
    due = _due(route.step(route.duty), found.failures[0])
    return Proposal(route.duty, sentence, found.failures, due, True, (EXCEPTIONAL, EXCUSE), found.until)


def _duty_found(known: Known) -> _Duty | None:
    """The failures in the warned period of an earlier warning, after a further warning was given in that period.

    A failure on the very day of the further warning does not count here: days do not say which came first. Going to
    court remains open at discretion. Source: Sentencing Act 2020 Schedule 7 para 4(2).
    """
    months, warnings = known.route.warned_months, known.warnings()
    if not months or not known.route.duty:
        return None
    for since in warnings:
        until = warned_until(since, months)
        further = [given for given in warnings if since < given <= until]
        failures = tuple(missed for missed in known.failures() if further and further[0] < missed <= until)
        if failures:
            return _Duty(failures, since, until, further[0])
    return None


def _why_not_now(known: Known, step: StepType) -> str | None:
    duty = _duty_found(known)
    if duty is not None and step.key == known.route.duty:
        return None
    if step.key == JUDGE and not known.not_judged():
        return "No reason waits to be judged. Record the missed contact first."
    if step.key == EXCEPTIONAL and duty is None:
        return "There is no duty to lay information, so there is nothing to set aside. Record what was decided instead."
    if step.key == WARN and duty is not None:
        instead = _words(known.route, (known.route.duty, EXCEPTIONAL), "or")
        return f"A further warning was given in this warned period already. The law leaves: {instead}."
    if step.after and step.after != RE_ENGAGE:
        return _why_not_after(known, step)
    return _why_not_counted(known, step) if step.answers else None


def _why_not_counted(known: Known, step: StepType) -> str | None:
    waiting = known.not_followed_up()
    excusable = known.not_judged() if step.key == EXCUSE else ()
    if not known.failures() and not excusable:
        word = known.route.counted_word
        return (
            f"No {word} waits for an answer on {day(known.on)}. Nothing is decided before one is recorded and judged."
        )
    if step.after == RE_ENGAGE and (first := [missed for missed in known.failures() if missed in waiting]):
        return f"Nobody has followed up what was missed on {_listed(first)}. Ask the child what got in the way first."
    return None


def _why_not_after(known: Known, step: StepType) -> str | None:
    """For what follows an earlier step: that one must have been taken."""
    if any(taken.key == step.after for taken in known.steps):
        return None
    first = known.route.step(step.after).words
    return f"This follows only when another step was taken. First: {first[0].lower()}{first[1:]}."


def _why_not_reason(known: Known, step: StepType, reason: str) -> str | None:
    asked_by_law = step.key == known.route.duty and _duty_found(known) is not None
    if step.needs_reason and not asked_by_law and not reason.strip():
        return f"Write why: “{step.words}” is recorded with its reason."
    return None


def _plain(route: Route, key: str, days: tuple[date, ...], *choices: str) -> Proposal:
    """A step that counts nothing against anybody."""
    step = route.step(key)
    return Proposal(key, _why(step, days), counted=(), due=_due(step, days[0]), choices=choices)


def _why(step: StepType, days: Sequence[date], *, on: date | None = None, until: date | None = None) -> str:
    return step.why.format(days=_listed(days), on=day(on) if on else "", until=day(until) if until else "")


def _due(step: StepType, missed: date) -> date:
    if step.unit == "working_days":
        return working_days_after(missed, step.days)
    return missed + timedelta(days=step.days)


def _listed(days: Sequence[date]) -> str:
    return listed([day(one) for one in days])


def _words(route: Route, keys: Iterable[str], join: str = "and") -> str:
    return listed([f"{route.step(key).words[0].lower()}{route.step(key).words[1:]}" for key in keys], join)
