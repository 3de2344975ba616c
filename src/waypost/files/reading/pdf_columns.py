"""Tables without rules: lines whose words stand in columns, with the same gaps between them line after line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .lines import number_of, without_bullet
from .pdf_lines import Seen, pitch_of, runs_on
from .pdf_page import Box, Word, union

_Line = list[list[Seen]]  # for each column, what stands in it on one line

_GAP = 1.0  # between columns, by the size of the letters
_NARROWEST = 8.0  # points
_AFTER_MARK = 4.0
_PROSE = 6  # lines side by side, at least, to be newspaper columns
_APART = 2.6  # line to line within one table, by the size of the letters, unless its own rows stand further apart
_ALL_RULED = 3  # more rules than stand above, below and under the heading: they part all rows
_RULED = 0.6  # of the table's width: a rule that parts its rows


@dataclass(frozen=True, slots=True)
class Columned:
    """A table's rows: for each, for each column, its lines."""

    box: Box
    lines: int
    sides: tuple[tuple[float, float], ...]
    rows: tuple[tuple[tuple[Seen, ...], ...], ...]


def pieces_of(line: Seen) -> list[Seen]:
    """The line's words, parted where the gap is a column's; the gap after a bullet is the bullet's own."""
    found: list[list[Word]] = []
    for word in line.words:
        gap = word.box.x0 - found[-1][-1].box.x1 if found else 0.0
        far = gap > max(_NARROWEST, _GAP * word.size)
        if found and (not far or (_is_mark(found[-1]) and gap < _AFTER_MARK * word.size)):
            found[-1].append(word)
        else:
            found.append([word])
    return [Seen(tuple(words), union(word.box for word in words)) for words in found]


def _is_mark(words: list[Word]) -> bool:
    text = f"{words[0].text} x"
    return len(words) == 1 and (words[0].drawn or without_bullet(text) == "x")


def columned(lines: list[Seen], rules: list[Box]) -> Iterator[tuple[float, Columned | Seen]]:
    """The lines in order, each with its place down the page: tables in place of theirs, prose column after column."""
    parted = [pieces_of(_without_list_mark(line)) for line in lines]
    at = 0
    while at < len(lines):
        end = _block_end(lines, parted, at) if len(parted[at]) > 1 else at
        table = _table(parted[at:end], rules) if end - at > 1 else None
        prose = _prose(parted[at:end]) if table is None else []
        if table is not None:
            yield table.box.top, table
            at += table.lines
        elif prose:
            yield from ((lines[at].box.top + place / 1e6, line) for place, line in enumerate(prose))
            at = end
        else:
            yield lines[at].box.top, lines[at]
            at += 1


def _prose(parted: list[list[Seen]]) -> list[Seen]:
    """The lines of text set in newspaper columns, first column first; nothing where it is not."""
    pieces = [piece for line in parted for piece in line]
    middles = [(a + b) / 2 for a, b in _gutters(pieces)]
    both = sum(len(line) > 1 for line in parted)
    if len(middles) != 1 or both < _PROSE:
        return []
    return [p for p in pieces if p.box.x1 <= middles[0]] + [p for p in pieces if p.box.x1 > middles[0]]


def _without_list_mark(line: Seen) -> Seen:
    """The gap after a list's bullet or number is no column's."""
    first = line.words[0]
    if len(line.words) > 1 and (without_bullet(f"{first.text} x") == "x" or number_of(f"{first.text} x")[1] == "x"):
        joined = Box(first.box.x0, first.box.top, line.words[1].box.x0 - 1, first.box.bottom)
        marked = Word(first.text, joined, first.size, first.bold, first.italic, drawn=first.drawn)
        return Seen((marked, *line.words[1:]), line.box)
    return line


def _gutters(pieces: list[Seen]) -> list[tuple[float, float]]:
    """The strips no words stand in."""
    found: list[tuple[float, float]] = []
    reach = None
    for box in sorted((piece.box for piece in pieces), key=lambda b: b.x0):
        if reach is not None and box.x0 - reach > _NARROWEST / 2:
            found.append((reach, box.x0))
        reach = box.x1 if reach is None else max(reach, box.x1)
    return found


def _block_end(lines: list[Seen], parted: list[list[Seen]], start: int) -> int:
    """The first line after `start` that stands too far off, or whose words fill all but one of the gaps so far."""
    kept = list(parted[start])
    widest = 0.0
    at = start + 1
    while at < len(lines):
        step = lines[at].box.bottom - lines[at - 1].box.bottom
        usual = max(_APART * lines[at].size, 1.5 * widest)
        before = len(_gutters(kept))
        after = len(_gutters([*kept, *parted[at]]))
        if step > usual or (after < before and after < 2) or (len(parted[at]) == 1 and after < before):
            break
        kept += parted[at]
        widest = max(widest, step)
        at += 1
    return at


def _table(parted: list[list[Seen]], rules: list[Box]) -> Columned | None:
    pieces = [piece for line in parted for piece in line]
    gutters = _gutters(pieces)
    if not gutters:
        return None
    left, right = min(p.box.x0 for p in pieces), max(p.box.x1 for p in pieces)
    edges = [left - 1, *((a + b) / 2 for a, b in gutters), right + 1]
    sides = tuple(pairwise(edges))
    placed = [[[p for p in line if a <= p.box.middle[0] < b] for a, b in sides] for line in parted]
    box = Box(left, pieces[0].box.top, right, pieces[-1].box.bottom)
    starts = [0, *_starts(placed, parted, Box(left, box.top, right, box.bottom), sides, rules), len(placed)]
    rows = [_row(placed[a:b]) for a, b in pairwise(starts)]
    # What stands at the left margin below the last row is the next paragraph.
    while len(rows) > 1 and not any(rows[-1][1:]):
        rows.pop()
    many = sum(sum(bool(column) for column in row) > 1 for row in rows)
    if many < 2 or (len(sides) == 2 and not _names_and_values(placed, len(rows))):
        return None
    return Columned(box, starts[len(rows)], sides, tuple(rows))


def _names_and_values(placed: list[_Line], rows: int) -> bool:
    """Two columns are a table when the first is short names; otherwise they are prose set in columns."""
    firsts = [line[0][0] for line in placed if line[0]]
    widest = max((piece.box.width for piece in firsts), default=0.0)
    seconds = max((line[1][0].box.width for line in placed if line[1]), default=0.0)
    words = sorted(len(piece.words) for piece in firsts)
    return rows >= 3 and words[len(words) // 2] <= 6 and (widest < 0.7 * seconds or words[-1] <= 6)


def _row(lines: list[_Line]) -> tuple[tuple[Seen, ...], ...]:
    return tuple(tuple(piece for line in lines for piece in line[column]) for column in range(len(lines[0])))


def _starts(
    placed: list[_Line], parted: list[list[Seen]], box: Box, sides: tuple[tuple[float, float], ...], rules: list[Box]
) -> Iterator[int]:
    """The lines that begin a row, but for the first."""
    tops = [min(p.box.top for p in line) for line in parted]
    bottoms = [median(word.box.bottom for p in line for word in p.words) for line in parted]
    size = min(p.size for line in parted for p in line)
    steps = [below - above for above, below in pairwise(bottoms)]
    least = max(min(steps, default=0.0), 0.9 * size)
    uneven = max(steps, default=0.0) > 1.2 * least
    cuts = [
        rule.top
        for rule in rules
        if min(rule.x1, box.x1) - max(rule.x0, box.x0) > _RULED * box.width
        and box.top - _NARROWEST < rule.top < box.bottom + _NARROWEST
    ]
    rooms = [Box(a, box.top, b, box.bottom) for a, b in sides]
    for at, line in enumerate(placed[1:], start=1):
        ruled = any(bottoms[at - 1] - 2 < cut < tops[at] + 2 for cut in cuts)
        if ruled or len(cuts) > _ALL_RULED:
            begins = ruled
        elif uneven:
            begins = steps[at - 1] > 1.1 * least and _starts_anew(placed[at - 1], line, rooms, alone=bool(line[0]))
        else:
            begins = _starts_anew(placed[at - 1], line, rooms, alone=False)
        if begins:
            yield at


def _starts_anew(above: _Line, line: _Line, rooms: list[Box], *, alone: bool) -> bool:
    """Whether most columns begin something here; a single one counts only where it can be alone."""
    restarts = breaks = running = 0
    for before, now, room in zip(above, line, rooms, strict=True):
        if not now or (before and without_bullet(now[0].text) is not None):
            continue
        if not before:
            restarts += 1
        elif before[-1].words[0].bold != now[0].words[0].bold:
            breaks += 1
        elif runs_on(before[-1], now[0], room, 0.0, pitch_of([before[-1], now[0]])):
            running += len(before[-1].words) > 1  # a word alone fills a narrow column whatever follows it
        else:
            breaks += 1
    new = restarts + breaks > running and (restarts > 0 or running == 0)
    return new and (alone or sum(map(bool, line)) > 1)
