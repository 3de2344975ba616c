"""Workbooks as they stand on screen, and what a person sees of a date or a number."""

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.files.reading_shapes import fills, shape, spans
from waypost.files.reading.document import Paragraph, Table, Where
from waypost.files.reading.excel import read
from waypost.files.reading.excel_shown import shown


def workbook(write, **options):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, options)
    write(book)
    book.close()
    return held.getvalue()


def plan(book):
    sheet = book.add_worksheet("Our plan")
    sheet.merge_range("A1:E1", "Title", book.add_format({"bold": True}))
    sheet.write_row("A3", ["Aim", "Ref", "Action", "Due", "RAG"])
    sheet.merge_range("A4:A6", "Aim one")
    sheet.write("B4", "1a")
    sheet.write_rich_string("C4", book.add_format({"bold": True}), "Do", " this\n• one\n- two")
    sheet.write_datetime("D4", dt.datetime(2026, 3, 31), book.add_format({"num_format": 14}))
    sheet.write("E4", "R", book.add_format({"bg_color": "#FF0000"}))
    sheet.write("B5", 1.1, book.add_format({"num_format": "0.00"}))
    sheet.write("C5", "more")
    sheet.write_datetime("D5", dt.datetime(2015, 5, 1), book.add_format({"num_format": "mmmm yyyy"}))
    sheet.write_blank("E5", None, book.add_format({"bg_color": "#00FF00"}))
    sheet.write("C6", "not seen")
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write("C7", "last")
    sheet.write("G7", "not seen")
    sheet.set_column("G:G", None, None, {"hidden": True})
    book.add_worksheet("Lists").hide()
    book.get_worksheet_by_name("Lists").write("A1", "no")


def test_plan():
    read_ = read(workbook(plan))
    assert shape(read_) == [
        [
            ["Title"],
            ["Aim", "Ref", "Action", "Due", "RAG"],
            ["Aim one", "1a", "Do this\n• one\n• two", "31/03/2026", "R"],
            ["1.10", "more", "May 2015", ""],
            ["", "", "last", "", ""],
        ]
    ]
    assert read_.not_read == (
        "the sheet “Lists” is hidden",
        "1 hidden row on the sheet “Our plan”",
        "1 hidden column on the sheet “Our plan”",
    )
    (table,) = read_.blocks
    assert isinstance(table, Table)
    assert spans(table)[0] == [(5, 1)]
    assert spans(table)[2][0] == (1, 2)  # the third row it spans is hidden
    assert fills(table)[2:4] == [[None, None, None, None, "ff0000"], [None, None, None, "00ff00"]]
    assert table.rows[3].cells[1].where == Where(table=1, row=5, cell="'Our plan'!C5")
    assert table.rows[2].cells[2].lines[0].bold == ("Do",)


def test_several_sheets_are_headed_by_their_names():
    def write(book):
        for name in ("Health", "Voice"):
            book.add_worksheet(name).write_row("A1", ["Ref", name])
        book.add_worksheet("Empty")

    read_ = read(workbook(write))
    assert shape(read_) == ["# Health", [["Ref", "Health"]], "# Voice", [["Ref", "Voice"]]]
    assert read_.blocks[2] == Paragraph("Voice", level=1, where=Where(cell="Voice!A1"))


def test_merged_cell_whose_first_row_is_hidden_shows_in_the_next():
    def write(book):
        sheet = book.add_worksheet("S")
        sheet.merge_range("A1:A3", "Aim")
        for row in range(3):
            sheet.write(row, 1, f"action {row}")
        sheet.set_row(0, None, None, {"hidden": True})

    read_ = read(workbook(write))
    assert shape(read_) == [[["Aim", "action 1"], ["action 2"]]]


def test_theme_and_indexed_colours():
    book = openpyxl.Workbook()
    sheet = book.active
    for place, colour in enumerate(
        (
            openpyxl.styles.colors.Color(theme=9),
            openpyxl.styles.colors.Color(theme=4, tint=0.5),
            openpyxl.styles.colors.Color(indexed=10),
        ),
        start=1,
    ):
        sheet.cell(1, place, "x").fill = openpyxl.styles.PatternFill("solid", fgColor=colour)
    held = io.BytesIO()
    book.save(held)
    (table,) = read(held.getvalue()).blocks
    assert isinstance(table, Table)
    assert fills(table) == [["f79646", "a7c0de", "ff0000"]]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1, "General", "1"),
        (2.0, "General", "2"),
        (0.1 + 0.2, "General", "0.3"),
        (7, "00", "07"),
        (1.1, "0.00", "1.10"),
        (0.5, "0.0#", "0.5"),
        (2.5, "0", "3"),
        (0.85, "0%", "85%"),
        (0.436, "0.0%", "43.6%"),
        (1234567, "#,##0", "1,234,567"),
        (1234.5, "£#,##0.00", "£1,234.50"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (-2, "0;(0)", "(2)"),
        (-2, "0", "-2"),
        (3, '"Q"0', "Q3"),
        (5, '0 "days"', "5 days"),
        (5, "@", "5"),
        (5, ";;;", "5"),
        (float("nan"), "0.0", "nan"),
        (1e300, "0.00", "1e+300"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
        (dt.datetime(2015, 5, 1), "mmm-yy", "May-15"),
        (dt.datetime(2015, 5, 1), "mmmm yyyy", "May 2015"),
        (dt.datetime(2015, 5, 1), "mm-dd-yy", "01/05/2015"),
        (dt.datetime(2015, 5, 1), "d/m/yy", "1/5/15"),
        (dt.datetime(2015, 5, 1), "[$-809]dd mmmm yyyy;@", "01 May 2015"),
        (dt.datetime(2015, 5, 1), "[$-F800]dddd, mmmm dd, yyyy", "1 May 2015"),
        (dt.datetime(2015, 5, 1), "General", "01/05/2015"),
        (dt.datetime(2015, 5, 1), 'dd" of "mmmm', "01 of May"),
        (dt.datetime(2015, 5, 1), "ddd d mmm", "Fri 1 May"),
        (dt.datetime(2015, 5, 1, 14, 5), "d/m/yy h:mm AM/PM", "1/5/15 2:05 PM"),
        (dt.datetime(2015, 5, 1, 14, 5), "yyyy\\-mm\\-dd hh:mm", "2015-05-01 14:05"),
        (dt.time(9, 30), "h:mm", "9:30"),
        (dt.timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
    ],
)
def test_what_a_person_sees(value, form, text):
    assert shown(value, form) == text


@given(
    st.one_of(st.integers(), st.floats(), st.datetimes(), st.booleans(), st.times()),
    st.text(alphabet='0#?.,%;"[]$£-ymdhs /\\@_*AMP', max_size=12),
)
def test_any_format_shows_something_for_any_value(value, form):
    assert isinstance(shown(value, form), str)


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_show_as_themselves(number):
    assert shown(number, "General") == shown(number, "0") == shown(float(number), None) == str(number)
