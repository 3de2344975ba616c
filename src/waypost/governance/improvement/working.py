"""Is it working? A measure's first and last reading against its target, in a sentence. Pure.

Two readings say which way it went, not why; nothing is claimed of cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from waypost.kernel.rates import Rate
from waypost.kernel.words import month


class Moved(StrEnum):
    NOT_KNOWN = "Not known yet."
    MET = "At its target."
    BETTER = "Moving, not there yet."
    SAME = "Not moved."
    WORSE = "Worse."

    @property
    def is_unmoved(self) -> bool:
        return self in {Moved.SAME, Moved.WORSE}


@dataclass(frozen=True, slots=True)
class Working:
    moved: Moved
    sentence: str


def working(readings: Sequence[tuple[date, Rate]], *, target: int, lower_is_better: bool) -> Working:
    """`readings` oldest first, each of something (its denominator is above 0); `target` in per cent."""
    wanted = f"Target {'at most' if lower_is_better else 'at least'} {target}%."
    if not readings:
        return Working(Moved.NOT_KNOWN, f"No reading yet. {wanted}")
    (first_on, first), (last_on, last) = readings[0], readings[-1]
    if len(readings) == 1:
        met = _meets(last, target, lower_is_better=lower_is_better)
        return Working(Moved.MET if met else Moved.NOT_KNOWN, f"{_said(last)} in {month(last_on)}. {wanted}")
    sentence = f"{_said(first)} in {month(first_on)}, {_said(last)} in {month(last_on)}. {wanted}"
    return Working(_moved(first, last, target, lower_is_better=lower_is_better), sentence)


def _moved(first: Rate, last: Rate, target: int, *, lower_is_better: bool) -> Moved:
    if _meets(last, target, lower_is_better=lower_is_better):
        return Moved.MET
    gain = _share(last) - _share(first)
    if gain == 0:
        return Moved.SAME
    return Moved.BETTER if (gain < 0) == lower_is_better else Moved.WORSE


def _meets(rate: Rate, target: int, *, lower_is_better: bool) -> bool:
    """Compared as fractions: 4 of 5 meets 80 per cent exactly."""
    wanted = Fraction(target, 100)
    return _share(rate) <= wanted if lower_is_better else _share(rate) >= wanted


def _share(rate: Rate) -> Fraction:
    share = rate.share
    if share is None:
        raise ValueError("a reading of nothing has no share")
    return share


def _said(rate: Rate) -> str:
    return f"{rate.numerator} of {rate.denominator} ({rate.percent}%)"
