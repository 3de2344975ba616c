"""The simulated borough: as many children as a borough has, and the published figures at every seed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.demo import borough_figures as figures
from waypost.access.log_models import LogEntry
from waypost.access.models import Access, Staff
from waypost.casework.models import Involvement
from waypost.demo.accounts import load_accounts
from waypost.demo.borough.load import holders, load_borough
from waypost.demo.borough.rates import rates
from waypost.kernel.lists import load as load_list
from waypost.kernel.rates import Rate
from waypost.people.models import Allocation
from waypost.people.record.beside import current
from waypost.people.record.fields import SOURCE, Listed, asked_of
from waypost.people.record.kinds import KINDS
from waypost.people.record.rules import why_not_period, why_not_source

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()
SEEDS = (1, 417, 2026)
CASE_MANAGERS = 16


@pytest.fixture(params=SEEDS)
def borough(request: Any, db: None, time_machine: Any) -> int:
    time_machine.move_to(AT)
    load_accounts(at=AT)
    load_borough(at=AT, seed=request.param)
    return int(request.param)


def test_the_borough_is_as_published_and_as_large_as_one(borough: int) -> None:
    found = rates()
    every, young = figures.education(TODAY)
    counted = {
        "reoffending": (figures.reoffending(TODAY), found.reoffending),
        "looked after": (figures.looked_after(TODAY, found.looked_after_population), found.looked_after),
        "education": (every, found.education),
        "education at compulsory school age": (young, found.education_compulsory),
    }
    off = {name: share(rate) - asked for name, (rate, asked) in counted.items()}
    assert {name: by for name, by in off.items() if abs(by) > 0.02} == {}
    assert all(rate.denominator > 50 for rate, _ in counted.values())
    custody = figures.custody(TODAY, found.population)
    assert abs(share(custody) * 1000 - found.custody_per_thousand) < 0.02
    _is_worked_with()


def _is_worked_with() -> None:
    """Some 165 open, beside the fourteen written cases; each held by one, who holds no more than one can."""
    open_now = current(Involvement).filter(until=None).count()
    held = Counter(Access.objects.filter(basis="allocated", until=None).values_list("staff", flat=True))
    assert 150 <= open_now <= 177
    assert sum(held.values()) == open_now
    assert len(held) == CASE_MANAGERS
    assert all(8 <= number <= 12 for number in held.values()), held
    assert Allocation.objects.filter(until=None).count() == open_now


def share(rate: Rate) -> float:
    return rate.numerator / rate.denominator


def test_whoever_works_there(db: None, time_machine: Any) -> None:
    """Three managers, sixteen case managers, and police, health, education and speech seconded to them."""
    time_machine.move_to(AT)
    load_accounts(at=AT)
    load_borough(at=AT)
    roles = ("manager", "practitioner", "duty_officer", "specialist")
    who = Staff.objects.filter(roles_held__role__in=roles)
    assert who.count() == 23
    assert len(holders()) == CASE_MANAGERS
    seconded = set(who.filter(roles_held__role="specialist").values_list("agency", flat=True))
    assert seconded == {"police", "health", "education", "speech_and_language"}
    assert list(LogEntry.objects.filter(event="demonstration.grown").values_list("actor", flat=True)) == [None]
    _passes_every_rule()


def _passes_every_rule() -> None:
    """As whoever types it would have to: the rule of its kind, its source, and answers that are in their lists."""
    wrong: Counter[str] = Counter()
    for kind in KINDS.values():
        for one in kind.model.objects.all():
            today = timezone.localdate(one.at)
            said = {**kind.said_of(one)}
            why = kind.rule(said, today) or why_not_source(
                how=one.how, said_by=one.said_by, speaker=one.speaker, own_words=bool(said.get("own_words"))
            )
            if why is None and kind.period:
                why = why_not_period(said, today, ahead=kind.ahead)
            wrong += Counter([f"{kind.key}: {why}"] * (why is not None))
            wrong += Counter(_not_listed(one))
    assert wrong == Counter()


def _not_listed(one: Any) -> list[str]:
    asked = asked_of(one)
    return [
        f"{asked.key}.{name}: {value}"
        for name, field in {**asked.fields, **SOURCE}.items()
        if isinstance(field, Listed) and (value := getattr(one, name)) and value not in load_list(field.name)
    ]
