"""Working days in England and Wales, and when a day ends on a clock there. Pure.

Working days are those that are no Saturday, Sunday or bank holiday; the bank holidays are those the package `holidays`
keeps for England (Wales has the same).
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from dateutil.relativedelta import relativedelta

from waypost.kernel.words import LONDON


@cache
def bank_holidays() -> Container[date]:
    """Read when first asked for: it takes longer than most pages, and most processes never ask."""
    import holidays

    return holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def working_days_after(day: date, number: int) -> date:
    """The day on which that many working days have gone by since; the day itself does not count."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days_before(day: date, number: int) -> date:
    """The day from which that many working days are left; the day itself does not count."""
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


@lru_cache(maxsize=4096)  # a page of one's own children asks for the same few hundred pairs all day
def working_days_between(since: date, until: date) -> int:
    """How many working days lie after the one and up to the other, which counts."""
    return sum(is_working_day(since + timedelta(days=n)) for n in range(1, (until - since).days + 1))


def last_day_of_months(first: date, months: int) -> date:
    """The last day of months that begin with `first`: 12 from 23 January 2026 end on 22 January 2027.

    It is the day before the same day of the month; where that month has no such day, the month's last:
    one month from 31 January ends on 28 or 29 February.
    Source: the corresponding date rule, Dodds v Walker [1981] 1 WLR 1027.
    """
    same_day = first + relativedelta(months=months)
    return same_day - timedelta(days=1) if same_day.day == first.day else same_day


def midnight_after(day: date) -> datetime:
    """The end of a day in London."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def last_day(until: datetime) -> date:
    """The last day of what runs until then: to midnight is until the day before."""
    return (until - timedelta(microseconds=1)).astimezone(LONDON).date()
