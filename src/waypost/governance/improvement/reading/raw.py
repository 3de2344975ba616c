"""What rows are gathered into before their cells are read: areas, recommendations, actions and the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from waypost.files.reading.document import Cell, Line, Where
from waypost.governance.improvement.reading.columns import Column, Role
from waypost.governance.improvement.reading.plan import RowKind
from waypost.governance.improvement.reading.refs import Ref, split_ref


@dataclass(slots=True, eq=False)
class RawArea:
    name: str
    where: Where


@dataclass(slots=True, eq=False)
class RawRecommendation:
    area: RawArea | None
    number: str
    texts: list[str]
    wheres: list[Where]

    @property
    def text(self) -> str:
        return " ".join(self.texts)


@dataclass(slots=True)
class Joined:
    """A row without ref or action of its own, read as the rest of the action before."""

    where: Where
    bullets: int
    words: bool  # it goes on with the action's own words


@dataclass(slots=True, eq=False)
class RawAction:
    """The cells of one action by role, from as many rows as it has."""

    area: RawArea | None
    recommendation: RawRecommendation | None
    ref: Ref | None
    table: int
    fused: bool = False  # the ref stands before the words in one cell
    cells: dict[Role, list[tuple[Column, Cell]]] = field(default_factory=dict)
    source: list[tuple[str, str]] = field(default_factory=list)
    banded: set[str] = field(default_factory=set)  # colours that stand behind other cells of its rows too
    wheres: list[Where] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)

    def lines(self, role: Role) -> list[Line]:
        return [line for _, cell in self.cells.get(role, ()) for line in cell.lines]

    def words(self, role: Role) -> str:
        return " ".join(line.text for line in self.lines(role)).strip()

    @property
    def text(self) -> str:
        return split_ref(self.words(Role.ACTION))[1] if self.fused else self.words(Role.ACTION)


@dataclass(slots=True, eq=False)
class RawRow:
    kind: RowKind
    where: Where
    action: RawAction | None = None
    area: RawArea | None = None
    text: str = ""


@dataclass(slots=True, eq=False)
class Gathered:
    areas: list[RawArea] = field(default_factory=list)
    recommendations: list[RawRecommendation] = field(default_factory=list)
    actions: list[RawAction] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    numbers_apart: bool = False  # recommendations have a column of their own for their numbers
