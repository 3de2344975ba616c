"""Runs of text into the lines and paragraphs a reader sees: white space folded, typed bullets told from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .document import Line, Paragraph, Where


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set in one way."""

    text: str
    bold: bool = False
    italic: bool = False


# The glyphs word processors set before a list item. Ticks and stars are not here: they carry meaning of their own.
# \uf0xx are Word's Symbol and Wingdings bullets as they come out of PDF and of plain-text copies.
_ALWAYS = "•▪▫‣⁃◦●○■□◆➢►\uf0b7\uf0a7\uf0d8\uf0fc"
_BEFORE_SPACE = "-–—·o*"
_BULLET = re.compile(rf"\s*(?:[{_ALWAYS}]\s*|[{_BEFORE_SPACE}]\s+)(?=\S)")
_INNER_BULLET = re.compile(rf"\s(?=[{_ALWAYS}]\s)")

# "o" is also Welsh for "of" and "from": these are the words that commonly follow it at the start of a line.
_AFTER_WELSH_O = re.compile(
    r"(?:ionawr|chwefror|fawrth|ebrill|fai|fehefin|orffennaf|awst|fedi|hydref|dachwedd|ragfyr|leiaf|fewn|dan|ran|dro"
    r"|hyd|bryd|flaen|ganlyniad|blith|gwmpas|bob|bell|ddydd|wythnos|fis|hynny|hyn|leia)\b",
    re.IGNORECASE,
)

_NUMBER = re.compile(
    r"\s*(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)(?:[.)]\s+|\s+(?![a-z\s]))"
    r"|(?P<plain>\d{1,3})[.)]\s+|\((?P<ring>\d{1,3})\)\s+)(?=\S)"
)

_UNSEEN_CATEGORIES = {"Cc", "Cs"}
_UNSEEN = dict.fromkeys(
    [c for c in range(0x20) if not chr(c).isspace()]
    + [c for c in range(0x7F, 0xA0) if unicodedata.category(chr(c)) in _UNSEEN_CATEGORIES and c != 0x85]
    + [0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]
    + [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def seen(text: str) -> str:
    """The text without characters that draw nothing: controls, soft hyphens, direction marks."""
    return text if text.isascii() and text.isprintable() else text.translate(_UNSEEN)


def fold(text: str) -> str:
    return " ".join(seen(text).split())


def without_bullet(text: str) -> str | None:
    """The line's words after its typed bullet, or None where it begins with no bullet."""
    found = _BULLET.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    if found.group().strip() == "o" and _AFTER_WELSH_O.match(rest):
        return None
    return rest


def number_of(text: str) -> tuple[str | None, str]:
    """The number a paragraph begins with ("3.", "3.1", "(3)") and the words after it."""
    found = _NUMBER.match(text)
    if found is None:
        return None, text
    return found["dotted"] or found["plain"] or found["ring"], text[found.end() :]


def emphasised(runs: Iterable[Run], kind: str) -> tuple[str, ...]:
    """The stretches set in `kind`; white space alone does not part two of them."""
    stretches: list[str] = []
    open_ = False
    for run in runs:
        if getattr(run, kind):
            if open_:
                stretches[-1] += run.text
            else:
                stretches.append(run.text)
            open_ = True
        elif run.text.strip():
            open_ = False
        elif open_:
            stretches[-1] += run.text
    return tuple(folded for s in stretches if (folded := fold(s)))


def _shorten(runs: list[Run], by: int) -> list[Run]:
    """The runs without their first `by` characters."""
    if not by:
        return runs
    left: list[Run] = []
    for run in runs:
        cut = min(by, len(run.text))
        by -= cut
        if run.text[cut:]:
            left.append(Run(run.text[cut:], run.bold, run.italic))
    return left


def unbullet(runs: list[Run]) -> tuple[list[Run], bool]:
    text = "".join(run.text for run in runs)
    rest = without_bullet(text)
    return (runs, False) if rest is None else (_shorten(runs, len(text) - len(rest)), True)


def line_of(runs: list[Run], *, bullet: bool = False) -> Line | None:
    runs, typed = unbullet(runs)
    text = fold("".join(run.text for run in runs))
    return Line(text, bullet or typed, emphasised(runs, "bold")) if text else None


def _split_inner(runs: list[Run]) -> Iterator[list[Run]]:
    """A line that begins with a bullet and holds more of them is that many lines."""
    text = "".join(run.text for run in runs)
    start = 0
    if without_bullet(text) is not None:
        for found in _INNER_BULLET.finditer(text):
            if text[start : found.start()].strip():
                yield _shorten(_first(runs, found.start()), start)
                start = found.end()
    yield _shorten(runs, start)


def _first(runs: list[Run], length: int) -> list[Run]:
    kept: list[Run] = []
    for run in runs:
        if length <= 0:
            break
        kept.append(Run(run.text[:length], run.bold, run.italic))
        length -= len(run.text)
    return kept


def lines_of(rows: Iterable[tuple[list[Run], bool]]) -> tuple[Line, ...]:
    """Lines of (runs, is a list item); lines without words are left out."""
    found = []
    for runs, bullet in rows:
        found += [line for part in _split_inner(runs) if (line := line_of(part, bullet=bullet))]
    return tuple(found)


def paragraph_of(
    runs: list[Run], *, level: int | None = None, bullet: bool = False, number: str | None = None, where: Where
) -> Paragraph | None:
    """A paragraph of the runs, or None where nothing in them is seen."""
    typed = False
    if level is None:
        runs, typed = unbullet(runs)
    text = "".join(run.text for run in runs)
    if number is None:
        number, rest = number_of(text)
        runs = _shorten(runs, len(text) - len(rest))
    text = fold("".join(run.text for run in runs))
    if not text:
        return None
    return Paragraph(
        text=text,
        level=level,
        bullet=bullet or typed,
        number=number,
        bold=emphasised(runs, "bold"),
        italic=emphasised(runs, "italic"),
        where=where,
    )
