"""What is written down in the simulated borough: invented sentences from one file, put together. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

import yaml

from waypost.demo.borough.rates import HERE


@dataclass(frozen=True, slots=True)
class Purpose:
    words: str
    did: tuple[str, ...]
    then: tuple[str, ...]
    ways: frozenset[str]


@cache
def wording() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
    return found


@cache
def purposes(way: str) -> tuple[tuple[Purpose, ...], tuple[int, ...]]:
    """For what one meets in that way, the usual first; with the running total of how usual each is."""
    found = [
        Purpose(one["purpose"], tuple(one["did"]), tuple(one["then"]), frozenset(one["ways"]))
        for one in wording()["purposes"]
        if way in one["ways"]
    ]
    return tuple(found), tuple(accumulate(6 if one.words == "Supervision" else 2 for one in found))


@cache
def purpose(way: str, place: int) -> Purpose | None:
    """The same place gives the same purpose."""
    found, totals = purposes(way)
    if not found:
        return None
    return next(one for one, total in zip(found, totals, strict=True) if place % totals[-1] < total)


def one(key: str, chance: Random) -> str:
    return str(chance.choice(wording()[key]))


def of_meeting(way: str, about: Purpose | None, chance: Random) -> str:
    if way == "custody":
        inside = wording()["custody"]
        return f"{chance.choice(inside['did'])} {chance.choice(inside['then'])}"
    if about is None:
        return one("by_phone", chance)
    return f"{chance.choice(about.did)} {chance.choice(about.then)}"
