"""The demonstration is loaded on whatever day and at whatever hour somebody tries it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from waypost.demo.load import load

DAYS = (
    datetime(2026, 11, 29, 7, 5, tzinfo=UTC),  # a Sunday
    datetime(2026, 12, 28, 9, tzinfo=UTC),  # after a Christmas whose Saturday is made up for
    datetime(2027, 3, 30, 12, tzinfo=UTC),  # after Easter, and a change of the clock
    datetime(2027, 6, 15, 0, 30, tzinfo=UTC),  # shortly after midnight in London
    datetime(2028, 2, 29, 9, tzinfo=UTC),
)


WITH_THE_BOROUGH = (DAYS[0], DAYS[3])  # early on a Sunday, and before a day has begun to be worked


@pytest.mark.django_db
@pytest.mark.parametrize("at", DAYS, ids=str)
def test_it_is_loaded(at: datetime, time_machine: Any) -> None:
    time_machine.move_to(at)
    load(at=at, borough=at in WITH_THE_BOROUGH)
    connection.check_constraints()
