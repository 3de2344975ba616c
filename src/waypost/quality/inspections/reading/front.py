"""What a report says of itself: where it inspected, who led, when it was published, how many cases were read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waypost.files.reading.document import Document, Paragraph

from .moments import MONTH, months_in, stretches_in
from .statements import Statement

_PLACE = r"[A-Z][\w’'-]*(?:\s+(?:and\s+|upon\s+|on\s+|with\s+|of\s+|the\s+|&\s+)?[A-Z][\w’'-]*)*"
_TITLE_ENDS = re.compile(rf"\b[Ii]nspection\b.{{0,200}}\bin\s+(?P<area>{_PLACE})(?:\s+\d{{4}})?\s*$")
_SERVICE = re.compile(
    rf"\b[Ii]nspection\s+(?:of|at)\s+(?:the\s+)?(?P<area>{_PLACE}?)\s+"
    r"(?i:youth (?:justice|offending)|youth support|YJS|YOS|YOT)\b"
)
_RUNNING_TEXT = re.compile(rf"\b[Ii]nspection\s+of\s+[a-z][a-z ]{{1,80}}\s+in\s+(?P<area>{_PLACE})")
_BODY_NAME = r"[A-Z][\w’'-]*(?:\s+(?:of\s+|for\s+|and\s+|in\s+)?[A-Z][\w’'-]*)*"
_LED = re.compile(rf"(?i:\binspections?\b[^.]{{0,300}}?\bled\s+by\s+(?:the\s+)?)(?P<body>{_BODY_NAME})")
_CHIEF = re.compile(rf"\b(?:HM|His Majesty’s|Her Majesty’s) Chief Inspector (?P<of>of {_BODY_NAME})")
_DAY_OR_MONTH = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<month>{MONTH})\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:inspection|report)\b[^.]{0,300}?\b(?:was|were|is)\s+published\b(?P<rest>[^.]*)|^published\s*:?(?P<label>.*)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:review|previous|earlier|last|thematic|annual|draft)\b", re.IGNORECASE)
_CASES = re.compile(
    r"\b(?:(?P<first>\d{1,4})\s+(?:individual\s+)?cases\s+were\s+(?:inspected|examined|assessed)"
    r"|(?:inspected|examined|looked at|sample of)\s+(?:[a-z ]{0,60}?)(?P<after>\d{1,4})\s+(?:individual\s+)?cases)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Publication:
    month: str  # "2015-05"
    day: date | None = None


def area(document: Document) -> str | None:
    """The place in the report's title, else in the first sentence that speaks of an inspection in a place."""
    titled = _title(document)
    if titled is not None:
        return titled[1]
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    in_text = (found for pattern in (_RUNNING_TEXT, _SERVICE) for text in paragraphs if (found := pattern.search(text)))
    first = next(in_text, None)
    return first["area"] if first else None


def _title(document: Document) -> tuple[int, str] | None:
    """Which block is the report's title, and the place it names. A heading in capitals is a committee paper's."""
    for pattern in (_TITLE_ENDS, _SERVICE):
        for index, block in enumerate(document.blocks):
            if isinstance(block, Paragraph) and block.level is not None and (found := pattern.search(block.text)):
                return index, found["area"]
    return None


def body(said: Iterable[Statement]) -> str | None:
    """Who led the inspection, else the inspectorate whose chief signed it."""
    texts = [each.text for each in said]
    if found := next((found for text in texts if (found := _LED.search(text))), None):
        return found["body"]
    signed = next((found for text in texts if (found := _CHIEF.search(text))), None)
    return f"HM Inspectorate {signed['of']}" if signed else None


def published(document: Document, said: Iterable[Statement]) -> Publication | None:
    """When a sentence says it was published, else the first date alone on its line in the report."""
    for each in said:
        found = _PUBLISHED.search(each.text)
        if found is None or _ANOTHER.search(each.text[: found.end() - len(found["rest"] or "")]):
            continue
        if when := _publication(found["rest"] or found["label"] or ""):
            return when
    title = _title(document)
    report = document.blocks[title[0] if title else 0 :]
    alone = (block.text.strip(" .") for block in report if isinstance(block, Paragraph))
    return next((_publication(text) for text in alone if _DAY_OR_MONTH.fullmatch(text)), None)


def _publication(text: str) -> Publication | None:
    days, months = stretches_in(text), months_in(text)
    if days:
        return Publication(f"{days[0][0]:%Y-%m}", days[0][0])
    return Publication(f"{months[0][0]}-{months[0][1]:02}") if months else None


def cases(said: Iterable[Statement]) -> int | None:
    """How many cases were read, as the report first says it."""
    found = next((found for each in said if (found := _CASES.search(each.text))), None)
    return int(found["first"] or found["after"]) if found else None
