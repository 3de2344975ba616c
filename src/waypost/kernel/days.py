"""Working days in England and Wales, and when a day ends on a clock there. Pure.

Working days are those that are no Saturday, Sunday or bank holiday; the bank holidays are those the package `holidays`
keeps for England (Wales has the same).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from waypost.kernel.words import LONDON


@cache
def bank_holidays() -> holidays.HolidayBase:
    """Read when first asked for: it takes longer than most pages."""
    return holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def working_days_after(day: date, number: int) -> date:
    """The day on which that many working days have gone by since; the day itself does not count."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def midnight_after(day: date) -> datetime:
    """The end of a day in London."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def last_day(until: datetime) -> date:
    """The last day of what runs until then: to midnight is until the day before."""
    return (until - timedelta(microseconds=1)).astimezone(LONDON).date()
