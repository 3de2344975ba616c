"""One child's outcomes, one after another, each lawful on its day: the frame that a life hangs on. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from waypost.casework.outcomes import definitions, rules
from waypost.casework.outcomes.definitions import Family, OutcomeType
from waypost.casework.outcomes.rules import Given
from waypost.demo.borough.quotas import Quotas
from waypost.demo.borough.rates import Rates, Span, cohort
from waypost.kernel.days import is_working_day
from waypost.kernel.school_age import birthday

FIRST = {
    "prevention": "prevention",
    "turnaround": "turnaround",
    "resolution": "community_resolution",
    "outcome_22": "outcome_22",
    "caution": "youth_caution",
    "conditional_caution": "youth_conditional_caution",
    "referral": "referral_order",
    "rehabilitation": "youth_rehabilitation",
}
NEXT = {  # what may follow, and how often
    Family.PREVENTION: (("youth_caution", 4), ("youth_conditional_caution", 3), ("referral_order", 3)),
    Family.DIVERSION: (("youth_caution", 4), ("youth_conditional_caution", 3), ("referral_order", 3)),
    Family.CAUTION: (("youth_conditional_caution", 3), ("referral_order", 7)),
    Family.FIRST_TIER: (("youth_rehabilitation", 8), ("referral_order", 2)),
    Family.COMMUNITY: (("youth_rehabilitation", 1),),
    Family.CUSTODY: (("youth_rehabilitation", 1),),
}
LENGTHS = {  # months; a youth conditional caution has as long as is usual
    "referral_order": (3, 4, 6, 6, 6, 9, 9, 12),
    "youth_rehabilitation": (6, 9, 12, 12, 12, 18),
    "detention_training": (4, 6, 8, 8, 10, 12),
    "section_250": (24, 30),
}
VOLUNTARY_WEEKS = {
    "prevention": (12, 26),
    "turnaround": (10, 18),
    "community_resolution": (6, 14),
    "outcome_22": (8, 16),
}
OFFENCES = {
    Family.PREVENTION: ("theft_from_shop", "criminal_damage", "common_assault"),
    Family.DIVERSION: (
        "theft_from_shop",
        "criminal_damage",
        "common_assault",
        "theft_of_cycle",
        "vehicle_interference",
    ),
    Family.CAUTION: ("theft_from_shop", "criminal_damage", "common_assault", "theft_from_person", "bladed_article"),
    Family.FIRST_TIER: (
        "common_assault",
        "bladed_article",
        "theft_from_person",
        "actual_bodily_harm",
        "take_without_consent",
        "burglary_other",
    ),
    Family.COMMUNITY: (
        "actual_bodily_harm",
        "bladed_article",
        "robbery",
        "burglary_dwelling",
        "offensive_weapon",
        "aggravated_taking",
    ),
    Family.CUSTODY: ("robbery", "wounding", "burglary_dwelling", "aggravated_taking", "threaten_with_weapon"),
}
COUNTED = frozenset({Family.CAUTION, Family.FIRST_TIER, Family.COMMUNITY, Family.CUSTODY})  # a caution or a conviction
LAST_AGE = 18


@dataclass(frozen=True, slots=True)
class Link:
    """One outcome: the offence it was given for, its clock, and how it ended if not by that."""

    given: Given
    offence_day: date | None
    offence: str = ""
    because: str = ""  # how it ended otherwise than by its clock
    told: date | None = None  # when the service heard of the matter

    @property
    def type(self) -> OutcomeType:
        return self.given.type

    @property
    def made(self) -> date:
        return self.given.made

    @property
    def released(self) -> date | None:
        """The last day in custody; None where it is not custody."""
        return rules.release_day(self.given) if self.type.family == Family.CUSTODY else None

    @property
    def counts_from(self) -> date | None:
        """From when it would be counted whether the child offends again."""
        return self.released or (self.made if self.type.family in COUNTED else None)

    @property
    def ends(self) -> date | None:
        return rules.ends(self.given)


@dataclass(frozen=True, slots=True)
class Chain:
    links: tuple[Link, ...]
    born: date
    pending: Link | None = None  # charged, and the court has not decided


def working(day: date) -> date:
    """That day, or the next on which offices and courts sit."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


class Telling:
    """Draws one chain. Quotas say who offends again; chance says when and what."""

    def __init__(self, chance: Random, quotas: Quotas, rates: Rates, today: date) -> None:
        self.chance, self.quotas, self.rates, self.today = chance, quotas, rates, today
        self.year: Span = cohort(today)
        self.indexed = False  # counted in the cohort already

    def begins(self, nature: str, day: date) -> Chain:
        first = self._link(FIRST[nature], working(day), self._offence_before(nature, day))
        return self._aged(self._goes_on([first]))

    def custody(self, day: date) -> Chain:
        """A custodial sentence on that day; most often after an earlier order."""
        chance, made = self.chance, working(day)
        offence = made - timedelta(days=chance.randint(40, 140))
        sentence = self._link("section_250" if chance.random() < 0.1 else "detention_training", made, offence)
        links = [sentence]
        if self.quotas.take("custody after", self.rates.custody_after):
            before = working(offence - timedelta(days=chance.randint(40, 300)))
            type = chance.choices(("referral_order", "youth_rehabilitation", "youth_conditional_caution"), (3, 6, 1))[0]
            prior = self._link(type, before, before - timedelta(days=chance.randint(30, 120)))
            if self.year.holds(before):
                self.indexed = True
                self.quotas.told("reoffending", self.rates.reoffending, is_so=True)
            links = [self._ended(prior, sentence.made), sentence]
        return self._aged(self._goes_on(links))

    def _offence_before(self, nature: str, day: date) -> date | None:
        if nature in ("prevention", "turnaround"):
            return None
        court = nature in ("referral", "rehabilitation")
        return day - timedelta(days=self.chance.randint(*((35, 140) if court else (10, 60))))

    def _link(self, key: str, made: date, offence: date | None) -> Link:
        chance, type = self.chance, definitions.load()[key]
        length = chance.choice(LENGTHS[key]) if key in LENGTHS else None
        given = Given(type, made, length)
        if (
            type.starts == "contract"
            and (signed := working(made + timedelta(days=chance.randint(14, 30)))) <= self.today
        ):
            given = replace(given, contract_signed=signed)
        link = Link(
            given,
            offence,
            chance.choice(OFFENCES[type.family]) if offence else "",
            told=self._told(type, made, offence),
        )
        if type.voluntary:
            weeks = chance.randint(*VOLUNTARY_WEEKS[key])
            because = "consent_withdrawn" if chance.random() < 0.1 else "completed"
            ended = working(made + timedelta(weeks=weeks if because == "completed" else weeks // 2))
            if ended < self.today:
                link = replace(link, given=replace(given, ended=ended), because=because)
        return link

    def _told(self, type: OutcomeType, made: date, offence: date | None) -> date:
        """The service hears of a matter at its first hearing, or from the police."""
        if type.given_by != "court" or offence is None:
            return made
        return working(max(offence + timedelta(days=5), made - timedelta(days=self.chance.randint(14, 42))))

    def _goes_on(self, links: list[Link]) -> tuple[list[Link], Link | None]:
        """To further outcomes, as long as somebody or something says so."""
        while len(links) < 4:
            last = links[-1]
            since = last.counts_from or last.made
            if since > self.today or not self._again(last):
                break
            offence = since + timedelta(days=12 + int(320 * self.chance.random() ** 1.6))
            if offence > self.today - timedelta(days=9):
                break
            types, weights = zip(*NEXT[last.type.family], strict=True)
            key = self.chance.choices(types, weights)[0]
            made = working(offence + timedelta(days=self.chance.randint(28, 120)))
            if made > self.today:
                court = self._link("referral_order" if key.startswith("youth_c") else key, made, offence)
                told = min(court.told or made, self.today - timedelta(days=3))
                return links, replace(court, told=working(max(told, offence + timedelta(days=2))))
            link = self._link(key, made, offence)
            links[-1] = self._ended(last, made)
            links.append(link)
        return links, None

    def _again(self, last: Link) -> bool:
        if self.year.holds(last.counts_from) and not self.indexed:
            self.indexed = True
            return self.quotas.take("reoffending", self.rates.reoffending)
        if last.type.voluntary:
            return self.quotas.take("again, voluntary", self.rates.again_voluntary)
        return self.quotas.take("again", self.rates.again_after)

    def _ended(self, last: Link, by: date) -> Link:
        """What still runs when a court sentences again ends with that; voluntary work is over."""
        begins, ends = rules.begins(last.given), last.ends
        if ends is not None and ends < by:
            return last
        if last.type.at_once or (last.released is not None and begins and begins <= by):
            return last
        because = (
            "resentenced" if last.type.given_by == "court" else "agreed" if last.type.voluntary else "not_completed"
        )
        signed = last.given.contract_signed
        given = replace(last.given, ended=by, contract_signed=signed if signed and signed <= by else None)
        return replace(last, given=given, because=because)

    def _aged(self, found: tuple[list[Link], Link | None]) -> Chain:
        """Old enough for the first, and under 18 to the last day of whatever is over."""
        links, pending = found
        first, today = links[0], self.today
        over = [day for link in links for day in (link.made, link.ends) if day and day <= today]
        last = max([*over, *([min(pending.made, today)] if pending else [])])
        youngest = 15 if any(link.type.family == Family.CUSTODY for link in links) else 11
        years = self.chance.triangular(youngest, 17.8, 16.2)
        born = first.made - timedelta(days=int(years * 365.25))
        if last >= birthday(born, LAST_AGE) - timedelta(days=2):
            born = last - timedelta(days=int((17.15 + 0.8 * self.chance.random()) * 365.25))
        return Chain(tuple(links), born, pending)
