"""The sample's plan as a Word file, cell for cell. Run as a module to write it again after the sample has changed:
`python -m tests.demo.write_sample_word`.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from waypost.files.reading import Document, read_document
from waypost.files.reading.document import Line, Paragraph, Table

SAMPLE = Path(__file__).parents[2] / "src" / "waypost" / "demo" / "sample"
PAPER, PLAN = SAMPLE / "alder-vale-2025.md", SAMPLE / "alder-vale-plan.docx"
_TITLE = "IMPROVEMENT PLAN"
_WIDTHS = {7: (4.4, 0.8, 5.2, 4.4, 4.0, 3.4, 4.5), 6: (4.4, 6.0, 4.4, 4.0, 3.4, 4.5)}


def plan_as_word(paper: Document) -> bytes:
    """The dates the paper gives for itself and the inspection, then each page of the plan under its title."""
    word = docx.Document()
    _landscape(word)
    _anonymous(word)
    word.add_paragraph("Date: 26 November 2025")
    word.add_paragraph("The inspection report was published on 17 June 2025.")
    blocks = list(paper.blocks)
    pages = [(t, b) for t, b in zip(blocks, blocks[1:], strict=False) if _is_title(t) and isinstance(b, Table)]
    for number, (title, table) in enumerate(pages):
        if number:
            word.add_page_break()
        word.add_heading(title.text, level=1)
        _table(word, table)
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _is_title(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and block.text.startswith(_TITLE)


def _landscape(word: docx.document.Document) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    word.styles["Normal"].font.name = "Arial"
    word.styles["Normal"].font.size = Pt(9)


def _anonymous(word: docx.document.Document) -> None:
    properties = word.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.title = "Improvement plan"
    properties.created = properties.modified = datetime(2025, 11, 17, tzinfo=UTC)


def _table(word: docx.document.Document, table: Table) -> None:
    columns = max(len(row.cells) for row in table.rows)
    shown = [row for row in table.rows if row.cells]
    grid = word.add_table(rows=len(shown), cols=columns, style="Table Grid")
    grid.autofit = False
    for at, (row, target) in enumerate(zip(shown, grid.rows, strict=True)):
        for cell, into, width in zip(row.cells, target.cells, _WIDTHS[columns], strict=False):
            into.width = Cm(width)
            _cell(into, cell.lines, heading=at == 0)
        if at == 0:
            _repeat(target)


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _cell(into: _Cell, lines: tuple[Line, ...], *, heading: bool) -> None:
    for number, line in enumerate(lines):
        paragraph = into.paragraphs[0] if number == 0 else into.add_paragraph()
        if line.bullet:
            paragraph.style = "List Bullet"
        _runs(paragraph, line, heading=heading)


def _runs(paragraph: WordParagraph, line: Line, *, heading: bool) -> None:
    rest = line.text
    for bold in line.bold:
        before, _, rest = rest.partition(bold)
        paragraph.add_run(before)
        paragraph.add_run(bold).bold = True
    paragraph.add_run(rest).bold = heading or None


if __name__ == "__main__":
    PLAN.write_bytes(plan_as_word(read_document(PAPER)))
