"""How often something happens, in the words plans use and in one word for each."""

from __future__ import annotations

import re

_TWO, _THREE, _SIX, _TWELVE = "(?:two|2)", "(?:three|3)", "(?:six|6)", "(?:twelve|12)"
_EACH = r"(?:every|each|at each|at every|bob)"

# The first that fits wins: "six monthly" before "monthly". The names are those the status rule knows.
_WORDS: tuple[tuple[str, str], ...] = (
    ("each meeting", rf"{_EACH} (?:[\w’'-]+ ){{0,3}}(?:meetings?|mtgs?|cyfarfod)"),
    ("every two months", rf"{_EACH} (?:other|second|alternate|{_TWO}) months?|alternate months|bi-?monthly"),
    ("every two months", rf"{_TWO}[- ]monthly|bob yn ail fis|bob deufis|deufisol"),
    ("quarterly", rf"quarterly|{_EACH} quarter|{_EACH} {_THREE} months|{_THREE}[- ]monthly"),
    ("quarterly", r"chwarterol|bob chwarter|bob tri mis|once a quarter"),
    ("six-monthly", rf"{_SIX}[- ]?monthly|{_EACH} {_SIX} months|half[- ]?yearly|bi-?annual(?:ly)?"),
    ("six-monthly", r"twice (?:a|each|per|every) year|twice yearly|bob chwe mis|chwe misol|hanner blynyddol"),
    ("yearly", rf"yearly|annual(?:ly)?|{_EACH} year|(?:once (?:a|per)|per) year|{_EACH} {_TWELVE} months"),
    ("yearly", rf"{_TWELVE}[- ]monthly|blynyddol|bob blwyddyn"),
    ("fortnightly", rf"fortnightly|{_EACH} fortnight|{_EACH} (?:other|second|{_TWO}) weeks?|bi-?weekly"),
    ("fortnightly", rf"{_TWO}[- ]weekly|pythefnosol|bob pythefnos"),
    ("weekly", rf"weekly|{_EACH} week|once a week|wythnosol|bob wythnos"),
    ("monthly", rf"monthly|{_EACH} month|once (?:a|per) month|per month|misol|bob mis"),
    ("daily", rf"daily|{_EACH} (?:working )?day|dyddiol|bob dydd"),
)
_PATTERNS = tuple((name, re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.I)) for name, words in _WORDS)
CADENCES: tuple[str, ...] = tuple(dict.fromkeys(name for name, _ in _WORDS))

_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_EVERY_N = re.compile(rf"(?<!\w){_EACH} (\d{{1,2}}|{'|'.join(_NUMBERS)}) (week|month|wythnos|mis)s?(?!\w)", re.I)
_N_MONTHLY = re.compile(rf"(?<![\w-])(\d{{1,2}}|{'|'.join(_NUMBERS)})[- ](week|month)ly(?!\w)", re.I)
_UNITS = {"wythnos": "week", "mis": "month"}

_ONGOING = re.compile(
    r"\bon[- ]?going\b|\bcontinuous(?:ly)?\b|\bcontinuing\b|\brolling\b|\bno end date\b|\bbusiness as usual\b"
    r"|\bparhaus\b|\byn parhau\b|\bbarhaus\b",
    re.I,
)


def cadence_in(text: str) -> str | None:
    """The cadence the words name: one of CADENCES, or "every 6 weeks" for a number that has no word."""
    if found := _EVERY_N.search(text) or _N_MONTHLY.search(text):
        number, unit = found[1].lower(), found[2].lower()
        count = int(number) if number.isdigit() else _NUMBERS.index(number) + 1
        unit = _UNITS.get(unit, unit)
        return _named(count, unit)
    return next((name for name, pattern in _PATTERNS if pattern.search(text)), None)


def _named(count: int, unit: str) -> str:
    names = {
        (1, "week"): "weekly",
        (2, "week"): "fortnightly",
        (1, "month"): "monthly",
        (2, "month"): "every two months",
        (3, "month"): "quarterly",
        (6, "month"): "six-monthly",
        (12, "month"): "yearly",
    }
    return names.get((count, unit), f"every {count} {unit}s")


def is_ongoing(text: str) -> bool:
    return bool(_ONGOING.search(text))
