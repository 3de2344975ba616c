"""What the simulated borough says: names of its own, and words that a child could read."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import yaml

from waypost.demo.borough.names import carer, heritages, named
from waypost.demo.borough.rates import HERE, rates
from waypost.demo.borough.wording import of_meeting, purpose, wording
from waypost.kernel.lists import load

NOT_USED = (
    "offender",
    "absconded",
    "refused",
    "failed to",
    "non-compliant",
    "disengaged",
    "gang",
    "chaotic",
    "hard to reach",
)


def sentences(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from sentences(each)
    elif isinstance(found, list):
        for each in found:
            yield from sentences(each)


def test_no_word_of_deficit_stands_in_it() -> None:
    every = " ".join(sentences(dict(wording()))).lower()
    assert [word for word in NOT_USED if word in every] == []


def test_every_answer_is_one_of_its_list() -> None:
    for one in heritages()[0]:
        assert one.ethnicity in load("ethnicities")
        assert one.language in load("languages")
        assert one.religion in load("religions")
        assert bool(one.words) == load("ethnicities")[one.ethnicity].needs_words
    assert {one["kind"] for one in wording()["alerts"]} <= {code.key for code in load("alert_kinds")}
    assert {one["area"] for one in wording()["needs"]} <= {code.key for code in load("need_areas")}


def test_shares_of_names_make_a_hundred() -> None:
    assert heritages()[1][-1] == 100


def test_many_are_named_and_nobody_as_their_own_child() -> None:
    chance = Random(1)
    children = [named(chance) for _ in range(2000)]
    assert len({(one.given, one.family) for one in children}) > 800
    assert len({one.heritage.key for one in children}) == len(heritages()[0])
    assert all(carer(one, chance)[0] != one.given for one in children)


def test_a_meeting_has_something_to_say_whatever_it_was_for() -> None:
    chance = Random(1)
    for way in ("office", "visit", "elsewhere"):
        said = {of_meeting(way, purpose(way, place), chance) for place in range(100)}
        assert len(said) > 30
    assert len({of_meeting("custody", None, chance) for _ in range(50)}) > 5


@pytest.mark.parametrize("figure", ["reoffending", "custody", "looked_after", "education", "education_compulsory"])
def test_every_figure_says_where_it_was_read_and_what_it_counts(figure: str) -> None:
    given = yaml.safe_load((HERE / "rates.yaml").read_text(encoding="utf-8"))
    found = given["figures"][figure]
    assert found["mark"] == "doc"
    assert found["words"] and found["counts"]
    assert all(one["words"] for one in given["assumed"].values())
    assert rates().population == 30_000
