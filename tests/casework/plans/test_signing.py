"""A plan signed, taken back, sent back, countersigned, dropped and reviewed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import met
from tests.casework.panels import events
from tests.casework.plans.given import NOW, SCHOOL, begun, factor, locked, put, ready, signed, step, written
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, sealed
from waypost.access import deputies
from waypost.access.models import LogEntry, Staff
from waypost.casework.assessments.models import Factor
from waypost.casework.contacts.panels import objectives_of
from waypost.casework.countersign import waiting
from waypost.casework.plans import actions, panels, signing
from waypost.casework.plans.models import Plan, PlanStep, Progress
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.people.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar", team=team(name="Riverside"))


@pytest.fixture
def manager(worker: Staff) -> Staff:
    return staff("manager", name="Leila Haddad", team=worker.team)


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def test_what_stops_it_is_listed_at_once(worker, ellis) -> None:
    plan = begun(ellis, worker)
    factor(ellis, worker, "friends", rating="moderate")
    factor(ellis, worker, "attendance", rating="limited")
    with pytest.raises(Refused) as refused:
        step(signing.sign, plan, worker)
    assert refused.value.reason == (
        "It cannot be signed yet. No objective answers ‘Friends’. There is no objective yet. "
        "Nobody has said whether the child agrees."
    )


def test_signed_it_is_closed_until_it_is_taken_back(worker, manager, ellis) -> None:
    plan = signed(ellis, worker)
    with pytest.raises(Refused, match="It is signed. Take it back first"):
        put(plan, worker, words="Ellis sleeps at home every night")
    with pytest.raises(Refused, match="Only whoever signed it takes it back"):
        step(signing.take_back, plan, manager)
    step(signing.take_back, plan, worker)
    put(plan, worker, words="Ellis sleeps at home every night")


def test_posted_twice_it_is_signed_once(worker, ellis) -> None:
    plan, once = ready(ellis, worker), new_id()
    for _ in range(2):
        step(signing.sign, plan, worker, once=once)
    assert PlanStep.objects.count() == 1


def test_what_was_read_is_what_is_signed(worker, ellis) -> None:
    plan = ready(ellis, worker)
    put(plan, worker, words="Ellis sleeps at home every night")
    with pytest.raises(actions.Stale):
        step(signing.sign, plan, worker, revision=plan.revision)


def test_another_countersigns_and_the_log_names_both(worker, manager, ellis) -> None:
    plan = signed(ellis, worker)
    with pytest.raises(NotAllowed):
        step(signing.countersign, plan, staff("practitioner", team=worker.team))
    plan = step(signing.countersign, plan, manager, "Read with Priya.")
    assert (plan.signed_by, plan.locked_by) == (worker, manager)
    assert [event for event in events() if "sign" in event] == ["plan.signed", "plan.countersigned"]


def test_a_manager_does_not_countersign_their_own(manager, ellis) -> None:
    plan = signed(ellis, manager)
    with pytest.raises(Refused, match="Nobody countersigns what they signed"):
        step(signing.countersign, plan, manager)
    with pytest.raises(IntegrityError, match="plan_countersigned_by_another"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(locked_by=manager, locked_at=NOW())


def test_a_deputy_countersigns_on_the_managers_behalf(worker, manager, ellis) -> None:
    deputy = staff("practitioner", name="Sunita Rao", team=worker.team)
    until = timezone.localdate() + timedelta(days=3)
    deputies.deputise(manager, to=deputy, until=until, by=manager, at=NOW())
    step(signing.countersign, signed(ellis, worker), Staff.objects.get(pk=deputy.pk))
    logged = LogEntry.objects.get(event="plan.countersigned")
    assert (logged.actor, logged.on_behalf_of) == (deputy.pk, manager.pk)


def test_sent_back_it_is_gone_on_with(worker, manager, ellis) -> None:
    plan = signed(ellis, worker)
    with pytest.raises(Refused, match="Say it in a sentence"):
        step(signing.send_back, plan, manager, "No")
    plan = step(signing.send_back, plan, manager, "Say who meets him at the bus.")
    seen = panels.shown(plan, ellis, NOW())
    assert seen.is_open and seen.back.words == "Say who meets him at the bus."
    step(signing.sign, plan, worker)
    assert panels.shown(Plan.objects.get(pk=plan.pk), ellis, NOW()).back is None


def test_a_plan_begun_in_error_makes_room_for_another(worker, manager, ellis) -> None:
    first = locked(ellis, worker, manager)
    second = begun(ellis, worker)
    with pytest.raises(Refused, match="Say it in a sentence"):
        step(signing.drop, second, worker, "Oops")
    step(signing.drop, second, worker, "It was meant for his brother.")
    third = begun(ellis, worker)
    assert (third.number, third.previous) == (3, first)
    with pytest.raises(Refused, match="stays as it is"):
        step(signing.drop, first, worker, "It was meant for his brother.")


def test_the_queue_holds_what_another_signed(worker, manager, ellis) -> None:
    as_seen_by(manager)
    assert waiting(manager, NOW()) == []
    plan = signed(ellis, worker)
    as_seen_by(manager)
    (line,) = waiting(manager, NOW())
    assert (line.child, line.what, line.signed_by) == (ellis, f"Plan {plan.number}", worker.name)
    assert str(line.href).endswith("/plan/countersign/")
    assert waiting(worker, NOW()) == []
    with CaptureQueriesContext(connection) as one:
        waiting(manager, NOW())
    signed(child(worker, given="Leo"), worker)
    as_seen_by(manager)
    with CaptureQueriesContext(connection) as two:
        assert len(waiting(manager, NOW())) == 2
    assert len(one) == len(two)
    sealed(ellis, worker, staff("head_of_service"), by=worker)
    as_seen_by(manager)
    assert [one.child.pk for one in waiting(manager, NOW())] != [ellis.pk]


def test_a_review_closes_the_loop(worker, manager, ellis) -> None:
    plan = locked(ellis, worker, manager)
    (aim,) = panels.shown(plan, ellis, NOW()).aims
    as_seen_by(worker)
    with pytest.raises(Refused, match="Say of each objective"):
        signing.review(plan, {}, words="School goes well now.", by=worker, at=NOW(), once=new_id())
    once, said = new_id(), {aim.root: ("reached", "Twelve hours since May.")}
    for _ in range(2):
        signing.review(plan, said, words="School goes well now.", by=worker, at=NOW(), once=once)
    assert Progress.objects.get(objective=aim.root).state == "reached"
    with pytest.raises(Refused, match="It has been reviewed"):
        signing.review(plan, said, words="School goes well now.", by=worker, at=NOW(), once=new_id())
    assert panels.shown(begun(ellis, worker), ellis, NOW()).aims == []


def test_a_review_shows_which_factors_moved(worker, manager, ellis) -> None:
    plan = locked(ellis, worker, manager)
    was = Factor.objects.get()
    Factor.objects.filter(pk=was.pk).update(replaced_at=NOW())
    names = [field.attname for field in Factor._meta.concrete_fields if not field.primary_key]
    copied = {name: getattr(was, name) for name in names} | {"rating": "limited", "at": NOW()}
    Factor.objects.create(**copied)
    factor(ellis, worker, "friends")
    moved = {one.words: (one.was, one.now) for one in panels.moved(plan, ellis)}
    assert moved == {
        "Going to school or work": ("Strongly against change", "A little against change"),
        "Friends": ("Not seen yet", "Strongly against change"),
    }


def test_a_contact_may_work_towards_the_plans_objectives_first(worker, ellis) -> None:
    met(ellis, worker, objective="Getting to know him")
    assert objectives_of([ellis.pk]) == ["Getting to know him"]
    written(ellis, worker)
    assert objectives_of([ellis.pk]) == [SCHOOL, "Getting to know him"]


def test_the_childs_page_says_how_the_plan_stands_and_what_was_done_with_it(worker, manager, ellis, client) -> None:
    client.force_login(worker)
    where = reverse("child", kwargs={"pk": ellis.pk})
    assert "None is written" in client.get(where).content.decode()
    locked(ellis, worker, manager)
    page = client.get(where).content.decode()
    for words in (SCHOOL, "Plan 1, countersigned", "Plan 1 agreed with the child", "Twelve is fine.", "Plan 1 signed"):
        assert words in page
    assert f'href="{reverse("child_plan", kwargs={"pk": ellis.pk})}"' in page
