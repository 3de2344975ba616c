"""The figures the borough is calibrated to, and the years they are counted over. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both inside."""

    since: date
    until: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.since <= day <= self.until


def cohort(today: date) -> Span:
    """The last year of which it is known who offended again: a year to offend, half a year to be proven."""
    return Span(today - relativedelta(months=30), today - relativedelta(months=18, days=1))


def last_year(today: date) -> Span:
    return Span(today - relativedelta(years=1) + relativedelta(days=1), today)


def care_year(today: date) -> Span:
    """The last year that ended on a 31 March."""
    ended = date(today.year - (today < date(today.year, 4, 1)), 3, 31)
    return Span(date(ended.year - 1, 4, 1), ended)


@dataclass(frozen=True, slots=True)
class Rates:
    reoffending: float
    custody_per_thousand: float
    looked_after: float
    education: float
    education_compulsory: float
    population: int
    looked_after_population: int
    years: int
    natures: Mapping[str, int]
    again_voluntary: float
    again_after: float
    custody_after: float


@cache
def rates() -> Rates:
    given = yaml.safe_load((HERE / "rates.yaml").read_text(encoding="utf-8"))
    figures: Mapping[str, Any] = given["figures"]
    assumed: Mapping[str, Any] = given["assumed"]
    return Rates(
        reoffending=figures["reoffending"]["rate"],
        custody_per_thousand=figures["custody"]["per_thousand"],
        looked_after=figures["looked_after"]["rate"],
        education=figures["education"]["rate"],
        education_compulsory=figures["education_compulsory"]["rate"],
        population=assumed["population"]["number"],
        looked_after_population=assumed["looked_after_population"]["number"],
        years=assumed["years"]["number"],
        natures=given["natures"],
        again_voluntary=given["again"]["voluntary"],
        again_after=given["again"]["after"],
        custody_after=given["custody_after"],
    )
