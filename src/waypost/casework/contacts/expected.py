"""How often a child should be seen, and how often they were. Pure.

The plan sets expected contact; a level from `definitions/contact_levels.yaml` stands in until it does. What the service
cancelled is neither kept nor missed by the child: it is shown apart, and the expectation does not shrink by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import lcm
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import FOLDER, Unreadable, fields, one_of, whole
from waypost.kernel.rates import Rate

DEFINITION = FOLDER / "contact_levels.yaml"
DEFAULT = "before_2019"
FOUR_WEEKS = 28
HEAD: dict[str, type] = {
    "title": str,
    "about": str,
    "checked": date,
    "next_review": date,
    "first_weeks": int,
    "sets": list,
}
SET: dict[str, type] = {"key": str, "words": str, "source": str, "mark": str, "levels": list}
LEVEL: dict[str, type] = {"key": str, "words": str, "first": int, "later": int}


@dataclass(frozen=True, slots=True)
class Level:
    """Contacts in four weeks: `first` in the first weeks from the beginning, `later` after them."""

    key: str
    words: str
    first: int
    later: int
    first_weeks: int
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan expects from a day on, until its next: that many contacts in that many weeks; none at all is 0."""

    since: date
    contacts: int
    weeks: int = 4

    def __post_init__(self) -> None:
        if self.contacts < 0 or self.weeks < 1:
            raise ValueError(f"{self.contacts} contacts in {self.weeks} weeks is not a frequency")


class Held(StrEnum):
    """What became of one contact that was arranged with the child."""

    KEPT = "kept"
    EXCUSED = "excused"  # the child did not come, for a reason somebody judged acceptable
    MISSED = "missed"
    NOT_JUDGED = "not_judged"  # the child did not come, and nobody has judged the reason
    CANCELLED_BY_US = "cancelled_by_us"


@dataclass(frozen=True, slots=True)
class Contact:
    day: date
    held: Held


@dataclass(frozen=True, slots=True)
class Seen:
    """Expected against actual over days, first and last included."""

    since: date
    until: date
    expected: int
    kept: int
    excused: int
    missed: int
    not_judged: int
    cancelled_by_us: int

    @property
    def by_the_child(self) -> Rate:
        """Kept or rightly excused, of those arranged that the service did not cancel and whose reason is judged."""
        return Rate(self.kept + self.excused, self.kept + self.excused + self.missed)

    @property
    def of_expected(self) -> Rate:
        """Kept or rightly excused, of those expected; more than were expected count as all of them."""
        return Rate(min(self.kept + self.excused, self.expected), self.expected)


@cache
def load(name: str = DEFAULT, path: Path = DEFINITION) -> Mapping[str, Level]:
    """The levels of one set by their key; Unreadable where there is no such set or the file is not as it should be."""
    given = fields(path.name, whole(path, expected=HEAD), HEAD, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review must be after checked.")
    sets = [fields(path.name, one, SET, {}) for one in given["sets"]]
    for one in sets:
        if one["key"] == name:
            return MappingProxyType(_levels(path.name, one, given["first_weeks"]))
    raise Unreadable(f"{path.name}: there is no set {name}. There are {', '.join(one['key'] for one in sets)}.")


def expected(level: Level | None, began: date, since: date, until: date, *, plan: Sequence[Planned] = ()) -> int:
    """How many contacts fall due from `since` to `until`, both included; none before the beginning.

    The level's contacts a month are contacts in four weeks, spread evenly over the days from the beginning; from the
    day a plan says otherwise, the plan's are. The next contact is due on the day by which a whole one has gathered, so
    parts are never rounded up and spans that adjoin sum to the whole exactly: 12 in four weeks from Monday 5 January
    2026 fall due on the 7th, the 9th, the 11th and so on, the twelfth on 1 February.
    """
    return _due_by(level, began, until, plan) - _due_by(level, began, since - timedelta(days=1), plan)


def seen(
    level: Level | None,
    began: date,
    since: date,
    until: date,
    contacts: Iterable[Contact],
    *,
    plan: Sequence[Planned] = (),
) -> Seen:
    """Expected against actual from `since` to `until`; contacts before the beginning are none of this work's."""
    held = [one.held for one in contacts if max(began, since) <= one.day <= until]
    return Seen(
        since,
        until,
        expected(level, began, since, until, plan=plan),
        kept=held.count(Held.KEPT),
        excused=held.count(Held.EXCUSED),
        missed=held.count(Held.MISSED),
        not_judged=held.count(Held.NOT_JUDGED),
        cancelled_by_us=held.count(Held.CANCELLED_BY_US),
    )


def over_time(
    level: Level | None, began: date, until: date, contacts: Sequence[Contact], *, plan: Sequence[Planned] = ()
) -> tuple[Seen, ...]:
    """One for each four weeks from the beginning; the last ends with `until`, whole or not."""
    days = range((until - began).days + 1)[::FOUR_WEEKS]
    firsts = [began + timedelta(days=number) for number in days]
    lasts = [min(first + timedelta(days=FOUR_WEEKS - 1), until) for first in firsts]
    return tuple(seen(level, began, *span, contacts, plan=plan) for span in zip(firsts, lasts, strict=True))


Often = tuple[date, int, int]  # from that day so many contacts in so many days


def _due_by(level: Level | None, began: date, day: date, plan: Sequence[Planned]) -> int:
    """Whole contacts that have fallen due from the beginning to the end of that day; exact, in whole numbers."""
    end = day + timedelta(days=1)
    often = [one for one in _often(level, began, plan) if one[0] < end]
    parts = lcm(*(days for _, _, days in often))
    spans = pairwise([*often, (end, 0, 1)])
    return sum(number * (until - since).days * (parts // days) for (since, number, days), (until, *_) in spans) // parts


def _often(level: Level | None, began: date, plan: Sequence[Planned]) -> list[Often]:
    """From which day how often; from a plan's first day as the plan says, not the level."""
    planned = sorted(plan, key=lambda one: one.since)
    first = planned[0].since if planned else date.max
    of_level = [one for one in _often_of_level(level, began) if one[0] < first]
    return of_level + [
        (max(began, one.since), one.contacts, one.weeks * 7)
        for one, after in pairwise([*planned, Planned(date.max, 0)])
        if after.since > max(began, one.since)
    ]


def _often_of_level(level: Level | None, began: date) -> list[Often]:
    if level is None:
        return []
    later = began + timedelta(weeks=level.first_weeks)
    return [(began, level.first, FOUR_WEEKS), (later, level.later, FOUR_WEEKS)]


def _levels(where: str, one: Mapping[str, Any], first_weeks: int) -> dict[str, Level]:
    read = [
        Level(**fields(f"{where}: {one['key']}", level, LEVEL, {}), **_of_set(one, first_weeks))
        for level in one["levels"]
    ]
    one_of(f"{where}: {one['key']}", "mark", one["mark"], MARKS)
    levels = {level.key: level for level in read}
    if len(levels) < len(read):
        raise Unreadable(f"{where}: {one['key']}: a level is given twice.")
    if wrong := [level.key for level in read if not level.first >= level.later >= 0]:
        raise Unreadable(f"{where}: {one['key']}: {wrong[0]} must not be seen more often later than first.")
    return levels


def _of_set(one: Mapping[str, Any], first_weeks: int) -> dict[str, Any]:
    return {"first_weeks": first_weeks, "source": one["source"], "mark": one["mark"]}
