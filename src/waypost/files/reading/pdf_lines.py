"""A PDF's words into the lines a person sees, and those into the lines a person meant.

A line goes on in the next one when that one's first word would not have fitted on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from .lines import Run, number_of, without_bullet
from .pdf_page import Box, Word, is_rtl, union

_USUAL_PITCH = 1.25  # line to line, by the size of the letters
_WIDEST_PITCH = 1.9
_LOOSER = 1.3  # so much wider than usual, and a new paragraph begins
_TOUCHING = 0.08
_SPACE = 0.25
_SLACK = 0.1
_DASH = re.compile(r"[-–—]\s")
_CLINGS = re.compile(r"[/)\]}!?,.;:%]+")
_HYPHENED = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as it stands on the page, its words from left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def size(self) -> float:
        # The first word may be a bullet, which programs set larger or smaller than the words after it.
        return max(word.size for word in self.words[1:] or self.words)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def runs(self) -> list[Run]:
        return list(_runs(_read_order(self.words)))


def seen_lines(words: Iterable[Word]) -> list[Seen]:
    """From top to bottom; words that share most of their height stand on one line."""
    upright = [word for word in words if word.angle % 2 == 0]
    turned = [word for word in words if word.angle % 2]
    if not turned:
        return list(_banded(upright))
    around = union(word.box for word in turned)
    return [*_banded(upright), *(replace(line, box=around) for line in _banded([_upright(word) for word in turned]))]


def _upright(word: Word) -> Word:
    """A word set up or down the page, turned so that its lines can be read; its place is then only relative."""
    box = word.box
    turned = (
        Box(-box.bottom, box.x0, -box.top, box.x1) if word.angle == 3 else Box(box.top, -box.x1, box.bottom, -box.x0)
    )
    return replace(word, box=turned, angle=0)


def _banded(words: list[Word]) -> Iterator[Seen]:
    held: list[Word] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda w: w.box.top + w.box.bottom):
        middle = (word.box.top + word.box.bottom) / 2
        if held and not top <= middle <= bottom:
            yield from _line(held)
            held = []
        if not held:
            top, bottom = word.box.top, word.box.bottom
        held.append(word)
        if not word.drawn and word.box.bottom - word.box.top > bottom - top:
            top, bottom = word.box.top, word.box.bottom
    yield from _line(held)


def _line(words: list[Word]) -> Iterator[Seen]:
    ordered = sorted(words, key=lambda w: w.box.x0)
    # A bullet that is a shape is one only before words; elsewhere it is a drawing.
    kept = [word for at, word in enumerate(ordered) if not word.drawn or (at == 0 and len(ordered) > 1)]
    if kept and kept[0].drawn and kept[1].box.x0 - kept[0].box.x1 > 3 * kept[1].size:
        kept = kept[1:]
    if kept:
        yield Seen(tuple(kept), union(word.box for word in kept))


def _is_rtl(text: str) -> bool:
    return not text.isascii() and any(is_rtl(letter) for letter in text)


def _read_order(words: tuple[Word, ...]) -> list[Word]:
    """Left to right, except that right-to-left words are read from the right."""
    backward = [_is_rtl(word.text) for word in words]
    if not any(backward):
        return list(words)
    if without_bullet(f"{words[0].text} x") == "x":
        return [words[0], *_read_order(words[1:])]  # set apart at the left, whichever way its words are read
    mostly = sum(backward) * 2 > sum(any(letter.isalpha() for letter in word.text) for word in words)
    ordered, against = list(words), backward
    if mostly:
        ordered, against = ordered[::-1], [not back for back in backward[::-1]]
    found: list[Word] = []
    held: list[Word] = []
    for word, other_way in zip(ordered, against, strict=True):
        if other_way:
            held.insert(0, word)
        else:
            found += [*held, word]
            held = []
    return found + held


def _runs(words: list[Word]) -> Iterator[Run]:
    before: Word | None = None
    for word in words:
        gap = 0.0 if before is None else max(word.box.x0 - before.box.x1, before.box.x0 - word.box.x1)
        joined = before is None or (gap < _TOUCHING * word.size and (word.glued or gap > -_TOUCHING * word.size))
        yield Run(word.text if joined else f" {word.text}", word.bold, word.italic)
        before = word


def pitch_of(lines: list[Seen]) -> float:
    """The closest that lines of one size follow each other, by that size."""
    steps = [_step(above, below) for above, below in pairwise(lines) if _alike(above, below)]
    return min((step for step in steps if 1.0 <= step <= _WIDEST_PITCH), default=_USUAL_PITCH)


def _step(above: Seen, below: Seen) -> float:
    return (below.box.bottom - above.box.bottom) / max(above.size, 1.0)


def _alike(above: Seen, below: Seen) -> bool:
    return abs(above.size - below.size) <= 0.15 * above.size


@dataclass(frozen=True, slots=True)
class Meant:
    """A line as it was written, over as many lines as it needed."""

    runs: list[Run]
    size: float


def meant_lines(lines: list[Seen], room: Box) -> list[Meant]:
    """The lines joined where they ran on, in a column or cell of that room."""
    found: list[Meant] = []
    if not lines:
        return found
    margin = max(0.0, min(min(line.box.x0 for line in lines) - room.x0, room.x1 - max(line.box.x1 for line in lines)))
    pitch = pitch_of(lines)
    dashed = [_DASH.match(line.text) is not None for line in lines]
    lone_dash = sum(dashed) == 1 and not dashed[0]
    before: Seen | None = None
    for line in lines:
        if before is not None and runs_on(before, line, room, margin, pitch, lone_dash=lone_dash):
            runs = found[-1].runs
            space = [] if _HYPHENED.search(runs[-1].text) else [Run(" ")]
            found[-1] = Meant([*runs, *space, *line.runs], found[-1].size)
        else:
            found.append(Meant(line.runs, line.size))
        before = line
    return found


def _unbroken(words: list[Word]) -> list[Word]:
    """The first word and what no line is broken before: its other half, or a stroke or stop that stands alone."""
    end = 1
    while end < len(words) and (words[end].glued or _CLINGS.fullmatch(words[end].text)):
        end += 1
    return words[:end]


def runs_on(line: Seen, below: Seen, room: Box, margin: float, pitch: float, *, lone_dash: bool = False) -> bool:
    """Whether the lower line is the upper one's end: they follow closely, and its first word had no room above.

    `lone_dash`: among these lines one begins with a dash, and not the first; a list would have more of them.
    """
    text = below.text
    is_item = without_bullet(text) is not None and not (lone_dash and _DASH.match(text))
    if is_item or number_of(text)[0] is not None:
        return False
    if not _alike(line, below) or _step(line, below) > _LOOSER * pitch:
        return False
    if _HYPHENED.search(line.text) and text[:1].islower():
        return True
    first = _unbroken(_read_order(below.words))
    needed = _SPACE * line.size + union(word.box for word in first).width - _SLACK
    if _is_rtl(first[0].text):
        return line.box.x0 - needed < room.x0 + margin or line.box.width + needed > room.width - 2 * margin
    return line.box.x1 + needed > room.x1 - margin or line.box.width + needed > room.width - 2 * margin
