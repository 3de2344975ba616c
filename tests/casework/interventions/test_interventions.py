"""Work planned with a child, its sessions in the diary, what came of them, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.casework.casework import met
from tests.casework.interventions.work import aim, at_four, held, planned, sessions, tomorrow, work
from tests.factories import staff
from tests.people.children import as_seen_by, child, professional, said
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions import actions, panels
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.interventions.ties import settle, tie
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotFound, Refused
from waypost.people.removal import actions as removal

pytestmark = pytest.mark.django_db


def delivered(of_child):
    return panels.delivery(of_child, timezone.now())


def test_three_of_eight_took_place():
    worker = staff("practitioner")
    ellis = child(worker)
    of = work(ellis, worker, objective=aim(ellis, worker, "anger"))
    for days_ago in (20, 16, 13):
        held(of, worker, days_ago)
    held(of, worker, 9, "cancelled", reason="room")
    held(of, worker, 6, "cancelled", reason="worker_ill")
    held(of, worker, 2, "missed", reason="ill", acceptable=True)
    sessions(of, worker, 2)
    found = delivered(ellis)
    assert found.counted.in_words() == (
        "3 of 8 took place, 2 cancelled, 1 missed, 2 to come; 2 of those lost were ours"
    )
    assert found.bare == found.aimless == found.overlaps == []


def test_the_same_form_twice_is_one_piece_of_work_and_one_series():
    worker, once = staff("practitioner"), new_id()
    ellis, now = child(worker), timezone.now()
    for _ in range(2):
        of = actions.plan(ellis, planned(staff=worker), by=worker, at=now, once=once)
    series = actions.Series(tomorrow(), at_four(tomorrow()).time(), 3)
    for _ in range(2):
        actions.plan_sessions(of, series, by=worker, at=now, once=once)
    assert (Intervention.objects.count(), InterventionSession.objects.count(), Contact.objects.count()) == (1, 3, 3)


def test_sessions_stand_in_the_diary_of_whoever_runs_it_once_a_week():
    worker, other = staff("practitioner"), staff("practitioner", name="Tom Bright")
    ellis = child(worker)
    found = sessions(work(ellis, worker, staff=other), worker, 3)
    assert [one.number for one in found] == [1, 2, 3]
    first = found[0].contact
    assert first.purpose == "Handling anger, session 1 of 8"
    assert [one.staff for one in first.workers.all()] == [other]
    gaps = [later.contact.starts - earlier.contact.starts for earlier, later in zip(found, found[1:], strict=False)]
    assert all(timedelta(days=4) <= gap <= timedelta(days=11) for gap in gaps)  # a bank holiday may move one


def test_a_session_moved_keeps_its_number_and_is_not_lost():
    worker = staff("practitioner")
    ellis = child(worker)
    first, _ = sessions(work(ellis, worker), worker, 2)
    to = at_four(tomorrow() + timedelta(days=3))
    for once in (again := new_id(), again):
        moved = actions.move(first, to, because="child_asked", by=worker, at=timezone.now(), once=once)
    first.refresh_from_db()
    assert (moved.number, moved.instead_of, first.untied_because, first.moved_because) == (
        1, first, "moved", "child_asked",
    )  # fmt: skip
    assert Contact.objects.get(pk=first.contact_id).dropped_at is not None
    assert (delivered(ellis).counted.in_diary, delivered(ellis).counted.lost) == (2, 0)


def test_what_was_recorded_is_not_moved():
    worker = staff("practitioner")
    ellis = child(worker)
    of = work(ellis, worker)
    held(of, worker, 2)
    with pytest.raises(Refused, match="recorded already"):
        actions.move(of.tied.get(), at_four(tomorrow()), because="room", by=worker, at=timezone.now(), once=new_id())


def test_a_session_untied_stays_a_contact():
    worker = staff("practitioner")
    ellis = child(worker)
    of = work(ellis, worker)
    held(of, worker, 2)
    actions.not_a_session(of.tied.get(), by=worker, at=timezone.now())
    assert (delivered(ellis).counted.delivered, Contact.objects.filter(dropped_at=None).count()) == (0, 1)
    with pytest.raises(Refused, match="untied or moved already"):
        actions.not_a_session(of.tied.get(), by=worker, at=timezone.now())


def test_work_that_ends_takes_its_sessions_out_of_the_diary_and_says_whose_they_were():
    worker = staff("practitioner")
    ellis, on = child(worker), timezone.localdate()
    of = work(ellis, worker)
    held(of, worker, 2)
    sessions(of, worker, 3)
    actions.end(of, because="worker_left", words="", on=on, by=worker, at=timezone.now())
    counted = delivered(ellis).counted
    assert (counted.delivered, counted.not_held, counted.to_come, counted.lost_by["ours"]) == (1, 7, 0, 7)
    assert not Contact.objects.to_come(timezone.now()).filter(dropped_at=None).exists()
    with pytest.raises(Refused, match="ended it already"):
        actions.end(of, because="completed", words="", on=on, by=worker, at=timezone.now())
    with pytest.raises(Refused, match="has ended"):
        sessions(of, worker, 1)


def test_a_programme_that_asks_too_much_of_this_child_says_so_and_asks_how_it_is_fitted():
    worker = staff("practitioner")
    ellis = child(worker)
    said(ellis, "need", worker, area="communication", words="Says yes when it is not understood.")
    with pytest.raises(Refused) as refused:
        work(ellis, worker, programme="thinking_skills")
    assert "asks for much talking and listening" in refused.value.reason
    assert "Says yes when it is not understood" in refused.value.reason
    assert "Say how it is made to fit" in refused.value.reason
    made = work(ellis, worker, programme="thinking_skills", fitted="Pictures, fifteen minutes at a time.")
    assert made.fitted == "Pictures, fifteen minutes at a time."


def test_two_workers_on_the_same_thing_in_the_same_weeks_are_shown_both():
    worker, nurse = staff("practitioner", name="Priya Nandakumar"), staff("specialist", name="Jo Webb")
    ellis = child(worker)
    root = aim(ellis, worker, "anger", "thinking")
    work(ellis, worker, objective=root)
    work(ellis, worker, objective=root, staff=nurse, programme="thinking_skills")
    (found,) = delivered(ellis).overlaps
    assert {found.one.worker, found.other.worker} == {"Priya Nandakumar", "Jo Webb"}
    assert "Agree together who goes on with it" in found.sentence()


def test_an_objective_with_no_session_and_work_with_no_objective_are_shown():
    worker = staff("practitioner")
    ellis = child(worker)
    aim(ellis, worker, "education_place", words="Go to college.")
    work(ellis, worker)
    found = delivered(ellis)
    assert [one.objective.words for one in found.bare] == ["Go to college."]
    assert [one.name for one in found.aimless] == ["Handling anger"]


def test_what_another_agency_could_not_hold_is_not_ours():
    worker = staff("practitioner")
    ellis = child(worker)
    of = work(ellis, worker, professional=professional(worker), agency="substance_use", programme="substances_talk")
    held(of, worker, 3, "cancelled", reason="worker_ill")
    assert dict(delivered(ellis).counted.lost_by) == {"partner": 1}


def test_an_objective_of_another_child_is_not_there():
    worker = staff("practitioner")
    ellis, bryony = child(worker), child(worker, given="Bryony", family="Tanner")
    with pytest.raises(NotFound):
        work(ellis, worker, objective=aim(bryony, worker, "anger"))


def test_nobody_plans_work_with_a_child_whose_record_is_not_open_to_them():
    worker, stranger = staff("practitioner"), staff("practitioner")
    ellis = child(worker)
    as_seen_by(stranger)
    with pytest.raises(Refused, match="not open to you"):
        actions.plan(ellis, planned(staff=stranger), by=stranger, at=timezone.now(), once=new_id())


def posted(when, **given):
    day = {"day-day": when.day, "day-month": when.month, "day-year": when.year, "clock": "16:00"}
    return day | {"once": new_id(), "minutes": "45", "way": "office", "who": ["child"]} | given


def test_a_contact_that_is_planned_or_recorded_is_tied_by_its_form(signed_in):
    worker = staff("practitioner")
    ellis = child(worker)
    of, on = work(ellis, worker), timezone.localdate()
    client = signed_in(worker)
    answer = client.post(f"/children/{ellis.pk}/contacts/plan/", posted(tomorrow(), intervention=of.pk))
    assert answer.status_code == 302
    came = {"came": "came", "less_safe": "nobody", "words": "We drew it.", "acceptable": "not_yet", "next": "none"}
    yesterday = posted(on - timedelta(days=1), intervention=of.pk)
    assert client.post(f"/children/{ellis.pk}/contacts/record/", yesterday | came).status_code == 302
    assert sorted(one.number for one in of.tied.all()) == [1, 2]
    as_seen_by(worker)
    assert delivered(ellis).counted.in_words() == "1 of 8 took place, 1 to come, 6 not in the diary"


def test_a_planned_session_is_recorded_as_what_it_is(signed_in):
    worker = staff("practitioner")
    ellis = child(worker)
    of = work(ellis, worker)
    first, _ = sessions(of, worker, 2)
    yesterday = timezone.now() - timedelta(days=1)
    Contact.objects.filter(pk=first.contact_id).update(starts=yesterday)
    client = signed_in(worker)
    page = client.get(f"/children/{ellis.pk}/contacts/record/?of={first.contact_id}")
    assert f'value="{of.pk}" selected' in page.content.decode()
    came = {"came": "missed", "reason": "ill", "acceptable": "good", "next": "none", "of": first.contact_id}
    answer = client.post(f"/children/{ellis.pk}/contacts/record/", posted(yesterday.date(), intervention=of.pk) | came)
    assert answer.status_code == 302
    as_seen_by(worker)
    assert delivered(ellis).counted.in_words() == "0 of 8 took place, 1 missed, 1 to come, 6 not in the diary"


def test_a_contact_of_another_childs_work_is_refused_as_no_choice(signed_in):
    worker = staff("practitioner")
    ellis, bryony = child(worker), child(worker, given="Bryony", family="Tanner")
    of = work(bryony, worker)
    answer = signed_in(worker).post(f"/children/{ellis.pk}/contacts/plan/", posted(tomorrow(), intervention=of.pk))
    assert (answer.status_code, Contact.objects.count()) == (422, 0)


def test_as_many_questions_for_much_work_as_for_one_piece(django_assert_num_queries):
    worker = staff("practitioner")
    ellis = child(worker)
    for _ in range(3):
        held(work(ellis, worker, objective=aim(ellis, worker, "anger")), worker, 2)
    with django_assert_num_queries(7):
        assert len(delivered(ellis).works) == 3


def test_a_session_taken_out_of_the_diary_is_one_no_more_and_can_be_planned_again():
    worker = staff("practitioner")
    ellis = child(worker)
    of = work(ellis, worker, sessions=2)
    _, second = sessions(of, worker, 2)
    contacts.drop(second.contact, by=worker, at=timezone.now())
    assert delivered(ellis).counted.in_words() == "0 of 2 took place, 1 to come, 1 not in the diary"
    (again,) = sessions(of, worker, 1)
    assert (again.number, again.contact.purpose) == (2, "Handling anger, session 2 of 2")


def test_words_moved_to_the_child_they_are_about_are_no_session_of_the_other():
    head = staff("head_of_service")
    ellis, bryony = child(head), child(head, given="Bryony", family="Tanner")
    contact = held(work(ellis, head), head, 2)
    removal.move(contact.entry, bryony.person, reason="Written on the wrong child.", by=head, at=timezone.now())
    assert delivered(ellis).counted.delivered == 0
    assert InterventionSession.objects.count() == 0


def test_a_contact_is_a_session_of_one_thing():
    worker = staff("practitioner")
    ellis = child(worker)
    one, other = work(ellis, worker), work(ellis, worker, programme="mentoring")
    contact, now = held(one, worker, 2), timezone.now()
    with pytest.raises(Refused, match="is a session already"):
        tie(contact, other, by=worker, at=now)
    settle(contact, other, by=worker, at=now)  # as a form of the contact says that it was of the other
    assert [session.untied_because for session in one.tied.all()] == ["not_a_session"]
    assert delivered(ellis).counted.delivered == 1
    with pytest.raises(IntegrityError, match="contact_is_one_session"), transaction.atomic():
        InterventionSession.objects.create(
            person=ellis.person, intervention=one, contact=contact, number=5, by=worker, at=now
        )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"professional": None, "staff": None}, "intervention_run_by_one"),
        ({"name": "Bikes"}, "intervention_of_one_name"),
        ({"objective": new_id()}, "intervention_objective_or_why_not"),
        ({"ends": timezone.now().date() - timedelta(days=99)}, "intervention_ends_after_it_starts"),
        ({"sessions": 0}, "intervention_has_sessions"),
        ({"ended_because": "completed"}, "intervention_ended_with_a_reason"),
    ],
)
def test_the_database_holds_what_an_intervention_is(fields, constraint):
    worker = staff("practitioner")
    of = work(child(worker), worker)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Intervention.objects.filter(pk=of.pk).update(**fields)


def test_a_contact_that_is_there_already_becomes_a_session(signed_in):
    worker = staff("practitioner")
    ellis = child(worker)
    of, contact, other = work(ellis, worker), met(ellis, worker, 2), met(ellis, worker, 5)
    held(of, worker, 9)
    as_seen_by(worker)
    assert list(panels.not_tied(of, [ellis.pk])) == [contact, other]
    for _ in range(2):
        actions.tie_contact(of, contact, by=worker, at=timezone.now())
    assert list(panels.not_tied(of, [ellis.pk])) == [other]
    assert delivered(ellis).counted.delivered == 2
    actions.not_a_session(of.tied.get(contact=contact), by=worker, at=timezone.now())
    assert list(panels.not_tied(of, [ellis.pk])) == [contact, other]
    answer = signed_in(worker).post(f"/children/{ellis.pk}/interventions/{of.pk}/tie/", {"contact": other.pk})
    assert (answer.status_code, of.tied.filter(contact=other).count()) == (302, 1)
