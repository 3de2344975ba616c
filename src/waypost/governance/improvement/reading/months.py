"""Dates as plans write them: months mostly, sometimes days, ranges, cadences, "ongoing", "N/A" or nothing.

English and Welsh. A day is read to its month; a month without a year, a quarter, a season and a day that does not
exist are not read at all, because the year or the month would be a guess: their words are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from waypost.governance.improvement.reading.cadences import cadence_in, is_ongoing
from waypost.kernel.months import Month


@dataclass(frozen=True, slots=True)
class When:
    """What one date cell says. A finish is a month or ongoing, never both."""

    text: str = ""
    month: Month | None = None
    until: Month | None = None  # the second month of a range
    ongoing: bool = False
    cadence: str | None = None
    unreadable: bool = False  # it was meant as a date and is not one


_ENGLISH = "january february march april may june july august september october november december"
_WELSH = "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"
# As they follow "o" or "i" (from, to): Ionawr, Hydref, Awst and Ebrill do not change.
_WELSH_SOFT = "ionawr chwefror fawrth ebrill fai fehefin orffennaf awst fedi hydref dachwedd ragfyr"
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10}
_SHORT |= {"nov": 11, "dec": 12, "ion": 1, "chwef": 2, "chwe": 2, "maw": 3, "ebr": 4, "meh": 6, "gorff": 7, "gor": 7}
_SHORT |= {"med": 9, "hyd": 10, "tach": 11, "rhag": 12}
_FULL = {
    name: number for names in (_ENGLISH, _WELSH, _WELSH_SOFT) for number, name in enumerate(names.split(), start=1)
}
_NUMBER_OF = _FULL | _SHORT
_ALSO_WORDS = {"may", "mai", "march", "medi", "fai", "fedi"}  # months only with a capital or a year
_NAME = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
MONTH_NAMES = _NAME  # alternatives for a pattern, the longest first

_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?![\d/])"
_DATE = re.compile(
    rf"""
    (?P<iso>\b(?:19|20)\d\d-\d{{1,2}}(?:-\d{{1,2}})?(?!\d)(?:[T ]\d\d:\d\d(?::\d\d)?)?)
    | (?P<full>\b\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?:\d{{4}}|\d\d)\b)
    | (?P<short>\b\d{{1,2}}\s?[/.-]\s?(?:\d{{4}}|\d\d)\b(?![/.-]\d))
    | (?P<named>(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|ain|fed|eg|af|ydd)?\s*(?:of\s+|o\s+)?[-/. ]?)?
        \b(?P<name>{_NAME})\b\.?(?:\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,?(?=\s+(?:19|20)\d\d\b))?,?\s*[-/]?\s*(?P<year>{_YEAR}))?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOINS = re.compile(r"\s*(?:-|–|—|/|to|until|till|and|&|hyd at|i|tan|a)\s*(?:(?:the\s+)?(?:end|start) of\s+)?", re.I)
_BETWEEN = re.compile(r"\bbetween\b|\brhwng\b", re.I)
_BLANK = re.compile(r"[\s\-–—_.,;:?/]*")
_NONE = re.compile(r"n\s*/\s*a\b\.?|not applicable\b|none\b|nil\b|amh(?:erthnasol)?\b", re.I)
_TIMES = re.compile(
    rf"\b(?:{'|'.join(sorted(_FULL.keys() - _ALSO_WORDS))})\b"
    r"|\b(?:spring|summer|autumn|winter|easter|christmas|term|quarter|q[1-4]|year[- ]end|half[- ]term"
    r"|gwanwyn|haf|hydref|gaeaf|pasg|nadolig|tymor)\b"
    r"|\d\s?[/.-]\s?\d|\b(?:19|20)\d\d\b",
    re.I,
)
_CAPITAL_NAMES = re.compile(r"\b(?:May|Mai|March|Medi|Fai|Fedi)\b")
_MONTH_FIRST = re.compile(r"mm\s*[/.-]\s*yy", re.I)
EARLIEST, LATEST = 1990, 2099
LONGEST = 300  # characters; longer than that it is a story with dates in it


class _Read(NamedTuple):
    month: Month | None  # None: a day or month that does not exist
    start: int
    end: int


def read_when(text: str, heading: str = "") -> When:
    """What the words of one date say; `heading` may settle that "03/09" is month and year."""
    return _read_when(" ".join(text.split()), bool(_MONTH_FIRST.search(heading)))


@lru_cache(maxsize=4096)
def _read_when(text: str, month_first: bool) -> When:
    if len(text) > LONGEST:
        return When(text)
    if _BLANK.fullmatch(text):
        return When()
    dates, unread = _dates(text, month_first)
    ongoing, cadence = is_ongoing(text), cadence_in(text)
    if not dates:
        nothing = ongoing or cadence or _NONE.match(text)
        wrong = not nothing and (unread or names_a_time(text) or any(char.isdigit() for char in text))
        return When(text, ongoing=ongoing, cadence=cadence, unreadable=wrong)
    months = {read.month for read in dates}
    if unread or None in months or len(months) > 2 or (len(months) == 2 and not _is_range(text, dates)):
        return When(text, ongoing=ongoing, cadence=cadence, unreadable=not ongoing)
    until = dates[-1].month if len(months) == 2 else None
    return When(text, dates[0].month, until, ongoing, cadence)


def _dates(text: str, month_first: bool) -> tuple[list[_Read], bool]:
    """The dates in the order written, and whether one is there that cannot be placed in a year."""
    found: list[_Read] = []
    yearless: list[tuple[int, re.Match[str]]] = []
    unread = False
    for match in _DATE.finditer(text):
        if match["named"] and not match["year"]:
            if match["name"].lower() in _FULL.keys() - _ALSO_WORDS or match["name"][0].isupper():
                yearless.append((len(found), match))
            continue
        read, placed = _read(match, month_first)
        unread = unread or not placed
        if placed:
            found.append(_Read(read, match.start(), match.end()))
    for place, match in reversed(yearless):
        later = found[place].month if place < len(found) else None
        if later is None or not _JOINS.fullmatch(text[match.end() : found[place].start]):
            return found, True
        number = _NUMBER_OF[match["name"].lower()]
        found.insert(place, _Read(Month(later.year - (number > later.month), number), match.start(), match.end()))
    return found, unread


def _read(match: re.Match[str], month_first: bool) -> tuple[Month | None, bool]:
    """The month, or None where no such day exists; and whether it was meant as a date at all."""
    if match["named"]:
        return _month(_full_year(match["year"]), _NUMBER_OF[match["name"].lower()], int(match["day"] or 1)), True
    numbers = [int(number) for number in re.findall(r"\d+", match.group())]
    if match["iso"]:
        return _month(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1), True
    if match["full"]:
        return _month(_full_year(str(numbers[2]).zfill(2)), numbers[1], numbers[0]), True
    year = re.findall(r"\d+", match.group())[1]
    # "07/15" can only be month and year; "03/09" might be a day without its year.
    sure = month_first or len(year) == 4 or int(year) > 12
    return (_month(_full_year(year), numbers[0], 1), True) if sure else (None, False)


def _full_year(text: str) -> int:
    digits = text.strip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(year: int, month: int, day: int) -> Month | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Month(year, month) if EARLIEST <= year <= LATEST else None


def _is_range(text: str, dates: list[_Read]) -> bool:
    between = text[dates[0].end : dates[-1].start]
    joined = _JOINS.fullmatch(between)
    if joined and re.search(r"and|&|\ba\b", between):
        return bool(_BETWEEN.search(text))
    return bool(joined)


def names_a_time(text: str) -> bool:
    """Whether words that are no date were meant as one: a year, a season, a day of no month."""
    return bool(_TIMES.search(text) or _CAPITAL_NAMES.search(text))
