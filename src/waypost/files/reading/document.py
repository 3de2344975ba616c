"""A document as its reader sees it: headings, paragraphs and tables in order, each knowing where it stands.

Every format is read into this shape; nothing that a person looking at the page could not see is kept
(no metadata, no attachments, no hidden text). Pure Python: no Django, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("word", "pdf", "html", "markdown", "excel", "csv")


class Unreadable(Exception):
    """The file cannot be read; the message is one sentence for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where something stands: what a person needs to find it again. Lines, pages, tables and rows count from 1."""

    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    cell: str | None = None  # a spreadsheet's own name, "B7"; with a sheet, "Plan!B7"

    def as_dict(self) -> dict[str, int | str]:
        return {k: v for k in ("line", "page", "table", "row", "cell") if (v := getattr(self, k)) is not None}


@dataclass(frozen=True, slots=True)
class Line:
    """One line or bullet in a cell: plain text, white space folded, no markup."""

    text: str
    bullet: bool = False
    bold: tuple[str, ...] = ()  # the runs of it set in bold, in order


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...] = ()
    fill: str | None = None  # the colour behind it as rrggbb in lower case, where the format shows one
    across: int = 1  # columns it spans
    down: int = 1  # rows it spans; rows below do not repeat it
    where: Where = Where()

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines).strip()


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading (level 1 to 6), a list item or running text."""

    text: str
    level: int | None = None
    bullet: bool = False
    number: str | None = None  # "3" of "3. Planning was …", where the page shows one; `text` does not repeat it
    bold: tuple[str, ...] = ()
    italic: tuple[str, ...] = ()
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Contents:
    """What one format's reader gives back: a document that has no name yet."""

    blocks: tuple[Paragraph | Table, ...]
    pages: int | None = None
    not_read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    sha256: str
    kind: str
    blocks: tuple[Paragraph | Table, ...]
    pages: int | None = None
    not_read: tuple[str, ...] = field(default=())  # "page 5 is a picture", one sentence each

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Table))
