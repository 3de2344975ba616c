"""Tables that are ruled: where their lines cross, which boxes they make, and which boxes are one merged cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .pdf_page import Box, Page

_NEAR = 3.0  # points within which two rules stand at one place
_COVERED = 0.7  # of a box's side, for the side to count as ruled
_MOST_CROSSINGS = 2_000_000
_SMALLEST = 4.0


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule along one axis: where it stands on the other, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Region:
    """One cell as it is drawn, merged or not."""

    box: Box
    row: int
    column: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Grid:
    box: Box
    rows: int
    columns: int
    regions: tuple[Region, ...]


def ruled_grids(page: Page) -> list[Grid]:
    """Grids drawn with rules; grids made of coloured boxes alone are looked for where no rules are."""
    grids = _grids(page.rules)
    sides = [side for box, colour in page.fills if not _within(box, grids) for side in _sides(box)]
    # A lone coloured box is a banner, and bands of colour leave the rows between them out.
    grids += [
        grid for grid in _grids(sides) if grid.rows > 1 and _is_filled(grid, page) and not _within(grid.box, grids)
    ]
    return [grid for grid in grids if not _within(grid.box, [other for other in grids if other is not grid])]


def level_rules(page: Page) -> list[Box]:
    """Where a rule or a band's edge goes across, as far as it goes without a break."""
    sides = [side for box, _ in page.fills for side in _sides(box)]
    across = [Edge((r.top + r.bottom) / 2, r.x0, r.x1) for r in [*page.rules, *sides] if r.width > r.height]
    return [Box(edge.start, edge.at, edge.end, edge.at) for edge in _joined(across)]


def _is_filled(grid: Grid, page: Page) -> bool:
    fills = [box for box, colour in page.fills if colour != "ffffff" and box.shared(grid.box)]
    return all(any(fill.holds(region.box.middle) for fill in fills) for region in grid.regions)


def _sides(box: Box) -> Iterator[Box]:
    yield Box(box.x0, box.top, box.x1, box.top)
    yield Box(box.x0, box.bottom, box.x1, box.bottom)
    yield Box(box.x0, box.top, box.x0, box.bottom)
    yield Box(box.x1, box.top, box.x1, box.bottom)


def _within(box: Box, grids: Iterable[Grid]) -> bool:
    area = max(box.width * box.height, 0.01)
    return any(grid.box.shared(box) > 0.9 * area for grid in grids)


def _grids(rules: list[Box]) -> list[Grid]:
    across = _joined(Edge((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.width > r.height)
    down = _joined(Edge((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if r.height >= r.width)
    if not across or not down or len(across) * len(down) > _MOST_CROSSINGS:
        return []
    return [grid for rows, columns in _connected(across, down) if (grid := _grid(rows, columns)) is not None]


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Edges at one place made one where they touch."""
    places: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda e: e.at):
        if places and edge.at - places[-1][0].at <= _NEAR:
            places[-1].append(edge)
        else:
            places.append([edge])
    found = []
    for place in places:
        at = sum(edge.at for edge in place) / len(place)
        start, end = None, 0.0
        for edge in sorted(place, key=lambda e: e.start):
            if start is None:
                start, end = edge.start, edge.end
            elif edge.start <= end + _NEAR:
                end = max(end, edge.end)
            else:
                found.append(Edge(at, start, end))
                start, end = edge.start, edge.end
        if start is not None:
            found.append(Edge(at, start, end))
    return found


def _cross(across: Edge, down: Edge) -> bool:
    return across.start - _NEAR <= down.at <= across.end + _NEAR and down.start - _NEAR <= across.at <= down.end + _NEAR


def _connected(across: list[Edge], down: list[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Edges that hang together by crossing; an underline crosses nothing and is left out."""
    left_across, left_down = set(range(len(across))), set(range(len(down)))
    while left_across:
        rows, columns = {left_across.pop()}, set[int]()
        fresh_rows, fresh_columns = set(rows), set[int]()
        while fresh_rows or fresh_columns:
            fresh_columns = {c for c in left_down if any(_cross(across[r], down[c]) for r in fresh_rows)}
            left_down -= fresh_columns
            columns |= fresh_columns
            fresh_rows = {r for r in left_across if any(_cross(across[r], down[c]) for c in fresh_columns)}
            left_across -= fresh_rows
            rows |= fresh_rows
            fresh_columns = set()
        if columns:
            yield [across[r] for r in sorted(rows)], [down[c] for c in sorted(columns)]


def _places(edges: list[Edge], ends: Iterable[float]) -> list[float]:
    """Where the edges stand, and where those that cross them end: an outer side is often not drawn."""
    found = sorted({edge.at for edge in edges})
    for end in (min(ends), max(ends)):
        if all(abs(end - place) > 3 * _NEAR for place in found):
            found.append(end)
    return sorted(found)


def _grid(rows: list[Edge], columns: list[Edge]) -> Grid | None:
    ys = _places(rows, [end for edge in columns for end in (edge.start, edge.end)])
    xs = _places(columns, [end for edge in rows for end in (edge.start, edge.end)])
    ys, xs = _apart(ys), _apart(xs)
    if len(xs) < 3 or len(ys) < 2:
        return None  # a frame, or a column of boxes: words in a box are still only words
    return Grid(
        Box(xs[0], ys[0], xs[-1], ys[-1]),
        len(ys) - 1,
        len(xs) - 1,
        tuple(_regions(xs, ys, _Ruled(rows), _Ruled(columns))),
    )


def _apart(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in places:
        if not found or place - found[-1] >= _SMALLEST:
            found.append(place)
    return found


class _Ruled:
    """Answers whether a side of a box is ruled."""

    def __init__(self, edges: list[Edge]) -> None:
        self.edges = edges

    def between(self, at: float, start: float, end: float) -> bool:
        covered = sum(
            max(0.0, min(edge.end, end) - max(edge.start, start))
            for edge in self.edges
            if abs(edge.at - at) <= _SMALLEST
        )
        return covered >= _COVERED * (end - start)


def _regions(xs: list[float], ys: list[float], rows: _Ruled, columns: _Ruled) -> Iterator[Region]:
    taken: set[tuple[int, int]] = set()
    right = {
        (r, c): columns.between(xs[c + 1], ys[r], ys[r + 1]) for r in range(len(ys) - 1) for c in range(len(xs) - 2)
    }
    below = {(r, c): rows.between(ys[r + 1], xs[c], xs[c + 1]) for r in range(len(ys) - 2) for c in range(len(xs) - 1)}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            across = 1
            while column + across < len(xs) - 1 and not right[row, column + across - 1]:
                if (row, column + across) in taken:
                    break
                across += 1
            down = 1
            while row + down < len(ys) - 1 and _goes_on(row + down, column, across, right, below):
                down += 1
            taken |= {(row + d, column + a) for d in range(down) for a in range(across)}
            box = Box(xs[column], ys[row], xs[column + across], ys[row + down])
            yield Region(box, row, column, across, down)


def _goes_on(
    row: int, column: int, across: int, right: dict[tuple[int, int], bool], below: dict[tuple[int, int], bool]
) -> bool:
    """Whether the cell above is open to this row over its whole width, and no wider here."""
    span = range(column, column + across)
    if any(below[row - 1, c] for c in span) or any(right[row, c] for c in span[:-1]):
        return False
    return right.get((row, span[-1]), True) and (column == 0 or right.get((row, column - 1), True))
