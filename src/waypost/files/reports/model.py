"""A report, before it is anything a person can open: blocks in reading order, values with their types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waypost.files.reports.values import Bullets, Language, OwnWords, Stars, Status, Value

DEEPEST_HEADING = 3
DEEPEST_GROUP = 2


class Kind(StrEnum):
    """What a column holds: how it is aligned, and into how many columns a sheet takes it apart."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    RATE = "rate"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    number: str = ""  # "2.1", as committee papers number them


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Facts:
    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: how a status is worked out, where a figure comes from."""

    text: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something left out on purpose, said so that its absence is not mistaken for its not being there."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in centimetres, as the column would like it; kept in proportion, never to the letter.

    A column of dates holds one date or month in each cell; with anything beside it a sheet can only keep the words.
    """

    name: str
    width: float = 3.0
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A line across the table that holds for the rows below it, until the next of its level or higher."""

    level: int
    text: str


Entry = Row | Group


@dataclass(frozen=True, slots=True)
class Table:
    """`groups` names what each level of group is ("Area", "Recommendation"); sheets make a column of each.

    `rows` may be an iterator, which one renderer can read once. `out_of` is how many rows there are without filters.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Iterable[Entry]
    groups: tuple[str, ...] = ()
    out_of: int | None = None

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table has at least one column")
        if len(self.groups) > DEEPEST_GROUP:
            raise ValueError(f"a table has at most {DEEPEST_GROUP} levels of group")

    def entries(self) -> Iterator[Entry]:
        """The rows and groups in order; ValueError at the first that does not fit the columns."""
        for entry in self.rows:
            if isinstance(entry, Row) and len(entry.cells) != len(self.columns):
                raise ValueError(f"a row of {len(entry.cells)} cells under {len(self.columns)} columns")
            if isinstance(entry, Group) and not 1 <= entry.level <= len(self.groups):
                raise ValueError(f"a group of level {entry.level} where {len(self.groups)} are named")
            yield entry


Block = Heading | Paragraph | Bullets | Facts | Table | Status | Stars | OwnWords | Note | Withheld | PageBreak


@dataclass(frozen=True, slots=True)
class Report:
    """`author` is the service, never a person; `marking` stands on every page ("Demonstration", "Exempt")."""

    title: str
    author: str
    made_on: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: Language = Language.ENGLISH
    filters: tuple[Fact, ...] = ()
    marking: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a report has a title")
        above = 0
        for heading in (block for block in self.blocks if isinstance(block, Heading)):
            if not 1 <= heading.level <= min(above + 1, DEEPEST_HEADING):
                raise ValueError(f"heading of level {heading.level} under one of level {above}: {heading.text!r}")
            above = heading.level
