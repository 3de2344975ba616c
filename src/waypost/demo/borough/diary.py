"""Contacts with a child of the borough: planned, kept, missed, cancelled by us, followed up and decided upon. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from waypost.casework.compliance import definitions as routes
from waypost.casework.compliance import rules as compliance
from waypost.demo.borough import steps
from waypost.demo.borough.chain import working
from waypost.demo.borough.frame import Episode, Frame
from waypost.demo.borough.steps import Step

EVERY = {
    "intensive": (6, 12),
    "enhanced": (9, 15),
    "standard": (13, 24),
    "": (9, 14),
}  # days between two contacts: first, later
FIRST_WEEKS = timedelta(weeks=12)
DIARY = timedelta(days=10)  # how far ahead contacts are planned
EXCUSED = ("ill", "education", "other_appointment", "travel", "family", "not_told", "not_understood")
CANCELLED = ("worker_ill", "worker_ill", "worker_away", "room")
LATELY = timedelta(days=10)  # so long it may be that nobody knows why a child did not come


class Diary:
    """Of one time in which the service works with the child."""

    def __init__(self, frame: Frame, episode: Episode) -> None:
        self.frame, self.episode = frame, episode
        self.missed: dict[int, list[compliance.Missed]] = {}
        self.taken: dict[int, list[compliance.Step]] = {}
        self.used: set[date] = set()

    def told(self) -> Iterator[Step]:
        day = self.episode.since + timedelta(days=self.frame.chance.randint(1, 5))
        last = min(self.episode.until or self.frame.today + DIARY, self.frame.today + DIARY)
        planned = 0
        while (day := working(day)) <= last and planned < 2:
            if day not in self.used:
                self.used.add(day)
                planned += day >= self.frame.today
                yield from self._contact(day)
            day += timedelta(days=self._gap(day))

    def _gap(self, day: date) -> int:
        if self.frame.is_inside(day):
            return max(1, round(self.frame.chance.uniform(14, 26) / self.frame.often))
        n = self.frame.order_on(day)
        level, weeks = "", day
        if n is not None:
            link = self.frame.chain.links[n]
            level, weeks = self.frame.level(link), self.frame.begins(n)
        first, later = EVERY[level]
        usual = first if day - weeks <= FIRST_WEEKS else later
        return max(1, round(usual * self.frame.chance.uniform(0.6, 1.3) / self.frame.often))

    def _contact(self, day: date) -> Iterator[Step]:
        chance, inside = self.frame.chance, self.frame.is_inside(day)
        clock = time(chance.randint(9, 17), chance.choice((0, 0, 30)))
        order = None if inside else self.frame.order_on(day)
        way = "custody" if inside else chance.choices(("office", "visit", "elsewhere", "phone"), (55, 20, 18, 7))[0]
        purpose = chance.randrange(100)
        if day >= self.frame.today:
            yield steps.Met(day, clock, way, "", order=order, purpose=purpose)
            return
        came = "came" if inside else chance.choices(("came", "late", "missed", "cancelled"), (80, 4, 11, 5))[0]
        if came in ("came", "late"):
            if day >= self.frame.today - timedelta(days=3) and chance.random() < 0.08:
                came = ""
            yield steps.Met(day, clock, way, came, order=order, purpose=purpose)
        elif came == "cancelled":
            yield steps.Met(day, clock, way, came, chance.choice(CANCELLED), order=order, purpose=purpose)
        else:
            yield from self._did_not_come(steps.Met(day, clock, way, came, order=order, purpose=purpose))

    def _did_not_come(self, met: steps.Met) -> Iterator[Step]:
        """Followed up by telephone the next working day, mostly; judged; and a person decides what comes of it."""
        chance, n = self.frame.chance, met.order
        route = routes.load()[self.frame.chain.links[n].type.route] if n is not None else None
        follow, end = working(met.day + timedelta(days=1)), self.episode.until or self.frame.today
        called = follow < self.frame.today and follow <= end and follow not in self.used and chance.random() < 0.93
        reason, acceptable = "not_known", None
        if called:
            harsh = route is not None and not route.voluntary and chance.random() < 0.3
            reason = "chose_not_to" if harsh else chance.choice(EXCUSED)
            acceptable = None if route is None or route.voluntary else not harsh
        elif met.day < self.frame.today - LATELY:  # they told us themselves
            reason, acceptable = chance.choice(EXCUSED), None if route is None or route.voluntary else True
        yield replace(met, reason=reason, acceptable=acceptable)
        if called:
            self.used.add(follow)
            yield steps.Met(follow, time(10), "phone", "came", planned=False, follows_up=True)
        if route is not None and n is not None:
            self.missed.setdefault(n, []).append(compliance.Missed(met.day, acceptable, follow if called else None))
            if called:
                yield from self._decided(n, route, working(follow + timedelta(days=1)), end)

    def _decided(self, n: int, route: routes.Route, day: date, end: date) -> Iterator[Step]:
        link = self.frame.chain.links[n]
        if day >= self.frame.today or day > min(end, link.ends or end):
            return
        missed, taken = self.missed[n], self.taken.setdefault(n, [])
        known = [replace(one, followed_up=one.followed_up or day) for one in missed]
        proposal = compliance.propose(route, missed=known, steps=taken, on=day)
        if proposal is None or proposal.step in (routes.RE_ENGAGE, routes.JUDGE):
            return
        taken.append(compliance.Step(proposal.step, day, proposal.counted))
        yield steps.Decides(day, n, proposal.step, proposal.counted, proposal.step)
