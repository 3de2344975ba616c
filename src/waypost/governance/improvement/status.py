"""The status of an action: worked out from dates and dated facts, as of any day, with one sentence of why. Pure.

First match wins, in the order of `RULES`. A month with no day begins on its first day and runs to its last.
Undated progress lines are not among the facts: they move nothing (capability A2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from waypost.kernel.words import count, day, month

EMBEDDED_AFTER = relativedelta(months=3)
MONTH = relativedelta(months=1)
_EVERY_N = re.compile(r"every (\d+) (weeks|months)")
GAPS = {
    "daily": relativedelta(days=1),
    "weekly": relativedelta(weeks=1),
    "fortnightly": relativedelta(weeks=2),
    "monthly": MONTH,
    "each meeting": relativedelta(months=2),
    "every two months": relativedelta(months=2),
    "quarterly": relativedelta(months=3),
    "six-monthly": relativedelta(months=6),
    "yearly": relativedelta(years=1),
}


class Status(StrEnum):
    DOUBT = "doubt"
    OVERDUE = "overdue"
    AT_RISK = "risk"
    NOT_STARTED = "new"
    ON_TRACK = "track"
    DONE = "done"
    EMBEDDED = "embedded"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def needs_attention(self) -> bool:
        return self in {Status.DOUBT, Status.OVERDUE, Status.AT_RISK}


_WORDS = {
    Status.DOUBT: "Dates in doubt",
    Status.OVERDUE: "Overdue",
    Status.AT_RISK: "At risk",
    Status.NOT_STARTED: "Not started",
    Status.ON_TRACK: "On track",
    Status.DONE: "Done",
    Status.EMBEDDED: "Embedded",
}
WORST_FIRST = {status: rank for rank, status in enumerate([Status.OVERDUE, Status.DOUBT, *list(Status)[2:]])}


MEANS = {  # in the order in which they are tried; the page and docs/status.md print these
    Status.DOUBT: "The finish is before the start, a date cannot be read, or the same action stands in the plan with "
    "other dates and nobody has settled it.",
    Status.EMBEDDED: "Somebody said it was done at least three months ago, and either its measure met its target at "
    "the last two readings, or there is evidence and a named person says it is how we work now.",
    Status.DONE: "A named person said, of a day, that it is done.",
    Status.OVERDUE: "Its finish has passed. With no finish given: its start has passed by a month and no note says it "
    "began.",
    Status.AT_RISK: "It has started and there is no dated note for longer than its cadence (one month if it has none), "
    "or it is due within a month and there is no evidence.",
    Status.NOT_STARTED: "Its start has not passed, or none is given, and there is no note and no evidence.",
    Status.ON_TRACK: "None of these.",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """That a named person said something, of a day."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """A status a person set against the rule, with a reason, from a day until a day."""

    status: Status
    by: str
    reason: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """All that the rule may look at. `start` and `finish` are the first day of their month."""

    start: date | None = None
    finish: date | None = None
    ongoing: bool = False
    cadence: str = ""
    date_doubts: tuple[str, ...] = ()  # why a date cannot be relied on, each a clause
    notes: tuple[date, ...] = ()
    evidence: tuple[date, ...] = ()
    done: Spoken | None = None
    embedded: Spoken | None = None
    target_met: tuple[tuple[date, bool], ...] = ()  # readings of the linked measure, oldest first
    by_hand: tuple[ByHand, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    status: Status
    why: str
    by_hand: ByHand | None = None
    label: str = ""

    @property
    def words(self) -> str:
        return self.label or self.status.words


Rule = Callable[[ActionFacts, date], Explained | None]


def status_of(facts: ActionFacts, as_of: date) -> Explained:
    """The action's status on a day, with the sentence that explains it."""
    known = _known_on(facts, as_of)
    ruled = next(found for rule in RULES if (found := rule(known, as_of)))
    hand = next((h for h in known.by_hand if h.since <= as_of <= h.until), None)
    if hand is None:
        return ruled
    said = f"{hand.by}, {day(hand.since)}: ‘{hand.reason}’ Ends {day(hand.until)}."
    why = f"The rule says {ruled.words.lower()}: {ruled.why} {said}"
    return Explained(hand.status, why, by_hand=hand)


def _known_on(facts: ActionFacts, as_of: date) -> ActionFacts:
    """The facts dated no later than the day asked about."""
    if not (facts.notes or facts.evidence or facts.done or facts.embedded or facts.target_met):
        return facts
    return replace(
        facts,
        notes=tuple(d for d in facts.notes if d <= as_of),
        evidence=tuple(d for d in facts.evidence if d <= as_of),
        done=facts.done if facts.done and facts.done.on <= as_of else None,
        embedded=facts.embedded if facts.embedded and facts.embedded.on <= as_of else None,
        target_met=tuple(reading for reading in facts.target_met if reading[0] <= as_of),
    )


def _in_doubt(facts: ActionFacts, as_of: date) -> Explained | None:
    if facts.start and facts.finish and facts.finish < facts.start:
        why = f"It finishes in {month(facts.finish)}, before it starts in {month(facts.start)}."
        return Explained(Status.DOUBT, why)
    if facts.date_doubts:
        return Explained(Status.DOUBT, facts.date_doubts[0])
    return None


def _embedded(facts: ActionFacts, as_of: date) -> Explained | None:
    if facts.done is None or facts.done.on + EMBEDDED_AFTER > as_of:
        return None
    since = f"Done on {day(facts.done.on)}"
    if len(facts.target_met) >= 2 and all(met for _, met in facts.target_met[-2:]):
        return Explained(Status.EMBEDDED, f"{since}, and its measure has met its target at the last two readings.")
    if facts.evidence and facts.embedded:
        said = f"{facts.embedded.by} said on {day(facts.embedded.on)} that it is how we work."
        return Explained(Status.EMBEDDED, f"{since}; there is evidence, and {said}")
    return None


def _done(facts: ActionFacts, as_of: date) -> Explained | None:
    return Explained(Status.DONE, f"{facts.done.by} said it was done on {day(facts.done.on)}.") if facts.done else None


def _overdue(facts: ActionFacts, as_of: date) -> Explained | None:
    if facts.finish and as_of > (last := _last_day(facts.finish)):
        return Explained(Status.OVERDUE, f"{_days(last, as_of)} past its date, {_silence(facts, as_of)}.")
    return None


def _overdue_to_start(facts: ActionFacts, as_of: date) -> Explained | None:
    """With no finish to miss, a start that has passed unremarked for a month is what is overdue."""
    if facts.finish or facts.ongoing or facts.start is None or facts.notes or facts.evidence:
        return None
    last = _last_day(facts.start)
    if as_of <= _a_month_after(last):
        return None
    why = (
        f"Was to start in {month(facts.start)}, {_days(last, as_of)} ago; no note says it did, and no finish is given."
    )
    return Explained(Status.OVERDUE, why, label="Overdue to start")


def _at_risk(facts: ActionFacts, as_of: date) -> Explained | None:
    heard = _last_heard(facts)
    if heard is not None and as_of > _next_note(heard, facts.cadence):
        return Explained(Status.AT_RISK, f"{_quiet(facts, as_of)}; {_expected(facts)}.")
    if facts.finish and _a_month_after(as_of) >= (last := _last_day(facts.finish)) and not facts.evidence:
        return Explained(Status.AT_RISK, f"Due by {day(last)}, {_days(as_of, last)} away, and no evidence yet.")
    return None


def _not_started(facts: ActionFacts, as_of: date) -> Explained | None:
    if facts.notes or facts.evidence:
        return None
    if facts.start is None:
        return Explained(Status.NOT_STARTED, "No start is given, and no note says it has begun.")
    if as_of <= _last_day(facts.start):
        return Explained(Status.NOT_STARTED, f"It is to start in {month(facts.start)}.")
    return None


def _on_track(facts: ActionFacts, as_of: date) -> Explained:
    due = (
        f"Due by {day(_last_day(facts.finish))}"
        if facts.finish
        else "Ongoing"
        if facts.ongoing
        else "No finish is given"
    )
    if facts.notes:
        return Explained(Status.ON_TRACK, f"{due}; last note {_days(max(facts.notes), as_of)} ago.")
    if facts.evidence or facts.start is None:
        return Explained(Status.ON_TRACK, f"{due}; evidence given, no note yet.")
    first = _next_note(_last_day(facts.start), facts.cadence)
    return Explained(Status.ON_TRACK, f"{due}; started in {month(facts.start)}, first note due by {day(first)}.")


RULES: tuple[Rule, ...] = (_in_doubt, _embedded, _done, _overdue, _overdue_to_start, _at_risk, _not_started, _on_track)


@lru_cache
def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


@lru_cache
def _a_month_after(day: date) -> date:
    return day + MONTH


def _last_heard(facts: ActionFacts) -> date | None:
    """The last note since it began, else the day it should have begun; a note made before that starts no clock."""
    last = max(facts.notes, default=None)
    if facts.start is None or (last is not None and last >= facts.start):
        return last
    return _last_day(facts.start)


@lru_cache
def gap(cadence: str) -> relativedelta:
    """How long there may be between two notes: a month where no cadence is given."""
    if found := _EVERY_N.fullmatch(cadence):
        count_of = int(found[1])
        return relativedelta(weeks=count_of) if found[2] == "weeks" else relativedelta(months=count_of)
    return GAPS.get(cadence, MONTH)


@lru_cache(1024)
def _next_note(after: date, cadence: str) -> date:
    """The last day on which the next note is in time."""
    return after + gap(cadence)


def _days(since: date, until: date) -> str:
    return count((until - since).days, "day")


def _silence(facts: ActionFacts, as_of: date) -> str:
    return f"and no note for {_days(max(facts.notes), as_of)}" if facts.notes else "and no note at all"


def _quiet(facts: ActionFacts, as_of: date) -> str:
    if facts.notes:
        return f"No note for {_days(max(facts.notes), as_of)}"
    return f"No note since it was to start in {month(facts.start)}" if facts.start else "No note"


def _expected(facts: ActionFacts) -> str:
    return f"it is reviewed {facts.cadence}" if facts.cadence else "one is expected each month"
