"""What may be decided about a child, with the law as it stood on each day: files in `definitions/outcomes/`. Pure.

Every figure carries a mark: `law` is statute, `public` was read in a public source, `check` is used but not confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.casework.outcomes.clocks import TaskRule, clocks
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, follow_on, in_order, one_of, whole
from waypost.kernel.words import listed

OUTCOMES = FOLDER / "outcomes"
GIVEN_BY = ("court", "police", "prosecutor", "service")
STARTS = ("made", "contract")
UNITS = ("months", "weeks", "hours")
RELEASED = ("half", "two_thirds", "decided")
LAW_OF = ("made", "convicted")  # whose day says which version of the law holds


class Family(StrEnum):
    PREVENTION = "prevention"
    DIVERSION = "diversion"
    CAUTION = "caution"
    FIRST_TIER = "first_tier"
    COMMUNITY = "community"
    CUSTODY = "custody"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Version:
    """The law from the first day of `since` to the last of `until`; ages in whole years, both ends included."""

    since: date
    until: date | None
    least_age: int
    most_age: int
    mark: str
    source: str
    unit: str = ""  # empty: it has no length
    least: int | None = None
    most: int | None = None
    only: tuple[int, ...] = ()
    usual: int | None = None  # the length where none was said
    within_months: int | None = None  # hours are to be worked within so many months
    persistent_under: int | None = None  # below this age only for a child the court finds persistent
    extension_least: int | None = None  # every such order has at least so many months more, on licence
    extension_most: int | None = None
    total_most: int | None = None  # months, with what it was extended by
    released: str = ""  # where in the term a child comes out, unless a person records another day
    note: str = ""

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OutcomeType:
    key: str
    name: str
    short: str
    place: int  # the order in which a worker looks for it
    family: Family
    given_by: str
    since: date
    until: date | None
    voluntary: bool
    starts: str
    law_of: str
    at_once: bool  # over on the day it is given
    no_end: str  # why it has no last day, in a sentence; empty where it has one
    route: str
    requirements: tuple[str, ...]
    national: str
    entrant: bool
    versions: tuple[Version, ...]
    tasks: tuple[TaskRule, ...]
    source: str
    checked: date
    next_review: date
    note: str = ""

    def version(self, day: date) -> Version | None:
        """The law on that day; None where it could not be given."""
        return next((version for version in self.versions if version.holds(day)), None)


NEEDED: dict[str, type] = {
    "name": str,
    "short": str,
    "place": int,
    "family": str,
    "given_by": str,
    "voluntary": bool,
    "route": str,
    "national": str,
    "entrant": bool,
    "versions": list,
    "tasks": list,
    "source": str,
    "checked": date,
    "next_review": date,
}
OPTIONAL: dict[str, type] = {
    "starts": str,
    "law_of": str,
    "at_once": bool,
    "no_end": str,
    "requirements": list,
    "note": str,
}
VERSION: dict[str, type] = {"since": date, "least_age": int, "most_age": int, "mark": str, "source": str}
VERSION_OPTIONAL: dict[str, type] = {
    "until": date,
    "unit": str,
    "least": int,
    "most": int,
    "only": list,
    "usual": int,
    "within_months": int,
    "persistent_under": int,
    "extension_least": int,
    "extension_most": int,
    "total_most": int,
    "released": str,
    "note": str,
}


@cache
def load() -> Mapping[str, OutcomeType]:
    """Every type there ever was, by key, in the order in which a worker looks for them."""
    types = sorted((read(path) for path in OUTCOMES.glob("*.yaml")), key=lambda each: (each.place, each.key))
    return MappingProxyType({each.key: each for each in types})


def name_of(key: str) -> str:
    """What a person reads; a key that no file has stands as it is."""
    return load()[key].name if key in load() else key


def on(day: date, *, convicted: date | None = None) -> tuple[OutcomeType, ...]:
    """What may be given on that day; some types depend on the day of conviction, that day where it is not known."""
    return tuple(each for each in load().values() if each.version(law_day(each, day, convicted)))


def law_day(type: OutcomeType, made: date, convicted: date | None) -> date:
    """The day whose law holds: of conviction where the law changed by conviction, otherwise of the order."""
    return convicted if convicted and type.law_of == "convicted" else made


def read(path: Path) -> OutcomeType:
    """The type in a file; Unreadable with the file and the key where it is not as it should be."""
    where = path.name
    if not KEY.fullmatch(path.stem):
        raise Unreadable(f"{where}: its name must be small letters, digits and single underscores: it is the key.")
    given = fields(where, whole(path, expected=NEEDED), NEEDED, OPTIONAL)
    versions = tuple(_version(f"{where}: version {n}", each) for n, each in enumerate(given.pop("versions"), start=1))
    _one_after_another(where, versions)
    type = OutcomeType(
        key=path.stem,
        family=Family(one_of(where, "family", given.pop("family"), list(Family))),
        given_by=one_of(where, "given_by", given.pop("given_by"), GIVEN_BY),
        starts=one_of(where, "starts", given.pop("starts", "made"), STARTS),
        law_of=one_of(where, "law_of", given.pop("law_of", "made"), LAW_OF),
        at_once=given.pop("at_once", False),
        no_end=given.pop("no_end", ""),
        requirements=tuple(given.pop("requirements", ())),
        since=versions[0].since,
        until=versions[-1].until,
        versions=versions,
        tasks=tuple(_clock(where, key) for key in given.pop("tasks")),
        **given,
    )
    _makes_sense(where, type)
    return type


def _version(where: str, given: Any) -> Version:
    found = fields(where, given, VERSION, VERSION_OPTIONAL)
    in_order(where, found["since"], found.get("until"))
    one_of(where, "mark", found["mark"], MARKS)
    for name, known in (("unit", UNITS), ("released", RELEASED)):
        if name in found:
            one_of(where, name, found[name], known)
    version = Version(until=found.pop("until", None), only=tuple(found.pop("only", ())), **found)
    if version.unit and not version.only and version.least is None:
        raise Unreadable(f"{where}: least, or only, must be given: a unit is of a length.")
    if not version.unit and (version.only or version.least is not None or version.most is not None):
        raise Unreadable(f"{where}: unit must be given: {listed(list(UNITS), 'or')}.")
    return version


def _one_after_another(where: str, versions: tuple[Version, ...]) -> None:
    if not versions:
        raise Unreadable(f"{where}: versions must be given: the law from a day on.")
    for before, after in zip(versions, versions[1:], strict=False):
        follow_on(where, before.until, after.since)


def _clock(where: str, key: Any) -> TaskRule:
    one_of(where, "tasks", str(key), clocks())
    return clocks()[key]


def _makes_sense(where: str, type: OutcomeType) -> None:
    if type.next_review <= type.checked:
        raise Unreadable(f"{where}: next_review {type.next_review} is not after checked {type.checked}.")
    if type.voluntary and type.route != "none":
        raise Unreadable(f"{where}: route must be none, and is {type.route!r}: what is voluntary knows no breach.")
    has_length = all(version.unit for version in type.versions)
    if has_length + bool(type.no_end) + type.at_once != 1:
        raise Unreadable(f"{where}: one of a unit in every version, no_end and at_once must be given.")
