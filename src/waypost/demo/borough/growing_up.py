"""Where a child of the borough lives and learns, from what became of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from waypost.demo.borough import steps
from waypost.demo.borough.chain import COUNTED, LAST_AGE, Chain
from waypost.demo.borough.frame import Frame
from waypost.demo.borough.rates import care_year, last_year
from waypost.demo.borough.steps import Step
from waypost.kernel.school_age import birthday, compulsory_until

FULL = {True: 25, False: 16}  # hours a week: at compulsory school age, above it
PLACES = {
    True: ("academy", "academy", "mainstream_school", "pupil_referral_unit", "alternative_provision"),
    False: ("further_education", "sixth_form", "apprenticeship", "training_provider", "employment_with_training"),
}
NOWHERE = {
    True: ("waiting_for_place", "none", "pupil_referral_unit"),
    False: ("none", "none", "waiting_for_place", "further_education"),
}
OURS, ELSEWHERE = "Alder Vale", ("Marsham", "Northmere", "Sallow Bridge")
PLACEMENTS = (
    ("foster", 4),
    ("foster", 9),
    ("childrens_home", 20),
    ("childrens_home", 41),
    ("supported_accommodation", 6),
)


def is_counted(chain: Chain, today: date) -> bool:
    """Cautioned or convicted in the last year that ended on a 31 March, and of the age that is counted then."""
    year = care_year(today)
    counted = any(year.holds(one.made) and one.type.family in COUNTED for one in chain.links)
    return counted and birthday(chain.born, 10) <= year.until < birthday(chain.born, LAST_AGE)


class GrowingUp:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.in_care = False

    def told(self) -> Iterator[Step]:
        yield from self._home()
        yield from self._school()

    def _home(self) -> Iterator[Step]:
        since = self.frame.known_since
        yield from self._care(since)
        ages = ("parents", "relatives", "foster_carers", "supported_accommodation")
        self.usual = self.frame.chance.choices(ages[:2], (88, 12))[0] if not self.in_care else "foster_carers"
        yield steps.Lives(since, self.usual)
        last = since
        for begins, ends in self.frame.inside:
            if begins > self.frame.today:
                break
            yield steps.Lives(begins, "youth_custody")
            if ends and ends < self.frame.today:
                yield steps.Lives(ends + timedelta(days=1), self.usual)
            last = max(last, ends or begins)
        if self.frame.chance.random() < 0.2:
            moved = last + timedelta(days=self.frame.chance.randint(40, 300))
            if moved < min(
                self.frame.today, self.frame.episodes[-1].until or self.frame.today
            ) and not self.frame.is_inside(moved):
                yield steps.Lives(moved, self.usual, suitable=self.frame.chance.random() < 0.85)

    def _care(self, entered: date) -> Iterator[Step]:
        year, chance = care_year(self.frame.today), self.frame.chance
        if is_counted(self.frame.chain, self.frame.today):
            if self.frame.quotas.take("looked after", self.frame.shares.looked_after):
                began = year.since - timedelta(days=chance.randint(20, 900))
                yield from self._looked_after(began, entered, chance.choice(("care_order", "accommodated")))
            elif chance.random() < 0.08:
                yield steps.CareBegins(
                    max(entered, year.until + timedelta(days=1)) if entered < self.frame.today else entered,
                    "child_in_need",
                )
        elif chance.random() < 0.07:
            responsible = chance.choice(("", "", "Northmere"))
            began = entered - timedelta(days=chance.randint(30, 900))
            yield from self._looked_after(began, entered, chance.choice(("care_order", "accommodated")), responsible)
        elif chance.random() < 0.12:
            yield steps.CareBegins(entered, "child_in_need")

    def _looked_after(self, began: date, entered: date, basis: str, responsible: str = "") -> Iterator[Step]:
        self.in_care = True
        yield steps.CareBegins(max(began, self.frame.chain.born), basis, responsible)
        kind, miles = self.frame.chance.choices(PLACEMENTS, (4, 3, 3, 1, 1))[0]
        area = OURS if miles < 15 else self.frame.chance.choice(ELSEWHERE)
        since = max(began, entered + timedelta(days=self.frame.chance.randint(-60, 20)))
        for first, last in [*self.frame.held(), (date.max, None)]:
            if since < min(first, self.frame.today):
                yield steps.Placed(since, kind, miles, area)
                if first <= self.frame.today:
                    yield steps.PlacementEnds(first - timedelta(days=1))
            since = last + timedelta(days=1) if last else date.max

    # School and work --------------------------------------------------------------------------------------------------

    def _school(self) -> Iterator[Step]:
        """Where the child learns or works, so that it is as it should be on the last day of each order."""
        leaves, year = compulsory_until(self.frame.chain.born), last_year(self.frame.today)
        points = [(self.frame.known_since, self._good(self.frame.known_since <= leaves, counted=False))]
        for link in self.frame.chain.links:
            ends = link.ends
            if ends and ends <= self.frame.today and link.type.given_by == "court":
                points.append(
                    (ends, self._good(ends <= leaves, counted=year.holds(ends), inside=self.frame.is_inside(ends)))
                )
        spells: list[steps.School] = []
        last = date.min
        for day, good in sorted(points):
            spells += self._spell(spells, day, good, leaves, last)
            last = day
        yield from self._with_custody(spells)
        if self.frame.chance.random() < 0.1 and spells and self.frame.known_since <= leaves:
            yield steps.Excluded(
                self.frame.known_since, self.frame.chance.choice(("permanent_exclusion", "part_time_timetable"))
            )

    def _good(self, compulsory: bool, *, counted: bool, inside: bool = False) -> bool:
        """Whoever is in custody has lessons there; the others make up for it."""
        shares, key = self.frame.shares, "education" if counted else "education, otherwise"
        if inside and compulsory:
            self.frame.quotas.told(f"{key}, compulsory", shares.education_compulsory, is_so=True)
        if inside:
            self.frame.quotas.told(key, shares.education, is_so=True)
        if inside or not compulsory:
            return inside or self.frame.quotas.take(key, shares.education)
        good = self.frame.quotas.take(f"{key}, compulsory", shares.education_compulsory)
        self.frame.quotas.told(key, shares.education, is_so=good)
        return good

    def _spell(self, before: list[steps.School], day: date, good: bool, leaves: date, last: date) -> list[steps.School]:
        """What begins after the last such day so that on this it is good, or not; nothing where it is so already."""
        young = day <= leaves
        if before and (before[-1].day <= leaves) == young and (before[-1].offered >= FULL[young]) == good:
            return []
        least = (
            max(before[-1].day, last) + timedelta(days=1)
            if before
            else day - timedelta(days=self.frame.chance.randint(30, 300))
        )
        if before and not young and before[-1].day <= leaves:
            least = max(least, leaves + timedelta(days=1))
        since = min(day, least + timedelta(days=self.frame.chance.randint(0, 60))) if before else least
        if not before and not young and since <= leaves:
            since = leaves + timedelta(days=1)
        setting = self.frame.chance.choice((PLACES if good else NOWHERE)[young])
        if good:
            offered = FULL[young] + (0 if young else self.frame.chance.choice((0, 0, 4, 14)))
        else:
            offered = 0 if setting in ("none", "waiting_for_place") else self.frame.chance.choice((6, 10, 12))
        attended = offered - self.frame.chance.choice((0, 0, 1, 2, 4)) if offered else 0
        return [steps.School(since, setting, offered, max(attended, 0))]

    def _with_custody(self, spells: list[steps.School]) -> Iterator[Step]:
        """Lessons inside take the place of what was; what came before goes on after it."""
        marks = sorted(spells, key=lambda one: one.day)
        for begins, ends in self.frame.held():
            before = [one for one in marks if one.day < begins]
            within = [one for one in marks if begins <= one.day and (ends is None or one.day <= ends)]
            after = [one for one in marks if ends is not None and one.day > ends]
            inside = steps.School(begins, "secure_estate", 25, self.frame.chance.choice((15, 20, 25)))
            again = ends + timedelta(days=1) if ends else None
            resumes = [replace(one, day=again) for one in (within or before)[-1:] if again]
            marks = [*before, inside, *([] if after and after[0].day == again else resumes), *after]
        yield from (one for one in marks if one.day <= self.frame.today)
