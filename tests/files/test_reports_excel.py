"""The workbook, opened again: every row with its types, nothing that runs, and what it is on the first sheet."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from openpyxl.workbook import Workbook

from tests.files.sample_report import PLAN, TODAY, committee_report, plan_rows
from tests.files.test_reports_text import ANY_TEXT
from waypost.files.reports import excel
from waypost.files.reports.excel_cells import LONGEST_CELL
from waypost.files.reports.excel_sheet import Sheet
from waypost.files.reports.legible import legible
from waypost.files.reports.model import Block, Column, Fact, Group, Kind, Paragraph, Report, Row, Table, Withheld
from waypost.files.reports.values import Bullets, Language, Lines, Mark, NotShown, Shape, Status, Value
from waypost.files.reports.words import in_words
from waypost.kernel.months import Month
from waypost.kernel.rates import Rate

COULD_RUN = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x")',
    "＝1",
)


@pytest.fixture(scope="module")
def sample() -> Workbook:
    return _open(committee_report())


def test_the_first_sheet_says_what_this_is(sample: Workbook) -> None:
    said = {row[0].value: row[1].value for row in sample["About this file"].iter_rows() if row[0].value}
    assert next(sample["About this file"].values)[0] == "Improvement plan"
    assert said["Made by"] == "Alder Vale Youth Justice Service"
    assert said["Made on"] == datetime(2026, 5, 12)
    assert said["Marking"] == "Demonstration"
    assert said["Filters"] == "None: every row is here"
    assert said["Rows: Actions by area and recommendation"] == "48"
    assert said["Report to"] == "Children's scrutiny committee"
    assert said["Answered"] == "11 of 13 (85%)"
    assert said["Actions"] == 48


def test_every_row_is_there_with_its_types(sample: Workbook) -> None:
    sheet = sample[sample.sheetnames[2]]
    head, *rows = sheet.values
    assert head == ("Area", "Recommendation", "Action", "Status", "Status: why", "Lead", "Start", "Due", "Progress")
    assert rows == list(_expected())


def _expected() -> Iterator[tuple[Any, ...]]:
    """The plan's rows as a person would expect to find them in a sheet."""
    area = recommendation = ""
    for entry in plan_rows():
        if isinstance(entry, Group):
            area, recommendation = (entry.text, "") if entry.level == 1 else (area, entry.text)
            continue
        action, status, lead, start, due, progress = entry.cells
        assert isinstance(status, Status) and isinstance(start, Month)
        when: Any = due
        if isinstance(due, Month):
            when = datetime(due.year, due.month, 1)
        elif isinstance(due, date):
            when = datetime(due.year, due.month, due.day)
        words = in_words(progress, Language.ENGLISH) or None
        lead_words = in_words(lead, Language.ENGLISH)
        begun = datetime(start.year, start.month, 1)
        yield (area, recommendation, action, status.word, status.why, lead_words, begun, when, words)


def test_the_head_stays_in_sight_filters_are_on_and_text_wraps(sample: Workbook) -> None:
    sheet = sample[sample.sheetnames[2]]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I49"
    assert sheet["C2"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["G"].width
    assert sheet.print_title_rows == "$1:$1"


def test_a_status_shows_its_shape_and_filters_by_its_word(sample: Workbook) -> None:
    cell = sample[sample.sheetnames[2]]["D2"]
    assert (cell.value, cell.number_format) == ("Overdue", '"▲ "@')


def test_a_share_is_a_number_with_its_parts_beside_it(sample: Workbook) -> None:
    rows = list(sample["Judgements, weakest first"].values)
    assert rows[0][2:5] == ("Done well enough", "Done well enough: number", "Done well enough: out of")
    assert rows[1][2:5] == (pytest.approx(138 / 314), 138, 314)
    assert rows[3][2:5] == ("[x] not available: judged on evidence", None, None)


def test_a_month_and_a_day_read_as_they_should(sample: Workbook) -> None:
    sheet = sample[sample.sheetnames[2]]
    assert (sheet["G2"].number_format, sheet["H3"].number_format) == ("mmmm yyyy", "d mmmm yyyy")


@pytest.mark.parametrize("text", COULD_RUN)
def test_nothing_runs_and_what_looks_as_if_carries_excels_quote_mark(text: str) -> None:
    report = Report(
        text,
        text,
        TODAY,
        (Paragraph(text), Withheld(text, text), _table(text, Status(Shape.NEW, text, text))),
        filters=(Fact(text, text),),
        marking=text,
    )
    book = _open(report)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    found = [cell for cell in cells if cell.value == legible(text)]
    assert len(found) >= 7
    assert all(cell.quotePrefix for cell in found)


def test_no_part_of_the_file_holds_a_formula_a_link_or_a_macro() -> None:
    report = _report(*(_table(text, "https://example.org") for text in COULD_RUN))
    with zipfile.ZipFile(io.BytesIO(excel.render(report))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
        names = " ".join(parts.namelist())
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert not any(word in names for word in ("vba", "externalLink", "connections", "calcChain"))


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_is_read_back_as_it_was_typed(one: str, other: str) -> None:
    book = _open(_report(Paragraph(one, number="here"), _table(one, Status(Shape.NEW, other, one))))
    (said,) = (row[1] or "" for row in book.worksheets[0].values if row[0] == "here")
    assert said == legible(one)
    assert [value or "" for value in list(book[book.sheetnames[1]].values)[1]] == [
        legible(one),
        legible(other),
        legible(one),
    ]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (0, 0),
        (-5, -5),
        (10**18, "1000000000000000000"),  # a sheet would round it
        (Decimal("2.50"), 2.5),
        (Decimal("NaN"), "NaN"),
        (date(1850, 1, 2), "1850-01-02"),  # before a sheet's first day
        (Month(1850, 1), "1850-01"),
        (date(2026, 2, 28), datetime(2026, 2, 28)),
        (Lines((date(2026, 5, 1), "or sooner")), "1 May 2026\nor sooner"),
        (NotShown(Mark.HIDDEN), "[c] hidden"),
        (Bullets(("a", "b")), "• a\n• b"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("TRUE", "TRUE"),
        ("<r><t>a</t></r>", "<r><t>a</t></r>"),  # XlsxWriter's own sheet would take it for rich text
        ("_x0041_", "_x005F_x0041_"),  # how a sheet says these letters; Excel shows them as typed
        (None, None),
        ("", None),
    ],
)
def test_a_value_keeps_its_type_where_a_sheet_can_hold_it(value: Value, found: object) -> None:
    sheet = _open(_report(Table("t", (Column("c"), Column("d")), (Row((value, "x")),)))).worksheets[1]
    assert sheet["A2"].value == found


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    sheet = _open(_report(_table("😀" * 20_000))).worksheets[1]
    text = sheet["A2"].value
    assert len(text.encode("utf-16-le")) <= 2 * LONGEST_CELL
    assert text.startswith("😀" * 16_000)
    assert "cut here" in text and "\ufffd" not in text


@pytest.mark.parametrize(("row", "cells"), [(1_048_576, 1), (0, 16_385)])
def test_what_a_sheet_has_no_room_for_is_never_left_out_in_silence(row: int, cells: int) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("t", Sheet)
        with pytest.raises(ValueError, match=f"no row {row + 1} of {cells} cells"):
            sheet.add_row(row, 16.0, [("text", 0)] * cells)


def test_sheets_are_named_after_their_tables_as_far_as_excel_lets_them() -> None:
    captions = (
        "Plan: [draft]/*?",
        "History",
        "'quoted'",
        "",
        "Actions by area and recommendation",
        "actions by AREA and others",
    )
    book = _open(_report(*(Table(caption, (Column("c"),), ()) for caption in captions)))
    assert book.sheetnames == [
        "About this file",
        "Plan draft",
        "History 2",
        "quoted",
        "-",
        "Actions by area and",
        "actions by AREA and others",
    ]


def test_two_tables_of_one_name_are_two_sheets() -> None:
    book = _open(_report(*(Table("Ŵ" * 40, (Column("c"),), ()) for _ in range(3))))
    assert book.sheetnames[1:] == ["Ŵ" * 31, "Ŵ" * 29 + " 2", "Ŵ" * 29 + " 3"]


def test_filters_in_force_are_named_and_the_count_is_of_how_many() -> None:
    table = Table("Actions", (Column("c"),), (Row(("a",)),), out_of=48)
    filters = (Fact("Area", PLAN[0][0]), Fact("Due before", date(2026, 6, 1)))
    rows = list(_open(_report(table, filters=filters)).worksheets[0].values)
    assert ("Filters: Area", "Leadership and partners") in rows
    assert ("Filters: Due before", datetime(2026, 6, 1)) in rows
    assert ("Rows: Actions", "1 of 48") in rows


def test_the_particulars_name_the_service_and_no_person(sample: Workbook) -> None:
    about = sample.properties
    assert (about.title, about.creator) == ("Improvement plan", "Alder Vale Youth Justice Service")
    assert about.created.date() == TODAY
    assert not about.lastModifiedBy or about.lastModifiedBy == about.creator


def test_rows_are_written_as_they_come_and_not_kept() -> None:
    def rows(count: int) -> Iterator[Row]:
        for n in range(count):
            yield Row((f"{n} " + "words " * 40, n, Rate(n, count), Status(Shape.NEW, "Not started", "x" * 60)))

    def peak(count: int) -> int:
        columns = (
            Column("a"),
            Column("b", kind=Kind.NUMBER),
            Column("c", kind=Kind.RATE),
            Column("d", kind=Kind.STATUS),
        )
        with io.BytesIO() as out:
            tracemalloc.start()
            excel.write(_report(Table("t", columns, rows(count))), out)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    peak(10)
    assert peak(2000) < peak(200) + 1_500_000


def _report(*blocks: Block, **more: Any) -> Report:
    return Report("Plan", "A service", TODAY, blocks, **more)


def _table(*cells: Value) -> Table:
    kinds = [Kind.STATUS if isinstance(cell, Status) else Kind.TEXT for cell in cells]
    return Table("Rows", tuple(Column(f"column {n}", kind=kind) for n, kind in enumerate(kinds)), (Row(cells),))


def _open(report: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel.render(report)))
