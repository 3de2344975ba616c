"""A document as JSON between two processes, and back through a decoder that takes nothing it does not expect.

Lists by position, in the order of the dataclasses' fields: a plan of 5,000 rows passes in a third of a second.
"""

from __future__ import annotations

import json
from typing import Any

from .document import KINDS, Cell, Document, Line, Paragraph, Row, Table, Where


class Unexpected(Exception):
    """What came back is not a document."""


def encoded(document: Document) -> str:
    blocks = [_of_table(block) if isinstance(block, Table) else _of_paragraph(block) for block in document.blocks]
    return json.dumps(
        [document.name, document.sha256, document.kind, blocks, document.pages, document.not_read],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _of_where(where: Where) -> list[Any]:
    return [where.line, where.page, where.table, where.row, where.cell]


def _of_paragraph(one: Paragraph) -> list[Any]:
    return ["p", one.text, one.level, one.bullet, one.number, one.bold, one.italic, _of_where(one.where)]


def _of_table(table: Table) -> list[Any]:
    return [
        "t",
        [[[_of_cell(c) for c in row.cells], _of_where(row.where)] for row in table.rows],
        _of_where(table.where),
    ]


def _of_cell(cell: Cell) -> list[Any]:
    lines = [[line.text, line.bullet, line.bold] for line in cell.lines]
    return [lines, cell.fill, cell.across, cell.down, _of_where(cell.where)]


def decoded_document(text: bytes) -> Document:
    """The document in the text; `Unexpected` where a part is missing, left over or of another type."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unexpected("no JSON") from error
    name, sha256, kind, blocks, pages, not_read = _list(found, 6)
    if kind not in KINDS:
        raise Unexpected("kind")
    return Document(
        _text(name), _text(sha256), kind, tuple(map(_block, _list(blocks))), _number_or_none(pages), _texts(not_read)
    )


def _block(found: object) -> Paragraph | Table:
    parts = _list(found)
    if parts[:1] == ["p"]:
        _, text, level, bullet, number, bold, italic, where = _list(parts, 8)
        return Paragraph(
            _text(text),
            _number_or_none(level),
            _truth(bullet),
            _text_or_none(number),
            _texts(bold),
            _texts(italic),
            _where(where),
        )
    mark, rows, where = _list(parts, 3)
    if mark != "t":
        raise Unexpected("block")
    return Table(tuple(map(_row, _list(rows))), _where(where))


def _row(found: object) -> Row:
    cells, where = _list(found, 2)
    return Row(tuple(map(_cell, _list(cells))), _where(where))


def _cell(found: object) -> Cell:
    lines, fill, across, down, where = _list(found, 5)
    return Cell(tuple(map(_line, _list(lines))), _text_or_none(fill), _number(across), _number(down), _where(where))


def _line(found: object) -> Line:
    text, bullet, bold = _list(found, 3)
    return Line(_text(text), _truth(bullet), _texts(bold))


def _where(found: object) -> Where:
    line, page, table, row, cell = _list(found, 5)
    numbers = (_number_or_none(line), _number_or_none(page), _number_or_none(table), _number_or_none(row))
    return Where(*numbers, _text_or_none(cell))


def _list(found: object, length: int | None = None) -> list[Any]:
    if not isinstance(found, list) or (length is not None and len(found) != length):
        raise Unexpected("list")
    return found


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise Unexpected("text")
    return found


def _texts(found: object) -> tuple[str, ...]:
    return tuple(map(_text, _list(found)))


def _text_or_none(found: object) -> str | None:
    return None if found is None else _text(found)


def _truth(found: object) -> bool:
    if not isinstance(found, bool):
        raise Unexpected("truth")
    return found


def _number(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool):
        raise Unexpected("number")
    return found


def _number_or_none(found: object) -> int | None:
    return None if found is None else _number(found)
