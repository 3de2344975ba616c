"""When the inspection was made: two accounts of its fieldwork that share no week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .moments import stretches_in
from .shape import Doubt, place
from .statements import Statement

_MADE = re.compile(
    r"\b(?:fieldwork|inspection)\b[^.]{0,300}?"
    r"\b(?:(?:was|were)\s+(?:under\s?taken|carried out|conducted|held|completed|made)"
    r"|took place|(?:was|were) on site)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"\b(?:mock|previous|earlier|last|prior|thematic|re-?inspection|core case|next|future|peer|will be|draft)\b",
    re.IGNORECASE,
)
_WEEKS = re.compile(
    r"\bweeks?\s+(?:(?:commencing|beginning|starting)\b|of\s+(?:the\s+|monday\s+)?(?=\d))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Account:
    statement: Statement
    stretches: tuple[tuple[date, ...], ...]
    weeks: bool

    @property
    def covers(self) -> set[date]:
        days = {day for stretch in self.stretches for day in stretch}
        return {day + timedelta(days=n) for day in days for n in range(7)} if self.weeks else days

    def __str__(self) -> str:
        ends = [(stretch[0], stretch[-1]) for stretch in self.stretches]
        said = [_day(first) if first == last else f"{_day(first)} to {_day(last)}" for first, last in ends]
        days = " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
        return f"{'in the weeks beginning' if self.weeks else 'on' if ends[0][0] == ends[0][1] else 'from'} {days}"


def fieldwork_dates_differ(statements: list[Statement]) -> Iterator[Doubt]:
    """One doubt for each account whose days the first account neither covers nor is covered by."""
    accounts = [account for statement in statements if (account := _account(statement))]
    for later in accounts[1:]:
        first = accounts[0]
        if not (first.covers & later.covers):
            yield Doubt(
                "fieldwork-dates-differ",
                f"The inspection was made {first} ({place(first.statement.where)}), "
                f"but also {later} ({place(later.statement.where)}).",
                later.statement.where,
                first.statement.where,
            )
            return


def _account(statement: Statement) -> _Account | None:
    found = _MADE.search(statement.text)
    if found is None or _NOT_THIS.search(statement.text[: found.start("rest")]):
        return None
    stretches = stretches_in(found["rest"])
    weeks = _WEEKS.search(found["rest"]) is not None
    return _Account(statement, tuple(stretches), weeks) if stretches else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
