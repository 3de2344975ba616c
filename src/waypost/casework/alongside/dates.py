"""Days and times as other systems write them: in one of several formats, tried in their order, or as a number. Pure.

What is written as the standard says, 2026-03-03, can be taken in one way only and needs no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from waypost.kernel.words import LONDON

EXCEL = "excel serial"  # days since the last days of 1899, with the time as a part of a day
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 61, 109_574  # 1 March 1900: before it a spreadsheet counts a day that never was; 2199
TIMES = ("%H:%M", "%H:%M:%S", "%H.%M", "%I:%M %p", "%I:%M%p")
YEARS = range(1900, 2200)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_SERIAL = re.compile(r"\d{1,6}(?:\.\d{1,15})?")
_PART = re.compile(r"0?\.\d{1,15}|0|1(?:\.0)?")
_DAY = ({"%d"}, {"%m", "%b", "%B"}, {"%Y", "%y"})
_WORDS = {word for words in _DAY for word in words} | {"%a", "%A"}


def why_not_format(given: str) -> str | None:
    """A format says day, month and year, each once, and nothing of the time: times are found by themselves."""
    if given == EXCEL:
        return None
    words = re.findall(r"%.?", given)
    if any(sum(word in group for word in words) != 1 for group in _DAY) or not _WORDS.issuperset(words):
        return f"{given!r} must be a day, month and year, as %d/%m/%Y, %d-%b-%y or {EXCEL}."
    return None


def day_of(text: str, formats: tuple[str, ...]) -> date | None:
    """The day, whatever time stands behind it; None: it is in none of the formats."""
    found = moment_of(text, "", formats)
    return found.date() if found else None


@lru_cache(20_000)  # one export has few days, each many times
def moment_of(text: str, clock: str, formats: tuple[str, ...]) -> datetime | None:
    """A clock in London. `clock` where the time stands in a column of its own; without any, it is midnight."""
    text = " ".join(text.split())
    found = _iso(text) or next((one for one in _in_formats(text, formats) if one), None)
    if found is None or found.year not in YEARS:
        return None
    if not clock.strip():
        return found
    at = _time(" ".join(clock.split()))
    return None if at is None else datetime.combine(found.date(), at, LONDON)


def _iso(text: str) -> datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(LONDON) if found.tzinfo else found.replace(tzinfo=LONDON)


def _in_formats(text: str, formats: tuple[str, ...]) -> Iterator[datetime | None]:
    for given in formats:
        if given == EXCEL:
            yield _serial(text)
            continue
        for each in (given, *(f"{given} {clock}" for clock in TIMES)):
            yield _read(text, each)


def _read(text: str, given: str) -> datetime | None:
    try:
        return datetime.strptime(text, given).replace(tzinfo=LONDON)
    except ValueError:
        return None


def _serial(text: str) -> datetime | None:
    if not _SERIAL.fullmatch(text):
        return None
    days, _, part = text.partition(".")
    if not FIRST_SERIAL <= int(days) <= LAST_SERIAL:
        return None
    return datetime.combine(EPOCH + timedelta(days=int(days)), _clock(float(f"0.{part or 0}")), LONDON)


def _clock(part: float) -> time:
    """A part of a day, to the minute: a spreadsheet's thirds of a day never come out even."""
    minutes = min(round(part * 24 * 60), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def _time(text: str) -> time | None:
    if _PART.fullmatch(text):
        return _clock(float(text))
    for given in TIMES:
        if found := _read(text, given):
            return found.time()
    if _ISO.fullmatch(text) and (moment := _iso(text)):  # a spreadsheet's cell of a time alone
        return moment.time()
    return None
