"""A report as an Excel workbook: what it is on the first sheet, then a sheet for each table, written as the rows come.

Every text is written as text, so nothing in it can run; one that looks like a formula also carries Excel's own
quote mark, which keeps it text when somebody edits the cell.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import BinaryIO

from xlsxwriter import Workbook

from waypost.files.reports import flat
from waypost.files.reports.excel_cells import Cells, height
from waypost.files.reports.excel_sheet import Sheet
from waypost.files.reports.legible import legible
from waypost.files.reports.model import Block, Facts, Heading, Note, PageBreak, Paragraph, Report, Table, Withheld
from waypost.files.reports.scene import counted
from waypost.files.reports.values import Bullets, Language, OwnWords, Stars, Status, Value
from waypost.files.reports.words import WORDS, Words, in_words
from waypost.kernel.months import Month

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LETTERS_PER_CM = 5.2
_A4 = 9
_TITLE_HEIGHT = 22.0
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\n\t]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the first sheet."""

    label: str = ""
    said: flat.Cell = None
    style: str = "label"


def render(report: Report) -> bytes:
    """The whole workbook in memory; for many rows `write` to a file."""
    out = io.BytesIO()
    write(report, out)
    return out.getvalue()


def write(report: Report, out: BinaryIO) -> None:
    """Writes the workbook; memory does not grow with the rows, which wait in a temporary file until the end."""
    words = WORDS[report.language]
    book = Workbook(out, _OPTIONS)
    created = datetime.combine(report.made_on, time(), tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": legible(report.title), "author": legible(report.author), "created": created})
    cells = Cells(book, words)
    taken: set[str] = set()
    about = book.add_worksheet(_sheet_name(words.about, taken), Sheet)
    lines = _particulars(report, words)
    for table in (block for block in report.blocks if isinstance(block, Table)):
        sheet = book.add_worksheet(_sheet_name(table.caption, taken), Sheet)
        rows = _write_table(sheet, table, cells, report.language)
        lines.append(_Line(f"{words.rows}: {table.caption}", counted(rows, table.out_of, words)))
    lines += [line for block in report.blocks for line in _lines(block, report.language)]
    _write_lines(about, lines, cells)
    book.close()


def _write_table(sheet: Sheet, table: Table, cells: Cells, language: Language) -> int:
    """The sheet of one table; how many rows it came to."""
    names = flat.names(table, language)
    widths = [max(8.0, width * _LETTERS_PER_CM) for width in flat.widths(table)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.add_row(0, height(names, widths), (cells.of(name, "head") for name in names))
    row = 0
    for row, values in enumerate(flat.rows(table, language), 1):
        sheet.add_row(row, height(values, widths), map(cells.of, values))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, row, len(names) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    _print(sheet)
    return row


def _write_lines(sheet: Sheet, lines: list[_Line], cells: Cells) -> None:
    widths = (34.0, 90.0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        on_one_line = line.style in {"title", "heading"}
        high = _TITLE_HEIGHT if on_one_line else height((line.label, line.said), widths)
        sheet.add_row(row, high, (cells.of(line.label, line.style), cells.of(line.said, "said")))
    _print(sheet)


def _print(sheet: Sheet) -> None:
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _particulars(report: Report, words: Words) -> list[_Line]:
    """What this is, who made it and when, and what was left out by filters."""
    lines = [_Line(report.title, style="title"), _Line(report.subtitle, style="cell")]
    lines += [
        _Line(words.made_by, report.author),
        _Line(words.made_on, report.made_on),
        _Line(words.marking, report.marking),
    ]
    filters = [_Line(f"{words.filters}: {f.label}", _said(f.value, report.language)) for f in report.filters]
    lines += filters or [_Line(words.filters, words.no_filters)]
    return [line for line in lines if line.said or line.style != "label"]


def _lines(block: Block, language: Language) -> list[_Line]:
    """What is not a table, in reading order under the particulars."""
    match block:
        case Heading():
            return [_Line(), _Line(block.text, style="heading")]
        case Paragraph():
            return [_Line(block.number, block.text)]
        case Note():
            return [_Line(said=block.text)]
        case Bullets():
            return [_Line(said=f"• {item}") for item in block.items]
        case Facts():
            return [_Line(fact.label, _said(fact.value, language)) for fact in block.items]
        case Withheld():
            return [_Line(WORDS[language].withheld.format(block.what), block.why)]
        case Status() | Stars() | OwnWords():
            return [_Line(said=in_words(block, language))]
        case Table() | PageBreak():
            return []


def _said(value: Value, language: Language) -> flat.Cell:
    return value if isinstance(value, int | Decimal | date | Month) else in_words(value, language)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel takes: 31 letters, none of []:*?/\\, no quote at either end, each once whatever its case."""
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", legible(wanted)).split()) or "-"
    number = 1
    while True:
        ending = f" {number}" if number > 1 else ""
        name = _cut(plain, _LONGEST_NAME - len(ending)).strip("' ") + ending
        if name and name.casefold() not in taken | {"history"}:
            taken.add(name.casefold())
            return name
        number += 1


def _cut(text: str, room: int) -> str:
    """As many whole words as there is room for; part of the first where that is too long."""
    if len(text) <= room:
        return text
    return text[: room + 1].rpartition(" ")[0] or text[:room]
