"""Days and months as sentences write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = ("january february march april may june july august september october november december").split()
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_JOIN = r"\s*(?:,|&|\band\b|\bto\b|[-–—])\s*"

# One or more days of one month ("19 and 20 January 2015", "19th to 30th January"), the year perhaps said once at the end.
DAYS = re.compile(
    rf"(?P<days>{_DAY}(?:{_JOIN}{_WEEKDAY}{_DAY})*)\s+(?:of\s+)?(?P<month>{MONTH})\.?,?(?:\s+(?P<year>{YEAR}))?\b",
    re.IGNORECASE,
)
NUMERIC = re.compile(rf"\b(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>{YEAR})\b")
MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\.?,?\s+(?P<year>{YEAR})\b", re.IGNORECASE)
_RANGE = re.compile(r"\bto\b|[-–—]", re.IGNORECASE)


def month_number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()[:3]))


def months_in(text: str) -> list[tuple[int, int]]:
    """Each (year, month) named with its year."""
    return [(int(found["year"]), month_number(found["month"])) for found in MONTH_YEAR.finditer(text)]


def days_in(text: str) -> list[date]:
    """Each day named; a run of days joined by "to" is every day of it. Days that do not exist are left out."""
    return sorted({day for stretch in stretches_in(text) for day in stretch})


def stretches_in(text: str) -> list[tuple[date, ...]]:
    """The days, as single days or whole runs, in the order written; a year said once at the end holds for all."""
    found: list[tuple[date, ...]] = []
    matches = list(DAYS.finditer(text))
    starts: date | None = None
    for index, match in enumerate(matches):
        year = match["year"] or next((later["year"] for later in matches[index:] if later["year"]), None)
        if year is None:
            continue
        numbers = [int(number) for number in re.findall(r"\d{1,2}", match["days"])]
        days = [day for number in numbers if (day := _day(int(year), month_number(match["month"]), number))]
        if starts and days and starts < days[0]:
            found[-1:] = [_run(starts, days[0])]
            days = days[1:]
        elif len(days) == 2 and _RANGE.search(match["days"]):
            found.append(_run(*days))
            days = []
        found += [(day,) for day in days]
        between = text[match.end() : matches[index + 1].start()] if index + 1 < len(matches) else ""
        starts = found[-1][0] if found and re.fullmatch(r"\s*(?:to|until|[-–—])\s*", between) else None
    numeric = (_day(int(m["year"]), int(m["month"]), int(m["day"])) for m in NUMERIC.finditer(text))
    return found + [(day,) for day in numeric if day]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _run(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1))


def dated(document_texts: Iterator[str]) -> date | None:
    """The latest day a paper gives as its own: "Date: 22 July 2015", "a meeting will be held … on 22 July 2015"."""
    own = re.compile(r"\bdate(?:d| of (?:meeting|report))?\s*:|\bmeeting\b.*\bwill be held\b.*\bon\b", re.IGNORECASE)
    days = [day for text in document_texts if (found := own.search(text)) for day in days_in(text[found.start() :])]
    return max(days, default=None)
