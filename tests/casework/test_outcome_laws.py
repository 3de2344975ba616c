"""What holds of every outcome that may be given, whatever its type, its day and its length."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given as each
from hypothesis import strategies as st

from tests.casework.given import DAYS, lengths, outcomes, why_not
from waypost.casework.outcomes.definitions import Family, load, on
from waypost.casework.outcomes.rules import (
    Given,
    begins,
    ends,
    is_in_custody,
    is_running,
    release_day,
    tasks_raised,
    why_no_end,
)
from waypost.kernel.days import is_working_day


@each(outcomes())
def test_what_is_voluntary_has_no_route(outcome):
    assert outcome.type.route == "none" or not outcome.type.voluntary


@each(outcomes())
def test_no_clock_runs_before_its_start(outcome):
    first = begins(outcome)
    assert first is None or (first >= outcome.made and not is_running(outcome, first - timedelta(days=1)))
    assert first is not None or not any(is_running(outcome, outcome.made + timedelta(days=n)) for n in (0, 30, 400))
    for raised in tasks_raised(outcome):
        assert raised.since >= outcome.made and raised.due >= outcome.made


@each(outcomes())
def test_an_end_is_never_before_a_beginning(outcome):
    first, last = begins(outcome), ends(outcome)
    assert last is None or last >= (first or outcome.made)
    assert (last is None) == bool(why_no_end(outcome))


@each(outcomes())
def test_what_runs_after_its_release_is_not_in_custody(outcome):
    out = release_day(outcome)
    assert out is None or not is_in_custody(outcome, out + timedelta(days=1))
    assert outcome.type.family is Family.CUSTODY or not is_in_custody(outcome, outcome.made)


@each(outcomes())
def test_what_is_due_in_working_days_is_due_on_one(outcome):
    rules = {rule.key: rule for rule in outcome.type.tasks}
    for raised in tasks_raised(outcome):
        counted = rules[raised.key].unit == "working_days" and raised.due > outcome.made
        assert not counted or is_working_day(raised.due)


@each(DAYS, st.data())
def test_every_type_offered_may_be_given_with_at_least_one_length(day, data):
    for type in on(day):
        version = type.version(day)
        length = data.draw(lengths(version))
        outcome = Given(type, day, length, extended_months=version.extension_least or 0)
        assert why_not(outcome, born=day - timedelta(days=366 * 16), persistent=True) is None


@each(DAYS)
def test_what_is_not_offered_on_a_day_may_not_be_given_on_it(day):
    offered = {type.key for type in on(day)}
    for type in load().values():
        if type.key not in offered:
            assert "could not be given" in why_not(Given(type, day))
