"""How dates, times and counts are said on a page. Pure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day(value: date) -> str:
    """12 May 2026."""
    return f"{value.day} {value:%B %Y}"


def weekday_day(value: date) -> str:
    """Tuesday 12 May 2026."""
    return f"{value:%A} {day(value)}"


def short_day(value: date) -> str:
    """12 May: for a list whose year is plain from its heading."""
    return f"{value.day} {value:%B}"


def month(value: date) -> str:
    """May 2026."""
    return f"{value:%B %Y}"


def clock(value: datetime) -> str:
    """14:06 in London; an hour without a zone is refused, for it could be anybody's."""
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    return f"{value.astimezone(LONDON):%H:%M}"


def moment(value: datetime) -> str:
    """12 May 2026, 14:06 in London."""
    return f"{day(value.astimezone(LONDON))}, {clock(value)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 action, 27 actions; the plural is the singular with an s unless given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(numerator: int, denominator: int) -> str:
    """17 of 27 (63%): a number keeps its fraction; of none there is no share."""
    if denominator == 0:
        return "0 of 0"
    percent = (200 * numerator + denominator) // (2 * denominator)
    return f"{numerator:,} of {denominator:,} ({percent}%)"


def size(number_of_bytes: int) -> str:
    """212 KB, 3.1 MB: as the person's own folder would say it."""
    if number_of_bytes < 1_000_000:
        return f"{max(1, round(number_of_bytes / 1000))} KB"
    return f"{number_of_bytes / 1_000_000:.1f} MB"


def words(name: str) -> str:
    """finish-before-start → Finish before start: a key as a phrase, where no better words were written."""
    return name.replace("-", " ").replace("_", " ").capitalize()


FILTERS = {
    "day": day,
    "weekday_day": weekday_day,
    "short_day": short_day,
    "month": month,
    "clock": clock,
    "moment": moment,
    "share": share,
    "size": size,
    "count": count,
}
