"""Periods on bail and on remand: which cannot stand beside each other, and when a child is looked after by one. Pure.

The day of a hearing belongs to both: what ends on it and what begins on it. An end is the last day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from waypost.casework.court.definitions import kinds, name_of
from waypost.casework.outcomes.rules import Raised
from waypost.kernel.words import day as words

__all__ = ["Remand", "kinds", "looked_after", "name_of", "tasks_raised", "why_not_remand"]

Period = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Remand:
    """`kind` is a key of definitions/remands.yaml; `until` the last day, None while it goes on."""

    kind: str
    since: date
    until: date | None = None


def why_not_remand(new: Remand, others: Iterable[Remand], *, today: date) -> str | None:
    if new.since > today:
        return f"{words(new.since)} is still to come. Enter it once the court has decided."
    if new.until and new.until < new.since:
        return "The end is before the start. Correct one of them."
    if new.until and new.until > today:
        return f"{words(new.until)} is still to come. Enter the end once it has ended."
    return _why_not_kind(new) or next((_overlap(other) for other in others if _do_overlap(new, other)), None)


def _why_not_kind(new: Remand) -> str | None:
    kind = kinds()[new.kind]
    if kind.is_open(new.since):
        return None
    if new.since < kind.since:
        return f"There was no {kind.name.lower()} before {words(kind.since)}. Check the day, or choose what it was."
    last = words(kind.until) if kind.until else ""
    return f"There was no {kind.name.lower()} after {last}. Check the day, or choose what it was."


def _overlap(other: Remand) -> str:
    until = f"to {words(other.until)}" if other.until else "and has not ended"
    return f"{name_of(other.kind)} stands from {words(other.since)} {until}. End that first, or correct the days."


def _do_overlap(one: Remand, other: Remand) -> bool:
    """They share more than the day of one hearing."""
    if (one.since, one.until) == (other.since, other.until):
        return True
    return one.since < (other.until or date.max) and other.since < (one.until or date.max)


def looked_after(remands: Iterable[Remand]) -> list[Period]:
    """From when until when the child was looked after by remand, earliest first, joined where they touch."""
    joined: list[Period] = []
    periods = ((each.since, each.until) for each in remands if kinds()[each.kind].looked_after)
    for since, until in sorted(periods, key=lambda period: (period[0], period[1] or date.max)):
        if joined and _touch(joined[-1][1], since):
            joined[-1] = (joined[-1][0], _later(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _touch(until: date | None, since: date) -> bool:
    return until is None or since <= until + timedelta(days=1)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


def tasks_raised(kind: str, since: date) -> tuple[Raised, ...]:
    """What falls due with a remand, earliest first."""
    raised = (
        Raised(rule.key, rule.words, since, rule.due(since), rule.for_role, rule.why(since))
        for rule in kinds()[kind].tasks
    )
    return tuple(sorted(raised, key=lambda each: (each.due, each.key)))
