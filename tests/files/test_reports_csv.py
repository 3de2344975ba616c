"""The CSV, opened again: every row, accents right in Excel, and nothing that a spreadsheet would run."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.sample_report import plan_rows, plan_table
from tests.files.test_reports_excel import COULD_RUN
from tests.files.test_reports_text import ANY_TEXT
from waypost.files.reports import csv_file
from waypost.files.reports.csv_file import neutralised
from waypost.files.reports.legible import legible
from waypost.files.reports.model import Column, Group, Kind, Row, Table
from waypost.files.reports.values import Language, Shape, Status, Value
from waypost.files.reports.words import in_words
from waypost.kernel.months import Month
from waypost.kernel.rates import Rate


def test_every_row_is_there() -> None:
    head, *rows = _rows(plan_table())
    assert head == ["Area", "Recommendation", "Action", "Status", "Status: why", "Lead", "Start", "Due", "Progress"]
    said = [entry for entry in plan_rows() if not isinstance(entry, Group)]
    assert len(rows) == len(said) == 48
    for row, entry in zip(rows, said, strict=True):
        action, status, lead, start, due, progress = entry.cells
        assert isinstance(status, Status)
        assert row[2:5] == [action, status.word, status.why]
        assert row[5] == in_words(lead, Language.ENGLISH)
        assert row[6:8] == [str(start), str(due)]
        assert row[8] == in_words(progress, Language.ENGLISH)


def test_it_is_utf_8_with_a_mark_and_every_field_quoted() -> None:
    whole = b"".join(csv_file.render(Table("t", (Column("Enw"), Column("Rhif")), (Row(("Ŵyn", 3)),))))
    assert whole == codecs.BOM_UTF8 + '"Enw","Rhif"\r\n"Ŵyn","3"\r\n'.encode()


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (date(2026, 5, 12), "2026-05-12"),
        (Month(2015, 8), "2015-08"),
        (-3, "-3"),  # a number is a number; only text can run
        (Decimal("-2.50"), "-2.50"),
        (None, ""),
        ("– a dash is no minus", "– a dash is no minus"),
        ("two\nlines", "two\nlines"),
        ('a "quote", a comma', 'a "quote", a comma'),
        ('",=1+1', '",=1+1'),
        ("a\x0bb\x00", "a\nb"),
    ],
)
def test_a_value_is_written_so_that_it_reads_back(value: Value, field: str) -> None:
    assert _rows(Table("t", (Column("c"), Column("d")), (Row((value, "x")),)))[1] == [field, "x"]


@pytest.mark.parametrize("text", COULD_RUN)
def test_what_could_run_has_an_apostrophe_before_it(text: str) -> None:
    table = Table(
        "t",
        (Column(text), Column("s", kind=Kind.STATUS)),
        (Group(1, text), Row((text, Status(Shape.NEW, text, text)))),
        groups=(text,),
    )
    head, row = _rows(table)
    assert [*head[:2], *row] == ["'" + legible(text)] * 6


@given(ANY_TEXT)
def test_no_field_begins_as_a_formula_and_none_loses_a_letter(text: str) -> None:
    field = _rows(Table("t", (Column("c"), Column("d")), (Row((text, "x")),)))[1][0]
    assert not field.lstrip().startswith(("=", "+", "-", "@"))
    assert field in {legible(text), "'" + legible(text)}


@given(st.text())
def test_a_text_made_harmless_stays_as_it_is(text: str) -> None:
    assert neutralised(neutralised(text)) == neutralised(text)


def test_a_rate_stands_with_its_parts() -> None:
    table = Table("t", (Column("Done", kind=Kind.RATE),), (Row((Rate(2, 3),)), Row((Rate(0, 0),))))
    assert _rows(table) == [["Done", "Done: number", "Done: out of"], ["0.6667", "2", "3"], ["", "0", "0"]]


def test_it_is_sent_as_it_is_made() -> None:
    read = 0

    def rows() -> Iterator[Row]:
        nonlocal read
        for _ in range(5000):
            read += 1
            yield Row(("words " * 20,))

    pieces = csv_file.render(Table("t", (Column("c"),), rows()))
    next(pieces)
    assert read == 0
    next(pieces)
    assert 0 < read < 1000
    assert sum(piece.count(b"\r\n") for piece in pieces) + read >= 4999


def _rows(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(csv_file.render(table)).decode("utf-8-sig"), newline="")))
