"""The document's own month and the month the inspection was published, where the page says so and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.files.reading.document import Document, Paragraph
from waypost.governance.improvement.reading.months import read_when
from waypost.kernel.months import Month

_DATED = re.compile(
    r"^(?:report |meeting |committee )?date(?:d| of (?:meeting|report|committee))?\s*[:–-]\s*(.+)$", re.I
)
_PUBLISHED = re.compile(r"\b(?:published|publication)\b(?: (?:date|on|in))?\s*[:–-]?\s*(?:on |in )?(.{4,40})", re.I)
_INSPECTION = re.compile(r"\binspect(?:ion|ors?|orate)\b", re.I)
_OF_OURS = re.compile(r"\b(?:plan|action|response|meeting|committee)\b", re.I)
_MONTH_ALONE = re.compile(r"[^\W\d_]+ (?:19|20)\d\d")
NEAR = 3  # paragraphs from the inspection's name, or its inspector's, to the month that dates it


def document_month(document: Document) -> Month | None:
    """The month of the first paragraph that begins "Date:" and goes on with one."""
    for paragraph in _paragraphs(document):
        if (found := _DATED.match(paragraph.text)) and (month := read_when(found[1]).month):
            return month
    return None


def publication_month(document: Document) -> Month | None:
    """The month an inspection says it was published, or else the one that stands alone just after it is named."""
    named = -NEAR - 1
    alone: Month | None = None
    for at, paragraph in enumerate(_paragraphs(document)):
        if _INSPECTION.search(paragraph.text) and not _OF_OURS.search(paragraph.text):
            named = at
            if month := _published(paragraph.text):
                return month
        elif alone is None and at - named <= NEAR and _MONTH_ALONE.fullmatch(paragraph.text):
            alone = read_when(paragraph.text).month
    return alone


def _published(text: str) -> Month | None:
    found = _PUBLISHED.search(text)
    return read_when(" ".join(found[1].split()[:3]).rstrip(".,;)")).month if found else None


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    return (block for block in document.blocks if isinstance(block, Paragraph))
