"""The files of an export as streams of rows, each knowing its file, sheet and line; nothing is held whole. Pure.

Read by Python's csv module and by openpyxl. A file that is not whole, or without a column the mapping names, is refused
before any row of it is used.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from waypost.casework.alongside.mapping import DELIMITERS, File, Mapping, plain
from waypost.files.reading.document import Unreadable
from waypost.files.reading.packages import DAMAGED, refuse_unsafe
from waypost.kernel.words import listed

LARGEST = 200 * 1024 * 1024
LONGEST_CELL = 128 * 1024  # characters: beyond it a quotation mark was opened and never closed
_PIECE = 1 << 20
_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, ParseError, etree.LxmlError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, AssertionError),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by heading, only those the mapping names; `wrong`: why the row as a whole cannot be used."""

    file: str
    sheet: str
    line: int
    cells: dict[str, str]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the folder, and what the mapping says of it."""

    path: Path
    of: File
    sha256: str


class NotAsMapped(Unreadable):
    """The folder or a file is not what the mapping says; the sentence names which and what was expected."""


def found_in(folder: Path, mapping: Mapping) -> list[Found]:
    """The files of the export, in the mapping's order. Each pattern has one at least, and no file fits two."""
    if not folder.is_dir():
        raise NotAsMapped(f"There is no folder {folder.name}.")
    there = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    found: list[Found] = []
    for of in mapping.files:
        fitting = [path for path in there if fnmatch(path.name.casefold(), of.pattern.casefold())]
        if not fitting:
            raise NotAsMapped(f"No file in the folder is called {of.pattern}. Export it again, or change the mapping.")
        if many := [
            path.name for path in fitting if any(path == other.path and of.sheet == other.of.sheet for other in found)
        ]:
            raise NotAsMapped(f"{many[0]} fits two of the mapping’s patterns. Make one of them narrower.")
        found += [Found(path, of, _digest(path)) for path in fitting]
    return found


def _digest(path: Path) -> str:
    size = path.stat().st_size
    if size > LARGEST:
        raise NotAsMapped(f"{path.name} is {size // 1024**2} MB. Up to {LARGEST // 1024**2} MB can be read; split it.")
    if size == 0:
        raise NotAsMapped(f"{path.name} is empty. Export it again.")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rows(found: Found) -> Iterator[Row]:
    """Every row under the headings that is not empty; NotAsMapped at the first sign that the file is not whole."""
    with found.path.open("rb") as file:
        is_package = file.read(4) == b"PK\x03\x04"
    lines = _of_sheet(found) if is_package else _of_text(found)
    with closing(lines):
        yield from _under_headings(found, lines, padded=is_package)


Lines = Generator[tuple[int, list[str], str], None, None]  # the number of the line, its cells, what is wrong with it


# Text -----------------------------------------------------------------------------------------------------------------


def _of_text(found: Found) -> Lines:
    encoding = found.of.encoding or _encoding(found.path)
    with found.path.open(encoding=encoding, newline="") as text:
        try:
            delimiter = found.of.delimiter or _delimiter(found, text)
        except UnicodeDecodeError:
            raise NotAsMapped(
                f"{found.path.name} is not written in {encoding}. Change the encoding in the mapping."
            ) from None
        text.seek(0)
        yield from _read(found.path.name, text, delimiter, ends=_ends_with_a_line(found.path, encoding))


def _encoding(path: Path) -> str:
    """By its mark, or UTF-8 where all of it is; else what Windows writes in Western Europe."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = file.read(4)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        try:
            while piece := file.read(_PIECE):
                if b"\0" in piece:
                    raise NotAsMapped(f"{path.name} is not text. Export it as CSV or as an Excel workbook (.xlsx).")
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(found: Found, text: io.TextIOWrapper) -> str:
    """The one by which the first lines have most of the columns that the mapping names."""
    first = [text.readline(LONGEST_CELL) for _ in range(found.of.titles + found.of.headings + 3)]
    wanted = {plain(name) for name in found.of.columns}

    def named(delimiter: str) -> int:
        try:
            heads = {plain(cell) for cells in csv.reader(first, delimiter=delimiter) for cell in cells}
        except csv.Error:  # said by its line once it is read
            return 0
        return len(heads & wanted)

    return max(DELIMITERS.values(), key=named)


def _ends_with_a_line(path: Path, encoding: str) -> bool:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 4, 0))
        return file.read().decode(encoding, errors="ignore").endswith(("\n", "\r"))


def _read(name: str, text: Iterable[str], delimiter: str, *, ends: bool) -> Lines:
    csv.field_size_limit(LONGEST_CELL)
    reader, begins = csv.reader(text, delimiter=delimiter, strict=True), 1
    waiting: tuple[int, list[str]] | None = None
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise NotAsMapped(_broken_off(name, begins)) from None
        except UnicodeDecodeError:
            raise NotAsMapped(
                f"{name}: after line {begins} it is not written in the encoding that it began in."
            ) from None
        if waiting:
            yield (*waiting, "" if cells is not None or ends else NO_END)
        if cells is None:
            return
        waiting, begins = (begins, cells), reader.line_num + 1


NO_END = "The last line of the file has no end, so it may be cut off. Export the file again."


def _broken_off(name: str, line: int) -> str:
    return (
        f"{name}: a quotation mark opened in line {line} is not closed as it should be: the file may be cut off there."
        " Nothing of it was read. Export it again."
    )


# Sheets ---------------------------------------------------------------------------------------------------------------


def _of_sheet(found: Found) -> Lines:
    name = found.path.name
    try:
        refuse_unsafe(found.path.read_bytes())
    except Unreadable as error:
        raise NotAsMapped(f"{name}: {error}") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which are not read
            book = openpyxl.load_workbook(found.path, read_only=True, data_only=True)
    except _BROKEN:
        raise NotAsMapped(f"{name}: {DAMAGED}") from None
    with closing(book):
        sheet = _sheet(name, book, found.of.sheet)
        lines = sheet.iter_rows(values_only=True)
        for number in range(1, 1_048_577):
            try:
                cells = next(lines, None)
            except _BROKEN:
                raise NotAsMapped(f"{name}: row {number} cannot be read. {DAMAGED}") from None
            if cells is None:
                return
            yield number, [_text(cell) for cell in cells], ""


def _sheet(name: str, book: openpyxl.Workbook, wanted: str) -> openpyxl.worksheet.worksheet.Worksheet:
    sheets = {plain(sheet.title): sheet for sheet in book.worksheets}
    if not wanted:
        return book.worksheets[0]
    if plain(wanted) not in sheets:
        titles = listed([sheet.title for sheet in book.worksheets], "or")
        raise NotAsMapped(f"{name} has no sheet ‘{wanted}’: only {titles}. Name one of them in the mapping.")
    return sheets[plain(wanted)]


def _text(cell: object) -> str:
    """As it would stand in a CSV: days as the standard writes them, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# Headings -------------------------------------------------------------------------------------------------------------


def _under_headings(found: Found, lines: Lines, *, padded: bool) -> Iterator[Row]:
    """`padded`: a row may end before its headings do, because nothing stands in its last cells."""
    of, name = found.of, found.path.name
    heads = _headings(found, lines)
    places = _places(name, of, heads)
    before: dict[str, str] = {}
    for number, cells, wrong in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if of.stop_at and plain(next(cell for cell in cells if cell.strip())).startswith(plain(of.stop_at)):
            return
        said = {column: cells[at].strip() if at < len(cells) else "" for column, at in places.items()}
        _fill_down(of, said, before)
        before = said
        yield Row(name, of.sheet, number, said, ("" if padded else _why_not_as_many(cells, heads)) or wrong)


def _headings(found: Found, lines: Lines) -> list[str]:
    """Of two rows the upper one stands over several columns, so an empty cell of it is the one before it."""
    of = found.of
    for _ in range(of.titles):
        next(lines, None)
    rows_ = [
        [" ".join(cell.split()) for cell in row[1]] for row in (next(lines, None) for _ in range(of.headings)) if row
    ]
    if len(rows_) < of.headings:
        raise NotAsMapped(
            f"{found.path.name} ends before its headings. Export it again, or change titles in the mapping."
        )
    if of.headings == 1:
        return _without_the_empty_end(rows_[0])
    upper, lower = rows_
    width, over, heads = max(len(upper), len(lower)), "", []
    for at in range(width):
        over = (upper[at] if at < len(upper) else "") or over
        under = lower[at] if at < len(lower) else ""
        own = upper[at] if at < len(upper) else ""
        heads.append(f"{over} / {under}" if under and over else under or own)
    return _without_the_empty_end(heads)


def _without_the_empty_end(heads: list[str]) -> list[str]:
    while heads and not heads[-1]:
        heads.pop()
    return heads


def _places(name: str, of: File, heads: Sequence[str]) -> dict[str, int]:
    """Where each column the mapping names stands; refused where one is missing or stands twice."""
    at: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        at.setdefault(plain(head), []).append(place)
    for column in sorted(of.columns):
        if plain(column) not in at:
            raise NotAsMapped(_missing(name, column, [head for head in heads if head]))
        if len(at[plain(column)]) > 1:
            raise NotAsMapped(f"{name} has two columns ‘{column}’. Give one of them another heading.")
    return {column: at[plain(column)][0] for column in of.columns}


def _missing(name: str, column: str, heads: Sequence[str]) -> str:
    near = get_close_matches(column.casefold(), [head.casefold() for head in heads], 1, 0.5)
    is_it = next((f" Is it ‘{head}’ now?" for head in heads if near and head.casefold() == near[0]), "")
    has = f"It has {listed([f'‘{head[:60]}’' for head in heads[:40]])}." if heads else "Its headings are empty."
    return f"{name} has no column ‘{column}’. {has}{is_it} Export it again, or change the mapping."


def _fill_down(of: File, said: dict[str, str], before: dict[str, str]) -> None:
    """What was said once holds for the rows below, until the first of those columns says something again."""
    if of.fill_down and not said[of.fill_down[0]]:
        said |= {column: before.get(column, "") for column in of.fill_down if not said[column]}


def _why_not_as_many(cells: Sequence[str], heads: Sequence[str]) -> str:
    if len(cells) == len(heads) or (len(cells) > len(heads) and not any(cells[len(heads) :])):
        return ""
    why = "it may be cut off" if len(cells) < len(heads) else "what divides cells may stand inside one"
    return f"This row has {len(cells)} cells and the headings {len(heads)}: {why}. Export the file again."
