"""What may be said of an intervention and how its sessions are counted: tables a practitioner could check, and laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.casework.interventions import rules
from waypost.casework.interventions.rules import Counted, Held, Run, counted, overlaps, series, whose
from waypost.kernel.days import is_working_day
from waypost.kernel.lists import load

MISSED = [code.key for code in load("missed_reasons")]
CANCELLED = [code.key for code in load("cancelled_reasons")]
ENDINGS = [code.key for code in load("intervention_endings")]
CAME = st.one_of(
    st.tuples(st.sampled_from(["came", "late"]), st.just("")),
    st.tuples(st.just("missed"), st.sampled_from(MISSED)),
    st.tuples(st.just("cancelled"), st.sampled_from(CANCELLED)),
    st.just(("", "")),
)
SESSIONS = st.lists(
    st.builds(
        lambda came, is_past, number: Held(*came, is_past=is_past, number=number),
        CAME,
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=12,
)


@given(planned=st.integers(1, 60), held=SESSIONS, by_partner=st.booleans())
def test_delivered_lost_and_to_come_are_what_was_planned(planned, held, by_partner):
    found = counted(planned, held, by_partner=by_partner)
    assert found.delivered + found.lost + found.to_come == found.planned
    assert found.planned == max(planned, sum(one.number for one in held))


@given(planned=st.integers(1, 60), held=SESSIONS, ended=st.sampled_from(ENDINGS))
def test_of_what_has_ended_nothing_is_left_to_put_in_the_diary(planned, held, ended):
    found, before = counted(planned, held, ended_because=ended), counted(planned, held)
    assert found.not_in_diary == 0
    assert found.not_held in (0, before.not_in_diary)
    assert (found.delivered, found.missed, found.cancelled) == (before.delivered, before.missed, before.cancelled)


@given(planned=st.integers(1, 60), held=SESSIONS, ended=st.sampled_from(["", *ENDINGS]), by_partner=st.booleans())
def test_every_session_lost_has_a_reason_and_a_side(planned, held, ended, by_partner):
    found = counted(planned, held, ended_because=ended, by_partner=by_partner)
    assert found.lost_by.total() == found.reasons.total() == found.lost
    assert set(found.lost_by) <= set(rules.WHOSE)


@given(one=SESSIONS, other=SESSIONS)
def test_sessions_counted_apart_add_up_to_those_counted_together(one, other):
    apart = counted(0, one) + counted(0, other)
    assert apart == counted(0, [*one, *other])
    assert apart.rate == counted(0, one).rate + counted(0, other).rate


@pytest.mark.parametrize(
    ("came", "reason", "by_partner", "side"),
    [
        ("missed", "ill", False, "child"),
        ("missed", "chose_not_to", False, "child"),
        ("missed", "not_told", False, "ours"),  # nobody had told the child: it lies with us
        ("missed", "not_known", False, "not_known"),  # until somebody finds out it is nobody’s
        ("missed", "", False, "not_known"),
        ("cancelled", "room", False, "ours"),
        ("cancelled", "worker_ill", False, "ours"),
        ("cancelled", "worker_ill", True, "partner"),  # the worker is theirs
        ("cancelled", "partner", False, "partner"),
        ("cancelled", "interpreter", True, "ours"),  # it is for us to find one
    ],
)
def test_on_whose_side_a_lost_session_lies(came, reason, by_partner, side):
    assert whose(came, reason, by_partner=by_partner) == side


def test_every_reason_lies_on_some_side():
    assert {whose("cancelled", key) for key in CANCELLED} == {"ours", "partner"}
    assert {code.text("whose") for code in load("intervention_endings")} == {"", "child", "ours", "partner"}
    assert {code.text("whose") for code in load("moved_reasons")} == {"child", "ours", "partner"}


CHRISTMAS = date(
    2026, 12, 18
)  # a Friday; the 25th and the 1st are bank holidays, and Monday 28 December instead of one


@pytest.mark.parametrize(
    ("first", "number", "every", "days"),
    [
        (date(2026, 3, 2), 3, 1, ["2 March", "9 March", "16 March"]),
        (date(2026, 3, 2), 3, 2, ["2 March", "16 March", "30 March"]),
        (date(2026, 3, 7), 2, 1, ["9 March", "16 March"]),  # a Saturday gives way to the Monday
        (CHRISTMAS, 3, 1, ["18 December", "29 December", "4 January"]),
    ],
)
def test_a_series_is_held_on_working_days(first, number, every, days):
    assert [f"{one.day} {one:%B}" for one in series(first, number, every)] == days


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 20), st.integers(1, 8))
def test_a_series_never_runs_backwards_and_never_on_a_day_off(first, number, every):
    found = series(first, number, every)
    assert (len(found), found) == (number, sorted(found))
    assert all(is_working_day(day) for day in found)
    assert found[0] >= first


ON = date(2026, 3, 2)


def planned(**given):
    whole = {
        "programme": "anger_at_work", "name": "", "has_objective": True, "why_no_objective": "", "sessions": 6,
        "starts": ON, "ends": ON + timedelta(days=60), "run_by": 1,
    }  # fmt: skip
    return rules.why_not_plan(**whole | given)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"programme": ""}, "Choose a programme"),
        ({"name": "Bikes"}, "one of the two"),
        ({"has_objective": False}, "Choose the objective it works towards"),
        ({"has_objective": False, "why_no_objective": "None."}, "Choose the objective it works towards"),
        ({"why_no_objective": "There is one after all."}, "Leave that empty"),
        ({"sessions": 0}, "from 1 to 60"),
        ({"ends": ON - timedelta(days=1)}, "before its first"),
        ({"ends": ON + timedelta(days=800)}, "two years"),
        ({"run_by": 0}, "Say who runs it"),
        ({"run_by": 2}, "Say who runs it"),
        ({"asks_too_much": ["It asks for much reading."]}, "Say how it is made to fit"),
    ],
)
def test_what_is_not_planned_and_what_to_do_instead(given, sentence):
    assert sentence in planned(**given)


def test_what_is_planned():
    assert planned() is None
    assert planned(has_objective=False, why_no_objective="The plan is still to be written.") is None
    assert planned(asks_too_much=["It asks for much reading."], fitted="We draw it together.") is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"left": 2, "wanted": 3}, "2 sessions of it are left"),
        ({"left": 0, "wanted": 1}, "no session of it is left"),
        ({"starts": ON - timedelta(days=1)}, "has gone by"),
        ({"every": 9}, "from 1 to 8"),
        ({"wanted": 0}, "from 1 to 60"),
        ({"ended": True}, "has ended"),
    ],
)
def test_a_series_that_is_not_put_in_the_diary(given, sentence):
    whole = {"left": 6, "wanted": 6, "every": 1, "starts": ON, "today": ON, "ended": False}
    assert rules.why_not_series(**whole) is None
    assert sentence in rules.why_not_series(**whole | given)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"because": ""}, "Say why it ends"),
        ({"because": "not_right"}, "Say more"),
        ({"on": ON + timedelta(days=1)}, "still to come"),
        ({"starts": ON + timedelta(days=9)}, "before it began"),
        ({"ended": True}, "ended it already"),
    ],
)
def test_work_that_does_not_end_like_this(given, sentence):
    whole = {"ended": False, "because": "completed", "words": "", "on": ON, "starts": ON, "today": ON}
    assert rules.why_not_end(**whole) is None
    assert sentence in rules.why_not_end(**whole | given)


def run(key, worker, programme="", factors=(), starts=ON, days=30):
    return Run(key, f"work {key}", worker, programme, frozenset(factors), starts, starts + timedelta(days=days))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (run(1, "Priya", "mentoring"), run(2, "Tom", "mentoring"), True),
        (run(1, "Priya", factors=["anger"]), run(2, "Tom", factors=["anger", "thinking"]), True),
        (run(1, "Priya", factors=["anger"]), run(2, "Tom", factors=["friends"]), False),
        (run(1, "Priya", "mentoring"), run(2, "Priya", "mentoring"), False),  # one worker does two things
        (run(1, "Priya", "mentoring"), run(2, "Tom", "mentoring", starts=ON + timedelta(days=30)), True),
        (run(1, "Priya", "mentoring"), run(2, "Tom", "mentoring", starts=ON + timedelta(days=31)), False),
        (run(1, "Priya"), run(2, "Tom"), False),  # of neither is known what it works on
    ],
)
def test_the_same_work_by_two_workers_in_the_same_days(one, other, overlap):
    assert bool(overlaps([one, other])) is bool(overlaps([other, one])) is overlap


def test_an_overlap_names_both_and_one_thing_to_do():
    (found,) = overlaps([run(1, "Priya", factors=["anger"]), run(2, "Tom", factors=["anger"])])
    assert found.sentence() == (
        "Priya (work 1) and Tom (work 2) both work on handling anger from 2 March 2026 to 1 April 2026."
        " Agree together who goes on with it, and end the other."
    )


def test_what_a_programme_asks_is_laid_beside_what_the_record_says():
    demands = [("reading", "much reading"), ("communication", "some talking and listening")]
    hard = [("reading", "Reading and writing: reads like a child of seven"), ("money", "Money and food")]
    assert rules.asks_too_much("Letters", demands, hard) == [
        "Letters asks for much reading, and the record says: Reading and writing: reads like a child of seven."
    ]


def test_nothing_counted_has_no_share():
    assert (Counted().rate.share, Counted().in_words()) == (None, "0 of 0 took place")
