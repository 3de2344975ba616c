"""Documents for the tests of reading plans, written as rows of strings.

In a cell "\\n" breaks a line, "* " begins a bullet and "**words**" are bold. `cell` gives what a string cannot: a
colour behind it and the columns and rows it covers.
"""

from __future__ import annotations

import re

from waypost.files.reading.document import Cell, Document, Line, Paragraph, Row, Table, Where

HEADINGS = ("Recommendation", "Ref", "Action", "Outcome", "Lead", "Start", "Finish", "Review", "Progress")


def cell(text: str = "", *, fill: str | None = None, across: int = 1, down: int = 1) -> Cell:
    return Cell(tuple(_line(line) for line in text.split("\n") if line.strip()), fill, across, down)


def _line(text: str) -> Line:
    bold = tuple(re.findall(r"\*\*(.+?)\*\*", text))
    text = text.replace("**", "")
    return Line(text.removeprefix("* ").strip(), text.startswith("* "), bold)


def table(*rows: tuple[str | Cell, ...], number: int = 1, line: int = 1) -> Table:
    made = [
        Row(
            tuple(part if isinstance(part, Cell) else cell(part) for part in row),
            Where(line=line + at, table=number, row=at + 1),
        )
        for at, row in enumerate(rows)
    ]
    return Table(tuple(made), Where(line=line, table=number))


def heading(text: str, level: int = 2, number: str | None = None) -> Paragraph:
    return Paragraph(text, level=level, number=number)


def document(*blocks: Paragraph | Table | str, name: str = "plan.docx", kind: str = "word") -> Document:
    made = tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Document(name, "0" * 64, kind, made)


def plan_of(*rows: tuple[str | Cell, ...], headings: tuple[str, ...] = HEADINGS) -> Document:
    """A plan of one table with these headings."""
    return document(table(headings, *rows))
