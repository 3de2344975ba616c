"""A plan begun, written and agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.casework.panels import events
from tests.casework.plans.given import (
    NOW,
    SCHOOL,
    agreed,
    begun,
    does,
    factor,
    in_days,
    locked,
    put,
    rated,
    step,
    written,
)
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, let_go, said, sealed
from waypost.access.models import Staff
from waypost.casework.plans import actions, panels, signing
from waypost.casework.plans.models import NotNow, Objective, Plan, Progress
from waypost.casework.plans.rules import Missing
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.matching import combining
from waypost.people.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def manager(worker: Staff) -> Staff:
    return staff("manager", name="Leila Haddad", team=worker.team)


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def shown(plan: Plan, of: Child):
    return panels.shown(Plan.objects.get(pk=plan.pk), of, NOW())


def missing(plan: Plan, of: Child) -> list[str]:
    return [str(gap.what) for gap in shown(plan, of).gaps]


# Beginning ------------------------------------------------------------------------------------------------------------


def test_a_plan_is_begun_once_however_often_it_is_sent(worker, ellis) -> None:
    once = new_id()
    as_seen_by(worker)
    both = [actions.begin(ellis, by=worker, at=NOW(), once=once) for _ in range(2)]
    assert both[0] == both[1] and both[0].number == 1
    assert events().count("plan.begun") == 1


def test_while_one_is_written_no_other_is_begun(worker, ellis) -> None:
    begun(ellis, worker)
    with pytest.raises(Refused, match="A plan is being written"):
        begun(ellis, worker)


def test_who_may_not_write_of_the_plan_begins_none(worker, ellis) -> None:
    for role, error in (("business_support", Refused), ("practitioner", NotFound), ("specialist", NotFound)):
        other = staff(role)
        as_seen_by(other)
        with pytest.raises(error):
            actions.begin(ellis, by=other, at=NOW(), once=new_id())


def test_what_is_not_reached_comes_along_under_the_same_roots(worker, manager, ellis) -> None:
    plan = written(ellis, worker)
    school = Objective.objects.get(plan=plan)
    other = put(plan, worker, words="Ellis sleeps at home every night")
    as_seen_by(worker)
    actions.say(shown(plan, ellis).plan, "contingency", "Ring duty.", **now(plan, worker))
    agreed(plan, worker)
    plan = step(signing.countersign, step(signing.sign, plan, worker), manager)
    as_seen_by(worker)
    kept = {"by": worker, "at": NOW(), "once": new_id()}
    actions.say_progress(ellis, other.root, "reached", "Every night.", timezone.localdate(), **kept)
    after = begun(ellis, worker)
    assert (after.number, after.previous) == (2, plan)
    seen = shown(after, ellis)
    assert [(aim.root, aim.of.words, aim.of.place) for aim in seen.aims] == [(school.root, SCHOOL, 1)]
    assert len(seen.aims[0].factors) == 1 and len(seen.aims[0].does) == 1
    assert seen.said == {"contingency": "Ring duty."} and seen.agreed == {}
    assert Objective.objects.current().filter(plan=plan).count() == 2


def now(plan: Plan, by: Staff) -> dict:
    return {"revision": Plan.objects.get(pk=plan.pk).revision, "by": by, "at": NOW()}


# Objectives -----------------------------------------------------------------------------------------------------------


def test_an_objective_put_differently_stays_behind_the_newer_one(worker, ellis) -> None:
    plan = written(ellis, worker)
    was = Objective.objects.get(plan=plan)
    put(plan, worker, was.root, words="Ellis is at school every morning", factors=[shown(plan, ellis).factors[0].root])
    assert [one.words for one in Objective.objects.filter(root=was.root).order_by("at")] == [
        SCHOOL,
        "Ellis is at school every morning",
    ]
    assert len(shown(plan, ellis).aims) == 1


def test_posted_twice_it_is_one_and_over_what_another_saved_it_is_none(worker, ellis) -> None:
    plan, root = begun(ellis, worker), new_id()
    first = put(plan, worker, root, revision=0)
    assert put(plan, worker, root, revision=0) == first
    with pytest.raises(actions.Stale):
        put(plan, worker, root, revision=0, words="Ellis is at school every morning")
    assert Objective.objects.filter(plan=plan).count() == 1


def test_an_objective_quotes_what_the_child_said_and_nothing_kept_behind_a_wall(worker, ellis) -> None:
    plan = begun(ellis, worker)
    entry = said(ellis, "entry", worker)
    type(entry).objects.filter(pk=entry.pk).update(said_by="child", own_words="School’s done with me.")
    entry.refresh_from_db()
    assert put(plan, worker, said_in=entry).own_words == "School’s done with me."
    assert "A plan of this child quotes it" in panels.entry_stays(entry)
    type(entry).objects.filter(pk=entry.pk).update(disclosure="third_party")
    with pytest.raises(NotFound):
        put(plan, worker, said_in=entry)


def test_a_factor_of_another_child_is_not_answered(worker, ellis) -> None:
    other = factor(child(worker, given="Leo"), worker)
    with pytest.raises(Refused, match="another child’s"):
        put(begun(ellis, worker), worker, factors=[other.root])


def test_what_is_taken_out_stays_with_its_reason(worker, ellis) -> None:
    plan = written(ellis, worker)
    aim = Objective.objects.get(plan=plan)
    with pytest.raises(Refused, match="Say why it is taken out"):
        actions.take_out(plan, aim.root, reason="no", **now(plan, worker))
    for _ in range(2):
        actions.take_out(plan, aim.root, reason="He moved to Marlow.", **now(plan, worker))
    seen = shown(plan, ellis)
    assert seen.aims == [] and [one.taken_out for one in seen.taken_out] == ["He moved to Marlow."]
    assert Missing.FACTOR in missing(plan, ellis)


def test_the_order_is_of_all_of_them(worker, ellis) -> None:
    plan = begun(ellis, worker)
    first, second = put(plan, worker), put(plan, worker, words="Ellis sleeps at home every night")
    actions.order(plan, [second.root, first.root], **now(plan, worker))
    assert [aim.root for aim in shown(plan, ellis).aims] == [second.root, first.root]
    with pytest.raises(Refused, match="a place of its own"):
        actions.order(plan, [first.root], **now(plan, worker))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"who": "staff"}, "Choose who of us"),
        ({"who": "agency"}, "Choose which agency"),
        ({"who": "carer"}, "Name the carer"),
        ({"what": "Go"}, "Say what they do"),
        ({"by_day": timezone.localdate() - timedelta(days=2)}, "before the plan began"),
    ],
)
def test_who_does_what_is_said_whole(worker, ellis, given, says) -> None:
    plan = begun(ellis, worker)
    aim = put(plan, worker)
    with pytest.raises(Refused, match=says):
        does(plan, aim.root, worker, **given)


def test_what_is_taken_off_is_no_longer_undertaken(worker, ellis) -> None:
    plan = written(ellis, worker)
    (aim,) = shown(plan, ellis).aims
    for _ in range(2):
        actions.take_off(plan, aim.does[0].pk, **now(plan, worker))
    assert Missing.NOBODY in missing(plan, ellis)


# What is missing ------------------------------------------------------------------------------------------------------


def test_a_factor_with_a_reason_why_not_now_is_not_missing(worker, ellis) -> None:
    about, plan = factor(ellis, worker, "friends"), written(ellis, worker)
    assert missing(plan, ellis) == [Missing.FACTOR, Missing.CHILD]
    actions.say_not_now(plan, about.root, "He has just moved; in spring.", **now(plan, worker))
    assert missing(plan, ellis) == [Missing.CHILD]
    actions.say_not_now(plan, about.root, "", **now(plan, worker))
    assert missing(plan, ellis) == [Missing.FACTOR, Missing.CHILD]
    assert NotNow.objects.filter(plan=plan).count() == 1


def test_what_an_assessment_rates_high_must_be_answered(worker, manager, ellis) -> None:
    plan = written(ellis, worker)
    rated(ellis, worker, manager, serious_harm="high", safety="medium")
    assert missing(plan, ellis)[:2] == [Missing.HARM, Missing.CONTINGENCY]
    put(plan, worker, part="others", words="Nobody is hurt at the parade again")
    actions.say(plan, "contingency", "Ring duty; duty rings the police.", **now(plan, worker))
    assert Missing.HARM not in missing(plan, ellis) and Missing.CONTINGENCY not in missing(plan, ellis)


def test_only_what_is_countersigned_is_a_rating(worker, manager, ellis) -> None:
    made = rated(ellis, worker, manager, safety="very_high")
    type(made).objects.filter(pk=made.pk).update(locked_by=None, locked_at=None)
    assert panels.ratings_of([ellis.pk]) == {}


def test_agreed_on_a_day_or_why_not(worker, ellis) -> None:
    plan = written(ellis, worker)
    for given, says in (
        ({"day": None}, "or say why it was not"),
        ({"why_not": "He was ill all week."}, "leave one of the two empty"),
        ({"day": in_days(1)}, "still to come"),
        ({"day": in_days(-1)}, "cannot have been agreed before"),
    ):
        with pytest.raises(Refused, match=says):
            agreed(plan, worker, **given)
    agreed(plan, worker, day=None, why_not="He would not talk of it.")
    agreed(plan, worker)
    assert Missing.CHILD not in missing(plan, ellis)


# Walls ----------------------------------------------------------------------------------------------------------------


def test_of_a_sealed_child_nothing_is_written_or_found(worker, manager, ellis) -> None:
    plan, head = panels.plan_of(ellis, written(ellis, worker).pk), staff("head_of_service")
    sealed(ellis, worker, head, by=worker)
    as_seen_by(manager)
    assert not Plan.objects.filter(pk=plan.pk).exists()
    with pytest.raises(NotAllowed):
        actions.say(plan, "needs", "A quiet room.", revision=plan.revision, by=manager, at=NOW())


def test_a_plan_of_a_combined_record_is_the_childs(worker, manager, ellis) -> None:
    other = child(worker, given="El")
    plan = written(other, worker)
    as_seen_by(manager)
    combining.combine(ellis, other, reason="The same birth date and mother.", by=manager, at=NOW())
    assert panels.plans_of(ellis) == [plan]
    put(plan, worker, words="Ellis sleeps at home every night")
    with pytest.raises(Refused, match="A plan is being written"):
        begun(ellis, worker)


def test_whoever_holds_the_child_no_longer_writes_no_more(worker, manager, ellis) -> None:
    plan = written(ellis, worker)
    let_go(ellis, by=manager)
    with pytest.raises(NotAllowed):
        put(plan, worker)


def test_how_far_it_came_is_said_of_a_plan_that_is_locked(worker, manager, ellis) -> None:
    plan = locked(ellis, worker, manager)
    (aim,) = shown(plan, ellis).aims
    as_seen_by(worker)
    once = new_id()
    for _ in range(2):
        kept = {"by": worker, "at": NOW(), "once": once}
        actions.say_progress(ellis, aim.root, "going", "Nine hours.", timezone.localdate(), **kept)
    assert Progress.objects.count() == 1 and shown(plan, ellis).aims[0].progress.state == "going"
    with pytest.raises(Refused, match="stays as it is"):
        put(plan, worker)


def test_a_plan_is_shown_in_a_fixed_number_of_queries(worker, ellis, django_assert_num_queries) -> None:
    plan = written(ellis, worker)
    for number in range(4):
        aim = put(plan, worker, words=f"Ellis sleeps at home every night, {number}")
        does(plan, aim.root, worker)
    plan.refresh_from_db()
    with django_assert_num_queries(14):
        panels.shown(plan, ellis, NOW())
