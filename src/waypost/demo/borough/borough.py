"""A borough's children: how many of each sort began when, spread evenly, and who works with them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from waypost.demo.borough import steps
from waypost.demo.borough.chain import Chain, Telling
from waypost.demo.borough.frame import Shares
from waypost.demo.borough.growing_up import is_counted
from waypost.demo.borough.life import Life, live
from waypost.demo.borough.quotas import Quotas
from waypost.demo.borough.rates import Rates, rates

YEAR, EDGE = 365, 6  # days
LONG, CHANGES = timedelta(days=150), 0.25  # of those worked with for so long, how many have had another worker


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of a borough's lives: the same seed, day and size give the same lives, whatever was made before."""

    seed: int
    today: date
    number: int = 0
    size: float = 1  # of the borough that is calibrated
    often: float = 1

    def lives(self) -> Iterator[Life]:
        found, chance = rates(), Random(f"{self.seed} {self.number} {self.today.isoformat()}")
        quotas = Quotas(0.5 if self.size == 1 else chance.random())
        begun = self._begun(found, chance)
        chances = [Random(f"{self.seed} {self.number} {n}") for n in range(len(begun))]
        chains = [
            self._chain(nature, began, Telling(own, quotas, found, self.today))
            for (nature, began), own in zip(begun, chances, strict=True)
        ]
        shares = self._shares(found, chains)
        for n, (chain, own) in enumerate(zip(chains, chances, strict=True)):
            yield live(n, chain, chance=own, quotas=quotas, shares=shares, today=self.today, often=self.often)

    def _chain(self, nature: str, began: date, telling: Telling) -> Chain:
        return telling.custody(began) if nature == "custody" else telling.begins(nature, began)

    def _shares(self, found: Rates, chains: Sequence[Chain]) -> Shares:
        """The looked-after children of the figure are so many of the authority's, whoever else is counted that year."""
        counted = sum(is_counted(chain, self.today) for chain in chains)
        of = found.looked_after * found.looked_after_population * self.size
        return Shares(min(1.0, of / max(counted, 1)), found.education, found.education_compulsory)

    def _begun(self, found: Rates, chance: Random) -> list[tuple[str, date]]:
        """Custody first: what it settles of the shares, the others make up for."""
        custody = [
            ("custody", day) for day in self._days(found.custody_per_thousand * found.population / 1000, found, chance)
        ]
        others = [
            (nature, day) for nature, a_year in found.natures.items() for day in self._days(a_year, found, chance)
        ]
        chance.shuffle(others)
        return [*custody, *others]

    def _days(self, a_year: float, found: Rates, chance: Random) -> list[date]:
        """So many days of each year, one in each of its equal parts; none so near its ends that a holiday moves it."""
        number = round(a_year * self.size) if self.size == 1 else int(a_year * self.size + chance.random())
        return [
            self.today
            - timedelta(days=YEAR * year + min(max(int(YEAR * (n + chance.random()) / number), EDGE), YEAR - EDGE))
            for year in range(found.years)
            for n in range(number)
        ]


@dataclass(frozen=True, slots=True)
class Worker:
    """One who holds children, between a day and another; `holds` already so many."""

    holds: int = 0
    since: date = date.min
    until: date | None = None

    def works(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


def with_workers(lives: Sequence[Life], crew: Sequence[Worker], chance: Random, *, today: date) -> list[Life]:
    """Each child is given to somebody; those still open so that nobody holds more than another."""
    giving = _Giving(crew, chance, today)
    return [replace(life, steps=tuple(sorted([*life.steps, *giving.of(life)], key=steps.told))) for life in lives]


class _Giving:
    def __init__(self, crew: Sequence[Worker], chance: Random, today: date) -> None:
        self.crew, self.chance, self.today = crew, chance, today
        self.loads = [one.holds for one in crew]

    def of(self, life: Life) -> Iterator[steps.Allocated]:
        for since, until in life.periods():
            last = self._last(until)
            changed = since + timedelta(days=self.chance.randint(60, 95))
            first = self._first(last, since) if self._changes(since, until) else last
            yield steps.Allocated(since, first)
            if first != last:
                yield steps.Allocated(changed, last)

    def _last(self, until: date | None) -> int:
        """Whoever holds the child at the end: now, if it goes on."""
        there = [at for at, one in enumerate(self.crew) if one.works(until or self.today)]
        if until is not None:
            return self.chance.choice(there)
        least = min(there, key=lambda at: (self.loads[at], self.chance.random()))
        self.loads[least] += 1
        return least

    def _changes(self, since: date, until: date | None) -> bool:
        return (until or self.today) - since > LONG and self.chance.random() < CHANGES

    def _first(self, last: int, since: date) -> int:
        there = [at for at, one in enumerate(self.crew) if at != last and one.works(since)]
        return self.chance.choice(there or [last])
