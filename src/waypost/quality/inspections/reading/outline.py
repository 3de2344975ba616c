"""Telling headings from what stands under them. Levels are not trusted: converters give them by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from waypost.files.reading.document import Document, Paragraph

_LONGEST_HEADING = 120
_UNMARKED_HEADING = re.compile(
    r"(?:key findings|recommendations|summary|foreword|key judgements|our ratings?|case assessment score"
    r"|explanation of findings|what we expect to see|appendi(?:x|ces)\b.*|theme \d+\b.*)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:summary|executive summary|recommendations?(?:\(s\))?|foreword|contents|key judgements|acknowledgements"
    r"|appendi(?:x|ces)\b.*|background\b.*|.{0,80}\bimprovement plan\b.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that is not a heading; `heading` is the nearest above it, `part` the nearest that begins a part."""

    paragraph: Paragraph
    heading: Paragraph | None
    part: str
    since: tuple[str, ...]  # the headings since the part began, in order

    @property
    def under(self) -> str:
        return self.heading.text if self.heading else ""


def is_heading(paragraph: Paragraph) -> bool:
    """Marked as one, set in bold throughout, or one of the words that head a part of every inspection report."""
    if paragraph.level is not None:
        return True
    if paragraph.bullet or len(paragraph.text) > _LONGEST_HEADING:
        return False
    return paragraph.bold == (paragraph.text,) or _UNMARKED_HEADING.fullmatch(paragraph.text.rstrip(" :")) is not None


def passages(document: Document) -> Iterator[Passage]:
    """The passages in order."""
    heading: Paragraph | None = None
    part = ""
    since: list[str] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        if not is_heading(block):
            yield Passage(block, heading, part, tuple(since))
        elif not block.text.strip(" .").isdigit():  # a chapter's number alone on its page heads nothing
            heading = block
            if _PART.fullmatch(block.text):
                part, since = block.text.lower(), []
            since.append(block.text)
