"""How many spellings of one name are found, and how many different names are taken for one: the figures and floors."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.people.names_tables import ALIKE, HELD_OUT, pairs, score
from waypost.people.matching.names import alike, may_be


@pytest.mark.parametrize(
    ("table", "what", "says", "recall", "precision"),
    [
        (ALIKE, "stored keys", may_be, 0.99, 0.97),
        (ALIKE, "said to be alike", alike, 1.00, 0.99),
        (HELD_OUT, "stored keys", may_be, 0.82, 0.97),
        (HELD_OUT, "said to be alike", alike, 0.84, 0.97),
    ],
)
def test_names_are_found_at_least_as_well_as_before(table, what, says, recall, precision):
    reached = score(table, says)
    words = f"{table.stem}, {what}: {reached}; missed: {', '.join(reached.missed)}; wrong: {', '.join(reached.wrong)}"
    print("\n" + words)  # noqa: T201
    assert (reached.recall >= recall, reached.precision >= precision) == (True, True), words


@pytest.mark.parametrize(("table", "half"), [(ALIKE, 100), (HELD_OUT, 50)])
def test_half_of_each_table_is_one_name_and_half_is_not(table, half):
    assert Counter(one for _, _, one in pairs(table)) == {True: half, False: half}


def test_no_pair_is_in_both_tables_or_twice():
    seen = Counter(frozenset((a, b)) for table in (ALIKE, HELD_OUT) for a, b, _ in pairs(table))
    assert [set(pair) for pair, times in seen.items() if times > 1] == []


def test_the_figures_would_fall_if_everything_or_nothing_were_alike():
    assert score(HELD_OUT, lambda a, b: True).precision == 0.5
    assert score(HELD_OUT, lambda a, b: None).recall == 0
