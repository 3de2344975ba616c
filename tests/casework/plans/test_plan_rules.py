"""What an objective must say, what a plan misses and who may do what to it: tables a practitioner could check."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waypost.casework.plans import rules
from waypost.casework.plans.models import PlanStep
from waypost.casework.plans.rules import FactorSeen, Laid, Missing, ObjectiveSeen

BEGUN = date(2026, 11, 2)
LATER = date(2027, 1, 29)
SEEN = "The school’s register, on Fridays."


@pytest.mark.parametrize(
    ("words", "known", "starts", "by_day", "says"),
    [
        ("Ellis is at school twelve hours a week", SEEN, None, LATER, None),
        ("Ellis sleeps at home every night", SEEN, BEGUN, BEGUN, None),
        ("School", SEEN, None, LATER, "Say in a sentence what will be different"),
        ("Engage with education", SEEN, None, LATER, "not what will be different"),
        ("To address his anger", SEEN, None, LATER, "not what will be different"),
        ("Ellis will work on his peer relationships", SEEN, None, LATER, "not what will be different"),
        ("Ellis needs to comply with his curfew", SEEN, None, LATER, "not what will be different"),
        ("Engage with the mentor so that he is home by nine", SEEN, None, LATER, None),
        ("Ellis workshops his bike until it runs", SEEN, None, LATER, None),
        ("Ellis is at school twelve hours a week", "", None, LATER, "how you will both know"),
        ("Ellis is at school twelve hours a week", SEEN, None, None, "Give the day"),
        ("Ellis is at school twelve hours a week", SEEN, None, date(2026, 11, 1), "The plan began on 2 November 2026"),
        ("Ellis is at school twelve hours a week", SEEN, date(2027, 1, 30), LATER, "cannot begin after"),
    ],
)
def test_an_objective_says_what_will_be_different(words, known, starts, by_day, says) -> None:
    found = rules.why_not_objective(words, known, starts=starts, by_day=by_day, begun=BEGUN, owned=True)
    assert found is None if says is None else says in found


def test_an_objective_is_somebodys() -> None:
    found = rules.why_not_objective("Ellis is at school", SEEN, starts=None, by_day=LATER, begun=BEGUN, owned=False)
    assert found == "Say whose it is: one of us, or which agency."


def test_more_than_five_at_once_is_said_and_not_refused() -> None:
    assert rules.too_many(5) is None
    assert rules.too_many(6) == "6 objectives at once is more than most children can follow. Which can begin later?"


# What is missing ------------------------------------------------------------------------------------------------------

FRIENDS, SCHOOL = uuid4(), uuid4()


def against(root=FRIENDS, rating: str = "strong", not_now: str = "") -> FactorSeen:
    return FactorSeen(root, "Friends", "against", rating, not_now)


def aim(part: str = "change", factors=(FRIENDS,), by_day: date = LATER, done_by: int = 1, *, ended: bool = False):
    return ObjectiveSeen(uuid4(), part, "Ellis is at school", by_day, frozenset(factors), done_by, ended)


WHOLE = {"factors": [against()], "objectives": [aim()], "agreed": {"child"}}


@pytest.mark.parametrize(
    ("changed", "missing", "stops"),
    [
        ({}, [], False),
        ({"objectives": [aim(factors=())]}, [Missing.FACTOR, Missing.OBJECTIVE], True),
        ({"factors": [against(), against(SCHOOL)]}, [Missing.FACTOR], True),
        ({"factors": [against(), against(SCHOOL, "moderate")]}, [Missing.FACTOR], True),
        ({"factors": [against(), against(SCHOOL, "limited")]}, [Missing.FACTOR], False),
        ({"factors": [against(), against(SCHOOL, not_now="After his exams.")]}, [], False),
        ({"factors": [against(), FactorSeen(SCHOOL, "Bikes", "for", "strong")]}, [], False),
        ({"objectives": [], "factors": []}, [Missing.NONE], True),
        ({"objectives": [aim(done_by=0)]}, [Missing.NOBODY], False),
        ({"objectives": [aim(done_by=0, ended=True)]}, [], False),
        ({"objectives": [aim(by_day=BEGUN - timedelta(days=1))]}, [Missing.PAST], False),
        ({"objectives": [aim(by_day=BEGUN)]}, [], False),
        ({"agreed": set()}, [Missing.CHILD], True),
        ({"has_carer": True}, [Missing.CARER], False),
        ({"has_carer": True, "agreed": {"child", "carer"}}, [], False),
        ({"ratings": {"serious_harm": "medium", "safety": "medium"}}, [], False),
        ({"ratings": {"serious_harm": "high"}}, [Missing.HARM, Missing.CONTINGENCY], False),
        ({"ratings": {"safety": "very_high"}}, [Missing.SAFETY, Missing.CONTINGENCY], False),
        ({"ratings": {"safety": "high"}, "said": {"contingency"}, "objectives": [aim("safety")]}, [], False),
        (
            {"ratings": {"safety": "high"}, "said": {"contingency"}, "objectives": [aim("safety", ended=True)]},
            [Missing.SAFETY],
            False,
        ),
        ({"harmed": True}, [Missing.VICTIMS], False),
        ({"harmed": True, "said": {"victim_safety"}}, [], False),
    ],
)
def test_what_is_missing(changed, missing, stops) -> None:
    found = rules.gaps(Laid(**{**WHOLE, **changed}), on=BEGUN)
    assert [gap.what for gap in found] == missing
    assert (rules.why_not_sign(found) is not None) == stops


@given(
    some.lists(
        some.tuples(some.sampled_from(["for", "against"]), some.sampled_from(["limited", "moderate", "strong"]))
    ),
    some.data(),
)
def test_every_factor_against_change_is_answered_or_missing_once(kinds, data) -> None:
    factors = [FactorSeen(uuid4(), "It", side, rating) for side, rating in kinds]
    answered = {one.root for one in factors if data.draw(some.booleans())}
    found = rules.gaps(Laid(factors=factors, objectives=[aim(factors=answered)]), on=BEGUN)
    missing = [gap.about for gap in found if gap.what is Missing.FACTOR]
    assert sorted(missing) == sorted({one.root for one in factors if one.side == "against"} - answered)


def test_what_keeps_people_safe_comes_first() -> None:
    laid = Laid(factors=[against()], ratings={"serious_harm": "high"}, harmed=True)
    found = [gap.what for gap in rules.gaps(laid, on=BEGUN)]
    assert found[:3] == [Missing.HARM, Missing.VICTIMS, Missing.CONTINGENCY]


# Steps ----------------------------------------------------------------------------------------------------------------


def test_every_step_there_is_has_a_place_and_every_state_its_sentence() -> None:
    states = {rules.WRITTEN, rules.SIGNED, rules.LOCKED, rules.DROPPED}
    assert {step for _, step in rules.TRANSITIONS} == set(PlanStep.Kind.values)
    assert {state for state, _ in rules.TRANSITIONS} | set(rules.TRANSITIONS.values()) == states == set(rules.INSTEAD)


@pytest.mark.parametrize("step", PlanStep.Kind.values)
@pytest.mark.parametrize("state", [rules.WRITTEN, rules.SIGNED, rules.LOCKED, rules.DROPPED])
def test_only_the_steps_of_a_state_are_taken_in_it(state, step) -> None:
    theirs = step == "taken_back"
    found = rules.why_not_step(state, step, words="What is to be done first.", signed_by_them=theirs)
    assert found == (None if (state, step) in rules.TRANSITIONS else rules.INSTEAD[state])


@pytest.mark.parametrize("step", sorted(rules.BY_ANOTHER))
def test_nobody_countersigns_what_they_signed(step) -> None:
    assert "Nobody countersigns" in rules.why_not_step(
        rules.SIGNED, step, words="It reads well to me.", signed_by_them=True
    )


def test_a_plan_is_sent_back_with_what_is_to_be_done() -> None:
    assert "Say it in a sentence" in rules.why_not_step(rules.SIGNED, "sent_back", words="No")
