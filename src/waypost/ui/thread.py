"""The thread: stages are columns, strands are rows, and a cut is where the line frays and stops. Pure.

One list of strands gives the picture (SVG), the list beside it and the strip of a single strand.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise


class Kind(StrEnum):
    """What a knot is; the value is the class it is drawn with."""

    RECORDED = "ok"
    SAID = "said"  # somebody's own words
    NEXT = "next"  # still to come
    MISSING = "none"  # should be there and is not: the cut
    HERE = "here"  # the page the reader is on
    WAIT = "wait"  # cannot come yet: words and no knot

    @property
    def holds(self) -> bool:
        """Whether a line can be tied to it."""
        return self not in {Kind.MISSING, Kind.WAIT}


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Knot:
    """One thing on the thread. `mend` is the link beside what is missing; `joins` names a knot that strands share."""

    stage: str
    text: str
    href: str = ""
    kind: Kind = Kind.RECORDED
    note: str = ""
    mend: str = ""
    mark: str = ""  # a warning before the text: "Worse"
    joins: str = ""


@dataclass(frozen=True, slots=True)
class Strand:
    knots: tuple[Knot, ...]

    @property
    def is_cut(self) -> bool:
        return any(knot.kind is Kind.MISSING for knot in self.knots)


@dataclass(frozen=True, slots=True)
class Thread:
    """Strands over stages; a knot of an unknown stage, or stages out of order in a strand, is refused."""

    label: str
    stages: tuple[Stage, ...]
    strands: tuple[Strand, ...]
    columns: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", {stage.key: place for place, stage in enumerate(self.stages)})
        for strand in self.strands:
            places = [self.columns[knot.stage] for knot in strand.knots]
            if places != sorted(set(places)):
                raise ValueError(f"stages out of order: {[knot.stage for knot in strand.knots]}")

    def name_of(self, knot: Knot) -> str:
        return self.stages[self.columns[knot.stage]].name

    def cut_first(self) -> Thread:
        return Thread(self.label, self.stages, tuple(sorted(self.strands, key=lambda strand: not strand.is_cut)))

    def title_of(self, number: int) -> str:
        """'Strand 2 of 5: cut'; of one strand, 'This strand is cut'."""
        state = "cut" if self.strands[number].is_cut else "whole"
        return f"Strand {number + 1} of {len(self.strands)}: {state}" if self.strands[1:] else f"This strand is {state}"


class Tie(StrEnum):
    """How two neighbours on a strand hang together; the value is the class of the line in a strip."""

    SOLID = "solid"
    DOTTED = "dotted"
    FRAYS_OUT = "out"  # the left one holds, the right one is missing
    FRAYS_IN = "in"  # the right one holds, with nothing behind it
    NONE = ""


def tie(left: Knot, right: Knot) -> Tie:
    """A line needs two ends; with one it frays, unless the other is only waiting for its turn."""
    if left.kind.holds and right.kind.holds:
        return Tie.DOTTED if Kind.NEXT in {left.kind, right.kind} else Tie.SOLID
    if left.kind.holds:
        return Tie.FRAYS_OUT if right.kind is Kind.MISSING else Tie.NONE
    return Tie.FRAYS_IN if right.kind.holds else Tie.NONE


@dataclass(frozen=True, slots=True)
class Cell:
    """A knot of a strip, and the tie towards the next one."""

    knot: Knot
    stage: str
    tie: Tie
    frayed: bool  # the list under a thread marks the end that hangs loose


def cells(thread: Thread, strand: Strand) -> list[Cell]:
    rights: list[Knot | None] = [*strand.knots[1:], None]
    return [
        Cell(knot, thread.name_of(knot), now := tie(knot, right) if right else Tie.NONE, now is Tie.FRAYS_OUT)
        for knot, right in zip(strand.knots, rights, strict=True)
    ]


def strip_cells(thread: Thread, strand: Strand) -> list[Cell]:
    """A strip stands under the stages' names, so it needs a knot for each of them."""
    if len(strand.knots) != len(thread.stages):
        raise ValueError(f"a strip of {len(thread.stages)} stages was given {len(strand.knots)} knots")
    return cells(thread, strand)


# The picture -----------------------------------------------------------------------------------------------------

WIDTH = 1140
FIRST_ROW = 62  # below the stages' names and their rule
LABEL, LINE, NOTE, GAP = 30, 19, 18, 37  # from knot to first line, line to line, to the note, to the next row
KNOT = 9  # where a line leaves a knot
BEND = 11  # the corner of a line that changes its row
FRAY = 6 / 11  # how far towards the next column a cut strand reaches
LETTER, SERIF_LETTER, SMALL_LETTER = 7.6, 8.4, 7.1  # mean width of a letter at 15, 16 (serif) and 14 pixels


@dataclass(frozen=True, slots=True)
class Label:
    """One line of a knot's words, so far below the knot, in a class of its own."""

    below: int
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A knot where it is drawn, its words cut into lines that fit its column."""

    knot: Knot
    stage: str
    x: float
    y: float
    width: float
    labels: tuple[Label, ...]

    @property
    def height(self) -> float:
        return (self.labels[-1].below if self.labels else 0) + KNOT * 2

    @property
    def said_aloud(self) -> str:
        knot = self.knot
        return f"{self.stage}: {' '.join(part for part in (knot.mark, knot.text, knot.mend, knot.note) if part)}"


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    dotted: bool = False
    frays: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    height: float
    stages: tuple[tuple[float, str], ...]
    knots: tuple[Placed, ...]
    lines: tuple[Line, ...]
    width: float = WIDTH


def picture(thread: Thread) -> Picture:
    """Where everything stands; a shared knot stands once, in the middle row of the strands that share it."""
    step = WIDTH / len(thread.stages)
    rows = list(_rows(thread, step))
    places: dict[tuple[int, int], Placed] = {}
    drawn: list[Placed] = []
    for number, (_, strand) in enumerate(rows):
        for knot in strand.knots:
            column = thread.columns[knot.stage]
            home = _home(thread, knot) if knot.joins else number
            placed = _placed(thread, knot, column * step, rows[home][0], step)
            places[number, column] = placed
            if home == number:
                drawn.append(placed)
    lines = dict.fromkeys(
        line for number, (_, strand) in enumerate(rows) for line in _lines(thread, strand, places, number)
    )
    bottom = max((placed.y + placed.height for placed in drawn), default=FIRST_ROW)
    stages = tuple((place * step, stage.name) for place, stage in enumerate(thread.stages))
    return Picture(round(bottom + 4), stages, tuple(drawn), tuple(lines))


def _rows(thread: Thread, step: float) -> Iterator[tuple[float, Strand]]:
    y: float = FIRST_ROW
    for strand in thread.strands:
        yield y, strand
        y += max(_placed(thread, knot, 0, 0, step).height for knot in strand.knots) - KNOT * 2 + GAP


def _home(thread: Thread, knot: Knot) -> int:
    sharing = [n for n, strand in enumerate(thread.strands) if any(k.joins == knot.joins for k in strand.knots)]
    return sharing[len(sharing) // 2]


def _placed(thread: Thread, knot: Knot, x: float, y: float, step: float) -> Placed:
    return Placed(knot, thread.name_of(knot), x, y, step - 14, tuple(_labels(knot, step - 16)))


def _labels(knot: Knot, width: float) -> Iterator[Label]:
    below = 0
    for css, words, letter, pitch in _texts(knot):
        for part in textwrap.wrap(words, int(width / letter)):
            below += pitch if below else LABEL
            yield Label(below, css.strip(), part)


def _texts(knot: Knot) -> Iterator[tuple[str, str, float, int]]:
    """What stands under a knot: class, words, width of a letter, distance from the line above."""
    linked = "wp-link" if knot.href else ""
    if knot.kind is Kind.SAID:
        yield f"{linked} wp-words", f"“{knot.text}”", SERIF_LETTER, LINE
    elif knot.kind is Kind.MISSING:
        yield "wp-gap", knot.text, LETTER, LINE
        yield linked, knot.mend, LETTER, LINE
    else:
        yield ("wp-sub" if knot.kind is Kind.WAIT else linked), f"{knot.mark} {knot.text}".strip(), LETTER, LINE
    yield "wp-sub", knot.note, SMALL_LETTER, NOTE


def _lines(thread: Thread, strand: Strand, places: dict[tuple[int, int], Placed], number: int) -> Iterator[Line]:
    """What ties a strand's neighbours where they stand; strands that share both ends give the same line."""
    for left, right in pairwise(strand.knots):
        a, b = (places[number, thread.columns[knot.stage]] for knot in (left, right))
        start, end = a.x + 10, b.x + 10
        reach = (end - start) * FRAY
        match tie(left, right):
            case Tie.SOLID | Tie.DOTTED as how:
                yield Line(_path(start + KNOT, a.y, end - KNOT, b.y), dotted=how is Tie.DOTTED)
            case Tie.FRAYS_OUT:
                yield Line(f"M{start + KNOT:g} {a.y:g}H{start + reach:.1f}")
                yield Line(_frayed(start + reach, a.y, 1), frays=True)
            case Tie.FRAYS_IN:
                yield Line(_frayed(end - reach, b.y, -1), frays=True)
                yield Line(f"M{end - reach:.1f} {b.y:g}H{end - KNOT:g}")


def _path(x: float, y: float, to_x: float, to_y: float) -> str:
    """Straight, or down (up) to another row between two columns, where no words stand."""
    if y == to_y:
        return f"M{x:g} {y:g}H{to_x:g}"
    turn = BEND if to_y > y else -BEND
    return f"M{x:g} {y:g}H{to_x - 2 * BEND:g}q{BEND} 0 {BEND} {turn}V{to_y - turn:g}q0 {turn} {BEND} {turn}"


def _frayed(x: float, y: float, way: int) -> str:
    at = f"M{x:.1f} {y:g}"
    return f"{at}l{14 * way} -9{at}l{17 * way} -1{at}l{13 * way} 8"
