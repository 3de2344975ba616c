"""How often the board can have met: a count that its first meeting and its cadence leave no room for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .moments import months_in
from .shape import Doubt, place
from .statements import Statement

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: n for n, word in enumerate(_COUNTED, start=1)} | {"once": 1, "twice": 2, "thrice": 3}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_COUNTED)})"
_HAS = r"\b(?:has|have|had)\s+(?:now\s+|already\s+)?"
_COUNTS = (
    re.compile(rf"{_HAS}met\s+(?:on\s+)?{_NUMBER}\s+(?:times|occasions)\b", re.IGNORECASE),
    re.compile(rf"{_HAS}met\s+(?P<number>once|twice|thrice)\b", re.IGNORECASE),
    re.compile(rf"{_HAS}held\s+{_NUMBER}\s+meetings\b", re.IGNORECASE),
)
_FIRST = re.compile(
    r"\bfirst (?:meeting|met)\b|\bmet for the first time\b|\bmeetings? (?:began|begin|started)\b", re.IGNORECASE
)
_MEETS = re.compile(r"\b(?:met|meet(?:s|ing|ings)?)\b", re.IGNORECASE)
_CADENCES = tuple(
    (re.compile(pattern, re.IGNORECASE), months)
    for pattern, months in (
        (r"\b(?:every other|every second|alternate) months?\b|\b(?:every )?(?:two|2)[- ]month(?:s|ly)\b", 2),
        (r"\bquarterly\b|\bevery quarter\b|\b(?:every )?(?:three|3)[- ]month(?:s|ly)\b", 3),
        (r"\btwice a year\b|\bhalf[- ]yearly\b|\b(?:every )?(?:six|6)[- ]month(?:s|ly)\b", 6),
        (r"(?<!bi-)\bmonthly\b|\b(?:every|each|once a) month\b", 1),
    )
)
_BOARD = re.compile(r"\bboards?\b", re.IGNORECASE)
_KIND_OF_BOARD = re.compile(
    r"\b(management|improvement|executive|operational|strategic|partnership|safeguarding|programme|project)\s+board\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _First:
    statement: Statement
    month: tuple[int, int]
    every: int
    every_where: Statement


def board_meetings_differ(statements: list[Statement], paper: date | None) -> Iterator[Doubt]:
    """A board said to have met more often than its first meeting and its cadence allow by the paper's date."""
    firsts = list(_first_meetings(statements))
    for statement in statements:
        count = _count(statement.text)
        until = max(months_in(statement.text), default=(paper.year, paper.month) if paper else None)
        if count is None or until is None or not _BOARD.search(statement.about):
            continue
        for first in firsts:
            most = ((until[0] - first.month[0]) * 12 + until[1] - first.month[1]) // first.every + 1
            if count > most >= 1 and _may_be_one_board(statement.about, first.statement.about):
                yield _doubt(statement, count, first, most, until)
                return


def _first_meetings(statements: list[Statement]) -> Iterator[_First]:
    """First meetings with a month, where a cadence stands beside them."""
    for statement in statements:
        months = months_in(statement.text)
        if not (months and _FIRST.search(statement.text) and _BOARD.search(statement.about)):
            continue
        for other in statements:
            every = _cadence(other) if other.where == statement.where and other.beside == statement.beside else None
            if every:
                yield _First(statement, months[0], every, other)
                break


def _count(text: str) -> int | None:
    found = next((found for pattern in _COUNTS if (found := pattern.search(text))), None)
    if found is None:
        return None
    number = found["number"].lower()
    return int(number) if number.isdigit() else _NUMBERS[number]


def _cadence(statement: Statement) -> int | None:
    if not _MEETS.search(statement.text):
        return None
    return next((months for pattern, months in _CADENCES if pattern.search(statement.text)), None)


def _may_be_one_board(one: str, other: str) -> bool:
    """Unless each names its kind of board ("management", "improvement") and the kinds are different."""
    a, b = _kinds(one), _kinds(other)
    return not a or not b or bool(a & b)


def _kinds(text: str) -> set[str]:
    return {kind.lower() for kind in _KIND_OF_BOARD.findall(text)}


def _doubt(statement: Statement, count: int, first: _First, most: int, until: tuple[int, int]) -> Doubt:
    return Doubt(
        "board-meetings-differ",
        f"The board is said to have met {count} times ({place(statement.where)}); a first meeting in "
        f"{_month(first.month)} and one every {_every(first.every)} ({place(first.statement.where)}) "
        f"make at most {most} by {_month(until)}.",
        first.statement.where,
        statement.where,
    )


def _month(month: tuple[int, int]) -> str:
    return f"{date(*month, 1):%B %Y}"


def _every(months: int) -> str:
    return "month" if months == 1 else f"{months} months"
