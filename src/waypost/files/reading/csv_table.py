"""Comma-, semicolon- or tab-separated records as one table, its cells named as a spreadsheet names them."""

from __future__ import annotations

import csv
import io

from .document import Cell, Contents, Row, Table, Where
from .kinds import decoded, delimiter_of
from .lines import Run, lines_of

BROKEN = (csv.Error,)  # a cell beyond the module's own limit of 131,072 characters


def column_name(number: int) -> str:
    """A spreadsheet's name for a column: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(65 + letter) + name
    return name


def read(content: bytes, delimiter: str | None = None) -> Contents:
    """One table; records without any words are left out, and the rest keep the place they had.

    `delimiter`: where whoever asks knows it; else it is looked for.
    """
    text = decoded(content)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text) or ",")
    rows: list[Row] = []
    line = 1
    for place, record in enumerate(records, start=1):
        if any(field.strip() for field in record):
            rows.append(_row(record, line, place))
        line = records.line_num + 1
    return Contents((Table(tuple(rows), Where(line=rows[0].where.line, table=1)),) if rows else ())


def _row(record: list[str], line: int, place: int) -> Row:
    cells = []
    for column, field in enumerate(record, start=1):
        where = Where(line=line, table=1, row=place, cell=f"{column_name(column)}{place}")
        cells.append(Cell(lines_of(([Run(part)], False) for part in field.split("\n")), where=where))
    return Row(tuple(cells), Where(line=line, table=1, row=place))
