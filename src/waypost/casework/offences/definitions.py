"""What an offence is called, its national category and how serious it counts: `definitions/offences.yaml`. Pure.

Two scales, never mixed: the national seriousness score, and the police's gravity score in its version from 1 to 5,
which knows nothing of the days before it. A score holds from a day; a new type has none before it was an offence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, in_order, one_of, whole
from waypost.kernel.words import listed

FILE = FOLDER / "offences.yaml"
HEAD: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "mark": str,
    "checked": date,
    "next_review": date,
    "scales": dict,
    "categories": list,
    "types": list,
}
SCALES: dict[str, type] = {"seriousness": dict, "gravity": dict}
SCALE: dict[str, type] = {"words": str, "least": int, "most": int, "since": date, "source": str, "mark": str}
CATEGORY: dict[str, type] = {"key": str, "words": str}
TYPE: dict[str, type] = {"key": str, "words": str, "category": str, "search": list}
TYPE_MAY: dict[str, type] = {"since": date, "until": date, "note": str, "needs_words": bool}
SCORE: dict[str, type] = {"score": int, "since": date}
SCORE_MAY: dict[str, type] = {"until": date, "mark": str}


@dataclass(frozen=True, slots=True)
class Scale:
    """From `least` to `most`, both included; it knows nothing of days before `since`."""

    words: str
    least: int
    most: int
    since: date
    source: str
    mark: str  # a key of MARKS


@dataclass(frozen=True, slots=True)
class Score:
    """How serious a type counts from the first day of `since` to the last of `until`."""

    score: int
    since: date
    until: date | None
    mark: str


@dataclass(frozen=True, slots=True)
class OffenceType:
    """`since` and `until` are the days on which it could be committed as this; None where no day is kept."""

    key: str
    words: str
    category: str
    seriousness: tuple[Score, ...]
    gravity: tuple[Score, ...]
    search: tuple[str, ...]  # what a worker types
    since: date | None = None
    until: date | None = None
    note: str = ""
    needs_words: bool = False  # whoever chooses it says in their own words what it was

    def score_on(self, day: date) -> int | None:
        """The national seriousness score, 1 to 8; None where there was none on that day."""
        return _on(self.seriousness, day)

    def gravity_on(self, day: date) -> int | None:
        """The police's gravity score, 1 to 5; None on days before that scale."""
        return _on(self.gravity, day)

    def is_open(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def rank(self, typed: str) -> int | None:
        """0 where what was typed is one of its names, 1 where every word of it begins one of its words, else None."""
        wanted = " ".join(_tokens(typed))
        names = [" ".join(_tokens(name)) for name in (self.words, *self.search)]
        if wanted in names:
            return 0
        known = {token for name in names for token in name.split()}
        return 1 if wanted and all(any(one.startswith(word) for one in known) for word in wanted.split()) else None


@cache
def load(path: Path = FILE) -> Mapping[str, OffenceType]:
    """Every type there ever was by its key, in the order of the file; Unreadable where it is not as it should be."""
    given, scales = _whole(path), _scales(path)
    known = {category["key"] for category in given["categories"]}
    types = [_type(path.name, number, one, scales, known) for number, one in enumerate(given["types"], start=1)]
    _once(path.name, [one.key for one in types])
    return MappingProxyType({one.key: one for one in types})


def scales() -> Mapping[str, Scale]:
    return MappingProxyType(_scales(FILE))


@cache
def categories(path: Path = FILE) -> Mapping[str, str]:
    """Words of the national categories by their key."""
    given = [fields(path.name, one, CATEGORY, {}) for one in _whole(path)["categories"]]
    _once(path.name, [one["key"] for one in given])
    return MappingProxyType({one["key"]: one["words"] for one in given})


def on(day: date) -> tuple[OffenceType, ...]:
    """What could be committed on that day."""
    return tuple(one for one in load().values() if one.is_open(day))


def matching(typed: str, day: date) -> tuple[OffenceType, ...]:
    """What a worker may mean by what they typed, of an offence on that day; exact names first."""
    ranked = [(rank, one) for one in on(day) if (rank := one.rank(typed)) is not None]
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))


def _on(scores: Iterable[Score], day: date) -> int | None:
    return next((one.score for one in scores if one.since <= day and (one.until is None or day <= one.until)), None)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


@cache
def _whole(path: Path) -> dict[str, Any]:
    given = fields(path.name, whole(path, expected=HEAD), HEAD, {})
    one_of(path.name, "mark", given["mark"], MARKS)
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review must be after checked.")
    return given


def _scales(path: Path) -> dict[str, Scale]:
    given = fields(f"{path.name}: scales", _whole(path)["scales"], SCALES, {})
    found = {name: Scale(**fields(f"{path.name}: {name}", scale, SCALE, {})) for name, scale in given.items()}
    for name, scale in found.items():
        one_of(f"{path.name}: {name}", "mark", scale.mark, MARKS)
    return found


def _type(where: str, number: int, given: Any, scales: Mapping[str, Scale], known: set[str]) -> OffenceType:
    if not isinstance(given, dict) or not KEY.fullmatch(str(given.get("key"))):
        raise Unreadable(f"{where}: type {number} must have a key of small letters, digits and single underscores.")
    where = f"{where}: {given['key']}"
    scored = {name: given.get(name) for name in scales}
    found = fields(where, {name: value for name, value in given.items() if name not in scored}, TYPE, TYPE_MAY)
    one_of(where, "category", found["category"], known)
    in_order(where, found.get("since"), found.get("until"))
    if wrong := [word for word in found["search"] if not isinstance(word, str) or not word.strip()]:
        raise Unreadable(f"{where}: search must be a list of texts, and has {wrong[0]!r}.")
    found["search"] = tuple(found["search"])
    scores: dict[str, Any] = {
        name: _scores(f"{where}: {name}", scored[name], scales[name], found.get("since")) for name in scales
    }
    return OffenceType(**found, **scores)


def _scores(where: str, given: Any, scale: Scale, begins: date | None) -> tuple[Score, ...]:
    """A number stands for one score from the first day of the scale, or of the type where that is later."""
    first = max(scale.since, begins) if begins else scale.since
    listed_ = [{"score": given, "since": first}] if type(given) is int else given
    if not isinstance(listed_, list) or not listed_:
        raise Unreadable(f"{where} must be a number, or a list of scores with the day each holds from.")
    scores = tuple(_score(where, one, scale) for one in listed_)
    for one, after in pairwise(scores):
        if (one.until or date.max - timedelta(days=1)) >= after.since:
            raise Unreadable(f"{where}: the score from {after.since} begins before the one from {one.since} has ended.")
    return scores


def _score(where: str, given: Any, scale: Scale) -> Score:
    found = {"until": None, "mark": scale.mark, **fields(where, given, SCORE, SCORE_MAY)}
    one_of(where, "mark", found["mark"], MARKS)
    in_order(where, found["since"], found["until"])
    if not scale.least <= found["score"] <= scale.most:
        raise Unreadable(f"{where} must be from {scale.least} to {scale.most}, and is {found['score']}.")
    if found["since"] < scale.since:
        raise Unreadable(f"{where}: the scale begins on {scale.since}, after {found['since']}.")
    return Score(**found)


def _once(where: str, keys: list[str]) -> None:
    if twice := [key for key in dict.fromkeys(keys) if keys.count(key) > 1]:
        raise Unreadable(f"{where}: {listed(twice)} is given twice; a key has one meaning for good.")
