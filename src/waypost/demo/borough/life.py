"""One simulated life: from the frame of a child's outcomes to every dated step, and a little beyond today. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from waypost.casework.outcomes.definitions import Family
from waypost.demo.borough import steps
from waypost.demo.borough.chain import Chain, Link, working
from waypost.demo.borough.diary import Diary
from waypost.demo.borough.frame import LEVELS, Episode, Frame, Shares
from waypost.demo.borough.growing_up import GrowingUp
from waypost.demo.borough.quotas import Quotas
from waypost.demo.borough.steps import Step

CASES = {
    Family.PREVENTION: "prevention",
    Family.DIVERSION: "diversion",
    Family.CAUTION: "out_of_court",
    Family.FIRST_TIER: "order",
    Family.COMMUNITY: "order",
    Family.CUSTODY: "custody",
}
SECONDED = (("police", 0.3), ("health", 0.2), ("speech_and_language", 0.15), ("education", 0.3))


@dataclass(frozen=True, slots=True)
class Life:
    number: int
    born: date
    steps: tuple[Step, ...]  # in the order in which they happen

    def of(self, kind: type) -> list[Step]:
        return [step for step in self.steps if isinstance(step, kind)]

    @property
    def entered(self) -> date:
        return next(step.day for step in self.steps if isinstance(step, steps.Entered))

    @property
    def is_open(self) -> bool:
        last = next(step for step in reversed(self.steps) if isinstance(step, steps.CaseOpens | steps.CaseCloses))
        return isinstance(last, steps.CaseOpens)

    def periods(self) -> Iterator[tuple[date, date | None]]:
        """From when until when the service works with the child."""
        since: date | None = None
        for step in self.steps:
            if isinstance(step, steps.CaseOpens):
                since = step.day
            elif isinstance(step, steps.CaseCloses) and since:
                yield since, step.day
                since = None
        if since:
            yield since, None


def live(
    number: int, chain: Chain, *, chance: Random, quotas: Quotas, shares: Shares, today: date, often: float = 1
) -> Life:
    """`often`: how many contacts there are, of as many as a service has."""
    return Living(Frame(number, chain, chance, quotas, shares, today, often)).life()


class Living:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        frame.episodes = self._episodes()

    def life(self) -> Life:
        found: list[Step] = [steps.Born(self.frame.chain.born), steps.Entered(self.frame.known_since)]
        for n, link in enumerate(self.frame.chain.links):
            found += self._outcome(n, link)
        if self.frame.chain.pending:
            found += self._charged(self.frame.chain.pending, len(self.frame.chain.links))
        found += self._cases()
        found += GrowingUp(self.frame).told()
        for episode in self.frame.episodes:
            found += Diary(self.frame, episode).told()
        return Life(self.frame.number, self.frame.chain.born, tuple(sorted(found, key=steps.told)))

    # The work with the child ------------------------------------------------------------------------------------------

    def _episodes(self) -> list[Episode]:
        """Joined where they touch."""
        found: list[Episode] = []
        matters = [*self.frame.chain.links, *([self.frame.chain.pending] if self.frame.chain.pending else [])]
        for link in matters:
            since, until, because = link.told or link.made, self._closes(link), self._because(link)
            kind = "court" if link is self.frame.chain.pending else CASES[link.type.family]
            if found and (found[-1].until is None or since <= found[-1].until + timedelta(days=5)):
                last = found[-1]
                later = None if last.until is None or until is None else max(last.until, until)
                found[-1] = replace(last, until=later, because=because)
            elif found and since <= found[-1].since:
                found[-1] = replace(found[-1], until=until, because=because)
            else:
                found.append(Episode(since, until, kind, because))
        return [self._to_eighteen(one) for one in found]

    def _closes(self, link: Link) -> date | None:
        if link is self.frame.chain.pending:
            return None
        if link.type.at_once:
            closes = link.made + timedelta(days=self.frame.chance.randint(30, 70))
        elif link.ends is None:
            return None
        else:
            closes = link.ends + timedelta(days=self.frame.chance.randint(1, 6))
        closes = working(closes)
        return closes if closes < self.frame.today else None

    def _because(self, link: Link) -> str:
        if link.because == "consent_withdrawn":
            return "consent_withdrawn"
        return "completed" if link.type.voluntary or link.type.at_once else "ended_by_time"

    def _to_eighteen(self, one: Episode) -> Episode:
        if self.frame.eighteen > self.frame.today or (one.until is not None and one.until < self.frame.eighteen):
            return one
        until = max(self.frame.eighteen - timedelta(days=1), one.since)
        runs = [link for link in self.frame.chain.links if not (link.type.voluntary or link.type.at_once)]
        goes_on = self.frame.chain.pending or any(link.ends is None or link.ends > until for link in runs)
        return replace(one, until=until, because="probation" if goes_on else "agreed_to_stop")

    def _cases(self) -> Iterator[Step]:
        for one in self.frame.episodes:
            yield steps.CaseOpens(one.since, one.kind)
            for agency, share in SECONDED:
                if self.frame.chance.random() < share and one.kind in ("order", "custody", "court"):
                    yield steps.Involved(
                        one.since + timedelta(days=min(7, ((one.until or self.frame.today) - one.since).days)), agency
                    )
            if one.until:
                yield steps.CaseCloses(one.until, one.because)

    # What was decided -------------------------------------------------------------------------------------------------

    def _outcome(self, n: int, link: Link) -> Iterator[Step]:
        offences: tuple[int, ...] = ()
        if link.offence_day:
            yield steps.Offence(link.offence_day, n, link.offence)
            offences = (n,)
        if link.type.given_by == "court":
            yield from self._court(link)
        yield steps.Given(link.made, n, link.type.key, link.given.length, offences)
        if link.type.voluntary:
            yield steps.Consents(link.made)
        yield from self._asks(n, link)
        if link.given.contract_signed:
            yield steps.Signed(link.given.contract_signed, n)
        if link.type.family in LEVELS and n == len(self.frame.chain.links) - 1:
            since = max(link.made, link.given.contract_signed or link.made)
            if any(one.since <= since and (one.until is None or since < one.until) for one in self.frame.episodes):
                yield steps.SeenAs(since, self.frame.level(link))
        if link.because and link.given.ended:
            yield steps.Ends(link.given.ended, n, link.because)
        elif link.type.voluntary and (closed := self._closed_at_eighteen(link)):
            yield steps.Ends(closed, n, "agreed")

    def _closed_at_eighteen(self, link: Link) -> date | None:
        """Voluntary work has no clock: it ends with the case."""
        return next(
            (one.until for one in self.frame.episodes if one.until and one.since <= link.made <= one.until), None
        )

    def _asks(self, n: int, link: Link) -> Iterator[Step]:
        if link.type.key == "youth_rehabilitation":
            yield steps.Requires(link.made, n, "supervision", None)
            if self.frame.chance.random() < 0.5:
                yield steps.Requires(link.made, n, "activity", self.frame.chance.choice((10, 20, 30)))
            elif self.frame.chance.random() < 0.3:
                yield steps.Requires(link.made, n, "curfew", self.frame.chance.choice((8, 10, 12)))

    def _court(self, link: Link) -> Iterator[Step]:
        first = link.told or link.made
        if first < link.made:
            yield steps.Heard(first, "first", "put_off")
            if kind := self._remand_kind(link):
                self.frame.remands.append((first, link.made, kind))
                yield steps.Remanded(first, kind)
                yield steps.RemandEnds(
                    link.made,
                )
        yield steps.Heard(link.made, "sentence", "sentenced")

    def _remand_kind(self, link: Link) -> str:
        weights = {Family.CUSTODY: (3, 2, 1, 4), Family.COMMUNITY: (4, 1, 0.3, 0)}.get(link.type.family, (2, 0, 0, 0))
        kinds = ("bail_conditions", "bail_intensive", "local_authority", "youth_detention")
        if self.frame.chance.random() < (0.9 if link.type.family == Family.CUSTODY else 0.4):
            return self.frame.chance.choices(kinds, weights)[0]
        return ""

    def _charged(self, link: Link, n: int) -> Iterator[Step]:
        """Before a court that has not decided."""
        first = link.told or self.frame.today
        if link.offence_day:
            yield steps.Offence(link.offence_day, n, link.offence)
        heard = first <= self.frame.today - timedelta(days=1)
        yield steps.Heard(first, "first", "put_off" if heard else "")
        if heard:
            if kind := self._remand_kind(link):
                self.frame.remands.append((first, None, kind))
                yield steps.Remanded(first, kind)
            yield steps.Heard(
                working(self.frame.today + timedelta(days=self.frame.chance.randint(0, 25))), "sentence", ""
            )
