"""A table as CSV, a piece at a time: what Excel opens with its accents right and without running anything."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from waypost.files.reports import flat
from waypost.files.reports.legible import legible
from waypost.files.reports.model import Table
from waypost.files.reports.values import Language, Status

CONTENT_TYPE = "text/csv; charset=utf-8"
_PIECE = 64 * 1024

# OWASP, "CSV injection": = + - @, tab and return, also in full width, also behind white space or invisible characters.
_COULD_RUN = re.compile(r"[\s\u200b-\u200f\u2060-\u2069\u00ad]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def neutralised(text: str) -> str:
    """Text that a spreadsheet could take for a formula, with an apostrophe before it; any other as it was."""
    return "'" + text if _COULD_RUN.match(text) else text


def render(table: Table, language: Language = Language.ENGLISH) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, every field quoted, lines ended by CRLF, dates as 2026-05-12."""
    yield codecs.BOM_UTF8
    piece = io.StringIO(newline="")
    writer = csv.writer(piece, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_fields(flat.names(table, language)))
    for row in flat.rows(table, language):
        writer.writerow(_fields(row))
        if piece.tell() > _PIECE:
            yield piece.getvalue().encode()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue().encode()


def _fields(cells: Iterable[flat.Cell]) -> list[str]:
    return [_field(cell) for cell in cells]


def _field(cell: flat.Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return neutralised(legible(cell))
        case Status():
            return neutralised(legible(cell.word))
        case Fraction():
            return f"{float(cell):.4f}"
        case date():
            return cell.isoformat()
        case int() | Decimal():
            return str(cell)
        case _:
            return neutralised(str(cell))
