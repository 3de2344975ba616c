"""The catalogue: what work there is to choose from, one programme a file in `definitions/catalogue/`. Pure.

A programme says what it addresses and what it asks of a child; how far it is known to work is said with its source and
the day it was read, and is no promise for one child.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, one_of, whole
from waypost.kernel.lists import LONGEST_KEY
from waypost.kernel.lists import load as list_of
from waypost.kernel.words import listed

PROGRAMMES = FOLDER / "catalogue"
LEVELS = {"little": "little", "some": "some", "much": "much"}  # how much reading, or speaking and listening, it asks
NEEDED: dict[str, type] = {
    "name": str,
    "about": str,
    "direction": str,
    "addresses": list,
    "formats": list,
    "sessions": int,
    "minutes": int,
    "weeks": int,
    "youngest": int,
    "oldest": int,
    "reading": str,
    "speech": str,
    "demands": str,
    "who_runs": str,
    "cautions": str,
    "evidence": dict,
    "checked": date,
    "next_review": date,
}
EVIDENCE: dict[str, type] = {"rating": str, "source": str, "read": date, "mark": str}
EVIDENCE_MAY: dict[str, type] = {"note": str}
READING, SPEECH = ("reading", "learning"), ("communication", "language")  # areas of need that each bears on


@dataclass(frozen=True, slots=True)
class Evidence:
    rating: str  # a key of the list of ratings
    source: str
    read: date
    mark: str  # a key of MARKS
    note: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    key: str
    name: str
    about: str  # what it is, in two sentences
    direction: str  # a key of the list of directions
    addresses: tuple[str, ...]  # keys of the list of factors
    formats: tuple[str, ...]  # keys of the list of formats
    sessions: int
    minutes: int
    weeks: int
    youngest: int
    oldest: int
    reading: str  # a key of LEVELS
    speech: str
    demands: str  # the same in a sentence
    who_runs: str
    cautions: str
    evidence: Evidence
    checked: date
    next_review: date

    def asks(self) -> list[tuple[str, str]]:
        """(area of need, what is asked of it), where it is more than little."""
        found = []
        for level, what, areas in ((self.reading, "reading", READING), (self.speech, "talking and listening", SPEECH)):
            if level != "little":
                found += [(area, f"{LEVELS[level]} {what}") for area in areas]
        return found

    def answers(self, factors: Collection[str]) -> int:
        """How many of these factors it addresses."""
        return len({*factors} & {*self.addresses})


@cache
def load() -> Mapping[str, Programme]:
    """Every programme by its key, in the order of the alphabet; Unreadable where one is not as it should be."""
    found = [read(path) for path in PROGRAMMES.glob("*.yaml")]
    return MappingProxyType({one.key: one for one in sorted(found, key=lambda one: one.name)})


def find(*, factor: str = "", reading: str = "", speech: str = "") -> list[Programme]:
    """Those that address the factor and ask no more than that of reading and of speech."""
    order = [*LEVELS]
    return [
        one
        for one in load().values()
        if (not factor or factor in one.addresses)
        and (reading not in LEVELS or order.index(one.reading) <= order.index(reading))
        and (speech not in LEVELS or order.index(one.speech) <= order.index(speech))
    ]


def offered(factors: Collection[str]) -> tuple[list[Programme], list[Programme]]:
    """Those that address any of the factors, the most first, and the others."""
    every = load().values()
    answering = sorted(
        (one for one in every if one.answers(factors)), key=lambda one: (-one.answers(factors), one.name)
    )
    return answering, [one for one in every if not one.answers(factors)]


def words(key: str) -> str:
    """The name of a programme; its key where it is in the catalogue no more."""
    return load()[key].name if key in load() else key


def read(path: Path) -> Programme:
    """The programme in a file; Unreadable with the file and the key where it is not as it should be."""
    where = path.name
    if not KEY.fullmatch(path.stem) or len(path.stem) > LONGEST_KEY:
        raise Unreadable(f"{where}: must be named by small letters, digits and single underscores.")
    given = fields(where, whole(path, expected=NEEDED), NEEDED, {})
    for name, known in (("addresses", "factors"), ("formats", "session_formats")):
        given[name] = _keys(where, name, given[name], known)
    for name in ("reading", "speech"):
        one_of(where, name, given[name], LEVELS)
    one_of(where, "direction", given["direction"], (code.key for code in list_of("work_directions")))
    _check(where, given)
    return Programme(key=path.stem, **given | {"evidence": _evidence(where, given["evidence"])})


def _keys(where: str, name: str, given: Iterable[Any], known: str) -> tuple[str, ...]:
    found = tuple(one_of(where, name, str(one), (code.key for code in list_of(known))) for one in given)
    if not found or len({*found}) < len(found):
        raise Unreadable(f"{where}: {name} must have at least one key of the list {known}, each once.")
    return found


def _evidence(where: str, given: Any) -> Evidence:
    found = Evidence(**fields(f"{where}: evidence", given, EVIDENCE, EVIDENCE_MAY))
    one_of(f"{where}: evidence", "rating", found.rating, (code.key for code in list_of("evidence_ratings")))
    one_of(f"{where}: evidence", "mark", found.mark, MARKS)
    if found.rating != "not_rated" and found.mark == "check":
        raise Unreadable(f"{where}: evidence: a rating that nobody has read in its source must be not_rated.")
    return found


def _check(where: str, given: Mapping[str, Any]) -> None:
    if wrong := [name for name in ("sessions", "minutes", "weeks") if given[name] < 1]:
        raise Unreadable(f"{where}: {listed(wrong)} must be 1 or more.")
    if not 8 <= given["youngest"] <= given["oldest"] <= 18:
        raise Unreadable(f"{where}: youngest and oldest must be ages from 8 to 18, in that order.")
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{where}: next_review {given['next_review']} is not after checked {given['checked']}.")
