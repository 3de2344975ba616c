"""Panels arranged, changed, given papers and recorded."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid5

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.access.matrix_world import day
from tests.casework.casework import correct, order, say
from tests.casework.panels import (
    PLACE,
    changed,
    events,
    held,
    in_days,
    page,
    panel,
    papers,
    planned,
    referral,
    result,
    signed_in,
    take,
    text,
)
from tests.factories import service, staff
from tests.people import children
from tests.people.children import as_seen_by, child, document, sealed
from waypost.access.models import Access, LogEntry, Staff, seats_of
from waypost.casework.referral_panels import actions, panels
from waypost.casework.referral_panels.models import PanelMeeting, PanelMember, PanelResult
from waypost.casework.tasks.models import Task
from waypost.kernel.days import midnight_after
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.kernel.words import moment
from waypost.people.matching import combining
from waypost.people.models import Child
from waypost.people.need_to_know.panels import who_may_open
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


# Arranging ------------------------------------------------------------------------------------------------------------


def test_a_panel_is_arranged_by_whoever_holds_the_child(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, adviser=worker, volunteers=[volunteer])
    assert (made.kind, made.place, made.day) == ("first", PLACE, timezone.localdate() + timedelta(days=7))
    assert set(made.members.now().values_list("staff", "seat")) == {(worker.pk, "adviser"), (volunteer.pk, "volunteer")}
    seats = Access.objects.filter(meeting=made.pk)
    assert {(one.staff_id, one.basis, one.until) for one in seats} == {
        (one.pk, "panel", midnight_after(made.day)) for one in (worker, volunteer)
    }
    assert "panel.arranged" in events()


def test_sent_twice_it_is_one(worker, aisha) -> None:
    of, once = referral(aisha, worker), new_id()
    as_seen_by(worker)
    both = [actions.arrange(aisha, of, "first", planned(), by=worker, at=NOW(), once=once) for _ in range(2)]
    assert both[0] == both[1] and PanelMeeting.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "days", "says"),
    [
        ({"type": "youth_rehabilitation", "length": 12}, 7, "Only a referral order has a panel"),
        (
            {"until": timezone.localdate() - timedelta(days=1), "ended_because": "good_progress"},
            7,
            "This order is over",
        ),
        ({}, -3, "This time has gone by"),
        ({}, -30, "The order was made on"),
    ],
)
def test_what_is_not_arranged(worker, aisha, given, days, says) -> None:
    of = referral(aisha, worker, **given)
    as_seen_by(worker)
    with pytest.raises(Refused, match=says):
        actions.arrange(aisha, of, "first", planned(days), by=worker, at=NOW(), once=new_id())


def test_one_of_a_kind_at_a_time(worker, aisha) -> None:
    first = panel(aisha, worker)
    with pytest.raises(Refused, match="A meeting of this kind is arranged for"):
        panel(aisha, worker, of=first.outcome, days=20)
    panel(aisha, worker, of=first.outcome, kind="review", days=20)
    actions.cancel(first, why="The child is ill.", by=worker, at=NOW(), once=new_id())
    panel(aisha, worker, of=first.outcome, days=21)


def test_who_may_not_arrange_is_told_and_who_may_not_open_the_child_finds_nothing(worker, aisha) -> None:
    of = referral(aisha, worker)
    for role, error in (("business_support", NotAllowed), ("specialist", NotAllowed), ("practitioner", NotFound)):
        other = staff(role)
        as_seen_by(other)
        with pytest.raises(error):
            actions.arrange(aisha, of, "first", planned(), by=other, at=NOW(), once=new_id())


def test_only_volunteers_sit_as_such_and_only_the_service_advises(worker, volunteer, aisha) -> None:
    of, other = referral(aisha, worker), staff("practitioner")
    gone = staff("panel_volunteer", is_active=False, ended=timezone.localdate())
    for adviser, others, says in (
        (None, [other], "is not a panel volunteer"),
        (None, [staff("sessional_worker")], "is not a panel volunteer"),
        (None, [gone], "has ended"),
        (volunteer, [], "is not one of the service’s staff"),
        (staff("specialist"), [], "is not one of the service’s staff"),
        (worker, [worker], "cannot sit twice"),
    ):
        as_seen_by(worker)
        with pytest.raises(Refused, match=says):
            actions.arrange(aisha, of, "first", planned(7, adviser, others), by=worker, at=NOW(), once=new_id())
    assert not PanelMeeting.objects.exists() and not Access.objects.filter(basis="panel").exists()


def test_of_a_sealed_record_only_those_who_are_named_sit(worker, volunteer, aisha) -> None:
    head = staff("head_of_service")
    of = referral(aisha, worker)
    sealed(aisha, worker, head, by=worker)
    as_seen_by(worker)
    with pytest.raises(Refused, match="This record is sealed, and Dennis Orchard is not named on it"):
        actions.arrange(aisha, of, "first", planned(7, worker, [volunteer]), by=worker, at=NOW(), once=new_id())
    made = panel(aisha, worker, of=of, adviser=worker)
    assert panels.volunteers(aisha, NOW()) == [] and set(panels.advisers(aisha, NOW())) == {worker, head}
    assert made.members.now().get().staff == worker


# Changing -------------------------------------------------------------------------------------------------------------


def test_what_it_was_stays_behind_a_change(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    now = changed(made, worker, days=9, volunteers=[volunteer], place="Hillside")
    (change,) = now.changes.all()
    assert (change.was_place, change.why, now.place) == (PLACE, "The library is shut.", "Hillside")
    seat = seats_of(volunteer, in_days(9)).get()
    closed = seats_of(volunteer, in_days(10)).exists(), seats_of(volunteer, in_days(-2)).exists()
    changed(now, worker, why="", days=9, place="Hillside")
    said = [one.words for one in panels.history(PanelMeeting.objects.get(), names_papers=True)]
    assert said == ["Dennis Orchard sat.", f"{moment(change.was_starts)}, {PLACE}. The library is shut."]
    assert seat.until == midnight_after(now.day) and closed == (False, False)


def test_a_change_of_time_needs_a_reason_and_one_of_who_sits_none(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker)
    with pytest.raises(Refused, match="Say why it changes"):
        changed(made, worker, days=9, why="")
    now = changed(made, worker, why="", volunteers=[volunteer])
    assert now.members.now().get().staff == volunteer


def test_a_stale_change_is_not_saved(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker)
    changed(made, worker, days=9)
    with pytest.raises(actions.Stale):
        changed(made, worker, days=8, revision=1)
    as_seen_by(worker)
    assert PanelMeeting.objects.get().day == timezone.localdate() + timedelta(days=9)


def test_a_stale_form_shows_both_texts_and_may_then_be_saved(worker, volunteer, aisha) -> None:
    made, client = panel(aisha, worker), signed_in(worker)
    address = reverse("panel_change", kwargs={"pk": made.pk})
    changed(made, worker, days=9, place="Hillside", volunteers=[volunteer])
    typed = day("day", timezone.localdate() + timedelta(days=11)) | {"clock": "18:00", "place": "Mill Row"}
    typed |= {"why": "The hall is free.", "once": new_id(), "revision": 1}
    answer = client.post(address, typed)
    found = text(answer)
    assert answer.status_code == 409 and "What it says now" in found
    assert "Hillside" in found and "Mill Row" in found and "Dennis Orchard" in found
    assert 'name="revision" id="id_revision" value="2"' in found
    assert client.post(address, typed | {"revision": 2}).status_code == 302


def test_a_cancelled_panel_is_over(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    made.refresh_from_db()
    with pytest.raises(Refused, match="Say why it is cancelled"):
        actions.cancel(made, why=" ", by=worker, at=NOW(), once=new_id())
    once = new_id()
    for _ in range(2):
        actions.cancel(made, why="The child is ill.", by=worker, at=NOW(), once=once)
    assert made.changes.count() == 1 and take(volunteer, paper) == 404
    as_seen_by(worker)
    for do in (
        lambda: changed(made, worker, days=9),
        lambda: actions.cancel(made, why="Again, why not.", by=worker, at=NOW(), once=new_id()),
        lambda: actions.choose_papers(made, [], revision=made.revision, by=worker, at=NOW()),
    ):
        with pytest.raises(Refused, match="cancelled"):
            do()


def test_the_database_keeps_one_adviser_and_nobody_twice(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, adviser=worker, volunteers=[volunteer])
    for who, seat in ((staff("manager"), "adviser"), (volunteer, "volunteer")):
        with pytest.raises(IntegrityError), transaction.atomic():
            PanelMember.objects.create(meeting=made, person_id=aisha.pk, staff=who, seat=seat, by=worker, at=NOW())
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.create(staff=volunteer, child=aisha.pk, basis="panel", until=NOW() + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.create(staff=volunteer, child=aisha.pk, basis="involved", meeting=made.pk)


# Papers ---------------------------------------------------------------------------------------------------------------


def with_class(of: Child, by: Staff, disclosure: str, **given) -> object:
    made = document(of, by, f"{disclosure}.txt", **given)
    type(made).objects.filter(pk=made.pk).update(disclosure=disclosure)
    return made


def test_only_what_may_go_to_a_panel_is_offered_and_the_rest_is_counted(worker, aisha) -> None:
    report = document(aisha, worker, "report.txt", kind="court_report")
    with_class(aisha, worker, "third_party")
    with_class(aisha, worker, "placement_address")
    with_class(aisha, worker, "placement_address")
    made = panel(aisha, worker)
    as_seen_by(worker)
    offered = panels.offered(aisha)
    assert [one.pk for one in offered.documents] == [report.pk]
    assert offered.withheld == [
        ("kept to: about somebody else", 1),
        ("kept to: an address that is kept from somebody", 2),
    ]
    shown = text(signed_in(worker).get(reverse("panel_papers", kwargs={"pk": made.pk})))
    assert "2 documents kept to: an address" in shown and "third_party.txt" not in shown


@pytest.mark.parametrize("disclosure", ["victim", "police_intelligence", "third_party", "placement_address", "carer"])
def test_what_may_not_go_to_a_panel_is_refused_even_when_asked_for(worker, aisha, disclosure) -> None:
    shut, made = with_class(aisha, worker, disclosure), panel(aisha, worker)
    as_seen_by(worker)
    with pytest.raises(Refused, match="This is no paper for a panel"):
        actions.choose_papers(made, [shut], revision=made.revision, by=worker, at=NOW())
    assert not made.papers.exists()


def test_another_childs_document_is_no_paper(worker, aisha) -> None:
    other = document(child(worker, given="Bryony"), worker)
    made = panel(aisha, worker)
    as_seen_by(worker)
    with pytest.raises(Refused, match="corrected away, moved or removed"):
        actions.choose_papers(made, [other], revision=made.revision, by=worker, at=NOW())
    posted = {"revision": made.revision, "documents": str(other.pk)}
    assert signed_in(worker).post(reverse("panel_papers", kwargs={"pk": made.pk}), posted).status_code == 422


def test_choosing_papers_is_logged_as_what_it_is(worker, aisha) -> None:
    made = panel(aisha, worker)
    papers(made, worker)
    row = LogEntry.objects.get(event="panel.papers_chosen")
    assert (row.verb, row.actor, row.subject) == ("changed", worker.pk, aisha.pk)
    assert row.listed == [made.papers.get().document_id]


# What came of it ------------------------------------------------------------------------------------------------------


def first_panel(meeting: PanelMeeting) -> Task:
    return Task.objects.get(once=uuid5(meeting.root, "first_panel"))


def test_a_meeting_held_does_the_task_in_the_name_of_whoever_says_so(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    assert first_panel(made).done_at is None
    held(made)
    said = result(made, worker)
    task = first_panel(made)
    assert (task.done_at, task.done_by) == (said.at, worker) and "The panel met on" in task.done_words
    assert take(volunteer, paper) == 404
    assert {"panel.result"} <= set(events())


def test_an_adjourned_panel_leaves_the_task_due(worker, aisha) -> None:
    made = held(panel(aisha, worker))
    result(made, worker, "adjourned")
    assert first_panel(made).done_at is None
    panel(aisha, worker, of=made.outcome)


def test_what_was_said_is_put_right_and_stays_behind_it(worker, aisha) -> None:
    made = held(panel(aisha, worker))
    first = result(made, worker)
    with pytest.raises(actions.Stale, match="Somebody has said meanwhile"):
        result(made, worker, "adjourned")
    result(made, worker, "adjourned", instead_of=str(first.pk), at=NOW() + timedelta(seconds=1))
    assert PanelResult.objects.count() == 2 and made.results.current().get().result == "adjourned"
    assert first_panel(made).done_at is None


def test_a_result_sent_twice_is_one(worker, aisha) -> None:
    made, once = held(panel(aisha, worker)), new_id()
    assert result(made, worker, once=once) == result(made, worker, once=once)


def test_nothing_comes_of_it_before_it_meets(worker, aisha) -> None:
    with pytest.raises(Refused, match="still to come"):
        result(panel(aisha, worker), worker)


def test_a_contract_agreed_leads_to_the_page_where_it_is_written(worker, aisha) -> None:
    made = held(panel(aisha, worker))
    posted = {"result": "contract_agreed", "words": "", "once": new_id(), "instead_of": ""}
    answer = signed_in(worker).post(reverse("panel_result", kwargs={"pk": made.pk}), posted, follow=True)
    address = reverse("child_say", kwargs={"pk": aisha.pk, "kind": "contract"})
    assert f'href="{address}"' in text(answer)


# A record over time ---------------------------------------------------------------------------------------------------


def test_a_corrected_order_keeps_its_panel_and_its_task(worker, aisha) -> None:
    made = panel(aisha, worker)
    now = correct(made.outcome, worker, length=9)
    made.refresh_from_db()
    assert made.outcome_id == now.pk
    held(made)
    result(made, worker)
    assert first_panel(made).done_at is not None
    assert (
        signed_in(worker).get(reverse("panel_arrange", kwargs={"pk": aisha.pk, "order": made.root})).status_code == 200
    )


def test_an_order_with_a_panel_does_not_move_to_another_child(worker, aisha) -> None:
    made = panel(aisha, worker)
    why = KINDS["outcome"].why_not_move
    assert why is not None and "panels" in (why(made.outcome) or "")


def test_a_panel_stands_on_a_record_that_was_combined(worker, volunteer, aisha) -> None:
    head = staff("head_of_service")
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    kept = child(head, given="Aysha", family="Karim")
    as_seen_by(head)
    combining.combine(kept, aisha, by=head, at=NOW(), reason="The same mother.")
    assert take(volunteer, paper) == 200 and "Aysha K" in page(volunteer)
    assert Access.objects.filter(basis="panel").count() == 1
    assert signed_in(head).get(reverse("panel", kwargs={"pk": made.pk})).status_code == 200
    found = text(signed_in(head).get(reverse("child", kwargs={"pk": kept.pk})))
    assert "Next panel" in found


def test_an_erased_child_is_gone_from_the_panel(worker, volunteer, aisha) -> None:
    head = staff("head_of_service")
    made = panel(aisha, worker, volunteers=[volunteer])
    (paper,) = papers(made, worker)
    as_seen_by(head)
    removal.erase(aisha.person, rule="erasure", reason="Asked for by letter.", by=head, at=NOW())
    assert take(volunteer, paper) == 404 and "papers" in page(volunteer)
    as_seen_by(head)
    made.refresh_from_db()
    assert made.place == ""


def test_the_parts_of_a_name_are_all_that_is_said(worker, volunteer) -> None:
    olena = child(worker, given="Olena", family="Kovalenko-Marsh")
    children.said(olena, "name", worker, kind="preferred", given="Lena", family="")
    panel(olena, worker, volunteers=[volunteer])
    found = page(volunteer)
    assert "Lena K" in found and "Kovalenko" not in found and "Marsh" not in found


def test_orders_of_other_kinds_have_no_page_for_a_panel(worker, aisha) -> None:
    other = order(aisha, worker)
    say(aisha, "case", worker)
    answer = signed_in(worker).get(reverse("panel_arrange", kwargs={"pk": aisha.pk, "order": other.pk}))
    assert answer.status_code == 409 and "Only a referral order has a panel" in text(answer)


def test_who_sits_stands_beside_those_to_whom_the_record_is_open(worker, volunteer, aisha) -> None:
    panel(aisha, worker, adviser=worker, volunteers=[volunteer])
    found = text(signed_in(worker).get(reverse("child_access", kwargs={"pk": aisha.pk})))
    assert "On the child’s panel" in found and "Dennis Orchard, until" in found
    as_seen_by(worker)
    shown = who_may_open(aisha, NOW())
    assert {one.staff for one in shown.sitting} == {worker, volunteer}
    assert volunteer not in {one.staff for one in (*shown.given, *shown.by_role)}


def test_today_leads_to_the_papers_and_names_nobody(worker, volunteer, aisha) -> None:
    panel(aisha, worker, volunteers=[volunteer])
    found = text(signed_in(volunteer).get(reverse("today")))
    assert "Panels you sit on" in found and "Read the papers" in found and "Aisha" not in found
    assert "Panels you sit on" not in text(signed_in(staff("panel_volunteer")).get(reverse("today")))


def test_whoever_can_sit_no_more_is_told_apart_and_may_be_taken_off(worker, volunteer, aisha) -> None:
    made = panel(aisha, worker, volunteers=[volunteer])
    volunteer.roles_held.update(until=NOW())
    client = signed_in(worker)
    assert "Can no longer sit" in text(client.get(reverse("panel", kwargs={"pk": made.pk})))
    form = text(client.get(reverse("panel_change", kwargs={"pk": made.pk})))
    assert "Dennis Orchard" in form
    now = changed(made, worker, why="")
    assert not now.members.now().exists()


def test_whoever_reads_orders_and_no_documents_is_not_told_which_papers(worker, aisha) -> None:
    made = panel(aisha, worker)
    papers(made, worker)
    address = reverse("panel", kwargs={"pk": made.pk})
    assert "report.txt" in text(signed_in(worker).get(address))
    counts = text(signed_in(staff("performance_officer")).get(address))
    assert "Which they are is not open to your role." in counts and "report.txt" not in counts
