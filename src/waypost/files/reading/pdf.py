"""PDF pages as they are printed: ruled tables, tables without rules, and paragraphs, page by page.

A table that runs over pages is a table on each; a page that is only a picture is said to be not read. What a form's
boxes hold is not read, nor are notes laid over the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from .document import Cell, Contents, Line, Paragraph, Row, Table, Unreadable, Where
from .lines import lines_of, paragraph_of
from .packages import DAMAGED, LOCKED
from .pdf_columns import Columned, columned
from .pdf_grid import Grid, level_rules, ruled_grids
from .pdf_lines import Meant, Seen, meant_lines, seen_lines
from .pdf_page import Box, Page, PageUnreadable, Word, read_page

BROKEN = (PdfiumError, PageUnreadable)

_END = b"%%EOF"
_AFTER_END = 4096  # bytes that mail and web servers have been seen to add
# PDFium reverses the words of a page in a document that says it reads from the right; here they are put in order later.
_READS_FROM_RIGHT = re.compile(rb"/Direction\s*/R2L")
_LARGER = 1.1  # than the document's usual letters: a heading
_BLOCK = 2.4  # line to line, by the size of the letters: further apart, another block begins
_FILLED = 0.5  # of a cell, for the colour to be the cell's


def read(content: bytes) -> Contents:
    """The pages' blocks in order; headings are told by their size against the rest."""
    if len(content) - content.rfind(_END) > _AFTER_END or _END not in content:
        raise Unreadable(DAMAGED)
    document = _opened(_READS_FROM_RIGHT.sub(lambda found: found[0][:-3] + b"L2R", content))
    try:
        reader = _Reader()
        for number in range(len(document)):
            reader.take(read_page(document.raw, number), number + 1)
        return Contents(tuple(reader.finish()), len(document), tuple(reader.not_read))
    finally:
        document.close()


def _opened(content: bytes) -> PdfDocument:
    try:
        return PdfDocument(content)
    except PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise Unreadable(LOCKED if locked else DAMAGED) from error


@dataclass(slots=True)
class _Reader:
    blocks: list[tuple[Paragraph | Table, float]] = field(default_factory=list)  # with the size of its letters
    letters: Counter[float] = field(default_factory=Counter)
    not_read: list[str] = field(default_factory=list)
    tables: int = 0

    def take(self, page: Page, number: int) -> None:
        if not any(not word.drawn for word in page.words):
            if page.pictures:
                self.not_read.append(f"page {number} is a picture")
            return
        for word in page.words:
            self.letters[round(word.size * 2) / 2] += len(word.text)
        grids = ruled_grids(page)
        inside, outside = _sorted_into(page.words, grids)
        placed: list[tuple[float, Grid | Columned | Seen]] = []
        for grid, words in zip(grids, inside, strict=True):
            if sum(bool(found) for found in words.values()) > 1:
                placed.append((grid.box.top, grid))
            else:
                outside += [word for found in words.values() for word in found]
        lines = seen_lines(outside)
        placed += columned(lines, level_rules(page))
        self._write(
            sorted(placed, key=lambda pair: pair[0]), dict(zip(map(id, grids), inside, strict=True)), page, number
        )

    def _write(
        self,
        placed: list[tuple[float, Grid | Columned | Seen]],
        inside: dict[int, dict[int, list[Word]]],
        page: Page,
        number: int,
    ) -> None:
        prose = [one for _, one in placed if isinstance(one, Seen)]
        room = _room(prose, page)
        held: list[Seen] = []
        for _, one in placed:
            if isinstance(one, Seen):
                held.append(one)
                continue
            self._paragraphs(held, room, number)
            held = []
            self.tables += 1
            rows = _ruled_rows(one, inside[id(one)], page) if isinstance(one, Grid) else _columned_rows(one, page)
            made = tuple(_numbered(rows, number, self.tables))
            self.blocks.append((Table(made, Where(page=number, table=self.tables)), 0.0))
        self._paragraphs(held, room, number)

    def _paragraphs(self, lines: list[Seen], room: Box, number: int) -> None:
        for block in _blocks(lines):
            for meant in meant_lines(block, _narrowed(room, block)):
                if paragraph := paragraph_of(meant.runs, where=Where(page=number)):
                    self.blocks.append((paragraph, round(meant.size * 2) / 2))

    def finish(self) -> Iterator[Paragraph | Table]:
        usual = self.letters.most_common(1)[0][0] if self.letters else 0.0
        large = sorted({s for b, s in self.blocks if isinstance(b, Paragraph) and s > _LARGER * usual}, reverse=True)
        for block, size in self.blocks:
            if isinstance(block, Paragraph) and size in large and not block.bullet:
                yield replace(block, level=min(6, large.index(size) + 1))
            else:
                yield block


def _room(lines: list[Seen], page: Page) -> Box:
    """The width prose has on the page, by its longest lines."""
    left = min((line.box.x0 for line in lines), default=0.0)
    right = max((line.box.x1 for line in lines), default=page.width)
    # A page of short lines only has nothing that ran on: its room is the paper less an equal margin.
    return Box(left, 0, max(right, page.width - max(left, 0.0) - 0.1 * page.width), page.height)


def _blocks(lines: list[Seen]) -> Iterator[list[Seen]]:
    """Lines that follow each other without a gap or a step back up the page."""
    held: list[Seen] = []
    for line in lines:
        if held and not 0 < line.box.bottom - held[-1].box.bottom < _BLOCK * line.size:
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _narrowed(room: Box, lines: list[Seen]) -> Box:
    """The room of a block most of whose lines reach the same right edge: that edge is where they ran on."""
    right = max(line.box.x1 for line in lines)
    left = min(line.box.x0 for line in lines)
    full = sum(line.box.x1 > right - 0.15 * (right - left) for line in lines)
    return Box(room.x0, room.top, right, room.bottom) if full >= 4 and full > 0.7 * len(lines) else room


def _sorted_into(words: list[Word], grids: list[Grid]) -> tuple[list[dict[int, list[Word]]], list[Word]]:
    """Each grid's words by the place of their region, and the words of none."""
    inside: list[dict[int, list[Word]]] = [{} for _ in grids]
    shelves = [_Shelf(grid) for grid in grids]
    outside = []
    for word in words:
        middle = word.box.middle
        for at, grid in enumerate(grids):
            if grid.box.holds(middle) and (region := shelves[at].region(middle)) is not None:
                inside[at].setdefault(region, []).append(word)
                break
        else:
            outside.append(word)
    return inside, outside


class _Shelf:
    """Finds the region a point is in, looking only at the rows it can be in."""

    def __init__(self, grid: Grid) -> None:
        self.regions = grid.regions
        self.bands: dict[int, list[int]] = {}
        for at, region in enumerate(grid.regions):
            for band in range(int(region.box.top // 20), int(region.box.bottom // 20) + 1):
                self.bands.setdefault(band, []).append(at)

    def region(self, point: tuple[float, float]) -> int | None:
        for at in self.bands.get(int(point[1] // 20), ()):
            if self.regions[at].box.holds(point):
                return at
        return None


def _ruled_rows(grid: Grid, words: dict[int, list[Word]], page: Page) -> Iterator[list[Cell]]:
    fills = [(box, colour) for box, colour in page.fills if box.shared(grid.box) > 0]
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for at, region in enumerate(grid.regions):
        meant = meant_lines(seen_lines(words.get(at, ())), region.box)
        rows[region.row].append(Cell(_lines(meant), _behind(region.box, fills), across=region.across, down=region.down))
    yield from rows


def _behind(place: Box, fills: list[tuple[Box, str]]) -> str | None:
    """The last colour laid over most of the place; white is the paper's."""
    area = max(place.width * place.height, 0.01)
    for box, colour in reversed(fills):
        if box.shared(place) > _FILLED * area:
            return None if colour == "ffffff" else colour
    return None


def _columned_rows(table: Columned, page: Page) -> Iterator[list[Cell]]:
    for row in table.rows:
        cells = []
        for (left, right), lines in zip(table.sides, row, strict=True):
            room = Box(left, table.box.top, right, table.box.bottom)
            fill = _behind(lines[0].box, page.fills) if lines else None
            cells.append(Cell(_lines(meant_lines(list(lines), room)), fill))
        yield cells


def _lines(meant: list[Meant]) -> tuple[Line, ...]:
    return lines_of((line.runs, False) for line in meant)


def _numbered(rows: Iterator[list[Cell]], page: int, table: int) -> Iterator[Row]:
    for place, cells in enumerate(rows, start=1):
        where = Where(page=page, table=table, row=place)
        yield Row(tuple(replace(cell, where=where) for cell in cells), where)
