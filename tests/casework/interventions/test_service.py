"""Planned against delivered of a whole service, in a period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.casework.interventions.work import held, sessions, work
from tests.factories import staff
from tests.people.children import as_seen_by, child, professional, sealed
from waypost.casework.interventions import actions
from waypost.casework.interventions.rules import Counted
from waypost.casework.interventions.service import Line, service, worst_first

pytestmark = pytest.mark.django_db


def of_service(manager, days=91, until=None):
    as_seen_by(manager)
    until = until or timezone.localdate()
    return service(manager, timezone.now(), until - timedelta(days=days - 1), until)


@pytest.fixture
def manager(db):
    """Priya held two of four and lost two, one of them ours; another agency lost the only one it had."""
    manager, priya = staff("manager"), staff("practitioner", name="Priya Nandakumar")
    ellis = child(priya)
    of = work(ellis, priya)
    for days_ago in (20, 13):
        held(of, priya, days_ago)
    held(of, priya, 6, "cancelled", reason="room")
    held(of, priya, 3, "missed", reason="ill", acceptable=True)
    theirs = work(ellis, priya, professional=professional(priya), agency="substance_use", programme="substances_talk")
    held(theirs, priya, 5, "cancelled", reason="partner")
    return manager


def test_by_worker_programme_agency_and_direction_the_worst_first(manager):
    found = of_service(manager)
    told = {title: [(one.name, one.counted.rate.numerator, one.counted.rate.denominator) for one in lines] for title, lines in found.tables.items()}  # fmt: skip
    assert told == {
        "By worker": [("Sunita Rao", 0, 1), ("Priya Nandakumar", 2, 4)],
        "By programme": [("Substances: what it does for me", 0, 1), ("Handling anger", 2, 4)],
        "By agency": [("Substance use service", 0, 1), ("Youth justice service", 2, 4)],
        "By direction of work": [("Health and wellbeing", 0, 1), ("Thinking and skills", 2, 4)],
        "In custody or not": [("Not in custody", 2, 5)],
    }
    assert dict(found.lost_by) == {"ours": 1, "on the child’s side": 1, "another agency’s": 1}
    assert {one.reason for one in found.lost} == {
        "We cancelled: no room or no car",
        "We cancelled: another agency could not hold it",
        "Did not come: ill, or at hospital",
    }


def test_periods_that_follow_on_each_other_add_up(manager):
    until = timezone.localdate()
    whole = of_service(manager, 28, until)
    parts = [of_service(manager, 14, until), of_service(manager, 14, until - timedelta(days=14))]
    assert sum((one.counted for one in parts), Counted()) == whole.counted


def test_what_was_left_over_counts_on_the_day_on_which_the_work_ended(manager):
    worker = staff("practitioner", name="Tom Bright")
    ellis = child(worker)
    of = work(ellis, worker)
    held(of, worker, 3)
    actions.end(of, because="worker_left", words="", on=timezone.localdate(), by=worker, at=timezone.now())
    line = next(one for one in of_service(manager, 28).tables["By worker"] if one.name == "Tom Bright")
    assert (line.counted.delivered, line.counted.not_held, line.worst) == (
        1,
        7,
        "Ended: nobody of us could go on with it",
    )
    before = of_service(manager, 28, timezone.localdate() - timedelta(days=1))
    line = next(one for one in before.tables["By worker"] if one.name == "Tom Bright")
    assert (line.counted.delivered, line.counted.not_held) == (1, 0)


def test_a_sealed_child_is_in_no_figure(manager):
    priya = staff("practitioner")
    other = child(priya, given="Bryony", family="Tanner")
    held(work(other, priya), priya, 2)
    assert of_service(manager).counted.delivered == 3
    sealed(other, priya, by=priya)
    assert of_service(manager).counted.delivered == 2


def test_as_many_questions_for_many_children_as_for_one(manager, django_assert_num_queries):
    for _ in range(3):
        worker = staff("practitioner")
        of = work(child(worker), worker)
        held(of, worker, 2)
        sessions(of, worker, 2)
    as_seen_by(manager)
    now, on = timezone.now(), timezone.localdate()
    manager.roles()
    with django_assert_num_queries(4):
        found = service(manager, now, on - timedelta(days=27), on)
    assert found.interventions == 5


def test_nothing_planned_is_said(signed_in):
    page = signed_in(staff("manager")).get("/delivery/").content.decode()
    assert "No session of any work fell into this period" in page


def test_the_page_and_the_workbook_say_the_same(manager, signed_in):
    client = signed_in(manager)
    page = client.get("/delivery/?days=28").content.decode()
    assert "2 of 5</strong> sessions took place (40%)" in page
    assert "Ellis" not in page
    taken = client.get("/delivery/csv/?days=28")
    assert "Priya Nandakumar" in b"".join(taken).decode()
    assert client.get("/delivery/excel/?days=28").status_code == 200
    assert client.get("/delivery/poster/").status_code == 404


def test_of_equal_shares_that_with_most_lost_stands_first():
    lines = [Line("a", Counted(delivered=1, missed=1)), Line("b", Counted(delivered=2, missed=2)), Line("c", Counted())]
    assert [one.name for one in worst_first(lines)] == ["b", "a", "c"]


def test_a_day_is_a_day(manager):
    assert of_service(manager, 1, date(2020, 1, 1)).counted == Counted()
