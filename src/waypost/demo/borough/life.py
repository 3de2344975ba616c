"""One simulated life: from the frame of a child's outcomes to every dated step, and a little beyond today. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from random import Random

from waypost.casework.compliance import definitions as routes
from waypost.casework.compliance import rules as compliance
from waypost.casework.outcomes import rules
from waypost.casework.outcomes.definitions import Family
from waypost.demo.borough import steps
from waypost.demo.borough.chain import COUNTED, LAST_AGE, Chain, Link, working
from waypost.demo.borough.quotas import Quotas
from waypost.demo.borough.rates import care_year, last_year
from waypost.demo.borough.steps import Step
from waypost.kernel.school_age import birthday, compulsory_until

CASES = {
    Family.PREVENTION: "prevention",
    Family.DIVERSION: "diversion",
    Family.CAUTION: "out_of_court",
    Family.FIRST_TIER: "order",
    Family.COMMUNITY: "order",
    Family.CUSTODY: "custody",
}
LEVELS = {
    Family.FIRST_TIER: ("standard", "enhanced"),
    Family.COMMUNITY: ("enhanced", "intensive"),
    Family.CUSTODY: ("enhanced",),
}
EVERY = {
    "intensive": (6, 12),
    "enhanced": (9, 15),
    "standard": (13, 24),
    "": (9, 14),
}  # days between two contacts: first, later
FIRST_WEEKS = timedelta(weeks=12)
DIARY = timedelta(days=10)  # how far ahead contacts are planned
FULL = {True: 25, False: 16}  # hours a week: at compulsory school age, above it
PLACES = {
    True: ("academy", "academy", "mainstream_school", "pupil_referral_unit", "alternative_provision"),
    False: ("further_education", "sixth_form", "apprenticeship", "training_provider", "employment_with_training"),
}
NOWHERE = {
    True: ("waiting_for_place", "none", "pupil_referral_unit"),
    False: ("none", "none", "waiting_for_place", "further_education"),
}
EXCUSED = ("ill", "education", "other_appointment", "travel", "family", "not_told", "not_understood")
CANCELLED = ("worker_ill", "worker_ill", "worker_away", "room")
OURS, ELSEWHERE = "Alder Vale", ("Marsham", "Northmere", "Sallow Bridge")
PLACEMENTS = (
    ("foster", 4),
    ("foster", 9),
    ("childrens_home", 20),
    ("childrens_home", 41),
    ("supported_accommodation", 6),
)
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


def live(
    number: int, chain: Chain, *, chance: Random, quotas: Quotas, shares: Shares, today: date, often: float = 1
) -> Life:
    """`often`: how many contacts there are, of as many as a service has."""
    return Living(number, chain, chance=chance, quotas=quotas, shares=shares, today=today, often=often).life()


def is_counted(chain: Chain, today: date) -> bool:
    """Cautioned or convicted in the last year that ended on a 31 March, and of the age that is counted then."""
    year = care_year(today)
    counted = any(year.holds(one.made) and one.type.family in COUNTED for one in chain.links)
    return counted and birthday(chain.born, 10) <= year.until < birthday(chain.born, LAST_AGE)


class Living:
    def __init__(
        self, number: int, chain: Chain, *, chance: Random, quotas: Quotas, shares: Shares, today: date, often: float
    ) -> None:
        self.number, self.chain, self.chance, self.quotas, self.shares = number, chain, chance, quotas, shares
        self.today, self.often = today, often
        self.eighteen = birthday(chain.born, LAST_AGE)
        self.inside = [(one.made + timedelta(days=1), one.released) for one in chain.links if one.released]
        self.remands: list[tuple[date, date | None, str]] = []
        self.spans = [  # asked for again and again: when each order runs, and since when
            (n, one.made, one.ends, rules.begins(one.given) or one.made)
            for n, one in enumerate(chain.links)
            if not one.type.at_once
        ]
        self.episodes = self._episodes()

    def life(self) -> Life:
        found: list[Step] = [steps.Born(self.chain.born), steps.Entered(self.episodes[0].since)]
        for n, link in enumerate(self.chain.links):
            found += self._outcome(n, link)
        if self.chain.pending:
            found += self._charged(self.chain.pending, len(self.chain.links))
        found += self._cases()
        found += self._home()
        found += self._school()
        for episode in self.episodes:
            found += self._contacts(episode)
        return Life(self.number, self.chain.born, tuple(sorted(found, key=steps.told)))

    # The work with the child ------------------------------------------------------------------------------------------

    def _episodes(self) -> list[Episode]:
        """Joined where they touch."""
        found: list[Episode] = []
        matters = [*self.chain.links, *([self.chain.pending] if self.chain.pending else [])]
        for link in matters:
            since, until, because = link.told or link.made, self._closes(link), self._because(link)
            kind = "court" if link is self.chain.pending else CASES[link.type.family]
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
        if link is self.chain.pending:
            return None
        if link.type.at_once:
            closes = link.made + timedelta(days=self.chance.randint(30, 70))
        elif link.ends is None:
            return None
        else:
            closes = link.ends + timedelta(days=self.chance.randint(1, 6))
        closes = working(closes)
        return closes if closes < self.today else None

    def _because(self, link: Link) -> str:
        if link.because == "consent_withdrawn":
            return "consent_withdrawn"
        return "completed" if link.type.voluntary or link.type.at_once else "ended_by_time"

    def _to_eighteen(self, one: Episode) -> Episode:
        if self.eighteen > self.today or (one.until is not None and one.until < self.eighteen):
            return one
        return replace(one, until=max(self.eighteen - timedelta(days=1), one.since), because="probation")

    def _cases(self) -> Iterator[Step]:
        for one in self.episodes:
            yield steps.CaseOpens(one.since, one.kind)
            for agency, share in SECONDED:
                if self.chance.random() < share and one.kind in ("order", "custody", "court"):
                    yield steps.Involved(
                        one.since + timedelta(days=min(7, ((one.until or self.today) - one.since).days)), agency
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
        if link.type.family in LEVELS and n == len(self.chain.links) - 1:
            since = max(link.made, link.given.contract_signed or link.made)
            if any(one.since <= since and (one.until is None or since < one.until) for one in self.episodes):
                yield steps.SeenAs(since, self._level(link))
        if link.because and link.given.ended:
            yield steps.Ends(link.given.ended, n, link.because)

    def _level(self, link: Link) -> str:
        if not hasattr(self, "_levels"):
            self._levels: dict[Family, str] = {}
        return self._levels.setdefault(link.type.family, self.chance.choice(LEVELS.get(link.type.family, ("",))))

    def _asks(self, n: int, link: Link) -> Iterator[Step]:
        if link.type.key == "youth_rehabilitation":
            yield steps.Requires(link.made, n, "supervision", None)
            if self.chance.random() < 0.5:
                yield steps.Requires(link.made, n, "activity", self.chance.choice((10, 20, 30)))
            elif self.chance.random() < 0.3:
                yield steps.Requires(link.made, n, "curfew", self.chance.choice((8, 10, 12)))

    def _court(self, link: Link) -> Iterator[Step]:
        first = link.told or link.made
        if first < link.made:
            yield steps.Heard(first, "first", "put_off")
            if kind := self._remand_kind(link):
                self.remands.append((first, link.made, kind))
                yield steps.Remanded(first, kind)
                yield steps.RemandEnds(
                    link.made,
                )
        yield steps.Heard(link.made, "sentence", "sentenced")

    def _remand_kind(self, link: Link) -> str:
        weights = {Family.CUSTODY: (3, 2, 1, 4), Family.COMMUNITY: (4, 1, 0.3, 0)}.get(link.type.family, (2, 0, 0, 0))
        kinds = ("bail_conditions", "bail_intensive", "local_authority", "youth_detention")
        if self.chance.random() < (0.9 if link.type.family == Family.CUSTODY else 0.4):
            return self.chance.choices(kinds, weights)[0]
        return ""

    def _charged(self, link: Link, n: int) -> Iterator[Step]:
        """Before a court that has not decided."""
        first = link.told or self.today
        if link.offence_day:
            yield steps.Offence(link.offence_day, n, link.offence)
        heard = first <= self.today - timedelta(days=1)
        yield steps.Heard(first, "first", "put_off" if heard else "")
        if heard:
            if kind := self._remand_kind(link):
                self.remands.append((first, None, kind))
                yield steps.Remanded(first, kind)
            yield steps.Heard(working(self.today + timedelta(days=self.chance.randint(0, 25))), "sentence", "")

    # Home and care ----------------------------------------------------------------------------------------------------

    def _home(self) -> Iterator[Step]:
        since = self.episodes[0].since
        yield from self._care(since)
        ages = ("parents", "relatives", "foster_carers", "supported_accommodation")
        self.usual = self.chance.choices(ages[:2], (88, 12))[0] if not self.in_care else "foster_carers"
        yield steps.Lives(since, self.usual)
        last = since
        for begins, ends in self.inside:
            if begins > self.today:
                break
            yield steps.Lives(begins, "youth_custody")
            if ends and ends < self.today:
                yield steps.Lives(ends + timedelta(days=1), self.usual)
            last = max(last, ends or begins)
        if self.chance.random() < 0.2:
            moved = last + timedelta(days=self.chance.randint(40, 300))
            if moved < min(self.today, self.episodes[-1].until or self.today) and not self._is_inside(moved):
                yield steps.Lives(moved, self.usual, suitable=self.chance.random() < 0.85)

    def _care(self, entered: date) -> Iterator[Step]:
        self.in_care = False
        year, chance = care_year(self.today), self.chance
        if is_counted(self.chain, self.today):
            if self.quotas.take("looked after", self.shares.looked_after):
                began = year.since - timedelta(days=chance.randint(20, 900))
                yield from self._looked_after(began, entered, chance.choice(("care_order", "accommodated")))
            elif chance.random() < 0.08:
                yield steps.CareBegins(
                    max(entered, year.until + timedelta(days=1)) if entered < self.today else entered, "child_in_need"
                )
        elif chance.random() < 0.07:
            responsible = chance.choice(("", "", "Northmere"))
            began = entered - timedelta(days=chance.randint(30, 900))
            yield from self._looked_after(began, entered, chance.choice(("care_order", "accommodated")), responsible)
        elif chance.random() < 0.12:
            yield steps.CareBegins(entered, "child_in_need")

    def _looked_after(self, began: date, entered: date, basis: str, responsible: str = "") -> Iterator[Step]:
        self.in_care = True
        yield steps.CareBegins(max(began, self.chain.born), basis, responsible)
        kind, miles = self.chance.choices(PLACEMENTS, (4, 3, 3, 1, 1))[0]
        area = OURS if miles < 15 else self.chance.choice(ELSEWHERE)
        since = max(began, entered + timedelta(days=self.chance.randint(-60, 20)))
        for first, last in [*self._held(), (date.max, None)]:
            if since < min(first, self.today):
                yield steps.Placed(since, kind, miles, area)
                if first <= self.today:
                    yield steps.PlacementEnds(first - timedelta(days=1))
            since = last + timedelta(days=1) if last else date.max

    # School and work --------------------------------------------------------------------------------------------------

    def _school(self) -> Iterator[Step]:
        """Where the child learns or works, so that it is as it should be on the last day of each order."""
        leaves, year = compulsory_until(self.chain.born), last_year(self.today)
        points = [(self.episodes[0].since, self._good(self.episodes[0].since <= leaves, counted=False))]
        for link in self.chain.links:
            ends = link.ends
            if ends and ends <= self.today and link.type.given_by == "court":
                points.append(
                    (ends, self._good(ends <= leaves, counted=year.holds(ends), inside=self._is_inside(ends)))
                )
        spells: list[steps.School] = []
        last = date.min
        for day, good in sorted(points):
            spells += self._spell(spells, day, good, leaves, last)
            last = day
        yield from self._with_custody(spells)
        if self.chance.random() < 0.1 and spells and self.episodes[0].since <= leaves:
            yield steps.Excluded(
                self.episodes[0].since, self.chance.choice(("permanent_exclusion", "part_time_timetable"))
            )

    def _good(self, compulsory: bool, *, counted: bool, inside: bool = False) -> bool:
        """Whoever is in custody has lessons there; the others make up for it."""
        shares, key = self.shares, "education" if counted else "education, otherwise"
        if inside and compulsory:
            self.quotas.told(f"{key}, compulsory", shares.education_compulsory, is_so=True)
        if inside:
            self.quotas.told(key, shares.education, is_so=True)
        if inside or not compulsory:
            return inside or self.quotas.take(key, shares.education)
        good = self.quotas.take(f"{key}, compulsory", shares.education_compulsory)
        self.quotas.told(key, shares.education, is_so=good)
        return good

    def _spell(self, before: list[steps.School], day: date, good: bool, leaves: date, last: date) -> list[steps.School]:
        """What begins after the last such day so that on this it is good, or not; nothing where it is so already."""
        young = day <= leaves
        if before and (before[-1].day <= leaves) == young and (before[-1].offered >= FULL[young]) == good:
            return []
        least = (
            max(before[-1].day, last) + timedelta(days=1)
            if before
            else day - timedelta(days=self.chance.randint(30, 300))
        )
        if before and not young and before[-1].day <= leaves:
            least = max(least, leaves + timedelta(days=1))
        since = min(day, least + timedelta(days=self.chance.randint(0, 60))) if before else least
        if not before and not young and since <= leaves:
            since = leaves + timedelta(days=1)
        setting = self.chance.choice((PLACES if good else NOWHERE)[young])
        if good:
            offered = FULL[young] + (0 if young else self.chance.choice((0, 0, 4, 14)))
        else:
            offered = 0 if setting in ("none", "waiting_for_place") else self.chance.choice((6, 10, 12))
        attended = offered - self.chance.choice((0, 0, 1, 2, 4)) if offered else 0
        return [steps.School(since, setting, offered, max(attended, 0))]

    def _with_custody(self, spells: list[steps.School]) -> Iterator[Step]:
        """Lessons inside take the place of what was; what came before goes on after it."""
        marks = sorted(spells, key=lambda one: one.day)
        for begins, ends in self._held():
            before = [one for one in marks if one.day < begins]
            within = [one for one in marks if begins <= one.day and (ends is None or one.day <= ends)]
            after = [one for one in marks if ends is not None and one.day > ends]
            inside = steps.School(begins, "secure_estate", 25, self.chance.choice((15, 20, 25)))
            again = ends + timedelta(days=1) if ends else None
            resumes = [replace(one, day=again) for one in (within or before)[-1:] if again]
            marks = [*before, inside, *([] if after and after[0].day == again else resumes), *after]
        yield from (one for one in marks if one.day <= self.today)

    def _held(self) -> list[tuple[date, date | None]]:
        """In custody by remand or sentence, joined where they touch."""
        remanded = [
            (since + timedelta(days=1), until) for since, until, kind in self.remands if kind == "youth_detention"
        ]
        found: list[tuple[date, date | None]] = []
        for since, until in sorted([*remanded, *self.inside], key=lambda one: one[0]):
            if until is not None and until < since:
                continue
            last = found[-1][1] if found else None
            if last is not None and since <= last + timedelta(days=1):
                found[-1] = (found[-1][0], None if until is None else max(until, last))
            else:
                found.append((since, until))
        return found

    # Contacts ---------------------------------------------------------------------------------------------------------

    def _contacts(self, episode: Episode) -> Iterator[Step]:
        day = episode.since + timedelta(days=self.chance.randint(1, 5))
        last = min(episode.until or self.today + DIARY, self.today + DIARY)
        self.missed: dict[int, list[compliance.Missed]] = {}
        self.taken: dict[int, list[compliance.Step]] = {}
        used: set[date] = set()
        planned = 0
        while (day := working(day)) <= last and planned < 2:
            if day not in used:
                used.add(day)
                planned += day >= self.today
                yield from self._contact(episode, day, used)
            day += timedelta(days=self._gap(day))

    def _gap(self, day: date) -> int:
        if self._is_inside(day):
            return max(1, round(self.chance.uniform(14, 26) / self.often))
        n = self._order(day)
        level, weeks = "", day
        if n is not None:
            link = self.chain.links[n]
            level = self._level(link) if link.type.family in LEVELS else ""
            weeks = next(begins for k, _, _, begins in self.spans if k == n)
        first, later = EVERY[level]
        usual = first if day - weeks <= FIRST_WEEKS else later
        return max(1, round(usual * self.chance.uniform(0.6, 1.3) / self.often))

    def _is_inside(self, day: date) -> bool:
        remanded = any(
            kind == "youth_detention" and since < day and (until is None or day <= until)
            for since, until, kind in self.remands
        )
        return remanded or any(since <= day and (until is None or day <= until) for since, until in self.inside)

    def _order(self, day: date) -> int | None:
        """The number of the order that the contact is of: the latest that runs."""
        running = (n for n, made, ends, _ in reversed(self.spans) if made <= day and (ends is None or day <= ends))
        return next(running, None)

    def _contact(self, episode: Episode, day: date, used: set[date]) -> Iterator[Step]:
        chance, inside = self.chance, self._is_inside(day)
        clock = time(chance.randint(9, 17), chance.choice((0, 0, 30)))
        order = None if inside else self._order(day)
        way = "custody" if inside else chance.choices(("office", "visit", "elsewhere", "phone"), (55, 20, 18, 7))[0]
        purpose = chance.randrange(100)
        if day >= self.today:
            yield steps.Met(day, clock, way, "", order=order, purpose=purpose)
            return
        came = "came" if inside else chance.choices(("came", "late", "missed", "cancelled"), (80, 4, 11, 5))[0]
        if came in ("came", "late"):
            if day >= self.today - timedelta(days=3) and chance.random() < 0.08:
                came = ""
            yield steps.Met(day, clock, way, came, order=order, purpose=purpose)
        elif came == "cancelled":
            yield steps.Met(day, clock, way, came, chance.choice(CANCELLED), order=order, purpose=purpose)
        else:
            yield from self._did_not_come(steps.Met(day, clock, way, came, order=order, purpose=purpose), episode, used)

    def _did_not_come(self, met: steps.Met, episode: Episode, used: set[date]) -> Iterator[Step]:
        """Followed up by telephone the next working day, mostly; judged; and a person decides what comes of it."""
        chance, n = self.chance, met.order
        route = routes.load()[self.chain.links[n].type.route] if n is not None else None
        follow, end = working(met.day + timedelta(days=1)), episode.until or self.today
        called = follow < self.today and follow <= end and follow not in used and chance.random() < 0.93
        reason, acceptable = "not_known", None
        if called:
            harsh = route is not None and not route.voluntary and chance.random() < 0.3
            reason = "chose_not_to" if harsh else chance.choice(EXCUSED)
            acceptable = None if route is None or route.voluntary else not harsh
        yield replace(met, reason=reason, acceptable=acceptable)
        if called:
            used.add(follow)
            yield steps.Met(follow, time(10), "phone", "came", planned=False, follows_up=True)
        if route is not None and n is not None:
            self.missed.setdefault(n, []).append(compliance.Missed(met.day, acceptable, follow if called else None))
            if called:
                yield from self._decided(n, route, working(follow + timedelta(days=1)), end)

    def _decided(self, n: int, route: routes.Route, day: date, end: date) -> Iterator[Step]:
        link = self.chain.links[n]
        if day >= self.today or day > min(end, link.ends or end):
            return
        missed, taken = self.missed[n], self.taken.setdefault(n, [])
        known = [replace(one, followed_up=one.followed_up or day) for one in missed]
        proposal = compliance.propose(route, missed=known, steps=taken, on=day)
        if proposal is None or proposal.step in (routes.RE_ENGAGE, routes.JUDGE):
            return
        taken.append(compliance.Step(proposal.step, day, proposal.counted))
        yield steps.Decides(day, n, proposal.step, proposal.counted, proposal.step)
