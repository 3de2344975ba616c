"""A month with no day: what plans, papers and reviews mostly mean by a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.kernel.words import month


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """Month 1 to 12 of a year; compares by time, prints as "2015-05"; ValueError for a month there is not."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The inverse of `str`."""
        year, number = text.split("-")
        return cls(int(year), int(number))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def words(self) -> str:
        """ "May 2015"."""
        return month(self.first_day)
