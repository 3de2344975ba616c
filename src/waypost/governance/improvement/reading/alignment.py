"""Which cell is under which heading, by the headings' order and by what stands in the cells.

A row may have more cells than its heading (the letter has a cell nobody named) or as many, shifted (the letter stands
where the recommendation was). Each cell is scored for how well it fits each role, and the best placing that keeps the
headings' order is taken: first for all rows of a width together, then again for a row that the common placing misfits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from waypost.governance.improvement.reading.columns import Column, Headings, Role
from waypost.governance.improvement.reading.fitting import Look, look_of, score
from waypost.governance.improvement.reading.layout import GridRow, Slot

IN_PLACE = 1.0  # a cell exactly under its heading
AS_OTHERS = 1.5  # a cell placed as the table's other rows place it
UNPLACED = -6.0  # a cell with words that no heading takes
UNNAMED = -0.5  # a ref in a column without a heading
MISFIT = -2.0  # a score this low sends a row to be placed by itself
A_REF_NOBODY_NAMED = Column(Role.REF, "", -1)

Looks = tuple[tuple[int, Look | None], ...]
Worth = Callable[[int, Column], float]


@dataclass(frozen=True, slots=True)
class Placing:
    """Column of the grid → the heading it is under."""

    columns: Mapping[int, Column] = field(default_factory=dict)

    def of(self, slot: Slot) -> Column | None:
        return self.columns.get(slot.at)


def place_rows(headings: Headings, rows: list[GridRow]) -> list[Placing]:
    """The placing of each row, in the rows' order. A row that is one wide cell takes part in none."""
    widths: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        widths[row.width].append(index)
    looks = [_looks(row) for row in rows]
    placings = [Placing()] * len(rows)
    for indexes in widths.values():
        common = _best(headings, [looks[index] for index in indexes], None)
        known: dict[Looks, Placing] = {}
        for index in indexes:
            alike = looks[index]
            if alike not in known:
                misfit = any(look is not None and _misfits(look, common.columns.get(at)) for at, look in alike)
                known[alike] = _best(headings, [alike], common) if misfit else common
            placings[index] = known[alike]
    return placings


def fit(headings: Headings, rows: list[GridRow]) -> float:
    """How well rows sit under headings that are not theirs: the mean score of their cells."""
    scores = [
        score(look, column.role) if (column := placing.columns.get(at)) else UNPLACED
        for placing, row in zip(place_rows(headings, rows), rows, strict=True)
        for at, look in _looks(row)
        if look is not None
    ]
    return sum(scores) / len(scores) if scores else UNPLACED


def _looks(row: GridRow) -> Looks:
    """Where each cell begins and what it looks like; nothing for one that spans the table or reaches down to here."""
    return tuple(
        (slot.at, look_of(slot.cell) if slot.own and slot.cell.across < max(2, row.width) else None)
        for slot in row.slots
    )


def _misfits(look: Look, column: Column | None) -> bool:
    return column is None or score(look, column.role) <= MISFIT


def _best(headings: Headings, rows: list[Looks], common: Placing | None) -> Placing:
    """The order-keeping placing with the highest sum; `common` is how the table's other rows are placed."""
    cells: dict[int, Counter[Look]] = defaultdict(Counter)
    for row in rows:
        for at, look in row:
            cells[at].update([look] if look is not None else [])

    @cache
    def worth(at: int, column: Column) -> float:
        steady = IN_PLACE if column.at <= at < column.at + column.across else 0.0
        if common is not None and common.columns.get(at) == column:
            steady = AS_OTHERS
        fits = sum(times * score(look, column.role) for look, times in cells[at].items())
        return fits + steady * max(1, cells[at].total())

    unplaced = {at: UNPLACED * found.total() for at, found in cells.items()}
    return Placing(_search(sorted(cells), list(headings.columns), worth, unplaced, not headings.has(Role.REF)))


def _search(
    starts: list[int], named: list[Column], worth: Worth, unplaced: dict[int, float], may_add_ref: bool
) -> dict[int, Column]:
    """Dynamic programming from the last column back: best[j, r] holds the sum and the choices from column i on."""
    best: dict[tuple[int, bool], tuple[float, tuple[tuple[int, Column], ...]]] = {
        (j, r): (0.0, ()) for j in range(len(named) + 1) for r in (False, True)
    }
    for at in reversed(starts):
        here: dict[tuple[int, bool], tuple[float, tuple[tuple[int, Column], ...]]] = {}
        for j in range(len(named), -1, -1):
            for r in (False, True):
                options = [_plus(unplaced[at], None, best[j, r])]
                if r:
                    options.append(
                        _plus(worth(at, A_REF_NOBODY_NAMED) + UNNAMED, (at, A_REF_NOBODY_NAMED), best[j, False])
                    )
                if j < len(named):
                    options.append(_plus(worth(at, named[j]), (at, named[j]), best[j + 1, r]))
                    options.append(here[j + 1, r])
                    if named[j].at <= at < named[j].at + named[j].across - 1:
                        options.append(_plus(worth(at, named[j]), (at, named[j]), best[j, r]))
                here[j, r] = max(options, key=lambda option: option[0])
        best = here
    return dict(best[0, may_add_ref][1])


def _plus(
    value: float, choice: tuple[int, Column] | None, rest: tuple[float, tuple[tuple[int, Column], ...]]
) -> tuple[float, tuple[tuple[int, Column], ...]]:
    return value + rest[0], (rest[1] if choice is None else (choice, *rest[1]))
