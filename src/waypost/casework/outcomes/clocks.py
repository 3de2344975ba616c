"""How long something may take, counted from what: `definitions/clocks.yaml`. Pure.

The day it is counted from is day 0; a period in working days skips weekends and the bank holidays of England and Wales.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dateutil.relativedelta import relativedelta

from waypost.casework.marks import MARKS
from waypost.kernel.days import working_days_after, working_days_before
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, one_of, whole
from waypost.kernel.words import count
from waypost.kernel.words import day as day_words

FILE = FOLDER / "clocks.yaml"
UNITS = {"working_days": "working day", "calendar_days": "day", "months": "month"}
MOMENTS = {  # what a period is counted from, as a sentence goes on
    "made": "when it was given",
    "contract": "when the contract was signed",
    "release": "the day of release",
    "end": "its last day",
    "asked": "when the court asked for it",
    "remanded": "the day of the remand",
    "heard": "the day of the hearing",
    "decided": "the day of the decision",
}


@dataclass(frozen=True, slots=True)
class TaskRule:
    """One period: `number` of `unit` after a moment, or before it."""

    key: str
    words: str
    number: int
    unit: str
    counted_from: str
    before: bool
    for_role: str  # a key of the roles that access knows
    mark: str
    source: str
    note: str = ""

    def due(self, moment: date) -> date:
        """The last day on which it is in time."""
        if self.unit == "working_days":
            return (working_days_before if self.before else working_days_after)(moment, self.number)
        step = timedelta(days=self.number) if self.unit == "calendar_days" else relativedelta(months=self.number)
        return moment - step if self.before else moment + step

    def why(self, moment: date) -> str:
        """'15 working days from 23 January 2026, when it was given.'"""
        if not self.number:
            return f"The same day: {day_words(moment)}, {MOMENTS[self.counted_from]}."
        period = count(self.number, UNITS[self.unit])
        side = "before" if self.before else "from"
        return f"{period} {side} {day_words(moment)}, {MOMENTS[self.counted_from]}."


NEEDED: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "checked": date,
    "next_review": date,
    "clocks": list,
}
CLOCK: dict[str, type] = {
    "key": str,
    "words": str,
    "number": int,
    "unit": str,
    "counted_from": str,
    "for_role": str,
    "mark": str,
    "source": str,
}
OPTIONAL: dict[str, type] = {"before": bool, "note": str}


@cache
def clocks() -> Mapping[str, TaskRule]:
    """Every clock by its key."""
    return read(FILE)


def read(path: Path) -> Mapping[str, TaskRule]:
    """The clocks in a file; Unreadable with the file and the key where it is not as it should be."""
    given = fields(path.name, whole(path, expected=NEEDED), NEEDED, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    found = [_clock(f"{path.name}: clock {n}", each) for n, each in enumerate(given["clocks"], start=1)]
    keys = [clock.key for clock in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise Unreadable(f"{path.name}: {', '.join(twice)} is given twice; a key has one meaning for good.")
    return MappingProxyType({clock.key: clock for clock in found})


def _clock(where: str, given: Any) -> TaskRule:
    found = fields(where, given, CLOCK, OPTIONAL)
    if not KEY.fullmatch(found["key"]):
        raise Unreadable(f"{where}: key must be small letters, digits and single underscores, and is {found['key']!r}.")
    if found["number"] < 0:
        raise Unreadable(f"{where}: number must be 0 or more, and is {found['number']}.")
    for name, known in (("unit", UNITS), ("counted_from", MOMENTS), ("mark", MARKS)):
        one_of(where, name, found[name], known)
    return TaskRule(before=found.pop("before", False), **found)
