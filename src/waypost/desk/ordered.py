"""A list of what is due as a page shows it: in groups, each line with its mark, led by a sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waypost.casework.due import mark_of, worst_first
from waypost.kernel.words import day, listed
from waypost.people.need_to_know.today import Line
from waypost.ui.words import capital, short_day

NOW = -1  # the rank of what comes before everything: somebody is less safe than was thought
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line; `status` is a key of the looks, `quiet` says below the mark which day it is."""

    line: Line
    status: str
    mark: str
    quiet: str

    @property
    def about(self) -> UUID | None:
        return self.line.about


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: str
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class WorkList:
    """`groups` as far as the end of the week; `later` what comes after."""

    groups: tuple[Group, ...]
    later: tuple[Shown, ...]
    lead: str
    rest: str

    @property
    def is_empty(self) -> bool:
        return not self.groups and not self.later

    @property
    def last_day(self) -> date | None:
        return max((one.line.due for one in self.later if one.line.due), default=None)


def work_list(lines: Iterable[Line], on: date) -> WorkList:
    """Who is less safe, then late, today, by Friday, later; in each the worst first."""
    in_order = [shown(line, on) for line in worst_first(lines, on)]
    now = tuple(one for one in in_order if one.line.rank == NOW)
    found = [one for one in in_order if one not in now]
    friday = week_ends(on)
    late = tuple(one for one in found if one.status == "late")
    today = tuple(one for one in found if one.status == "today")
    ahead = [one for one in found if one.status == "new"]
    week = tuple(one for one in ahead if one.line.due and one.line.due <= friday)
    later = tuple(one for one in ahead if one not in week)
    by = "By Friday" if on.weekday() != 4 else "By next Friday"
    groups = (
        Group("now", "Less safe than was thought", now),
        Group("late", "Late", late),
        Group("today-list", "Today", today),
        Group("week", by, week),
    )
    strong, rest = lead(len(late), len(today), len(week), by[:1].lower() + by[1:])
    if now:
        strong, rest = f"{less_safe(len(now))} {strong}", rest
    return WorkList(tuple(one for one in groups if one.lines), later, strong, rest)


def week_ends(on: date) -> date:
    """The Friday of this week; from a Friday on, that of the next."""
    return on + timedelta(days=(4 - on.weekday()) % 7 or 7)


def shown(line: Line, on: date) -> Shown:
    if line.due is None:
        return Shown(line, "late" if line.late else "today", line.mark, "")
    due = line.due
    if due < on:
        was = "yesterday" if due == on - timedelta(days=1) else f"{due:%A} {near(due, on)}"
        return Shown(line, "late", mark_of(due, on), f"was due {was}")
    if due == on:
        return Shown(line, "today", "Today", "")
    word = "Tomorrow" if due == on + timedelta(days=1) else f"{due:%A}"
    return Shown(line, "new", word, near(due, on))


def near(value: date, on: date) -> str:
    """‘12 May’; of another year ‘12 May 2025’."""
    return short_day(value) if value.year == on.year else day(value)


def lead(late: int, today: int, week: int, by: str) -> tuple[str, str]:
    """‘Three things are late’, ‘, two are for today and four are due by Friday.’"""
    if not late + today + week:
        return "Nothing is late", f", and nothing is due {by}."
    parts: list[str] = []
    for number, words in ((late, "late"), (today, "for today"), (week, f"due {by}")):
        if number:
            noun = "" if parts else " thing" if number == 1 else " things"
            parts.append(f"{spelt(number)}{noun} {'is' if number == 1 else 'are'} {words}")
    if late:
        return capital(parts[0]), f"{_then(parts[1:])}."
    return "Nothing is late", f"{_then(parts)}."


def lead_of_team(now: int, first: int, children: int) -> tuple[str, str]:
    """What a manager begins with, and what comes then."""
    ways = f"{capital(spelt(first))} {'child is' if first == 1 else 'children are'} late in more than one way."
    if now:
        return less_safe(now), f"That comes before everything else. {ways if first else ''}".strip()
    if first:
        return ways, "Start there." if first == 1 else "Start with them."
    return ("No child is late in more than one way.", "") if children else ("Nobody holds a child here yet.", "")


def less_safe(number: int) -> str:
    times = "Somebody" if number == 1 else f"{capital(spelt(number))} times somebody"
    return f"{times} is less safe than was thought."


def _then(parts: Sequence[str]) -> str:
    """‘, a and b’; ‘ and b’ where there is only one."""
    return f", {listed([*parts])}" if len(parts) > 1 else f" and {parts[0]}" if parts else ""


def spelt(number: int) -> str:
    """Up to ten in letters."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"
