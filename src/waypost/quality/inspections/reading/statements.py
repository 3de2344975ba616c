"""Sentences, each with where it stands and what stands around it: the material for finding contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from waypost.files.reading.document import Document, Paragraph, Row, Table, Where

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“‘'(])")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or bullet; `beside` is its paragraph or cell, `about` that and its row."""

    text: str
    where: Where
    beside: str
    about: str


def statements(document: Document) -> Iterator[Statement]:
    """Every statement in order. A paragraph that ends in a colon is one statement with the next."""
    open_: Paragraph | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            open_ = None
            for row in block.rows:
                yield from _of_row(row)
            continue
        text = f"{open_.text} {block.text}" if open_ else block.text
        where = open_.where if open_ else block.where
        open_ = None
        if block.text.endswith(":") and block.level is None:
            open_ = block
        for sentence in _SENTENCE_END.split(text):
            yield Statement(sentence, where, text, text)


def _of_row(row: Row) -> Iterator[Statement]:
    about = " ".join(cell.text for cell in row.cells)
    for cell in row.cells:
        for line in cell.lines:
            for sentence in _SENTENCE_END.split(line.text):
                yield Statement(sentence, cell.where if cell.where != Where() else row.where, cell.text, about)
