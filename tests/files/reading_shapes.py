"""Documents written down shortly, so that a test can be read beside the page it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from waypost.files.reading.document import Cell, Contents, Document, Paragraph, Table

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def shape(read: Contents | Document) -> list[object]:
    """Headings as "# words", list items as "• words" or "3. words", tables as rows of cells, lines one below another."""
    return [
        [[words(cell) for cell in row.cells] for row in b.rows] if isinstance(b, Table) else _said(b)
        for b in read.blocks
    ]


def words(cell: Cell) -> str:
    return "\n".join(("• " if line.bullet else "") + line.text for line in cell.lines)


def _said(one: Paragraph) -> str:
    marks = ["#" * one.level] if one.level else []
    marks += ["•"] if one.bullet else []
    marks += [f"{one.number}."] if one.number else []
    return " ".join([*marks, one.text])


def spans(table: Table) -> list[list[tuple[int, int]]]:
    return [[(cell.across, cell.down) for cell in row.cells] for row in table.rows]


def fills(table: Table) -> list[list[str | None]]:
    return [[cell.fill for cell in row.cells] for row in table.rows]


def package(members: dict[str, str | bytes], *, level: int = 9) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return held.getvalue()


def relations(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def word(body: str, **parts: str) -> bytes:
    """A Word file of that body; further parts by name (styles, numbering)."""
    members = {
        "_rels/.rels": relations("officeDocument", "word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    for name, inside in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{WORD}">{inside}</w:{name}>'
    return package(dict(members))


def document(blocks: Iterable[Paragraph | Table] = ()) -> Document:
    return Document("plan.docx", "0" * 64, "word", tuple(blocks))
