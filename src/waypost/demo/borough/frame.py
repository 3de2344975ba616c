"""What a life is told around: the outcomes of one child, when each runs, and when the service works with them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from waypost.casework.outcomes import rules
from waypost.casework.outcomes.definitions import Family
from waypost.demo.borough.chain import LAST_AGE, Chain, Link
from waypost.demo.borough.quotas import Quotas
from waypost.kernel.school_age import birthday

LEVELS = {
    Family.FIRST_TIER: ("standard", "enhanced"),
    Family.COMMUNITY: ("enhanced", "intensive"),
    Family.CUSTODY: ("enhanced",),
}
Days = tuple[date, date | None]  # from a first day to a last, if there is one


@dataclass(frozen=True, slots=True)
class Shares:
    """Of those asked, how many: looked after so long, among the counted; in education on the last day of an order."""

    looked_after: float
    education: float
    education_compulsory: float


@dataclass(frozen=True, slots=True)
class Episode:
    """A time in which the service works with the child; without an end it goes on."""

    since: date
    until: date | None
    kind: str
    because: str


@dataclass(slots=True)
class Frame:
    """`often`: how many contacts there are, of as many as a service has."""

    number: int
    chain: Chain
    chance: Random
    quotas: Quotas
    shares: Shares
    today: date
    often: float
    remands: list[tuple[date, date | None, str]] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    eighteen: date = field(init=False)
    inside: list[Days] = field(init=False)  # in custody by a sentence
    spans: list[tuple[int, date, date | None, date]] = field(init=False)  # number, made, ends, begins
    levels: dict[Family, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        links = self.chain.links
        self.eighteen = birthday(self.chain.born, LAST_AGE)
        self.inside = [(one.made + timedelta(days=1), one.released) for one in links if one.released]
        self.spans = [  # asked for again and again
            (n, one.made, one.ends, rules.begins(one.given) or one.made)
            for n, one in enumerate(links)
            if not one.type.at_once
        ]

    @property
    def known_since(self) -> date:
        return self.episodes[0].since

    def level(self, link: Link) -> str:
        """How often they are seen, the same for each order of one kind; nothing where an order has no levels."""
        family = link.type.family
        if family not in LEVELS:
            return ""
        if family not in self.levels:
            self.levels[family] = self.chance.choice(LEVELS[family])
        return self.levels[family]

    def is_inside(self, day: date) -> bool:
        """In custody on that day, by a remand or a sentence."""
        remanded = any(
            kind == "youth_detention" and since < day and (until is None or day <= until)
            for since, until, kind in self.remands
        )
        return remanded or any(since <= day and (until is None or day <= until) for since, until in self.inside)

    def order_on(self, day: date) -> int | None:
        """The number of the order that a contact is of: the latest that runs."""
        running = (n for n, made, ends, _ in reversed(self.spans) if made <= day and (ends is None or day <= ends))
        return next(running, None)

    def begins(self, order: int) -> date:
        return next(begins for n, _, _, begins in self.spans if n == order)

    def held(self) -> list[Days]:
        """In custody by remand or sentence, joined where they touch."""
        remanded = [
            (since + timedelta(days=1), until) for since, until, kind in self.remands if kind == "youth_detention"
        ]
        found: list[Days] = []
        for since, until in sorted([*remanded, *self.inside], key=lambda one: one[0]):
            if until is not None and until < since:
                continue
            last = found[-1][1] if found else None
            if last is not None and since <= last + timedelta(days=1):
                found[-1] = (found[-1][0], None if until is None else max(until, last))
            else:
                found.append((since, until))
        return found
