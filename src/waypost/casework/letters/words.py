"""Days, times and lists in a letter, in both languages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from waypost.files.reports.values import Language
from waypost.files.reports.words import day_in_words

OF = {"english": Language.ENGLISH, "welsh": Language.WELSH}
WEEKDAYS = {
    "english": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "welsh": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
AND = {"english": "and", "welsh": "a"}


def day(value: date, language: str) -> str:
    """‘Tuesday 1 December 2026’"""
    return f"{WEEKDAYS[language][value.weekday()]} {day_in_words(value, OF[language])}"


def clock(value: time | None, language: str) -> str:
    """‘4pm’, ‘10:30am’, ‘midday’; in Welsh by the clock of 24 hours."""
    if value is None:
        return ""
    if language == "welsh":
        return f"{value:%H:%M}"
    if (value.hour, value.minute) == (12, 0):
        return "midday"
    minutes = f":{value:%M}" if value.minute else ""
    return f"{(value.hour - 1) % 12 + 1}{minutes}{'am' if value.hour < 12 else 'pm'}"


def days(values: Iterable[date], language: str) -> str:
    said = [day(value, language) for value in values]
    return f" {AND[language]} ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)
