"""The published figures, counted from the rows in the database and from nothing the simulation knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta

from waypost.casework.models import Contract, Offence, Outcome, OutcomeFor
from waypost.casework.outcomes import definitions, rules
from waypost.casework.outcomes.definitions import Family
from waypost.casework.outcomes.rules import Given
from waypost.kernel.lists import load
from waypost.kernel.rates import Rate
from waypost.kernel.school_age import birthday, compulsory_until
from waypost.people.models import Birth, CareStatus, Education
from waypost.people.record.beside import current

CAUTIONED = {Family.CAUTION}
CONVICTED = {Family.FIRST_TIER, Family.COMMUNITY, Family.CUSTODY}
OURS = "Alder Vale"


@dataclass(frozen=True)
class Decided:
    person: UUID
    given: Given
    offence: date | None

    @property
    def family(self) -> Family:
        return self.given.type.family

    @property
    def counts(self) -> bool:
        return self.family in CAUTIONED | CONVICTED


def decided() -> list[Decided]:
    signed = {one.outcome_id: one.since for one in current(Contract).order_by("-since")}
    offences = {one.pk: one.since for one in current(Offence)}
    of: dict[UUID, date] = {}
    for outcome, offence in OutcomeFor.objects.values_list("outcome", "offence"):
        of[outcome] = max(of.get(outcome, date.min), offences[offence])
    types = definitions.load()
    return [
        Decided(
            one.person_id,
            Given(types[one.type], one.since, one.length, signed.get(one.pk), one.released, one.until),
            of.get(one.pk),
        )
        for one in current(Outcome)
    ]


def by_person(rows: list[Decided]) -> dict[UUID, list[Decided]]:
    found: dict[UUID, list[Decided]] = defaultdict(list)
    for one in rows:
        found[one.person].append(one)
    return found


def reoffending(today: date) -> Rate:
    """Cautioned, convicted without custody or released in a year that ended 18 months ago; again within 12, proven in 18."""
    until = today - relativedelta(months=18)
    since = until - relativedelta(years=1)
    again = of = 0
    for rows in by_person(decided()).values():
        began = sorted(day for one in rows if (day := _index(one)) and since <= day < until)
        if began:
            of += 1
            again += any(_is_proven(one, began[0]) for one in rows)
    return Rate(again, of)


def _index(one: Decided) -> date | None:
    if one.family == Family.CUSTODY:
        return rules.release_day(one.given)
    return one.given.made if one.counts else None


def _is_proven(one: Decided, began: date) -> bool:
    if not one.counts or one.offence is None:
        return False
    in_time = began < one.offence <= began + relativedelta(months=12)
    return in_time and one.given.made <= began + relativedelta(months=18)


def custody(today: date, population: int) -> Rate:
    since = today - relativedelta(years=1)
    rows = [one for one in decided() if one.family == Family.CUSTODY and since < one.given.made <= today]
    return Rate(len(rows), population)


def looked_after(today: date, population: int) -> Rate:
    """Twelve months looked after at 31 March, aged 10 to 17, by the responsible authority; convicted or cautioned in that year."""
    march = date(today.year if today >= date(today.year, 4, 1) else today.year - 1, 3, 31)
    before = march - relativedelta(years=1)
    bases = load("care_bases")
    long = {
        one.person_id
        for one in current(CareStatus)
        if bases[one.care_basis].flag("looked_after")
        and one.responsible == OURS
        and one.since <= before
        and (one.until is None or one.until >= march)
    }
    born = dict(current(Birth).filter(person__in=long).values_list("person", "born"))
    of_age = {pk for pk in long if birthday(born[pk], 10) <= march < birthday(born[pk], 18)}
    counted = {one.person for one in decided() if one.counts and before < one.given.made <= march}
    return Rate(len(of_age & counted), population)


def education(today: date) -> tuple[Rate, Rate]:
    """Of court orders that ended in the last year: all, and those of compulsory school age on the last day."""
    every, young = Rate(0, 0), Rate(0, 0)
    born = dict(current(Birth).values_list("person", "born"))
    places: dict[UUID, list[Any]] = defaultdict(list)
    for one in current(Education):
        places[one.person_id].append(one)
    for person, ends in _ended(today):
        is_young = ends <= compulsory_until(born[person])
        found = Rate(_is_in(places[person], ends, 25 if is_young else 16), 1)
        every += found
        young += found if is_young else Rate(0, 0)
    return every, young


def _ended(today: date) -> Iterator[tuple[UUID, date]]:
    since = today - relativedelta(years=1)
    for one in decided():
        ends = rules.ends(one.given)
        if one.given.type.given_by == "court" and ends and since < ends <= today:
            yield one.person, ends


def _is_in(places: list[Any], on: date, hours: int) -> bool:
    settings = load("education_settings")
    return any(
        one.is_on(on)
        and (settings[one.setting].flag("education") or settings[one.setting].flag("work"))
        and one.hours_offered >= hours
        for one in places
    )
