"""What may stand in a report: a value keeps its type until a renderer writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from waypost.kernel.months import Month
from waypost.kernel.rates import Rate


class Language(StrEnum):
    ENGLISH = "en"
    WELSH = "cy"


class Shape(StrEnum):
    """A status is told by its shape before its colour; the keys are those of the pages' `wp-status--…`."""

    DOUBT = "doubt"
    OVERDUE = "overdue"
    RISK = "risk"
    NEW = "new"
    TRACK = "track"
    DONE = "done"
    EMBEDDED = "embedded"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is set: a character for Word and Excel, ink and tint as rrggbb, at least 7 to 1 apart."""

    mark: str
    ink: str
    tint: str


LOOKS = {
    Shape.DOUBT: Look("?", "4a3a00", "fff3b0"),
    Shape.OVERDUE: Look("▲", "651b1b", "f4d7d7"),
    Shape.RISK: Look("◆", "6a3216", "fde4d7"),
    Shape.NEW: Look("○", "0b0c0c", "e8e8e8"),
    Shape.TRACK: Look("●", "083d29", "cfe4dc"),
    Shape.DONE: Look("✓", "0c2d4a", "d2e2f1"),
    Shape.EMBEDDED: Look("≡", "0b4144", "d0e6e7"),
    Shape.HELD: Look("■", "0b0c0c", "e8e8e8"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """A shape, a word, and one sentence of why."""

    shape: Shape
    word: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stars:
    """A judgement on a scale: `given` of `out_of` stars, and the scale's word for it."""

    given: int
    out_of: int
    word: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.given <= self.out_of:
            raise ValueError(f"{self.given} stars of {self.out_of}")

    @property
    def drawn(self) -> str:
        return "★" * self.given + "☆" * (self.out_of - self.given)


class Mark(StrEnum):
    """Why a figure is missing, by the marks that official statistics use."""

    HIDDEN = "c"
    UNRELIABLE = "u"
    NOT_AVAILABLE = "x"


@dataclass(frozen=True, slots=True)
class NotShown:
    """A figure that is missing for a reason; never an empty cell and never a nought."""

    mark: Mark
    why: str = ""


@dataclass(frozen=True, slots=True)
class Strong:
    """Text set bold: the first of several leads."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody said, in the only serif; `language` where it is not the report's."""

    words: str
    who: str = ""
    language: Language | None = None


Simple = str | int | Decimal | date | Month | Rate | Status | Stars | NotShown | Strong | Bullets | OwnWords | None


@dataclass(frozen=True, slots=True)
class Lines:
    """Several values in one place, one under the other."""

    values: tuple[Simple, ...]


Value = Simple | Lines


def parts_of(value: Value) -> tuple[Simple, ...]:
    """The value as what stands one under the other; nothing for nothing."""
    values = value.values if isinstance(value, Lines) else (value,)
    return tuple(v for v in values if v is not None and v != "")
