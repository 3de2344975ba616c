"""Dates and counts as the pages say them: '1 day', '12 May 2026', 'May 2026'."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def count(number: int, thing: str, things: str | None = None) -> str:
    """'1 day', '2 days', '0 days', '1,200 days'."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def day(value: date) -> str:
    """'12 May 2026'."""
    return f"{value.day} {value:%B %Y}"


def month(value: date) -> str:
    """'May 2026'."""
    return f"{value:%B %Y}"


def moment(value: datetime) -> str:
    """'12 May 2026, 14:06', on a clock in England and Wales."""
    local = value.astimezone(LONDON)
    return f"{day(local.date())}, {local:%H:%M}"


def listed(things: list[str], join: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} {join} {things[-1]}" if things else ""
