"""Excel workbooks (.xlsx) as they stand on screen: hidden sheets, rows and columns are not read, and said to be not."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml import etree
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .colours import colour, tinted
from .csv_table import column_name
from .document import Cell, Contents, Paragraph, Row, Table, Unreadable, Where
from .excel_shown import shown
from .lines import Run, lines_of
from .packages import DAMAGED

BROKEN = (zipfile.BadZipFile, zlib.error, etree.LxmlError)

# openpyxl documents InvalidFileException; the others are what it raises on parts that are missing or malformed.
_NOT_OPENED = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, ParseError, etree.LxmlError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, AssertionError),
)

# Office's own theme, for a workbook that names no other: white, black, then the accents in the order cells count them.
_THEME = ("ffffff", "000000", "eeece1", "1f497d", "4f81bd", "c0504d", "9bbb59", "8064a2", "4bacc6", "f79646")
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


def read(content: bytes) -> Contents:
    """One table per visible sheet, headed by the sheet's name where there are several."""
    book = _opened(content)
    theme = _theme(book)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    blocks: list[Paragraph | Table] = []
    not_read = [f"the sheet “{sheet.title}” is hidden" for sheet in book.worksheets if sheet not in sheets]
    for sheet in sheets:
        reader = _Sheet(sheet, theme, sum(isinstance(block, Table) for block in blocks) + 1)
        rows = tuple(reader.rows())
        if rows and len(sheets) > 1:
            blocks.append(Paragraph(sheet.title, level=1, where=Where(cell=reader.name(1, 1))))
        if rows:
            blocks.append(Table(rows, rows[0].where))
        not_read += reader.hidden()
    return Contents(tuple(blocks), not_read=tuple(not_read))


def _opened(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl warns of charts, validation lists and odd dates that it leaves out; none of them is read here.
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False, rich_text=True)
        except _NOT_OPENED as error:
            raise Unreadable(DAMAGED) from error


def _theme(book: Workbook) -> tuple[str, ...]:
    if not book.loaded_theme:
        return _THEME
    root = etree.fromstring(book.loaded_theme, etree.XMLParser(resolve_entities=False, no_network=True))
    found = {}
    for element in root.iter():
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in _THEME_ORDER and len(element):
            found[name] = colour(element[0].get("lastClr") or element[0].get("val"))
    return tuple(found.get(name) or given for name, given in zip(_THEME_ORDER, _THEME, strict=True))


@dataclass(slots=True)
class _Span:
    """A merged range, as its first cell shows it."""

    across: int
    down: int
    cell: SheetCell | None


class _Sheet:
    """One sheet's cells that hold words, by row and column."""

    def __init__(self, sheet: Worksheet, theme: tuple[str, ...], table: int) -> None:
        self.sheet = sheet
        self.theme = theme
        self.table = table
        self.hidden_columns = set(_hidden_columns(sheet))
        self.hidden_rows = {row for row, shape in sheet.row_dimensions.items() if shape.hidden or shape.height == 0}
        self.texts = self._texts()
        columns = [column for row in self.texts.values() for column in row]
        seen = range(min(columns, default=1), max(columns, default=0) + 1)
        self.columns = [column for column in seen if column not in self.hidden_columns]
        self.spans, self.covered = self._merged()

    def _texts(self) -> dict[int, dict[int, SheetCell]]:
        found: dict[int, dict[int, SheetCell]] = {}
        # The sheet's own cells, not its rows: a sheet formatted to its last row has a million of them.
        for (row, column), cell in self.sheet._cells.items():
            value = cell.value
            if value is None or row in self.hidden_rows or column in self.hidden_columns:
                continue
            if not isinstance(value, str) or value.strip():
                found.setdefault(row, {})[column] = cell
        for area in self.sheet.merged_cells.ranges:
            # Where its first row or column is hidden, a merged cell shows its words in what is left of it.
            row = next((r for r in range(area.min_row, area.max_row + 1) if r not in self.hidden_rows), 0)
            column = next((c for c in range(area.min_col, area.max_col + 1) if c not in self.hidden_columns), 0)
            held = self.sheet._cells.get((area.min_row, area.min_col))
            if row and column and held is not None and held.value is not None:
                found.setdefault(row, {})[column] = held
        return dict(sorted(found.items()))

    def _merged(self) -> tuple[dict[tuple[int, int], _Span], set[tuple[int, int]]]:
        spans: dict[tuple[int, int], _Span] = {}
        covered: set[tuple[int, int]] = set()
        rows = list(self.texts)
        for area in self.sheet.merged_cells.ranges:
            columns = [column for column in self.columns if area.min_col <= column <= area.max_col]
            inside = [row for row in rows if area.min_row <= row <= area.max_row]
            if inside and columns:
                held = self.sheet._cells.get((area.min_row, area.min_col))
                spans[inside[0], columns[0]] = _Span(len(columns), len(inside), held)
                covered |= {(row, column) for row in inside for column in columns}
        return spans, covered - spans.keys()

    def rows(self) -> Iterator[Row]:
        """Rows that hold words; where.row is the sheet's own number."""
        for row in self.texts:
            cells = tuple(self._cell(row, column) for column in self.columns if (row, column) not in self.covered)
            yield Row(cells, Where(table=self.table, row=row, cell=self.name(row, self.columns[0])))

    def _cell(self, row: int, column: int) -> Cell:
        where = Where(table=self.table, row=row, cell=self.name(row, column))
        span = self.spans.get((row, column))
        across, down = (1, 1) if span is None else (span.across, span.down)
        found = self.sheet._cells.get((row, column)) if span is None else span.cell
        if found is None:
            return Cell(across=across, down=down, where=where)
        lines = lines_of((runs, False) for runs in _lines(found))
        return Cell(lines, self._fill(found), across, down, where)

    def name(self, row: int, column: int) -> str:
        title = self.sheet.title
        plain = title.isidentifier()
        return f"{title if plain else _quoted(title)}!{column_name(column)}{row}"

    def _fill(self, cell: SheetCell) -> str | None:
        fill = cell.fill
        if fill is None or fill.fill_type != "solid":
            return None
        shade = fill.fgColor
        if shade.type == "theme" and shade.theme < len(self.theme):
            return tinted(self.theme[shade.theme], shade.tint or 0.0)
        if shade.type == "indexed" and shade.indexed < len(COLOR_INDEX):
            return colour(COLOR_INDEX[shade.indexed][-6:])
        return colour(shade.rgb[-6:]) if shade.type == "rgb" and isinstance(shade.rgb, str) else None

    def hidden(self) -> list[str]:
        """A sentence for what a person would have to unhide, where it holds anything."""
        cells = [(r, c) for (r, c), cell in self.sheet._cells.items() if cell.value is not None]
        rows = {row for row, _ in cells if row in self.hidden_rows}
        columns = {column for _, column in cells if column in self.hidden_columns}
        counts = ((len(rows), "row"), (len(columns), "column"))
        return [
            f"{count} hidden {word}{'s' if count > 1 else ''} on the sheet “{self.sheet.title}”"
            for count, word in counts
            if count
        ]


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for shape in sheet.column_dimensions.values():
        if shape.hidden or shape.width == 0:
            yield from range(shape.min or 1, min(shape.max or 1, 16_384) + 1)


def _lines(cell: SheetCell) -> Iterator[list[Run]]:
    bold = bool(cell.font and cell.font.b)
    line: list[Run] = []
    for text, heavy in _parts(cell.value, cell.number_format, bold=bold):
        first, *others = text.replace("\r\n", "\n").split("\n")
        line.append(Run(first, heavy))
        for other in others:
            yield line
            line = [Run(other, heavy)]
    yield line


def _parts(value: object, number_format: str, *, bold: bool) -> Iterator[tuple[str, bool]]:
    if not isinstance(value, CellRichText):
        if value is not None:
            yield shown(value, number_format), bold
        return
    for part in value:
        if isinstance(part, TextBlock):
            yield part.text or "", bool(part.font and part.font.b)
        else:
            yield str(part), bold
