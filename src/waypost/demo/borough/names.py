"""Invented names: of many languages, in the shares of a town. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

import yaml

from waypost.demo.borough.rates import HERE


@dataclass(frozen=True, slots=True)
class Heritage:
    key: str
    ethnicity: str
    language: str
    religion: str
    words: str
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    given: str
    family: str
    sex: str
    heritage: Heritage


@cache
def heritages() -> tuple[tuple[Heritage, ...], tuple[int, ...]]:
    """Each, and the running total of their shares."""
    given: list[dict[str, Any]] = yaml.safe_load((HERE / "names.yaml").read_text(encoding="utf-8"))["heritages"]
    found = tuple(
        Heritage(
            one["key"],
            one["ethnicity"],
            one["language"],
            one["religion"],
            one.get("words", ""),
            tuple(one["girls"]),
            tuple(one["boys"]),
            tuple(one["family"]),
        )
        for one in given
    )
    return found, tuple(accumulate(one["share"] for one in given))


def named(chance: Random) -> Named:
    """Boys are four of five of those a youth justice service works with."""
    found, shares = heritages()
    heritage = chance.choices(found, cum_weights=shares)[0]
    sex = "male" if chance.random() < 0.8 else "female"
    given = chance.choice(heritage.boys if sex == "male" else heritage.girls)
    return Named(given, chance.choice(heritage.family), sex, heritage)


PARENTS, RELATIVES = (("mother", "father"), (5, 1)), (("grandparent", "aunt_or_uncle"), (2, 1))


def carer(child: Named, chance: Random, *, relative: bool = False) -> tuple[str, str, str]:
    """Given name, family name, and what they are to the child; `relative`: of those with other family."""
    relations, weights = RELATIVES if relative else PARENTS
    relation = chance.choices(relations, weights)[0]
    theirs = child.heritage.boys if relation == "father" else child.heritage.girls
    given = chance.choice([one for one in theirs if one != child.given])
    return given, child.family if chance.random() < 0.7 else chance.choice(child.heritage.family), relation
