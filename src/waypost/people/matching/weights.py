"""How likely it is that two descriptions are of one child, and why: weights of Fellegi and Sunter. Pure.

The figures are in `definitions/matching.yaml`, with where they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from math import log2
from pathlib import Path
from typing import Any

import yaml

from waypost.kernel.lists import load as load_list
from waypost.people.matching.names import alike, parts

DEFINITION = Path(__file__).resolve().parents[2] / "definitions" / "matching.yaml"
LEVELS = {
    "name": ("same", "joined", "part_left_out", "sound", "short", "letter", "one_part", "other"),
    "birth": ("same", "swapped", "one_digit", "estimated", "same_year", "other"),
    "postcode": ("same", "other"),
    "identifier": ("same", "other"),
}
_NAME_LEVELS = {  # by what `names.alike` says
    "same name": "same",
    "same name, written apart or together": "joined",
    "same sound": "sound",
    "one letter differs": "letter",
}
_LEFT_OUT = ", a part left out"


class UnreadableWeights(ValueError):
    """The definition cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class Level:
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Weights:
    show: float
    ask: float
    levels: Mapping[str, Mapping[str, Level]]


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a child. `identifiers` are pairs of a scheme and a number."""

    names: tuple[str, ...] = ()
    born: date | None = None
    estimated: bool = False
    postcodes: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Weighed:
    weight: float
    levels: Mapping[str, str]
    reasons: tuple[str, ...]


@cache
def load(path: Path = DEFINITION) -> Weights:
    """The definition; UnreadableWeights unless every level has a chance on both sides, and all of one come to one."""
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    for comparison, names in LEVELS.items():
        given = whole["comparisons"].get(comparison, {})
        if tuple(given) != names:
            raise UnreadableWeights(f"{path.name}: {comparison} must have the levels {', '.join(names)}, in this order")
        for side in ("m", "u"):
            chances = [level[side] for level in given.values()]
            if not all(0 < chance < 1 for chance in chances) or abs(sum(chances) - 1) > 0.01:
                raise UnreadableWeights(f"{path.name}: the {side} of {comparison} must be chances that come to one")
    if not whole["show"] < whole["ask"]:
        raise UnreadableWeights(f"{path.name}: what is asked about must weigh more than what is shown")
    levels = {
        comparison: {name: Level(log2(level["m"] / level["u"]), level["words"]) for name, level in given.items()}
        for comparison, given in whole["comparisons"].items()
    }
    return Weights(whole["show"], whole["ask"], levels)


def weigh(one: Described, other: Described, by: Weights | None = None) -> Weighed:
    by = by or load()
    levels = levels_of(one, other)
    said: list[Any] = [by.levels[comparison][level] for comparison, level in levels.items()]
    return Weighed(sum(level.weight for level in said), levels, tuple(level.words for level in said if level.words))


def levels_of(one: Described, other: Described) -> dict[str, str]:
    """How each comparison stands; one of which a side is not known is left out."""
    found = {
        "name": name_level(one.names, other.names),
        "birth": birth_level(one, other),
        "postcode": _same_or_other(one.postcodes, other.postcodes),
        "identifier": _identifier_level(one.identifiers, other.identifiers),
    }
    return {comparison: level for comparison, level in found.items() if level}


def name_level(ones: Iterable[str], others: Iterable[str]) -> str:
    """The best of any name of one with any of the other."""
    found = [_name_level(one, other) for one in ones for other in others]
    return min(found, key=LEVELS["name"].index, default="")


@lru_cache(50_000)
def _name_level(one: str, other: str) -> str:
    said = alike(one, other)
    if said is None:
        return "one_part" if set(parts(one)) & set(parts(other)) else "other"
    if said.endswith(_LEFT_OUT):
        return "part_left_out"
    return _NAME_LEVELS.get(said, "short")


def birth_level(one: Described, other: Described) -> str:
    a, b = one.born, other.born
    if a is None or b is None:
        return ""
    if a == b:
        return "same"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "swapped"
    if sum(x != y for x, y in zip(f"{a:%Y%m%d}", f"{b:%Y%m%d}", strict=True)) == 1:
        return "one_digit"
    if (one.estimated or other.estimated) and abs((a - b).days) <= 550:  # a year and a half
        return "estimated"
    return "same_year" if a.year == b.year else "other"


def _same_or_other(ones: frozenset[str], others: frozenset[str]) -> str:
    if not ones or not others:
        return ""
    return "same" if ones & others else "other"


def _identifier_level(ones: frozenset[tuple[str, str]], others: frozenset[tuple[str, str]]) -> str:
    """Two numbers differ only within a scheme that gives a person one."""
    if ones & others:
        return "same"
    schemes = {scheme for scheme, _ in ones} & {scheme for scheme, _ in others}
    return "other" if any(load_list("identifier_schemes")[scheme].flag("one_each") for scheme in schemes) else ""
