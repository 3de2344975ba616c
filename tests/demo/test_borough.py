"""The simulated borough: as many children as a borough has, and the published figures at every seed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.demo import borough_figures as figures
from waypost.access.models import Access
from waypost.casework.models import Involvement
from waypost.demo.accounts import load_accounts
from waypost.demo.borough.load import holders, load_borough
from waypost.demo.borough.rates import rates
from waypost.people.record.beside import current

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()
SEEDS = (1, 417, 2026)


@pytest.fixture(params=SEEDS)
def borough(request: Any, db: None, time_machine: Any) -> int:
    time_machine.move_to(AT)
    load_accounts(at=AT)
    load_borough(at=AT, seed=request.param)
    return int(request.param)


def test_the_published_figures_hold(borough: int) -> None:
    found = rates()
    every, young = figures.education(TODAY)
    custody = figures.custody(TODAY, found.population)
    counted = {
        "reoffending": (figures.reoffending(TODAY), found.reoffending, 0.02),
        "custody": (custody, found.custody_per_thousand / 1000, 0.00002),
        "looked after": (figures.looked_after(TODAY, found.looked_after_population), found.looked_after, 0.02),
        "education": (every, found.education, 0.02),
        "education at compulsory school age": (young, found.education_compulsory, 0.02),
    }
    for name, (rate, asked, _) in counted.items():
        print(borough, name, rate, rate.numerator / rate.denominator, asked)
    print(current(Involvement).filter(until=None).count(), Counter(Counter(Access.objects.filter(basis="allocated", until=None).values_list("staff__name", flat=True)).values()))
    wrong = [name for name, (rate, asked, by) in counted.items() if abs(rate.numerator / rate.denominator - asked) > by]
    assert wrong == []
