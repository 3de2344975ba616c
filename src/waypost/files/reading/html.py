"""HTML pages as a browser shows them: what is hidden, scripted or styled away is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from .document import Cell, Contents, Paragraph, Row, Table, Where
from .html_style import Sheet, fill_of, hides, is_bold
from .kinds import decoded
from .lines import Run, lines_of, paragraph_of

BROKEN = (etree.LxmlError,)

_PROLOG = re.compile(r"\s*<\?xml[^>]*>")
_UNSEEN = {"head", "script", "style", "template", "noscript", "object", "iframe", "svg", "canvas", "audio", "video"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "menu"}
    | {"nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
    | _HEADINGS.keys()
)
_BOLD = {"b", "strong", "th"}
_ITALIC = {"i", "em", "cite"}
_MOST_SPAN = 1_000
_TOO_DEEP = "what is nested more than 2,000 deep on the page"


def read(content: bytes) -> Contents:
    """The page's blocks in order; `where.line` is the line of the source a block begins on."""
    return _read(_PROLOG.sub("", decoded(content).replace("\0", ""), count=1), tables=0)


def read_fragment(text: str, *, line: int, tables: int) -> Contents:
    """The blocks of HTML that begins on a line of another text, in which so many tables came before."""
    return _read("\n" * (line - 1) + text.replace("\0", ""), tables=tables)


def _read(text: str, *, tables: int) -> Contents:
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    page = document_fromstring(text, parser=parser)
    walker = _Page(Sheet.of(page), tables=tables)
    walker.walk(page)
    deep = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return Contents(tuple(walker.blocks), not_read=(_TOO_DEEP,) if deep else ())


@dataclass(slots=True)
class _List:
    """An open <ul> or <ol>; the number its next item shows."""

    ordered: bool
    kind: str = "1"
    next: int = 1

    def label(self) -> str:
        number = self.next
        self.next += 1
        if self.kind in "aA" and 1 <= number <= 26:
            return chr(ord(self.kind) + number - 1)
        return str(number)


@dataclass(slots=True)
class _Piece:
    """What stands between two breaks."""

    runs: list[Run]
    line: int | None
    level: int | None = None
    bullet: bool = False
    number: str | None = None


@dataclass(slots=True)
class _Walker:
    """Walks an element without recursion, so that depth costs nothing, and gathers the pieces between its breaks."""

    sheet: Sheet
    runs: list[Run] = field(default_factory=list)
    bold: list[bool] = field(default_factory=lambda: [False])
    italic: list[bool] = field(default_factory=lambda: [False])
    lists: list[_List] = field(default_factory=list)
    bullet: bool = False
    number: str | None = None
    level: int | None = None
    line: int | None = None

    def keep(self, piece: _Piece) -> None:
        raise NotImplementedError

    def takes_table(self, table: HtmlElement) -> bool:
        """Whether the table was read as a whole, so that its inside is not walked."""
        raise NotImplementedError

    def walk(self, root: HtmlElement) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        skipped: HtmlElement | None = None
        for event, element in events:
            if event == "start":
                if self._is_unseen(element) or (
                    element.tag == "table" and element is not root and self._table(element)
                ):
                    events.skip_subtree()
                    skipped = element
                    continue
                self._start(element)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                if element is not root:
                    self.write(element.tail, element.getparent())
        self.break_()

    def _is_unseen(self, element: HtmlElement) -> bool:
        return not isinstance(element.tag, str) or element.tag in _UNSEEN or hides(element, self.sheet.style(element))

    def _table(self, table: HtmlElement) -> bool:
        self.break_()
        return self.takes_table(table)

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br" and self.level:
            self.runs.append(Run(" "))
        elif tag in _BLOCKS:
            self.break_()
        elif tag in ("td", "th"):
            self.runs.append(Run(" "))
        style = self.sheet.style(element)
        heavy = is_bold(style)
        self.bold.append(heavy if heavy is not None else tag in _BOLD or self.bold[-1])
        self.italic.append(tag in _ITALIC or "italic" in style.get("font-style", "") or self.italic[-1])
        if tag in ("ul", "ol", "menu"):
            self.lists.append(_List(tag == "ol", element.get("type", "1"), _whole(element.get("start"), 1)))
        elif tag == "li":
            self._item(element)
        elif tag in _HEADINGS:
            self.level = _HEADINGS[tag]
        elif tag == "input":
            self.write(_shown_input(element), element)
        if tag == "select":
            chosen = [option for option in element.iter("option") if "selected" in option.attrib]
            self.write((chosen or [*element.iter("option")] or [element])[0].text, element)
        elif tag not in ("option", "optgroup", "datalist"):
            self.write(element.text, element)

    def _item(self, element: HtmlElement) -> None:
        self.bullet, self.number = True, None
        if self.lists and self.lists[-1].ordered:
            self.lists[-1].next = _whole(element.get("value"), self.lists[-1].next)
            self.bullet, self.number = False, self.lists[-1].label()

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS and tag != "br":
            self.break_()
        self.bold.pop()
        self.italic.pop()
        if tag in ("ul", "ol", "menu") and self.lists:
            self.lists.pop()
        if tag in ("li", "ul", "ol", "menu"):
            self.bullet, self.number = False, None
        elif tag in _HEADINGS:
            self.level = None

    def write(self, text: str | None, element: HtmlElement) -> None:
        if not text:
            return
        if self.line is None and text.strip():
            self.line = element.sourceline
        parts = text.split("\n") if element.tag == "pre" else [text]
        for place, part in enumerate(parts):
            if place:
                self.break_()
            self.runs.append(Run(part, self.bold[-1], self.italic[-1]))

    def break_(self) -> None:
        if any(run.text.strip() for run in self.runs):
            self.keep(_Piece(self.runs, self.line, self.level, self.bullet, self.number))
            self.bullet, self.number = False, None
        self.runs, self.line = [], None


@dataclass(slots=True)
class _Words(_Walker):
    """Inside a cell: every break begins a line, and a table in it is only lines."""

    rows: list[tuple[list[Run], bool]] = field(default_factory=list)

    def keep(self, piece: _Piece) -> None:
        label = [Run(f"{piece.number}. ")] if piece.number else []
        self.rows.append((label + piece.runs, piece.bullet))

    def takes_table(self, table: HtmlElement) -> bool:
        return False


@dataclass(slots=True)
class _Page(_Walker):
    """The page itself: breaks part paragraphs, and tables are tables unless they only lay the page out."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    tables: int = 0

    def keep(self, piece: _Piece) -> None:
        runs, number, level = piece.runs, piece.number, piece.level
        where = Where(line=piece.line)
        if paragraph := paragraph_of(runs, level=level, bullet=piece.bullet, number=number, where=where):
            self.blocks.append(paragraph)

    def takes_table(self, table: HtmlElement) -> bool:
        sections = list(_sections(table, self.sheet))
        if _only_lays_out(table, sections):
            return False
        for caption in table.findall("caption"):
            words = _Words(self.sheet)
            words.walk(caption)
            for runs, bullet in words.rows:
                self.keep(_Piece(runs, caption.sourceline, bullet=bullet))
        self.tables += 1
        rows: list[Row] = []
        for section in sections:
            for place, row in enumerate(section):
                where = Where(line=row.sourceline, table=self.tables, row=len(rows) + 1)
                rows.append(Row(tuple(self._cells(row, section[place:], where)), where))
        if rows:
            self.blocks.append(Table(tuple(rows), Where(line=table.sourceline, table=self.tables)))
        return True

    def _cells(self, row: HtmlElement, below: list[HtmlElement], where: Where) -> Iterator[Cell]:
        behind = fill_of(row, self.sheet.style(row))
        for cell in row.iterchildren("td", "th"):
            style = self.sheet.style(cell)
            if hides(cell, style):
                continue
            words = _Words(self.sheet)
            words.walk(cell)
            yield Cell(
                lines=lines_of(words.rows),
                fill=fill_of(cell, style) or _fill_inside(cell, self.sheet) or behind,
                across=max(1, min(_whole(cell.get("colspan"), 1), _MOST_SPAN)),
                down=_down(_whole(cell.get("rowspan"), 1), row, below),
                where=where,
            )


def _fill_inside(cell: HtmlElement, sheet: Sheet) -> str | None:
    """The colour of the one element that holds all the cell's words, as a tag in a cell is set."""
    inside = list(cell.iterchildren())
    if len(inside) != 1 or (cell.text or "").strip() or (inside[0].tail or "").strip():
        return None
    return fill_of(inside[0], sheet.style(inside[0])) if isinstance(inside[0].tag, str) else None


def _down(rowspan: int, row: HtmlElement, below: list[HtmlElement]) -> int:
    """How many rows that are seen a cell spans; 0 means to the end of its section."""
    if rowspan == 1:
        return 1
    if rowspan <= 0:
        return len(below)
    spanned = {row, *(tr for tr, _ in zip(row.itersiblings("tr"), range(min(rowspan, _MOST_SPAN) - 1), strict=False))}
    return max(1, sum(tr in spanned for tr in below[:rowspan]))


def _sections(table: HtmlElement, sheet: Sheet) -> Iterator[list[HtmlElement]]:
    """The rows that are seen, by section: a cell spans no further than its section."""
    loose = [row for row in table.iterchildren("tr") if not hides(row, sheet.style(row))]
    heads = [section for section in table.iterchildren("thead") if not hides(section, sheet.style(section))]
    others = [section for section in table.iterchildren("tbody") if not hides(section, sheet.style(section))]
    feet = [section for section in table.iterchildren("tfoot") if not hides(section, sheet.style(section))]
    for section in heads:
        yield [row for row in section.iterchildren("tr") if not hides(row, sheet.style(row))]
    if loose:
        yield loose
    for section in [*others, *feet]:
        yield [row for row in section.iterchildren("tr") if not hides(row, sheet.style(row))]


def _only_lays_out(table: HtmlElement, sections: list[list[HtmlElement]]) -> bool:
    """Whether the table only places things on the page, as old pages and e-mails do; its inside is then the page's."""
    inner = next(table.iterdescendants("table"), None)
    if inner is None:
        return table.get("role") in ("presentation", "none")
    rows = [row for section in sections for row in section]
    widest = max((len(row) for row in rows), default=0)
    return widest <= 1 or (len(rows) <= 2 and sum(1 for _ in inner.iterdescendants("tr")) > len(rows))


def _shown_input(element: HtmlElement) -> str | None:
    kind = element.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "✓" if "checked" in element.attrib else None
    return element.get("value") if kind in ("text", "date", "month", "number", "email", "tel", "url") else None


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
