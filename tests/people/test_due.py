"""Alerts to be looked at again, as lines of what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, child, said
from waypost.access.models import Staff
from waypost.people.models import Alert, Child
from waypost.people.record.due import alert_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


def marks(of: Child, who: Staff, on: date) -> list[tuple[str, bool]]:
    as_seen_by(who)
    alerts = Alert.objects.current().of([of.pk]).select_related("by").order_by("review_by")
    return [(line.mark, line.late) for line in alert_lines(alerts, on)]


def test_those_due_within_a_week_and_those_that_are_late(worker: Staff) -> None:
    ellis, today = child(worker), timezone.localdate()
    for days in (20, 9, 5):
        said(ellis, "alert", worker, review_by=today + timedelta(days=days))
    assert marks(ellis, worker, today + timedelta(days=8)) == [
        ("3 days late", True),
        (f"By {today + timedelta(days=9):%-d %B %Y}", False),
    ]
    assert marks(ellis, worker, today + timedelta(days=9))[1] == ("Today", False)


def test_an_alert_that_ends_is_not_asked_for(worker: Staff) -> None:
    ellis, today = child(worker), timezone.localdate()
    said(ellis, "alert", worker, review_by=today + timedelta(days=2), until=today + timedelta(days=30))
    assert marks(ellis, worker, today + timedelta(days=5)) == []
