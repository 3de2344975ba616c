"""Days and months as sentences write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?:\s+of)?(?:\s+(?P<month>{MONTH})\b\.?)?(?:,?\s+(?P<year>{_YEAR})\b)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(rf"\b(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>{_YEAR})\b")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\b\.?,?\s+(?P<year>{_YEAR})\b", re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_LIST = re.compile(rf"\s*(?:,|&|,?\s*and)\s*(?:the\s+)?{_WEEKDAY}", re.IGNORECASE)
_RANGE = re.compile(rf"\s*(?:to|until|[-–—])\s*(?:the\s+)?{_WEEKDAY}", re.IGNORECASE)
_OWN_DATE = re.compile(
    r"\bdate(?:d| of (?:meeting|report))?\s*:|\bmeeting\b.{0,300}?\bwill be held\b.{0,200}?\bon\b",
    re.IGNORECASE | re.DOTALL,
)

Stretch = tuple[date, ...]


def month_number(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def months_in(text: str) -> list[tuple[int, int]]:
    """Each (year, month) named with its year."""
    return [(int(found["year"]), month_number(found["month"])) for found in _MONTH_YEAR.finditer(text)]


def stretches_in(text: str) -> list[Stretch]:
    """The days named, a run joined by "to" as one stretch; a month and year said once at the end hold for all."""
    found: list[Stretch] = [(day,) for day in _numeric_days(text)]
    after: tuple[date, int] | None = None
    for match in reversed(list(_DAY.finditer(text))):
        between = text[match.end() : after[1]] if after else ""
        joined = after is not None and (_LIST.fullmatch(between) or _RANGE.fullmatch(between))
        month = month_number(match["month"]) if match["month"] else after[0].month if after and joined else None
        year = int(match["year"]) if match["year"] else after[0].year if after else None
        day = _day(year, month, int(match["day"])) if year and month else None
        if day is None:
            continue
        if after and _RANGE.fullmatch(between) and day < found[0][0]:
            found[0] = _run(day, found[0][0])
        else:
            found.insert(0, (day,))
        after = (day, match.start())
    return found


def paper_date(texts: Iterable[str]) -> date | None:
    """The latest day a paper gives as its own: "Date: 22 July 2015", "a meeting will be held … on 22 July 2015"."""
    tails = (text[found.end() :] for text in texts if (found := _OWN_DATE.search(text)))
    return max((stretch[-1] for tail in tails for stretch in stretches_in(tail)[:1]), default=None)


def _numeric_days(text: str) -> list[date]:
    days = (_day(int(m["year"]), int(m["month"]), int(m["day"])) for m in _NUMERIC.finditer(text))
    return [day for day in days if day]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _run(first: date, last: date) -> Stretch:
    return tuple(first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1))
