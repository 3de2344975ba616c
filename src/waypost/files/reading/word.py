"""Word documents (.docx) as they are printed: what was deleted under tracking or is set hidden is not read.

The package's own XML is read: python-docx offers neither list numbers, nor tracked changes, nor content controls,
and finds the cells of a large merged table in a time that grows with its square.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.etree import _Element as Element

from .colours import colour
from .document import Cell, Contents, Paragraph, Row, Table, Where
from .lines import Run, lines_of, paragraph_of
from .packages import member
from .word_styles import Look, Numbering, Style, Styles, attribute, child, name_of, numbering_of, outline_level, whole

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, etree.LxmlError)

# Elements that wrap words without changing them; deletions (del, moveFrom) and field codes are not among them.
_WRAPPERS = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "Choice"}
)
_HIGHLIGHTS = {
    "green": "00ff00", "darkGreen": "008000", "red": "ff0000", "darkRed": "800000", "yellow": "ffff00",
    "darkYellow": "808000", "blue": "0000ff", "darkBlue": "000080", "cyan": "00ffff", "darkCyan": "008080",
    "magenta": "ff00ff", "lightGray": "c0c0c0", "darkGray": "808080",
}  # fmt: skip
# Word keeps ticks, crosses and boxes as places in a symbol font.
_SYMBOLS = {
    "FC": "✓",
    "FB": "✗",
    "FE": "☑",
    "FD": "☒",
    "A8": "☐",
    "6F": "☐",
    "B7": "•",
    "A7": "•",
    "D8": "•",
    "50": "✓",
}
_MOST_SPAN = 1_000
_PICTURES = "this document holds pictures and no words"


def read(content: bytes) -> Contents:
    """The body's blocks in order; pages are counted where Word has saved where they break."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        main = _main_part(package)
        folder = main.rpartition("/")[0]
        root = _xml(member(package, main))
        styles = _optional(package, f"{folder}/styles.xml")
        numbering = _optional(package, f"{folder}/numbering.xml")
    body = child(root, "body")
    reader = _Reader(Styles(styles), Numbering(numbering), counts_pages=_says_pages(root))
    if body is not None:
        reader.blocks_in(body)
    pictures = not reader.blocks and next(root.iter("{*}drawing", "{*}pict"), None) is not None
    return Contents(tuple(reader.blocks), reader.page, (_PICTURES,) if pictures else ())


def _xml(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _optional(package: zipfile.ZipFile, name: str) -> Element | None:
    return _xml(package.read(name)) if name in package.namelist() else None


def _main_part(package: zipfile.ZipFile) -> str:
    for relation in _xml(member(package, "_rels/.rels")):
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return (attribute(relation, "Target") or "").lstrip("/")
    return "word/document.xml"


def _says_pages(root: Element) -> bool:
    return next(root.iter("{*}lastRenderedPageBreak"), None) is not None


def _inside(element: Element) -> Iterator[Element]:
    """The children as they are shown: wrappers opened, deletions and placeholders left out."""
    for one in element:
        name = name_of(one)
        if name == "sdt" and child(child(one, "sdtPr"), "showingPlcHdr") is not None:
            continue
        if name in _WRAPPERS:
            yield from _inside(one)
        elif name == "AlternateContent":
            yield from _inside(child(one, "Choice") if child(one, "Choice") is not None else one)
        else:
            yield one


@dataclass(slots=True)
class _Words:
    """A paragraph's lines of runs, the text boxes anchored in it, and the colours behind its words."""

    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    boxes: list[Element] = field(default_factory=list)
    behind: set[str | None] = field(default_factory=set)


@dataclass(slots=True)
class _Spanning:
    """A cell while its table is being read, when how far down it goes is not known yet."""

    cell: Cell
    down: int = 1


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering, *, counts_pages: bool) -> None:
        self.styles = styles
        self.numbering = numbering
        self.page = 1 if counts_pages else None
        self.blocks: list[Paragraph | Table] = []
        self.tables = 0

    def blocks_in(self, element: Element) -> None:
        for one in _inside(element):
            name = name_of(one)
            if name == "p":
                self._paragraph(one)
            elif name == "tbl":
                self._table(one)

    def _paragraph(self, element: Element) -> None:
        where = Where(page=self.page)
        bullet, label, style, words = self._read_paragraph(element)
        level = outline_level(child(element, "pPr")) or style.level
        number = label.strip("().: ") or None
        lines = words.lines if level is None else [[run for line in words.lines for run in [*line, Run(" ")]]]
        for runs in lines:
            if paragraph := paragraph_of(runs, level=level, bullet=bullet, number=number, where=where):
                self.blocks.append(paragraph)
                bullet, number = False, None
        for box in words.boxes:
            self.blocks_in(box)

    def _read_paragraph(self, element: Element) -> tuple[bool, str, Style, _Words]:
        properties = child(element, "pPr")
        style = self.styles.style(attribute(child(properties, "pStyle"), "val"))
        words = _Words()
        self._gather(element, style.look, words)
        behind = _shade(child(properties, "shd"))
        if behind and words.behind == {None}:
            words.behind = {behind}
        own = numbering_of(properties)
        list_, level = own or style.numbering or ("0", 0)
        if own and not list_ and style.numbering:
            list_ = style.numbering[0]
        bullet, label = (False, "") if list_ in ("", "0") else self.numbering.label(list_, level)
        return bullet or (style.bullet and own is None), label, style, words

    def _gather(self, element: Element, look: Look, words: _Words) -> None:
        for one in _inside(element):
            if name_of(one) == "r":
                properties = child(one, "rPr")
                style = self.styles.style(attribute(child(properties, "rStyle"), "val"))
                self._run(one, properties, Look.of(properties).over(style.look.over(look)), words)

    def _run(self, run: Element, properties: Element | None, look: Look, words: _Words) -> None:
        text = ""
        for one in _inside(run):
            name = name_of(one)
            if name in ("drawing", "pict", "object"):
                words.boxes += one.iter("{*}txbxContent")
            elif name == "lastRenderedPageBreak" and self.page is not None:
                self.page += 1
            else:
                text += _character(one, name)
        if look.hidden or not text:
            return
        if text.strip():
            mark = attribute(child(properties, "highlight"), "val")
            words.behind.add(_HIGHLIGHTS.get(mark or "") or _shade(child(properties, "shd")))
        for place, part in enumerate(text.split("\n")):
            if place:
                words.lines.append([])
            words.lines[-1].append(Run(part, bool(look.bold), bool(look.italic)))

    def _table(self, element: Element) -> None:
        rows = [row for row in _inside(element) if name_of(row) == "tr" and not _is_gone(row)]
        if _only_lays_out(rows):
            for row in rows:
                for cell in _inside(row):
                    self.blocks_in(cell)
            return
        self.tables += 1
        page = self.page
        spanning: dict[int, _Spanning] = {}
        read: list[tuple[list[_Spanning], Where]] = []
        for place, row in enumerate(rows, start=1):
            where = Where(page=self.page, table=self.tables, row=place)
            read.append((self._row(row, spanning, where), where))
        made = tuple(Row(tuple(replace(held.cell, down=held.down) for held in row), where) for row, where in read)
        if made:
            self.blocks.append(Table(made, Where(page=page, table=made[0].where.table)))

    def _row(self, row: Element, spanning: dict[int, _Spanning], where: Where) -> list[_Spanning]:
        """The row's cells; one that goes on from the row above makes that one longer instead."""
        held: list[_Spanning] = []
        column = whole(attribute(child(child(row, "trPr"), "gridBefore"), "val"), 0)
        if column:
            held.append(_Spanning(Cell(across=min(column, _MOST_SPAN), where=where)))
        for element in _inside(row):
            if name_of(element) != "tc":
                continue
            properties = child(element, "tcPr")
            across = min(max(1, whole(attribute(child(properties, "gridSpan"), "val"), 1)), _MOST_SPAN)
            beside, above = child(properties, "hMerge"), child(properties, "vMerge")
            if beside is not None and attribute(beside, "val") != "restart" and held:
                held[-1].cell = replace(held[-1].cell, across=held[-1].cell.across + across)
            elif above is not None and attribute(above, "val") != "restart" and column in spanning:
                spanning[column].down += 1
            else:
                held.append(_Spanning(self._cell(element, properties, across, where)))
                spanning.pop(column, None)
                if above is not None:
                    spanning[column] = held[-1]
            column += across
        return held

    def _cell(self, element: Element, properties: Element | None, across: int, where: Where) -> Cell:
        behind: set[str | None] = set()
        lines = lines_of(self._lines(element, behind))
        fill = _shade(child(properties, "shd"))
        if fill is None and len(behind) == 1:
            fill = next(iter(behind))
        return Cell(lines, fill, across, where=where)

    def _lines(self, element: Element, behind: set[str | None]) -> list[tuple[list[Run], bool]]:
        found: list[tuple[list[Run], bool]] = []
        for one in _inside(element):
            if name_of(one) == "p":
                bullet, label, _, words = self._read_paragraph(one)
                words.lines[0][:0] = [Run(f"{label} ")] if label else []
                found += [(runs, bullet and place == 0) for place, runs in enumerate(words.lines)]
                behind |= words.behind
                for box in words.boxes:
                    found += self._lines(box, behind)
            elif name_of(one) == "tbl":
                for row in _inside(one):
                    if name_of(row) == "tr" and not _is_gone(row):
                        found += self._inner_row(row, behind)
        return found

    def _inner_row(self, row: Element, behind: set[str | None]) -> list[tuple[list[Run], bool]]:
        """A row of a table inside a cell: one line where each of its cells is one, else all of their lines."""
        cells = [self._lines(cell, behind) for cell in _inside(row) if name_of(cell) == "tc"]
        cells = [[line for line in cell if any(run.text.strip() for run in line[0])] for cell in cells]
        if any(len(cell) > 1 or (cell and cell[0][1]) for cell in cells):
            return [line for cell in cells for line in cell]
        return [([run for cell in cells for runs, _ in cell for run in [*runs, Run(" ")]], False)]


def _character(element: Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name in ("tab", "ptab"):
        return "\t"
    if name in ("br", "cr"):
        return "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        return _SYMBOLS.get((attribute(element, "char") or "").upper()[-2:], "")
    return ""


def _is_gone(row: Element) -> bool:
    properties = child(row, "trPr")
    return any(child(properties, name) is not None for name in ("del", "hidden"))


def _only_lays_out(rows: list[Element]) -> bool:
    """A table one cell wide that holds another only frames it."""
    cells = [[cell for cell in _inside(row) if name_of(cell) == "tc"] for row in rows]
    return all(len(row) == 1 for row in cells) and any(child(cell, "tbl") is not None for row in cells for cell in row)


def _shade(element: Element | None) -> str | None:
    if element is None:
        return None
    return colour(attribute(element, "color" if attribute(element, "val") == "solid" else "fill"))
