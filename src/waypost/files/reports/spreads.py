"""Which stretches of a report lie on their side: those with a table too wide for an upright page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.files.reports.model import Block, Heading, Table

UPRIGHT_WIDTH = 17.0  # centimetres between the margins of an A4 page that stands


@dataclass(frozen=True, slots=True)
class Spread:
    landscape: bool
    blocks: tuple[Block, ...]


def is_wide(table: Table) -> bool:
    return sum(column.width for column in table.columns) > UPRIGHT_WIDTH


def spreads(blocks: Iterable[Block]) -> list[Spread]:
    """The blocks in order, turned only at headings, so that a heading stays with what it heads."""
    turned: list[Spread] = []
    for stretch in _stretches(blocks):
        landscape = any(isinstance(block, Table) and is_wide(block) for block in stretch)
        if turned and turned[-1].landscape == landscape:
            turned[-1] = Spread(landscape, turned[-1].blocks + tuple(stretch))
        else:
            turned.append(Spread(landscape, tuple(stretch)))
    return turned


def _stretches(blocks: Iterable[Block]) -> list[list[Block]]:
    """Each a run of headings with everything up to the next heading."""
    stretches: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and stretches[-1] and not isinstance(stretches[-1][-1], Heading):
            stretches.append([])
        stretches[-1].append(block)
    return [stretch for stretch in stretches if stretch]
