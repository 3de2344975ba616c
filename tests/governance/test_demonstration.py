"""The demonstration's plan has lived: every status is there to be seen, and what nothing answers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from waypost.demo.load import load
from waypost.governance.answers.lines import answer
from waypost.governance.answers.rules import Gap
from waypost.governance.improvement.lines import lines
from waypost.governance.improvement.models import Plan
from waypost.governance.improvement.status import Status

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_demonstration_shows_every_status_and_gap():
    load(at=AT, borough=False)
    plan = Plan.objects.get()
    found = lines(plan, AT.date())
    assert {line.status for line in found} >= set(Status) - {Status.NOT_STARTED}
    assert any(line.explained.by_hand for line in found)
    said = answer(plan.inspection, plan, AT.date())
    assert all(said.groups[gap] for gap in Gap)
    assert [line.name for line in said.groups[Gap.NOTHING] if line.is_recommendation] == [
        "Recommendation 7",
        "Recommendation 8",
    ]


def test_the_clock_runs_from_the_day_the_report_gives():
    load(at=AT, borough=False)
    inspection = Plan.objects.get().inspection
    assert (inspection.published, inspection.published_day_known) == (date(2025, 6, 17), True)
    assert inspection.answer_by == date(2026, 6, 17)
