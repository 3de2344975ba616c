"""What a law asks of children and what they take part in freely, counted apart: no figure says the two as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waypost.casework.work import Work
from waypost.kernel.lists import load
from waypost.kernel.rates import Rate


class Ground(StrEnum):
    """On what the work with a child rests. Of a child on an order who also does voluntary work: the order."""

    LAW = "law"
    VOLUNTARY = "voluntary"
    NEITHER = "neither"


WORDS = {
    Ground.LAW: "on an order, a caution or at court",
    Ground.VOLUNTARY: "in prevention or diversion",
    Ground.NEITHER: "with nothing open",
}
SHORT = {Ground.LAW: "orders and court", Ground.VOLUNTARY: "voluntary", Ground.NEITHER: "nothing open"}


def ground_of(work: Work, on: date) -> Ground:
    orders, case = work.open_orders(on), work.case(on)
    if any(not one.type.voluntary for one in orders) or work.remand(on):
        return Ground.LAW
    if orders:
        return Ground.VOLUNTARY
    if case is None:
        return Ground.NEITHER
    return Ground.VOLUNTARY if load("case_kinds")[case.kind].flag("voluntary") else Ground.LAW


@dataclass(frozen=True, slots=True)
class Apart:
    """One figure of some children, on each ground; the parts are pooled and never told without one another."""

    of: Mapping[Ground, Rate]

    @property
    def whole(self) -> Rate:
        return sum(self.of.values(), Rate(0, 0))

    @property
    def numerator(self) -> int:
        return self.whole.numerator

    @property
    def denominator(self) -> int:
        return self.whole.denominator

    @property
    def parts(self) -> list[tuple[str, Rate]]:
        """Those of which there are any, with a short name."""
        return [(SHORT[ground], rate) for ground, rate in self.of.items() if rate.denominator]


def apart(children: Iterable[UUID], grounds: Mapping[UUID, Ground], rate: Callable[[UUID], Rate]) -> Apart:
    """`rate` is of one child."""
    of = dict.fromkeys(Ground, Rate(0, 0))
    for pk in children:
        of[grounds[pk]] += rate(pk)
    return Apart(of)


def counted(children: Iterable[UUID], grounds: Mapping[UUID, Ground]) -> dict[Ground, int]:
    """How many on each ground."""
    found = dict.fromkeys(Ground, 0)
    for pk in children:
        found[grounds[pk]] += 1
    return found


def in_words(found: Mapping[Ground, int]) -> str:
    """‘5 on an order, a caution or at court, 2 in prevention or diversion’: both numbers, though one be none."""
    said = [f"{found[ground]} {WORDS[ground]}" for ground in (Ground.LAW, Ground.VOLUNTARY)]
    said += [f"{found[Ground.NEITHER]} {WORDS[Ground.NEITHER]}"] if found[Ground.NEITHER] else []
    return "; ".join(said)
