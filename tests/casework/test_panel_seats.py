"""What whoever sits on a panel may see, and what others see of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.panels import (
    PLACE,
    changed,
    held,
    in_days,
    page,
    panel,
    papers,
    referral,
    result,
    signed_in,
    take,
    text,
)
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, document, sealed
from waypost.access import accounts, opening
from waypost.access.models import Access, LogEntry, Staff, access_of, seats_of
from waypost.casework.due import due_about
from waypost.casework.referral_panels import actions, panels
from waypost.casework.work import work_of
from waypost.kernel.days import midnight_after
from waypost.people.models import Child
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS
from waypost.people.removal import actions as removal

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar", job_title="Case manager")


@pytest.fixture
def volunteer() -> Staff:
    return staff("panel_volunteer", name="Dennis Orchard")


@pytest.fixture
def aisha(worker: Staff) -> Child:
    return child(worker, given="Aisha", family="Karim")


# Whoever sits ---------------------------------------------------------------------------------------------------------


def test_a_volunteer_sees_their_panel_and_takes_its_papers(worker, volunteer, aisha) -> None:
    other = staff("panel_volunteer", name="Ruth Ashe")
    made = panel(aisha, worker, adviser=worker, volunteers=[volunteer, other])
    (paper,) = papers(made, worker)
    found = page(volunteer)
    assert "My panels" in found and "Aisha K" in found and "Karim" not in found and aisha.number not in found
    assert "Ruth Ashe" in found and "Priya Nandakumar" in found and PLACE in found and "report.txt" in found
    assert str(aisha.pk) not in found
    assert take(volunteer, paper) == 200
    row = LogEntry.objects.get(event="panel.paper_taken")
    assert (row.verb, row.actor, row.subject) == ("disclosed", volunteer.pk, aisha.pk)
    assert LogEntry.objects.filter(actor=volunteer.pk, event="panel.list", verb="viewed").exists()


def test_nothing_else_is_open_to_a_volunteer(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    client = signed_in(volunteer)
    for name, where in (
        ("child", {"pk": aisha.pk}),
        ("children", {}),
        ("find", {}),
        ("panel", {"pk": made.pk}),
        ("panel_papers", {"pk": made.pk}),
        ("panel_result", {"pk": made.pk}),
        ("court_desk", {}),
        ("child_document", {"pk": aisha.pk, "statement": paper.document_id}),
        ("child_handover", {"pk": aisha.pk}),
    ):
        assert client.get(reverse(name, kwargs=where)).status_code == 403, name
    assert client.get(reverse("file", kwargs={"pk": paper.document.file_id})).status_code == 404
    assert not access_of(volunteer, NOW()).exists()
    assert not Child.objects.visible_to(volunteer, NOW()).exists()
    assert not Child.objects.findable_by(volunteer, NOW()).exists()
    today = text(client.get(reverse("today")))
    assert "Aisha" not in today


@pytest.mark.parametrize("also", ["auditor", "specialist", "practitioner", "panel_coordinator"])
def test_a_seat_opens_no_record_whatever_other_role_they_hold(worker, aisha, also) -> None:
    adviser = staff("practitioner", name="Idris Vane")
    made = panel(aisha, worker, adviser=adviser)
    papers(made, worker)
    sits = staff("panel_volunteer", also)
    opening.seat([sits], aisha.pk, made.pk, since=NOW(), until=NOW() + timedelta(days=1), by=worker)
    for one in (adviser, sits):
        as_seen_by(one)
        assert not Child.objects.visible_to(one, NOW()).exists()
        assert signed_in(one).get(reverse("child", kwargs={"pk": aisha.pk})).status_code != 200
    assert "Aisha K" in page(adviser)


@pytest.mark.parametrize(("days", "open_now"), [(0, True), (9, True), (10, True), (11, False), (40, False)])
def test_papers_open_ten_days_before_and_no_sooner(worker, volunteer, aisha, days, open_now, time_machine) -> None:
    time_machine.move_to((timezone.localtime() + timedelta(days=1)).replace(hour=9), tick=False)
    made = panel(aisha, worker, days=days, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    assert (take(volunteer, paper) == 200) is open_now
    assert ("Aisha K" in page(volunteer)) is open_now
    time_machine.move_to(in_days(days).replace(hour=23, minute=59))
    assert take(volunteer, paper) == 200
    time_machine.move_to(midnight_after(made.day))
    assert take(volunteer, paper) == 404 and "Aisha" not in page(volunteer)


def test_off_the_panel_is_off_at_the_next_request(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    made.refresh_from_db()
    assert take(volunteer, paper) == 200
    changed(made, worker, why="", volunteers=[staff("panel_volunteer")])
    assert take(volunteer, paper) == 404 and "Aisha" not in page(volunteer)


def test_off_the_papers_is_off_at_the_next_request(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    made.refresh_from_db()
    actions.choose_papers(made, [], revision=made.revision, by=worker, at=NOW())
    assert take(volunteer, paper) == 404 and "report.txt" not in page(volunteer)


def test_a_paper_of_one_panel_is_none_of_anothers(worker, volunteer, aisha) -> None:
    mine = panel(aisha, worker, volunteers=[volunteer])
    theirs = panel(aisha, worker, of=mine.outcome, kind="review", days=8)
    (paper,) = papers(theirs, worker)
    assert take(volunteer, paper) == 404
    where = {"pk": mine.pk, "paper": paper.pk}
    assert signed_in(volunteer).get(reverse("panel_paper", kwargs=where)).status_code == 404


def test_what_closes_a_paper_without_anybody_taking_it_off(worker, volunteer, aisha) -> None:
    head = staff("head_of_service")
    made = panel(aisha, worker, volunteers=[volunteer])
    report, other = document(aisha, worker), document(aisha, worker, "other.txt")
    first, second = papers(made, worker, report, other)
    as_seen_by(head)
    said = KINDS["document"].said_of(report)
    source = record.Source(agency="youth_justice", basis="crime_and_disorder_39", disclosure="third_party")
    record.correct(report, said, source=source, by=head, at=NOW())
    assert take(volunteer, first) == 404 and take(volunteer, second) == 200
    as_seen_by(head)
    removal.remove(other, rule="rectification", reason="It was another child’s.", by=head, at=NOW())
    assert take(volunteer, second) == 404
    as_seen_by(worker)
    (found,) = panels.of_order(made.outcome, aisha, NOW())
    assert [one.why_not is None for one in found.papers] == [False, False] and found.given == []
    assert "Not given to the panel" in text(signed_in(worker).get(reverse("panel", kwargs={"pk": made.pk})))


def test_a_record_sealed_meanwhile_is_closed_to_them(worker, volunteer, aisha) -> None:
    head = staff("head_of_service")
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    sealed(aisha, worker, head, by=head)
    assert take(volunteer, paper) == 404 and "Aisha" not in page(volunteer)


def test_a_role_or_an_account_that_ends_closes_them(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer], days=20)
    administrator = staff("administrator")
    accounts.end(volunteer, by=administrator, at=NOW())
    assert not seats_of(Staff.objects.get(pk=volunteer.pk), in_days(20)).exists()
    as_seen_by(worker)
    (found,) = panels.of_order(made.outcome, aisha, NOW())
    assert [one.still for one in found.sitting] == [False] and "two volunteers" in (found.missing or "")


# What others see ------------------------------------------------------------------------------------------------------


def lines(of: Child, by: Staff) -> list:
    as_seen_by(by)
    return due_about(work_of([of], at=NOW())[of.pk], on=timezone.localdate(), within=timedelta(days=60))


def test_what_is_due_says_once_what_is_arranged(worker, aisha) -> None:
    of = referral(aisha, worker)
    (line,) = [one for one in lines(aisha, worker) if "panel meeting" in one.title]
    assert line.do == "Arrange it" and signed_in(worker).get(line.href).status_code == 200
    made = panel(aisha, worker, of=of)
    (line,) = [one for one in lines(aisha, worker) if "panel meeting" in one.title]
    assert line.do == "See the panel" and PLACE in line.why
    held(made)
    (line,) = [one for one in lines(aisha, worker) if "panel meeting" in one.title]
    assert line.do == "Say what came of it"
    result(made, worker)
    assert not [one for one in lines(aisha, worker) if "panel meeting" in one.title]


def test_a_meeting_for_which_no_task_waits_is_due_to_be_recorded(worker, aisha) -> None:
    held(panel(aisha, worker, kind="progress"), 2)
    (line,) = [one for one in lines(aisha, worker) if "Say what came of it" in one.do]
    assert line.title == "progress meeting, not recorded" and line.late


def test_the_childs_page_names_the_next_panel(worker, aisha) -> None:
    made = panel(aisha, worker)
    found = text(signed_in(worker).get(reverse("child", kwargs={"pk": aisha.pk})))
    assert "Next panel" in found and reverse("panel", kwargs={"pk": made.pk}) in found


def test_the_coordinators_page_is_of_children_that_are_open_to_them(worker, volunteer, aisha) -> None:
    coordinator = staff("panel_coordinator")
    of = referral(aisha, worker)
    assert "Aisha" not in page(coordinator)
    opening.give(coordinator, aisha.pk, Access.Basis.INVOLVED, at=NOW(), by=worker)
    assert "Aisha Karim" in page(coordinator) and "Arrange it" in page(coordinator)
    made = panel(aisha, coordinator, of=of, adviser=coordinator, volunteers=[volunteer])
    as_seen_by(coordinator)
    desk = panels.desk(coordinator, NOW())
    assert (desk.to_arrange, [one.of for one in desk.not_ready]) == ([], [made])
    assert desk.not_ready[0].lacks() == [
        "A panel is one of the service and two volunteers: one more volunteer is missing.",
        "No paper is chosen",
    ]
    papers(made, worker)
    made.refresh_from_db()
    changed(made, coordinator, why="", adviser=coordinator, volunteers=[volunteer, staff("panel_volunteer")])
    assert [one.of for one in panels.desk(coordinator, NOW()).ready] == [made]
    held(made)
    assert [one.of for one in panels.desk(coordinator, NOW()).to_record] == [made]


def test_a_coordinator_arranges_and_records_without_writing_in_the_record(worker, aisha) -> None:
    coordinator = staff("panel_coordinator")
    of = referral(aisha, worker)
    opening.give(coordinator, aisha.pk, Access.Basis.INVOLVED, at=NOW(), by=worker)
    made = held(panel(aisha, coordinator, of=of))
    result(made, coordinator)
    found = text(signed_in(coordinator).get(reverse("panel", kwargs={"pk": made.pk})))
    assert "The contract is to be written into the record by whoever holds the child" in found


def test_pages_ask_as_much_of_one_panel_as_of_six(worker, volunteer) -> None:
    def asked(person: Staff) -> int:
        client = signed_in(person)
        client.get(reverse("panels"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("panels"))
        return len(queries)

    def one(number: int) -> None:
        of = child(worker, given=f"Child{'abcdefg'[number]}")
        papers(panel(of, worker, adviser=worker, volunteers=[volunteer]), worker)
        referral(child(worker, given=f"Other{'abcdefg'[number]}"), worker)

    one(0)
    before = asked(worker), asked(volunteer)
    for number in range(1, 6):
        one(number)
    assert (asked(worker), asked(volunteer)) == before
