"""One action written twice: found by its words, and found in time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.governance.plan_documents import document, table
from waypost.governance.improvement.reading import read_plan
from waypost.governance.improvement.reading.duplicates import ALIKE, Alike, find_alike

_ENDS = ("adder", "onnet", "illow", "umble", "erry", "andle", "inter", "ollow", "easure", "istle", "oughen", "atter")
WORDS = [f"{first}{end}{last}" for first in "bcdfghjklmnprstw" for end in _ENDS for last in ("", "s", "ed", "ing", "y")]


def _pairs(*texts: str, headings: tuple[object, ...] | None = None) -> list[tuple[int, int]]:
    return [(pair.later, pair.earlier) for pair in find_alike(texts, headings or tuple(range(len(texts))))]


def test_the_same_words_are_a_pair_whatever_their_case_and_stops() -> None:
    assert _pairs("Train all staff.", "Audit plans", "train ALL staff") == [(2, 0)]


def test_words_shared_are_counted_of_all_that_stand_in_either() -> None:
    assert find_alike(["set local aims with every partner", "set shared aims with every partner"], [1, 2]) == []
    longer = "draw up local aims with every partner near the courts by June"
    assert find_alike([longer, longer.replace("local", "shared")], [1, 2]) == [Alike(1, 0, 11, 13)]


def test_under_one_heading_only_the_same_words_throughout_are_a_pair() -> None:
    one = "refresh what every worker in the service knows of written plans that keep other people safe"
    two = "refresh what every worker in the service knows of written plans that keep the child safe"
    assert _pairs(one, two, headings=(1, 1)) == []
    assert _pairs(one, two, headings=(1, 2)) == [(1, 0)]
    assert _pairs(one, two, headings=(None, None)) == [(1, 0)]
    assert _pairs(one, one, headings=(1, 1)) == [(1, 0)]


def test_each_action_names_the_one_before_that_is_most_like_it() -> None:
    base = "one two three four five six seven eight"
    assert _pairs(f"{base} nine ten", f"{base} nine", f"{base} nine eleven") == [(1, 0), (2, 1)]


def test_an_empty_text_is_like_nothing() -> None:
    assert _pairs("", "", "…") == []


@given(st.lists(st.lists(st.sampled_from(WORDS[:12]), min_size=1, max_size=6).map(" ".join), max_size=12))
def test_looking_only_where_a_rare_word_is_shared_misses_no_pair(texts: list[str]) -> None:
    """Against comparing every text with all before it."""
    sets = [frozenset(text.split()) for text in texts]
    alike = {
        later
        for later, words in enumerate(sets)
        if any(len(words & other) >= ALIKE * len(words | other) for other in sets[:later])
    }
    assert {later for later, _ in _pairs(*texts)} == alike


@pytest.mark.parametrize("kind", ["random", "same", "one word apart"])
def test_five_thousand_rows_are_read_in_three_seconds(kind: str) -> None:
    chance = random.Random(1)
    texts = {
        "random": lambda _: " ".join(chance.choices(WORDS, k=14)),
        "same": lambda _: "Train every worker in the new form and tell the board what they learned",
        "one word apart": lambda at: f"Train every worker in the new form and tell the board of visit {at}",
    }
    rows = [("Recommendation", "Ref", "Action", "Lead", "Timescale", "Progress")]
    for at in range(5000):
        text = texts[kind](at)
        heading = f"({at // 10 + 1}) Do better" if at % 10 == 0 else ""
        rows.append(
            (heading, "abcdefghij"[at % 10], text, "Asha Verity/Police", "Start: May 2015 End: July 2015", "* Form")
        )
    plan = document(table(*rows))
    before = time.process_time()
    reading = read_plan(plan)
    assert time.process_time() - before < 3
    assert len(reading.actions) == 5000
