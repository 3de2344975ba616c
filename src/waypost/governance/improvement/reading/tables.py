"""The plan's tables among everything else in a document, cut where their column headings are repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from waypost.files.reading.document import Document, Line, Paragraph, Table, Where
from waypost.governance.improvement.reading.alignment import fit
from waypost.governance.improvement.reading.columns import Headings, read_headings, with_second_row
from waypost.governance.improvement.reading.heading_text import is_recommendation_label
from waypost.governance.improvement.reading.layout import GridRow, grid_of
from waypost.governance.improvement.reading.plan import NoPlan
from waypost.governance.improvement.reading.refs import read_ref

ALIKE = 0.6  # the share of column kinds two tables of one plan have in common
ASIDE = 4  # a table of another shape with less than a quarter of the plan's rows is not a second plan
FITS = 0.5  # the mean score at which a table without headings goes on with the one before
FURNITURE = 300  # characters of page furniture between the two halves of a table
_FURNITURE_HEADING = re.compile(r"\b(?:plan|continued|cont|page|appendix|annex|table)\b", re.I)


@dataclass(frozen=True, slots=True)
class Above:
    """A heading over a table: a paragraph before it, or a row above its column headings."""

    lines: tuple[Line, ...]
    where: Where
    row: bool  # it is a row of the table itself

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True, eq=False)
class Section:
    """Rows under one printing of the column headings; `table` counts the plan's tables from 0."""

    headings: Headings
    where: Where
    table: int
    above: list[Above] = field(default_factory=list)
    heading_rows: list[GridRow] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)

    @property
    def plain_heading(self) -> Above | None:
        """The last heading over the table, unless it is a recommendation's or the paper's own furniture."""
        own = (above for above in reversed(self.above) if not is_recommendation_label(above.text))
        return next((above for above in own if not _FURNITURE_HEADING.search(above.text)), None)


def find_sections(document: Document) -> tuple[list[Section], tuple[str, ...]]:
    """The plan's sections, and a sentence for each table that looks like a plan and was passed over."""
    found = list(_sections(document))
    if not found:
        raise NoPlan(
            "No plan was found: no table here has a column headed for actions or recommendations"
            " and, beside it, one for who leads, by when, the outcome or the progress."
        )
    return _of_one_shape(found)


def _sections(document: Document) -> Iterator[Section]:
    before: list[Paragraph] = []
    last: Section | None = None
    tables = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            before.append(block)
            continue
        sections = _cut(block, tables, before)
        if not sections and last is not None and (rest := _goes_on(block, last, before, tables)):
            sections = [rest]
        if sections:
            yield from sections
            last, before, tables = sections[-1], [], tables + 1


def _cut(table: Table, number: int, before: list[Paragraph]) -> list[Section]:
    """The table's sections; none where no row of it is a plan's headings."""
    sections: list[Section] = []
    above: list[GridRow] = []
    for row in grid_of(table):
        headings = read_headings(row)
        if headings is not None:
            section = Section(headings, table.where, number, heading_rows=[row])
            if sections:
                section.above = _rows_above(_taken_from_the_end(sections[-1].rows))
            else:
                section.above = [*_paragraphs_above(before), *_rows_above(above)]
            sections.append(section)
        elif not sections:
            above.append(row)
        elif not sections[-1].rows and (both := with_second_row(sections[-1].headings, row)) is not None:
            sections[-1].headings = both
            sections[-1].heading_rows.append(row)
        else:
            sections[-1].rows.append(row)
    return sections


def _taken_from_the_end(rows: list[GridRow]) -> list[GridRow]:
    """The last row, where it is one cell of words at the left: it heads the column headings that follow it."""
    filled = rows[-1].filled if rows else []
    if len(filled) != 1 or filled[0].at > 0 or any(line.bullet for line in filled[0].cell.lines):
        return []
    return [rows.pop()] if read_ref(filled[0].text) is None else []


def _paragraphs_above(before: list[Paragraph]) -> list[Above]:
    """The nearest heading since the table before and those straight above it, numbers put back where they stood."""
    run: list[Paragraph] = []
    for paragraph in reversed(before):
        if _is_heading(paragraph):
            run.insert(0, paragraph)
        elif run:
            break
    return [
        Above((Line(f"{p.number}. {p.text}" if p.number else p.text, bold=p.bold),), p.where, row=False) for p in run
    ]


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.level is not None or (paragraph.bold == (paragraph.text,) and len(paragraph.text.split()) <= 12)


def _rows_above(rows: list[GridRow]) -> list[Above]:
    return [Above(tuple(line for slot in row.filled for line in slot.cell.lines), row.where, row=True) for row in rows]


def _goes_on(table: Table, last: Section, before: list[Paragraph], number: int) -> Section | None:
    """The table as more rows of the last section: no headings of its own, as wide, little between, cells that fit."""
    rows = grid_of(table)
    widths = {row.width for row in last.rows} | {last.headings.width}
    if any(p.level is not None for p in before) or sum(len(p.text) for p in before) > FURNITURE:
        return None
    if not rows or max(row.width for row in rows) not in widths or fit(last.headings, rows) < FITS:
        return None
    return Section(last.headings, table.where, number, rows=rows)


def _of_one_shape(found: list[Section]) -> tuple[list[Section], tuple[str, ...]]:
    sizes: Counter[frozenset[str]] = Counter()
    for section in found:
        sizes[section.headings.shape] += len(section.rows)
    shape = max(sizes, key=lambda each: (sizes[each], len(each)))
    plan = [section for section in found if _alike(section.headings.shape, shape)]
    rows = sum(len(section.rows) for section in plan)
    passed_over = []
    for section in found:
        if section in plan:
            continue
        if "recommendation" in section.headings.shape or len(section.rows) * ASIDE > rows:
            raise NoPlan(_two_plans(plan[0], section))
        passed_over.append(f"The table at {place(section.where)} ({section.headings.names}) was not read.")
    return plan, tuple(passed_over)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _two_plans(one: Section, other: Section) -> str:
    return (
        f"This file holds two plans: one at {place(one.where)} ({one.headings.names})"
        f" and one at {place(other.where)} ({other.headings.names}); put each in a file of its own."
    )


def place(where: Where) -> str:
    """ "line 12", "page 3, table 2", "Plan!B7": where a person should look."""
    if where.line is not None:
        return f"line {where.line}"
    parts = [f"page {where.page}" if where.page else "", f"table {where.table}" if where.table else ""]
    parts.append(f"row {where.row}" if where.row else "")
    return where.cell or ", ".join(part for part in parts if part) or "the start"
