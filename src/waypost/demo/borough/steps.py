"""What may happen in a simulated life, each on a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Born:
    day: date


@dataclass(frozen=True, slots=True)
class Entered:
    """The service hears of the child."""

    day: date


@dataclass(frozen=True, slots=True)
class CaseOpens:
    day: date
    kind: str  # a key of the list of kinds of case


@dataclass(frozen=True, slots=True)
class CaseCloses:
    day: date
    because: str  # a key of the list of reasons


@dataclass(frozen=True, slots=True)
class Allocated:
    day: date
    worker: int  # a place in the crew


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody seconded works with the child beside the holder."""

    day: date
    agency: str


@dataclass(frozen=True, slots=True)
class Lives:
    """Moves to an address; `accommodation` is a key of its list."""

    day: date
    accommodation: str
    suitable: bool = True


@dataclass(frozen=True, slots=True)
class CareBegins:
    day: date
    basis: str  # a key of the list of bases of care
    responsible: str = ""  # empty: our own authority


@dataclass(frozen=True, slots=True)
class CareEnds:
    day: date  # the last


@dataclass(frozen=True, slots=True)
class Placed:
    day: date
    kind: str  # a key of the list of types of placement
    miles: int
    area: str


@dataclass(frozen=True, slots=True)
class PlacementEnds:
    day: date  # the last


@dataclass(frozen=True, slots=True)
class School:
    """Begins at a place of education, training or work, or at none; hours are of a week."""

    day: date
    setting: str
    offered: int
    attended: int


@dataclass(frozen=True, slots=True)
class Excluded:
    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Offence:
    day: date
    number: int
    type: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A hearing; without a result it is still to come."""

    day: date
    purpose: str
    result: str


@dataclass(frozen=True, slots=True)
class Remanded:
    day: date
    kind: str  # a key of definitions/remands.yaml


@dataclass(frozen=True, slots=True)
class RemandEnds:
    day: date  # the last


@dataclass(frozen=True, slots=True)
class Consents:
    day: date


@dataclass(frozen=True, slots=True)
class Given:
    """An outcome; `order` is its number in this life."""

    day: date
    order: int
    type: str
    length: int | None
    offences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Requires:
    day: date
    order: int
    type: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Signed:
    """The contract of a referral order."""

    day: date
    order: int


@dataclass(frozen=True, slots=True)
class SeenAs:
    """How often they are to be seen, by level, from that day."""

    day: date
    level: str


@dataclass(frozen=True, slots=True)
class Met:
    """A contact; with an empty `came` it stands in the diary and nobody has recorded it."""

    day: date
    clock: time
    way: str
    came: str
    reason: str = ""
    acceptable: bool | None = None
    order: int | None = None
    planned: bool = True
    follows_up: bool = False
    purpose: int = 0  # a place in the list of purposes


@dataclass(frozen=True, slots=True)
class Decides:
    """What a person decided after missed contacts; `counted`: the days it answers, as the rule counted them."""

    day: date
    order: int
    step: str
    counted: tuple[date, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class Ends:
    """An outcome that ends otherwise than by its clock, on its last day."""

    day: date
    order: int
    because: str


Step: TypeAlias = (
    Born | Entered | CaseOpens | CaseCloses | Allocated | Involved | Lives | CareBegins | CareEnds | Placed
    | PlacementEnds | School | Excluded | Offence | Heard | Remanded | RemandEnds | Consents | Given | Requires
    | Signed | SeenAs | Met | Decides | Ends
)  # fmt: skip

# On one day things are told in this order.
PLACES: dict[type, int] = {
    kind: place
    for place, kind in enumerate((
        Born, Entered, CaseOpens, Allocated, Involved, Offence, CareBegins, Placed, Lives, School, Excluded, Heard,
        Given, Consents, Requires, Signed, SeenAs, Remanded, Met, Decides, RemandEnds, PlacementEnds, CareEnds, Ends,
        CaseCloses,
    ))
}  # fmt: skip


def told(step: Step) -> tuple[date, int]:
    return step.day, PLACES[type(step)]
