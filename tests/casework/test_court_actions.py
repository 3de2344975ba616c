"""A hearing on the list, who attends it, and its result: kept whole, once, or not at all."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from tests.casework.casework import correct, say
from tests.factories import staff
from tests.people.children import as_seen_by, child, held
from waypost.access.models import Access
from waypost.casework.court import actions, panels
from waypost.casework.court.actions import Decided, Listed
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.court.raised import tasks_of
from waypost.casework.court.rules import Result
from waypost.casework.outcomes.models import Outcome, Requirement
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.models import Child, Entry
from waypost.people.record.beside import current

pytestmark = pytest.mark.django_db
COURT = "Alder Vale Youth Court, court 2"
REFERRAL = {"type": "referral_order", "length": 6}
SAFE = {"less_safe": "nobody"}


@pytest.fixture
def officer():
    return staff("court_officer")


def hearing(of, by, on=None, **more):
    return say(of, "hearing", by, on, clock=time(10, 0), court=COURT, **more)


def decide(of, by, rule, **more):
    as_seen_by(by)
    once = more.pop("once", None) or new_id()
    return actions.result(of, Decided(rule, **more), by=by, at=timezone.now(), once=once)


def sentenced(**more):
    rule = Result("sentenced", proposed="same", has_outcome=True, **SAFE)
    return {"rule": rule, "outcome": REFERRAL} | more


def test_a_hearing_of_today_opens_the_record_to_those_at_court(officer):
    manager = staff("manager")
    ellis, now = child(manager), timezone.now()
    assert not Child.objects.visible_to(officer, now).exists()
    listed = Listed(timezone.localdate(now), COURT, "first", time(10, 0))
    actions.list_hearing(ellis, listed, by=manager, at=now, once=new_id())
    as_seen_by(officer)
    assert Child.objects.visible_to(officer, timezone.now()).get() == ellis


def test_a_hearing_of_another_day_opens_nothing(officer):
    manager = staff("manager")
    ellis, now = child(manager), timezone.now()
    listed = Listed(timezone.localdate(now) + timedelta(days=7), COURT, "first")
    actions.list_hearing(ellis, listed, by=manager, at=now, once=new_id())
    assert Access.objects.filter(child=ellis.pk, basis=Access.Basis.DUTY).count() == 0


def test_one_hearing_is_listed_once_however_often_it_is_said(officer):
    ellis, now, once = child(officer), timezone.now(), new_id()
    listed = Listed(timezone.localdate(now), COURT, "first", time(10, 0))
    for _ in range(2):
        actions.list_hearing(ellis, listed, by=officer, at=now, once=once)
    with pytest.raises(Refused, match="in the record already"):
        actions.list_hearing(ellis, listed, by=officer, at=now, once=new_id())
    assert Hearing.objects.count() == 1


def test_who_attends_stands_through_every_correction(officer):
    ellis = child(officer)
    made = hearing(ellis, officer)
    now = timezone.now()
    kept = actions.attends(made, {"child": "here", "carer": "missing"}, by=officer, at=now, once=new_id())
    corrected = correct(kept, officer, court="Hillside Youth Court")
    told = decide(corrected, officer, Result("later", **SAFE))
    assert told.attends == {"child": "here", "carer": "missing"}
    assert made.attends == {} and Hearing.objects.get(pk=made.pk).replaced_at is not None
    same = actions.attends(told, {"child": "here", "carer": "missing"}, by=officer, at=now, once=new_id())
    assert same == told, "nothing new, no new version"


def test_a_sentence_is_an_outcome_with_its_tasks_and_the_words_of_the_child(officer):
    ellis = child(officer)
    offence = say(ellis, "offence", officer, timezone.localdate() - timedelta(days=30))
    told = decide(hearing(ellis, officer), officer, **sentenced(offences=(offence,), own_words="I pay for the window."))
    outcome = Outcome.objects.get()
    assert (outcome.type, outcome.length, outcome.given_by, outcome.since) == ("referral_order", 6, COURT, told.since)
    assert [link.offence for link in outcome.offences.all()] == [offence]
    assert (told.result, told.proposed) == ("sentenced", "same")
    entry = Entry.objects.get()
    assert (entry.kind, entry.own_words, entry.said_by) == ("event", "I pay for the window.", "child")
    raised = tasks_of([told])[told.pk]
    assert raised and [one.pk for one in raised] == [one.pk for one in Task.objects.order_by("due", "at")]
    assert "first_panel" in {one.key for one in raised}


def test_the_tasks_stay_with_the_result_when_it_is_corrected(officer):
    ellis = child(officer)
    told = decide(hearing(ellis, officer), officer, **sentenced())
    later = correct(told, officer, words="Also: costs.")
    correct(Outcome.objects.get(), officer, length=9)
    assert {one.key for one in tasks_of([later])[later.pk]} == {one.key for one in Task.objects.all()}


def test_a_form_posted_twice_is_one_result(officer):
    ellis = child(officer)
    made, once = hearing(ellis, officer), new_id()
    more = sentenced(own_words="All right.", requirements=())
    first = decide(made, officer, once=once, **more)
    tasks = Task.objects.count()
    assert decide(made, officer, once=once, **more) == first
    assert (Outcome.objects.count(), Entry.objects.count(), Task.objects.count()) == (1, 1, tasks)
    assert current(Hearing).count() == 1


def test_two_results_of_one_hearing_are_refused(officer):
    ellis = child(officer)
    made = hearing(ellis, officer)
    decide(made, officer, **sentenced())
    with pytest.raises(Refused, match="already"):
        decide(made, officer, Result("ended", **SAFE))
    assert Outcome.objects.count() == 1


def test_a_result_that_comes_later_may_come(officer):
    ellis = child(officer)
    later = decide(hearing(ellis, officer), officer, Result("later", **SAFE), words="Box 4 full.")
    told = decide(later, officer, **sentenced(words="Given after lunch."))
    assert (told.result, told.words) == ("sentenced", "Box 4 full.\n\nGiven after lunch.")


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ({"type": "referral_order", "length": 18}, "3 to 12 months"),
        ({"type": "section_226", "length": None}, "only until"),
        ({"type": "detention_training", "length": 60}, "Check the length"),
    ],
)
def test_what_the_law_of_the_day_does_not_know_is_refused_and_nothing_is_half_saved(officer, outcome, sentence):
    ellis = child(officer)
    say(ellis, "remand", officer, timezone.localdate() - timedelta(days=20))
    made = hearing(ellis, officer)
    with pytest.raises(Refused, match=sentence):
        decide(made, officer, **sentenced(outcome=outcome, own_words="What?", ends_remand=True))
    assert (Outcome.objects.count(), Entry.objects.count(), Task.objects.count()) == (0, 0, 0)
    assert current(Hearing).get() == made and current(Remand).get().until is None


def test_a_requirement_the_law_does_not_know_takes_the_whole_result_back(officer):
    ellis = child(officer)
    made = hearing(ellis, officer)
    order = {"type": "youth_rehabilitation", "length": 12}
    with pytest.raises(Refused):
        decide(made, officer, **sentenced(outcome=order, requirements=(("unpaid_work", 4_000),)))
    assert (Outcome.objects.count(), Requirement.objects.count(), current(Hearing).get()) == (0, 0, made)


def test_requirements_go_with_the_order(officer):
    ellis = child(officer)
    order = {"type": "youth_rehabilitation", "length": 12}
    decide(hearing(ellis, officer), officer, **sentenced(outcome=order, requirements=(("supervision", None),)))
    assert [one.type for one in Outcome.objects.get().requirements.all()] == ["supervision"]


def test_a_remand_ends_the_bail_of_that_day_and_tells_social_care(officer):
    ellis = child(officer)
    today = timezone.localdate()
    say(ellis, "remand", officer, today - timedelta(days=20))
    rule = Result("remand", proposed="more", remand="youth_detention", **SAFE)
    told = decide(hearing(ellis, officer), officer, rule)
    rows = current(Remand).order_by("since").values_list("kind", "since", "until")
    assert list(rows) == [
        ("bail_conditions", today - timedelta(days=20), today),
        ("youth_detention", today, None),
    ]
    assert ("tell_social_care", today) in {(one.key, one.due) for one in tasks_of([told])[told.pk]}


def test_bail_given_and_changed_on_one_day(officer):
    ellis = child(officer)
    first = hearing(ellis, officer)
    decide(first, officer, Result("bail", proposed="same", remand="bail", **SAFE))
    second = say(ellis, "hearing", officer, clock=time(15, 0), court=COURT)
    rule = Result("bail", proposed="more", remand="bail_conditions", conditions="Live at home", **SAFE)
    decide(second, officer, rule)
    assert current(Remand).get(until=None).kind == "bail_conditions"


def test_a_sentence_ends_the_bail_only_where_it_is_said_to(officer):
    for ends in (False, True):
        one = child(officer, given=f"Child {ends}")
        say(one, "remand", officer, timezone.localdate() - timedelta(days=3))
        decide(hearing(one, officer), officer, **sentenced(ends_remand=ends))
        assert (current(Remand).get(person=one.pk).until is not None) == ends


def test_what_is_put_off_has_its_next_day_and_a_task(officer):
    ellis = child(officer)
    to = timezone.localdate() + timedelta(days=14)
    told = decide(
        hearing(ellis, officer), officer, Result("put_off", next_day=to, report=True, **SAFE), next_clock=time(9, 30)
    )
    following = current(Hearing).get(since=to)
    assert (following.clock, following.court, following.purpose, following.result) == (
        time(9, 30),
        COURT,
        "sentence",
        "",
    )
    keys = {one.key: one for one in tasks_of([told])[told.pk]}
    assert set(keys) == {"tell_next_date", "pre_sentence_report"}
    assert keys["pre_sentence_report"].due < to


def test_a_next_day_that_somebody_has_put_down_is_not_put_down_twice(officer):
    ellis = child(officer)
    to = timezone.localdate() + timedelta(days=14)
    say(ellis, "hearing", officer, to, court=COURT)
    decide(hearing(ellis, officer), officer, Result("put_off", next_day=to, **SAFE))
    assert current(Hearing).filter(since=to).count() == 1


def test_whoever_is_less_safe_a_manager_is_told_today(officer):
    ellis = child(officer)
    told = decide(hearing(ellis, officer), officer, Result("ended", less_safe="child"))
    task = Task.objects.get()
    assert (task.key, task.role, task.due) == ("less_safe", "manager", timezone.localdate())
    assert tasks_of([told])[told.pk] == [task]


def test_a_result_before_its_day_is_refused(officer):
    ellis = child(officer)
    made = hearing(ellis, officer, timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="still to come"):
        decide(made, officer, Result("ended", **SAFE))


def test_whoever_may_not_open_the_child_records_nothing(officer):
    manager = staff("manager")
    ellis = held(staff("practitioner"), entered_by=manager)
    made = hearing(ellis, manager)
    as_seen_by(officer)
    with pytest.raises(Refused, match="not open to you"):
        decide(made, officer, Result("ended", **SAFE))


def test_born_in_the_list(officer):
    """The desk of one child: what is known stands in one line, and what is not known says so."""
    ellis = child(officer, born=date(2011, 4, 9))
    hearing(ellis, officer)
    shown = panels.desk(officer, on=timezone.localdate(), at=timezone.now())
    (court,) = shown.courts
    (line,) = court.to_come
    assert (court.name, line.name, line.listed) == (COURT, "Ellis Marden", "10:00")
    assert line.status.care == "Care status not known" and line.bail == "No bail or remand is recorded"
    assert shown.first == "The one still to come is not ready."
    assert "Ellis Marden has nobody of whom it was said that they come" in shown.why
