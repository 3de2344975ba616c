"""The cells of each action into what they say: words, leads, dates, progress and colour."""

from __future__ import annotations

from collections.abc import Iterable

from waypost.files.reading.document import Line
from waypost.governance.improvement.reading.columns import Role
from waypost.governance.improvement.reading.leads import read_leads
from waypost.governance.improvement.reading.months import When, read_when
from waypost.governance.improvement.reading.plan import Action, Number
from waypost.governance.improvement.reading.rag import Rag, is_only_rag, read_rag
from waypost.governance.improvement.reading.raw import RawAction
from waypost.governance.improvement.reading.timescale import (
    Timescale,
    as_finish,
    as_start,
    has_labels,
    read_timescale,
)


def read_action(raw: RawAction, ref: str, number: Number | None) -> Action:
    timescale = _timescale(raw)
    rag, progress = _progress(raw)
    area = raw.recommendation.area if raw.recommendation and raw.recommendation.area else raw.area
    return Action(
        ref=ref,
        recommendation=number,
        letter=None if raw.ref is None else raw.ref.letter,
        text=raw.text,
        outcome=raw.words(Role.OUTCOME),
        leads=read_leads(line.text for line in raw.lines(Role.LEAD)),
        start=timescale.start,
        finish=timescale.finish,
        review=timescale.review,
        progress=progress,
        rag=rag,
        where=raw.wheres[0],
        wheres=tuple(raw.wheres),
        cells=tuple(raw.source),
        area=area.name if area else None,
    )


def _timescale(raw: RawAction) -> Timescale:
    """A column of its own says more than a label in a cell that holds all three."""
    parts = [_of_column(raw, role) for role in (Role.START, Role.FINISH, Role.REVIEW, Role.TIMESCALE)]
    return Timescale(
        start=_first(part.start for part in parts),
        finish=_first(part.finish for part in parts),
        review=_first(part.review for part in parts),
    )


def _first(whens: Iterable[When]) -> When:
    return next((when for when in whens if when.text), When())


def _of_column(raw: RawAction, role: Role) -> Timescale:
    lines = [line.text for line in raw.lines(role)]
    if not lines:
        return Timescale()
    heading = raw.cells[role][0][0].heading
    text = " ".join(lines)
    if role is Role.TIMESCALE or has_labels(text):
        return read_timescale(lines, heading)
    when = read_when(text, heading)
    if role is Role.START:
        return Timescale(start=as_start(when))
    return Timescale(finish=as_finish(when)) if role is Role.FINISH else Timescale(review=as_start(when))


def _progress(raw: RawAction) -> tuple[Rag | None, tuple[str, ...]]:
    """The colour, and the progress without it; words in a column of colours that are no colour are progress."""
    rag: Rag | None = None
    items: list[str] = []
    for role in (Role.PROGRESS, Role.RAG):
        for column, cell in raw.cells.get(role, ()):
            promised = role is Role.RAG or column.colour
            lines = list(cell.lines)
            fill = None if cell.fill in raw.banded else cell.fill
            if promised and rag is None:
                rag, lines = _colour(lines, fill)
            items += _items(lines)
    return rag, tuple(items)


def _colour(lines: list[Line], fill: str | None) -> tuple[Rag | None, list[Line]]:
    """The colour a cell gives by a line of its own, at its beginning, or behind it; and the lines that are left."""
    for at, line in enumerate(lines):
        if is_only_rag(line.text) and (len(lines) == 1 or not line.bullet):
            return read_rag(line.text, fill), lines[:at] + lines[at + 1 :]
    first = lines[0].text if lines and not lines[0].bullet else ""
    return read_rag(first, fill), lines


def _items(lines: list[Line]) -> list[str]:
    """One item a line; a line without a bullet goes on with the bullet above where it begins small."""
    items: list[str] = []
    after_bullet = False
    for line in lines:
        if after_bullet and not line.bullet and line.text[:1].islower():
            items[-1] += f" {line.text}"
            continue
        items.append(line.text)
        after_bullet = line.bullet
    return items
