"""Alerts of the children somebody holds stand on their first page, the longest overdue first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, child, held, said
from waypost.access.models import Staff
from waypost.people.record.due import alerts_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


def marks(who: Staff, at: datetime) -> list[tuple[str, bool]]:
    as_seen_by(who)
    return [(line.mark, line.late) for line in alerts_due(who, at, timezone.localdate(at))]


def test_late_ones_come_first_and_those_not_due_do_not_come(worker: Staff) -> None:
    ellis, today, now = child(worker), timezone.localdate(), timezone.now()
    for days in (20, 9, 5):
        said(ellis, "alert", worker, review_by=today + timedelta(days=days))
    assert marks(worker, now + timedelta(days=8)) == [
        ("3 days late", True),
        (f"By {today + timedelta(days=9):%-d %B %Y}", False),
    ]
    assert marks(worker, now + timedelta(days=9))[1] == ("Today", False)


def test_an_alert_that_ends_or_was_corrected_is_not_asked_for(worker: Staff) -> None:
    ellis, today = child(worker), timezone.localdate()
    said(ellis, "alert", worker, review_by=today + timedelta(days=2), until=today + timedelta(days=30))
    assert marks(worker, timezone.now() + timedelta(days=5)) == []


def test_it_is_for_whoever_holds_the_child(worker: Staff) -> None:
    ellis = held(worker, entered_by=staff("head_of_service"))
    said(ellis, "alert", worker, review_by=timezone.localdate() + timedelta(days=1))
    later = timezone.now() + timedelta(days=2)
    assert marks(worker, later) == [("1 day late", True)]
    assert marks(staff("practitioner"), later) == marks(staff("manager"), later) == []


def test_the_first_page_says_it(worker: Staff, signed_in, time_machine) -> None:
    said(child(worker), "alert", worker, review_by=timezone.localdate() + timedelta(days=1))
    time_machine.move_to(timezone.now() + timedelta(days=3))
    page = signed_in(worker).get("/").content.decode()
    assert "2 days late" in page
    assert "Nothing new needs you today" not in page
