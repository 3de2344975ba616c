"""A table laid out on its grid: every row as the columns it covers, merged cells counted where they reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.files.reading.document import Cell, Row, Table, Where


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell in the column where it begins; `own` is False where it was written in a row above and reaches down."""

    cell: Cell
    at: int
    own: bool = True

    @property
    def text(self) -> str:
        return self.cell.text


@dataclass(frozen=True, slots=True)
class GridRow:
    slots: tuple[Slot, ...]
    width: int
    where: Where

    @property
    def filled(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.own and slot.cell.lines]


def grid_of(table: Table) -> list[GridRow]:
    return list(_grid(table.rows))


def _grid(rows: tuple[Row, ...]) -> Iterator[GridRow]:
    reaching: dict[int, tuple[Slot, int]] = {}  # column → the merged slot and the rows it still reaches
    for row in rows:
        slots: list[Slot] = []
        after: dict[int, tuple[Slot, int]] = {}
        at = 0
        for cell in row.cells:
            at = _pass_over(reaching, slots, at)
            slots.append(Slot(cell, at))
            if cell.down > 1:
                after[at] = (Slot(cell, at, own=False), cell.down - 1)
            at += max(1, cell.across)
        for start in sorted(start for start in reaching if start >= at):
            at = max(at, _pass_over(reaching, slots, start))
        after |= {start: (slot, left - 1) for start, (slot, left) in reaching.items() if left > 1}
        reaching = after
        yield GridRow(tuple(slots), at, row.where)


def _pass_over(reaching: dict[int, tuple[Slot, int]], slots: list[Slot], at: int) -> int:
    while at in reaching:
        slot, _ = reaching[at]
        slots.append(slot)
        at += max(1, slot.cell.across)
    return at
