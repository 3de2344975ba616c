"""How pages say an hour, a share, a size."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.ui import words


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (17, 27, "17 of 27 (63%)"),
        (0, 9, "0 of 9 (0%)"),
        (9, 9, "9 of 9 (100%)"),
        (1, 200, "1 of 200 (1%)"),
        (1, 201, "1 of 201 (0%)"),
        (0, 0, "0 of 0"),
        (1200, 2400, "1,200 of 2,400 (50%)"),
    ],
)
def test_a_number_keeps_its_fraction(part, whole, said):
    assert words.share(part, whole) == said


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_within_half_a_point(pair):
    part, whole = pair
    percent = int(words.share(part, whole).split("(")[1].rstrip("%)"))
    assert abs(percent - 100 * part / whole) <= 0.5


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "1 KB"), (212_400, "212 KB"), (999_499, "999 KB"), (999_500, "1.0 MB"), (52_428_800, "52.4 MB")],
)
def test_a_size_as_a_folder_says_it(size, said):
    assert words.size(size) == said


def test_days_and_hours():
    assert words.weekday_day(date(2026, 5, 12)) == "Tuesday 12 May 2026"
    assert words.short_day(date(2026, 5, 1)) == "1 May"
    assert words.hour(datetime(2026, 5, 12, 23, 5, tzinfo=UTC)) == "00:05"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("custody is used less.", "Custody is used less"),
        ("Board notes to all teams", "Board notes to all teams"),
        ("A panel meets. It decides.", "A panel meets. It decides"),
        ("", ""),
    ],
)
def test_a_heading_begins_large_and_ends_without_a_stop(text, heading):
    assert words.heading(text) == heading


def test_a_capital_leaves_the_rest_as_it_was():
    assert words.capital("the YJS and its board.") == "The YJS and its board."
