"""Headings of areas and recommendations: the number, the area before it, the words after it.

A label is dropped only where its number is kept: "Recommendation 3: …" and "(3) …" become number 3 and the words; the
name of an area stays as printed, number and all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from waypost.files.reading.document import Line


@dataclass(frozen=True, slots=True)
class HeadingText:
    """What one heading cell says; empty parts are not in it."""

    area: str = ""
    number: str = ""
    text: str = ""


_N = r"\d{1,2}(?:\.\d{1,2})*"
_RING = re.compile(r"\(\s*(?P<number>\d{1,3}(?:\.\d{1,2})*)\s*\)\s*[.:–-]?\s*(?=\S)")
_LABEL = re.compile(
    rf"^(?:(?:recommendation|rec|argymhelliad)\b|r(?=\d))\.?\s*(?:no\b\.?|number)?\s*\(?(?P<number>{_N})\)?\s*[:.)–—-]?\s*",
    re.I,
)
_NUMBERED = re.compile(rf"^(?P<number>{_N})\s*(?:[.):–—-]\s*|\s+)(?=[^\W\da-z_])")
_AREA_LABEL = re.compile(
    r"^(?:(?:key |improvement |strategic )?"
    r"(?:area|theme|priority|domain|strand|standard|workstream|pillar|section|part)"
    r"|maes|thema|blaenoriaeth|adran)\b\s*(?:\d{1,2}|[A-Z])?\s*(?:[:.–—-]|$)",
    re.I,
)
_SHORT = 8  # words; an area's name is no longer than that
_LOUDEST = 6  # letters; a run of capitals with no longer word may be initials


def read_heading(lines: Sequence[Line]) -> HeadingText:
    """A cell of the recommendation's column: "AREA (2) words", bold or in capitals, or any part of that."""
    text = " ".join(line.text for line in lines).strip()
    if labelled := _LABEL.match(text):
        return HeadingText(number=labelled["number"], text=text[labelled.end() :])
    area, rest = _area_before(lines, text)
    if found := _RING.match(rest) or _LABEL.match(rest) or _NUMBERED.match(rest):
        return HeadingText(area, found["number"], rest[found.end() :])
    return HeadingText(area, "", rest)


def is_area_label(text: str) -> bool:
    return bool(_AREA_LABEL.match(text))


def is_recommendation_label(text: str) -> bool:
    return bool(_LABEL.match(text) or _RING.match(text))


def starts_with_number(text: str) -> bool:
    return bool(_LABEL.match(text) or _RING.match(text) or _NUMBERED.match(text))


def is_loud(lines: Sequence[Line]) -> bool:
    """Bold throughout, or in capitals: set to be seen as a heading."""
    text = " ".join(line.text for line in lines)
    return _in_capitals(text) or (bool(lines) and all(" ".join(line.bold) == line.text for line in lines))


def runs_on(text: str, before: str) -> bool:
    """Whether words continue those before them: they begin small, or the others broke off without a stop."""
    begins = text.lstrip("“\"'‘( ")[:1]
    return begins.islower() or begins in ",;)" or (bool(before) and before.rstrip()[-1:] in ",;–-(&/")


def broke_off(before: str) -> bool:
    return bool(before) and before.rstrip()[-1:] not in '.!?:”"’)'


def _area_before(lines: Sequence[Line], text: str) -> tuple[str, str]:
    """The area's name before the recommendation's words, and those words."""
    for name in _candidates(lines, text):
        rest = text[len(name) :].lstrip(" :–—-\t")
        if not rest or starts_with_number(rest):
            return (name, rest) if not starts_with_number(name) or rest else ("", text)
        if _in_capitals(name) and rest[0].isupper() and not _in_capitals(rest):
            return name, rest
    return "", text


def _candidates(lines: Sequence[Line], text: str) -> list[str]:
    """What may be the area's name: the bold the cell begins with, its capitals, its first line."""
    found = []
    bold = lines[0].bold[0] if lines and lines[0].bold else ""
    if bold and text.startswith(bold) and len(bold.split()) <= _SHORT and (len(bold) < len(text) or _in_capitals(bold)):
        found.append(bold.rstrip(" :"))
    words = text.split(" ")
    loud = next((at for at, word in enumerate(words) if not _is_loud_word(word)), len(words))
    capitals = " ".join(words[:loud]).rstrip(" :–—-")
    if capitals and _in_capitals(capitals):
        found.append(capitals)
    if len(lines) > 1 and len(lines[0].text.split()) <= _SHORT and starts_with_number(lines[1].text):
        found.append(lines[0].text)
    return found


def _is_loud_word(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return (not letters and not any(char.isdigit() for char in word)) or (bool(letters) and word == word.upper())


def _in_capitals(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return text == text.upper() and text != text.lower() and any(len(word) >= _LOUDEST for word in words)
