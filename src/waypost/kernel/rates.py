"""A figure keeps its fraction: parts are pooled, percentages never."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator`, both counts: 0 ≤ numerator ≤ denominator."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is not a share")

    def __add__(self, other: Rate) -> Rate:
        """Two groups that do not overlap, taken as one."""
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1; None where nothing was counted."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def percent(self) -> int | None:
        """Whole per cent, a half rounded up; None where nothing was counted."""
        return (200 * self.numerator + self.denominator) // (2 * self.denominator) if self.denominator else None
