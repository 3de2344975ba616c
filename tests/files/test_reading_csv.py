"""Delimited records: told from prose, read as one table with a spreadsheet's names for its cells."""

import pytest

from tests.files.reading_shapes import shape
from waypost.files.reading.csv_table import column_name, read
from waypost.files.reading.document import Table, Where
from waypost.files.reading.kinds import delimiter_of

PLAN = 'Ref,Action,Due\r\n1a,"Do this, then\n• that\n- more",May 2020\r\n,,\r\n1b,"say ""go""",\r\n'


def test_plan():
    read_ = read(PLAN.encode("utf-8-sig"))
    assert shape(read_) == [
        [["Ref", "Action", "Due"], ["1a", "Do this, then\n• that\n• more", "May 2020"], ["1b", 'say "go"', ""]]
    ]
    (table,) = read_.blocks
    assert isinstance(table, Table)
    assert [row.where for row in table.rows] == [
        Where(line=1, table=1, row=1),
        Where(line=2, table=1, row=2),
        Where(line=6, table=1, row=4),
    ]
    assert table.rows[2].cells[1].where == Where(line=6, table=1, row=4, cell="B4")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (PLAN, ","),
        ("Ref;Action;Due\n1a;Do;May\n", ";"),
        ('Ref\tAction\tDue\n1a\t"Do\nit"\tMay\n', "\t"),
        ("Our plan,,\nRef,Action,Due\n1a,Do,May\n", ","),
        ("Ref,Action\n1a,Do\n", ","),
        ("Ref\tAction\n1a\tDo\n", None),  # plain text set with tabs
        ("Dear all, welcome, and thanks.\nYours, the team, as ever.\n", None),
        ("words only\n", None),
        ("one, two\n", None),
        ("# Title\na,b\nc,d\n", None),
        ("| a | b, c |\n| d | e, f |\n", None),
    ],
)
def test_records_are_told_from_prose(text, delimiter):
    assert delimiter_of(text) == delimiter


def test_western_encoding():
    assert shape(read("Ref,Cost\n1,£5 – “so”\n".encode("cp1252"))) == [[["Ref", "Cost"], ["1", "£5 – “so”"]]]


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_column_names(number, name):
    assert column_name(number) == name
