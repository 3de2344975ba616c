"""The colour of an action: letters, words, ticks and what is behind the cell."""

from __future__ import annotations

import pytest

from tests.governance.plan_documents import cell, plan_of
from waypost.governance.improvement.reading import read_plan
from waypost.governance.improvement.reading.rag import colour_of, is_only_rag, read_rag

HEADINGS = ("Ref", "Action", "Lead", "Finish", "RAG")


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("R", "red"),
        ("A", "amber"),
        ("G", "green"),
        ("B", "blue"),
        ("(G)", "green"),
        ("Red", "red"),
        ("AMBER", "amber"),
        ("Yellow", "amber"),
        ("RAG: Green", "green"),
        ("Status: Amber", "amber"),
        ("Green – on track", "green"),
        ("Red: nobody in post", "red"),
        ("On track", "green"),
        ("🔴", "red"),
        ("🟢 on track", "green"),
        ("✓", "blue"),
        ("✔", "blue"),
        ("Achieved", "blue"),
        ("Complete", "blue"),
        ("Gwyrdd", "green"),
        ("Not achieved", None),
        ("Not started", None),
        ("Reduced", None),
        ("Red tape is gone", None),
        ("Green paper read", None),
        ("x", None),
        ("✗", None),
        ("", None),
    ],
)
def test_words_name_a_colour(text: str, colour: str | None) -> None:
    assert read_rag(text) == colour


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        ("ff0000", "red"),
        ("c00000", "red"),
        ("ffc7ce", "red"),
        ("ffc000", "amber"),
        ("ffff00", "amber"),
        ("ffeb9c", "amber"),
        ("ed7d31", "amber"),
        ("00b050", "green"),
        ("92d050", "green"),
        ("c6efce", "green"),
        ("00703c", "green"),
        ("0070c0", "blue"),
        ("00b0f0", "blue"),
        ("1d70b8", "blue"),
        ("ffffff", None),
        ("d9d9d9", None),
        ("ddebf7", None),  # the pale blue of a banded table
        ("7030a0", None),  # purple is no colour of this scale
        ("000000", None),
        (None, None),
        ("red", None),
    ],
)
def test_a_fill_is_told_by_its_hue(fill: str | None, colour: str | None) -> None:
    assert colour_of(fill) == colour


def test_words_come_before_the_colour_behind_them() -> None:
    assert read_rag("Amber", "00b050") == "amber"
    assert read_rag("", "00b050") == "green"


@pytest.mark.parametrize(("text", "only"), [("G", True), ("Green", True), ("✓", True), ("Green – on track", False)])
def test_only_a_colour_and_nothing_besides_is_left_out_of_progress(text: str, only: bool) -> None:
    assert is_only_rag(text) is only


def test_a_colour_is_read_from_the_cell_s_words_or_what_is_behind_it() -> None:
    reading = read_plan(
        plan_of(
            ("1a", "Meet", "Police", "May 2015", "G"),
            ("1b", "Write", "Police", "May 2015", cell(fill="ff0000")),
            ("1c", "Audit", "Police", "May 2015", "Amber – one visit left"),
            headings=HEADINGS,
        )
    )
    assert [action.rag for action in reading.actions] == ["green", "red", "amber"]
    assert [action.progress for action in reading.actions] == [(), (), ("Amber – one visit left",)]


def test_a_row_s_own_band_is_not_its_colour() -> None:
    band = "c6efce"
    row = [cell(text, fill=band) for text in ("1a", "Meet", "Police", "May 2015", "")]
    plain = ("1b", "Write", "Police", "May 2015", cell(fill=band))
    reading = read_plan(plan_of(tuple(row), plain, headings=HEADINGS))
    assert [action.rag for action in reading.actions] == [None, "green"]


def test_a_colour_and_progress_share_a_column_headed_for_both() -> None:
    reading = read_plan(
        plan_of(
            ("1a", "Meet", "Police", "May 2015", "Green\n* Dates sent"),
            ("1b", "Write", "Police", "May 2015", "* Draft sent"),
            headings=("Ref", "Action", "Lead", "Finish", "RAG/Progress"),
        )
    )
    assert [(action.rag, action.progress) for action in reading.actions] == [
        ("green", ("Dates sent",)),
        (None, ("Draft sent",)),
    ]


def test_a_column_of_progress_that_promises_no_colour_has_none() -> None:
    reading = read_plan(plan_of(("1a", "Plant", "Police", "May 2015", "Green"), headings=(*HEADINGS[:4], "Progress")))
    assert (reading.actions[0].rag, reading.actions[0].progress) == (None, ("Green",))
