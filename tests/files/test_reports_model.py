"""The report model: what it refuses, how values are said, how tables lie and how sheets take them apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.files.sample_report import PLAN, committee_report, plan_rows, plan_table
from waypost.files.reports import flat
from waypost.files.reports.model import Block, Column, Fact, Facts, Group, Heading, Kind, Note, Report, Row, Table
from waypost.files.reports.spreads import spreads
from waypost.files.reports.values import (
    LOOKS,
    Bullets,
    Language,
    Lines,
    Mark,
    Month,
    NotShown,
    OwnWords,
    Shape,
    Stars,
    Status,
    Strong,
    Value,
)
from waypost.files.reports.words import WORDS, in_words
from waypost.kernel.rates import Rate

EN, CY = Language.ENGLISH, Language.WELSH


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        (None, "", ""),
        ("as typed", "as typed", "as typed"),
        (1200, "1,200", "1,200"),
        (Decimal("3.50"), "3.50", "3.50"),
        (date(2026, 5, 12), "12 May 2026", "12 Mai 2026"),
        (Month(2015, 8), "August 2015", "Awst 2015"),
        (Rate(17, 27), "17 of 27 (63%)", "17 o 27 (63%)"),
        (Rate(0, 0), "0 of 0", "0 o 0"),
        (Status(Shape.DONE, "Done", "On 27 March."), "Done\nOn 27 March.", "Done\nOn 27 March."),
        (Stars(2, 4, "Unsatisfactory"), "2 of 4 stars\nUnsatisfactory", "2 o 4 seren\nUnsatisfactory"),
        (NotShown(Mark.HIDDEN, "fewer than five"), "[c] hidden: fewer than five", "[c] cuddiwyd: fewer than five"),
        (NotShown(Mark.NOT_AVAILABLE), "[x] not available", "[x] ddim ar gael"),
        (Bullets(("one", "two")), "• one\n• two", "• one\n• two"),
        (OwnWords("I said so.", "A child"), "“I said so.” A child", "“I said so.” A child"),
        (Lines((Strong("Lead"), None, "", Month(2026, 1))), "Lead\nJanuary 2026", "Lead\nIonawr 2026"),
    ],
)
def test_a_value_is_said_in_words(value: Value, english: str, welsh: str) -> None:
    assert (in_words(value, EN), in_words(value, CY)) == (english, welsh)


def test_both_languages_say_the_same_things() -> None:
    for name in ("of", "page", "stars", "withheld", "not_drawn"):
        assert len({getattr(WORDS[language], name).count("{}") for language in Language}) == 1, name
    assert {len(WORDS[language].months) for language in Language} == {12}
    assert all(set(WORDS[language].marks) == set(Mark) for language in Language)


def test_every_status_has_its_own_shape_and_ink_that_can_be_read_on_its_tint() -> None:
    assert set(LOOKS) == set(Shape)
    assert len({look.mark for look in LOOKS.values()}) == len(Shape)
    for look in LOOKS.values():
        assert _contrast(look.ink, look.tint) >= 7, look


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 4), (0,), (1, 2, 3, 4)])
def test_a_heading_that_skips_a_level_is_a_mistake(levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="heading of level"):
        _report(*(Heading(level, "x") for level in levels))


def test_headings_may_climb_back_any_number_of_levels() -> None:
    assert _report(*(Heading(level, "x") for level in (1, 2, 3, 1, 2, 2))).title == "Plan"


def test_a_report_has_a_title() -> None:
    with pytest.raises(ValueError, match="title"):
        Report(" ", "A service", date(2026, 1, 1), ())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Row(("one",)), "1 cells under 2 columns"),
        (Row(("one", "two", "three")), "3 cells under 2 columns"),
        (Group(2, "x"), "level 2 where 1 are named"),
        (Group(0, "x"), "level 0"),
    ],
)
def test_a_row_that_does_not_fit_its_table_is_found_when_it_is_read(entry: Row | Group, message: str) -> None:
    table = Table("x", (Column("a"), Column("b")), (entry,), groups=("Area",))
    with pytest.raises(ValueError, match=message):
        list(table.entries())


def test_a_table_has_columns_and_at_most_two_levels_of_group() -> None:
    with pytest.raises(ValueError, match="at least one column"):
        Table("x", (), ())
    with pytest.raises(ValueError, match="at most 2"):
        Table("x", (Column("a"),), (), groups=("a", "b", "c"))


WIDE = Table("wide", tuple(Column(str(n), 3.0) for n in range(6)), ())
NARROW = Table("narrow", tuple(Column(str(n), 3.0) for n in range(5)), ())


@pytest.mark.parametrize(
    ("blocks", "lie"),
    [
        ((), []),
        ((Note("a"),), [False]),
        ((Heading(1, "a"), NARROW), [False]),
        ((Heading(1, "a"), WIDE), [True]),
        ((Heading(1, "a"), Note("a"), Heading(1, "b"), WIDE, Heading(1, "c"), NARROW), [False, True, False]),
        ((Heading(1, "a"), Heading(2, "b"), WIDE), [True]),  # a heading stays with what it heads
        ((Heading(1, "a"), WIDE, Heading(1, "b"), WIDE), [True]),
    ],
)
def test_only_what_stands_under_the_heading_of_a_wide_table_lies_on_its_side(
    blocks: tuple[Block, ...], lie: list[bool]
) -> None:
    turned = spreads(blocks)
    assert [spread.landscape for spread in turned] == lie
    assert tuple(block for spread in turned for block in spread.blocks) == blocks


def test_a_sheet_row_is_complete_in_itself() -> None:
    rows = list(flat.rows(plan_table(), EN))
    assert len(rows) == 48
    assert flat.names(plan_table(), EN)[:5] == ["Area", "Recommendation", "Action", "Status", "Status: why"]
    assert [sum(row[1] == name for row in rows) for name in dict.fromkeys(row[1] for row in rows)] == [
        6,
        7,
        8,
        8,
        7,
        8,
        4,
    ]
    assert list(dict.fromkeys(row[0] for row in rows)) == [area for area, _ in PLAN]
    assert all(len(row) == len(flat.names(plan_table(), EN)) == len(flat.widths(plan_table())) for row in rows)


def test_a_group_ends_the_deeper_group_above_it() -> None:
    rows = (Group(1, "A"), Group(2, "1"), Row(("x",)), Group(1, "B"), Row(("y",)))
    table = Table("t", (Column("c"),), rows, groups=("Area", "Recommendation"))
    assert list(flat.rows(table, EN)) == [["A", "1", "x"], ["B", "", "y"]]


def test_a_sheet_takes_a_rate_and_a_status_apart_and_keeps_the_reason_for_a_missing_one() -> None:
    columns = (Column("Done", kind=Kind.RATE), Column("State", kind=Kind.STATUS))
    done = Status(Shape.DONE, "Done", "On 27 March.")
    rows = (Row((Rate(1, 4), done)), Row((NotShown(Mark.HIDDEN), "none yet")), Row((None, None)))
    table = Table("t", columns, rows)
    assert flat.names(table, CY) == ["Done", "Done: nifer", "Done: allan o", "State", "State: pam"]
    assert list(flat.rows(table, EN)) == [
        [Rate(1, 4).share, 1, 4, done, "On 27 March."],
        ["[c] hidden", None, None, "none yet", None],
        [None, None, None, None, None],
    ]


def test_the_sample_is_what_it_says() -> None:
    rows = list(plan_rows())
    groups = [entry.level for entry in rows if isinstance(entry, Group)]
    assert (groups.count(1), groups.count(2), len(rows) - len(groups)) == (4, 7, 48)
    assert any(isinstance(block, Facts) for block in committee_report().blocks)


def _report(*blocks: Block) -> Report:
    return Report("Plan", "A service", date(2026, 1, 1), blocks, filters=(Fact("Area", "All"),))
