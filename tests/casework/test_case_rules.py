"""Cases and transitions by rule, as a practitioner could check them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.casework.cases import rules
from waypost.kernel.lists import load

DAY = timedelta(days=1)
LONG_AGO = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("born", "listed_from", "eighteenth"),
    [
        (date(2008, 11, 2), date(2026, 5, 2), date(2026, 11, 2)),
        (date(2008, 8, 31), date(2026, 2, 28), date(2026, 8, 31)),  # February has no 31st
        (date(2010, 8, 31), date(2028, 2, 29), date(2028, 8, 31)),  # nor in a leap year
        (date(2008, 8, 29), date(2026, 2, 28), date(2026, 8, 29)),
        (date(2008, 8, 28), date(2026, 2, 28), date(2026, 8, 28)),
        (date(2008, 10, 31), date(2026, 4, 30), date(2026, 10, 31)),
        (date(2008, 2, 29), date(2025, 9, 1), date(2026, 3, 1)),  # 18 on 1 March, in a year without the 29th
        (date(2008, 2, 28), date(2025, 8, 28), date(2026, 2, 28)),
        (date(2008, 3, 31), date(2025, 9, 30), date(2026, 3, 31)),
    ],
)
def test_the_day_of_seventeen_and_a_half(born, listed_from, eighteenth):
    assert (rules.seventeen_and_a_half(born), rules.eighteenth(born)) == (listed_from, eighteenth)
    assert not rules.is_near_18(born, listed_from - DAY)
    assert rules.is_near_18(born, listed_from)


@given(LONG_AGO)
def test_it_is_never_more_than_six_months_of_days_before(born):
    assert 181 <= (rules.eighteenth(born) - rules.seventeen_and_a_half(born)).days <= 184


@given(LONG_AGO, LONG_AGO)
def test_whoever_is_older_is_listed_no_later(one, other):
    older, younger = sorted([one, other])
    assert rules.seventeen_and_a_half(older) <= rules.seventeen_and_a_half(younger)


@pytest.mark.parametrize(
    ("ends", "beyond"),
    [
        (date(2026, 11, 1), False),  # the last day on which they are 17
        (date(2026, 11, 2), True),
        (date(2027, 5, 1), True),
        (None, True),  # no last day yet: it may
    ],
)
def test_an_order_runs_beyond_18(ends, beyond):
    assert rules.runs_beyond_18(ends, date(2008, 11, 2)) is beyond


@pytest.mark.parametrize(
    ("beyond_18", "leaving_care", "apply", "not_these"),
    [
        (False, False, set(), {"decided_who", "pathway_plan", "personal_adviser"}),
        (True, False, {"decided_who"}, {"pathway_plan", "personal_adviser"}),
        (False, True, {"pathway_plan", "personal_adviser"}, {"decided_who"}),
        (True, True, {"decided_who", "pathway_plan", "personal_adviser"}, set()),
    ],
)
def test_which_steps_apply(beyond_18, leaving_care, apply, not_these):
    keys = [step.key for step in rules.steps_that_apply(beyond_18=beyond_18, leaving_care=leaving_care)]
    assert {"told_child", "papers_sent", "met_together", "handed_over"} | apply <= set(keys)
    assert not not_these & set(keys)
    assert keys == [code.key for code in load("transition_steps") if code.key in keys]  # in the order of the list


def test_every_step_belongs_to_a_transition_that_a_rule_knows():
    every = rules.steps_that_apply(beyond_18=True, leaving_care=True)
    assert [step.key for step in every] == [code.key for code in load("transition_steps")]


def test_the_next_step_is_the_first_that_nobody_has_said_is_done():
    steps = rules.steps_that_apply(beyond_18=True, leaving_care=False)
    assert rules.next_step(steps, ()).key == "told_child"
    assert rules.next_step(steps, {"told_child", "decided_who"}).key == "told_carers"
    assert rules.next_step(steps, {step.key for step in steps}) is None


ORDER = "Youth rehabilitation order, made on 1 May 2026,"


@pytest.mark.parametrize(
    ("because", "still_open", "sentence"),
    [
        ("completed", [], None),
        ("completed", [ORDER], f"{ORDER} is still open. End it first"),
        ("agreed_to_stop", [ORDER, "Referral order"], f"{ORDER} and Referral order are still open. End them first"),
        ("ended_by_time", [ORDER], "is still open"),
        ("transferred", [ORDER], None),  # another service answers for it
        ("probation", [ORDER], None),
        ("moved_abroad", [ORDER], None),
        ("died", [ORDER], None),
    ],
)
def test_no_case_is_closed_over_an_order_that_nobody_takes_over(because, still_open, sentence):
    why = rules.why_not_close(because, still_open)
    assert why is None if sentence is None else sentence in str(why)
