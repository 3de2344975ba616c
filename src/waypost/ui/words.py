"""How pages say a weekday, an hour, a share, a size and a code, beside what `kernel.words` says. Pure."""

from __future__ import annotations

from datetime import date, datetime

from waypost.kernel.days import last_day
from waypost.kernel.lists import load
from waypost.kernel.words import LONDON, count, day, listed, moment, month


def weekday_day(value: date) -> str:
    """Tuesday 12 May 2026."""
    return f"{value:%A} {day(value)}"


def short_day(value: date) -> str:
    """12 May: for a list whose year is plain from its heading."""
    return f"{value.day} {value:%B}"


def hour(value: datetime) -> str:
    """14:06, on a clock in England and Wales."""
    return f"{value.astimezone(LONDON):%H:%M}"


def share(numerator: int, denominator: int) -> str:
    """17 of 27 (63%), halves rounded up; of none there is no share."""
    if denominator == 0:
        return "0 of 0"
    return f"{numerator:,} of {denominator:,} ({(200 * numerator + denominator) // (2 * denominator)}%)"


def size(number_of_bytes: int) -> str:
    """212 KB, 3.1 MB: as a person's own folder would say it."""
    if number_of_bytes < 999_500:
        return f"{max(1, round(number_of_bytes / 1000))} KB"
    return f"{number_of_bytes / 1_000_000:.1f} MB"


def capital(text: str) -> str:
    """The same with a capital first: a report's recommendations begin in the middle of a sentence."""
    return text[:1].upper() + text[1:]


def heading(text: str) -> str:
    """As a heading stands: a capital first, no full stop last."""
    return capital(text.strip()).removesuffix(".")


def coded(name: str, key: str) -> str:
    """As a list of the definitions says it; a key that no list has stands as it is."""
    found = load(name)
    return found.words(key) if key in found else key


FILTERS = {
    "day": day,
    "last_day": last_day,
    "weekday_day": weekday_day,
    "short_day": short_day,
    "month": month,
    "hour": hour,
    "moment": moment,
    "size": size,
    "listed": listed,
    "capital": capital,
    "heading": heading,
}
GLOBALS = {"count": count, "share": share, "coded": coded}
