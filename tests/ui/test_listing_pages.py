"""A long list: its pages, its order, its addresses."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.ui.listing import Choice, listing


@pytest.mark.parametrize(
    ("asked", "total", "page", "first", "last"),
    [
        ("1", 120, 1, 1, 50),
        ("3", 120, 3, 101, 120),
        ("4", 120, 3, 101, 120),
        ("0", 120, 1, 1, 50),
        ("-2", 120, 1, 1, 50),
        ("two", 120, 1, 1, 50),
        ("²", 120, 1, 1, 50),
        ("9" * 400, 120, 1, 1, 50),
        ("1", 0, 1, 0, 0),
    ],
)
def test_the_page_asked_for_or_the_nearest(asked, total, page, first, last):
    found = listing(range(total), total, {"page": asked})
    assert (found.page, found.first, found.last, len(found.rows)) == (page, first, last, last - first + (total > 0))


def test_an_address_keeps_the_filters_and_drops_the_page():
    found = listing(range(200), 200, {"status": "overdue", "q": "a & b", "page": "3"})
    assert parse_qs(found.address(lead="me")[1:]) == {"status": ["overdue"], "q": ["a & b"], "lead": ["me"]}
    assert parse_qs(found.address(status="")[1:]) == {"q": ["a & b"]}
    assert parse_qs(found.address(page=2)[1:]) == {"status": ["overdue"], "q": ["a & b"], "page": ["2"]}
    assert found.address(page=1, status="", q="") == "?"


def test_a_column_is_turned_round_when_asked_again():
    found = listing(range(9), 9, {"order": "due"})
    assert (found.ordered("due"), found.ordered("lead")) == ("?order=-due", "?order=lead")
    assert (found.direction("due"), found.direction("lead")) == ("ascending", "none")
    assert listing(range(9), 9, {"order": "-due"}).direction("due") == "descending"


@pytest.mark.parametrize(
    ("page", "named"),
    [(1, [1, 2, "…", 20]), (2, [1, 2, 3, "…", 20]), (10, [1, "…", 9, 10, 11, "…", 20]), (20, [1, "…", 19, 20])],
)
def test_pages_named(page, named):
    items = listing(range(1000), 1000, {"page": str(page)}).items()
    assert ["…" if "ellipsis" in item else item["number"] for item in items] == named


@given(st.integers(0, 500), st.integers(1, 60))
def test_pages_together_hold_every_row_once(total, per_page):
    pages = listing(range(total), total, {}, per_page).pages
    held = [
        row for page in range(1, pages + 1) for row in listing(range(total), total, {"page": str(page)}, per_page).rows
    ]
    assert held == list(range(total))


def test_a_choice_says_its_answer_in_words():
    options = [("", "Anyone"), ("me", "Me (8)")]
    assert Choice("lead", "Lead", options, "me").words == "Me (8)"
    assert Choice("lead", "Lead", options, "nobody").words == ""
