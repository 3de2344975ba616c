"""Recommendations: what an inspection asks for, under whom it asks it of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.files.reading.document import Document, Paragraph

from .outline import is_heading
from .shape import Recommendation

_HEADING = re.compile(r"(?:our |key |main )?recommendations?", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"(?:the )?(?P<who>[^.:;]{3,100}?) should(?: ensure| make sure)?(?: that)?\s*[:–—-]?", re.IGNORECASE
)
_WHOLE = re.compile(
    r"the (?P<who>[^.:;]{3,80}?) (?:should|must|needs? to)(?: ensure| make sure)?(?: that)? (?P<text>\S.+)",
    re.IGNORECASE,
)
# Who a committee paper's own recommendations are addressed to.
_THE_COUNCIL = re.compile(r"\b(?:committee|members|councillors|cabinet|scrutiny)\b", re.IGNORECASE)


def read_recommendations(document: Document) -> tuple[Recommendation, ...]:
    """Those under a heading "Recommendations", each with its addressee; a committee's own are addressed to nobody."""
    return tuple(_recommendations(document))


def _recommendations(document: Document) -> Iterator[Recommendation]:
    inside, addressee = False, None
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        if named := _addressee(block) if inside else None:
            addressee = named
        elif inside and (recommendation := _recommendation(block, addressee)):
            yield recommendation
        elif is_heading(block):
            inside, addressee = bool(_HEADING.fullmatch(block.text.rstrip(" :"))), None


def _addressee(paragraph: Paragraph) -> str | None:
    found = _ADDRESSEE.fullmatch(paragraph.text)
    return found["who"] if found else None


def _recommendation(paragraph: Paragraph, addressee: str | None) -> Recommendation | None:
    if paragraph.level is not None or not (paragraph.bullet or paragraph.number is not None):
        return None
    found = _WHOLE.fullmatch(paragraph.text)
    if found and found["who"][0].isupper() and not _THE_COUNCIL.search(found["who"]):
        return Recommendation(found["text"], found["who"], paragraph.where)
    return Recommendation(paragraph.text, addressee, paragraph.where) if addressee else None
