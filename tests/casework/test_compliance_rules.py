"""What is proposed and what may be recorded when a child misses a contact: histories a practitioner could check by hand.

In 2026 Good Friday is 3 April, Easter Monday 6 April, and the bank holidays of May are the 4th and the 25th.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.casework.compliance.definitions import STEPS, VOLUNTARY, load
from waypost.casework.compliance.rules import (
    Missed,
    Step,
    follow_up_due,
    propose,
    warned_periods,
    warned_until,
    why_not_step,
)
from waypost.casework.outcomes.clocks import clocks

ROUTES = load()
ORDERS = sorted(key for key, route in ROUTES.items() if not route.voluntary)
ANSWERS = {key: ROUTES[key].answer for key in ORDERS}
WORDS_OF_ORDERS = re.compile(r"fail|warn|breach|court|police|recall|excuse", re.IGNORECASE)


def on(text):
    """'3 mar' of 2026, '3 mar 27' of another year."""
    number, month, *year = text.split()
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    return date(2000 + int(year[0]) if year else 2026, months.index(month) + 1, int(number))


def missed(text, acceptable=None, followed_up=None):
    return Missed(on(text), acceptable, on(followed_up) if followed_up else None)


def failure(text):
    """Missed, followed up the same day, and no acceptable reason."""
    return missed(text, False, text)


def warned(*texts):
    return [Step("warn", on(text)) for text in texts]


def asked(route, history, steps=(), *, day):
    return propose(ROUTES[route], missed=history, steps=steps, on=on(day))


def refused(route, step, history=(), steps=(), *, day, reason="", by_person=True):
    return why_not_step(
        ROUTES[route], step, reason=reason, missed=history, steps=steps, on=on(day), by_person=by_person
    )


@pytest.mark.parametrize(
    ("missed_on", "due"),
    [
        ("2 mar", "3 mar"),  # Monday, Tuesday
        ("6 mar", "9 mar"),  # Friday, Monday
        ("7 mar", "9 mar"),  # a Saturday
        ("2 apr", "7 apr"),  # before Good Friday, after Easter Monday
        ("1 may", "5 may"),  # Friday before a bank holiday Monday
        ("24 dec", "29 dec"),  # Christmas on a Friday, Boxing Day kept on the Monday
        ("31 dec", "4 jan 27"),
    ],
)
def test_a_missed_contact_is_followed_up_by_the_next_working_day(missed_on, due):
    assert follow_up_due(on(missed_on)) == on(due)


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_every_route_follows_up_as_soon(route):
    proposal = asked(route, [missed("2 apr", None)], day="2 apr")
    assert (proposal.step, proposal.due) == ("re_engage", follow_up_due(on("2 apr")))


def test_how_soon_is_said_in_one_place():
    assert "follow_up" not in clocks()


@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.parametrize("acceptable", [None, False])
def test_following_up_comes_first_whatever_the_route(route, acceptable):
    proposal = asked(route, [missed("2 apr", acceptable)], day="2 apr")
    assert (proposal.step, proposal.due, proposal.counted) == ("re_engage", on("7 apr"), ())
    assert proposal.sentence == (
        "The child did not come on 2 April 2026 and nobody has followed it up. Ask what got in the way, and offer "
        "another time."
    )


def test_the_first_day_nobody_followed_up_gives_the_deadline():
    history = [missed("12 mar"), missed("2 mar", False), missed("9 mar", None, "10 mar")]
    proposal = asked("reparation", history, day="12 mar")
    assert (proposal.step, proposal.due) == ("re_engage", on("3 mar"))
    assert "2 March 2026 and 12 March 2026" in proposal.sentence


def test_following_up_tomorrow_is_not_followed_up_today():
    history = [missed("2 mar", False, "4 mar")]
    assert asked("bail", history, day="3 mar").step == "re_engage"
    assert asked("bail", history, day="4 mar").step == "tell_police"


def test_a_step_of_asking_again_is_a_follow_up():
    assert asked("bail", [missed("2 mar", False)], [Step("re_engage", on("3 mar"))], day="3 mar").step == "tell_police"
    assert asked("bail", [missed("2 mar", False)], [Step("re_engage", on("27 feb"))], day="3 mar").step == "re_engage"


@pytest.mark.parametrize("route", ORDERS)
def test_a_reason_nobody_has_judged_is_proposed_for_judging_and_counts_nowhere(route):
    proposal = asked(route, [missed("2 mar", None, "3 mar"), failure("4 mar")], day="5 mar")
    assert (proposal.step, proposal.counted, proposal.due) == ("judge", (), on("4 mar"))


@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.parametrize(
    "history",
    [
        [],
        [missed("2 mar", True)],
        [missed("2 mar", True, "3 mar")],
        [missed("2 apr", False, "3 apr"), missed("3 apr")],  # still to come
    ],
)
def test_nothing_is_proposed_where_nothing_was_missed_without_a_reason(route, history):
    assert asked(route, history, day="1 apr") is None


@pytest.mark.parametrize("route", ORDERS)
def test_a_reason_accepted_after_all_counts_nowhere(route):
    assert asked(route, [failure("2 mar")], [Step("excuse", on("4 mar"))], day="4 mar") is None


@pytest.mark.parametrize(
    ("route", "step", "due", "choices"),
    [
        ("referral_order", "panel", "30 apr", ("re_engage", "excuse")),
        ("youth_rehabilitation", "warn", "9 apr", ("re_engage", "excuse", "court")),
        ("detention_training", "court", "16 apr", ("re_engage", "excuse")),
        ("licence", "recall", "1 apr", ("re_engage", "excuse")),
        ("reparation", "court", "16 apr", ("re_engage", "excuse")),
        ("conditional_caution", "tell_police", "2 apr", ("re_engage", "excuse")),
        ("bail", "tell_police", "1 apr", ("re_engage", "excuse", "court")),
    ],
)
def test_what_each_route_proposes_with_easter_in_the_deadline(route, step, due, choices):
    proposal = asked(route, [failure("31 mar")], day="1 apr")
    assert (proposal.step, proposal.due, proposal.choices) == (step, on(due), choices)
    assert proposal.counted == (on("31 mar"),)
    assert proposal.sentence.startswith("Missed on 31 March 2026 without ")
    assert not proposal.duty


@pytest.mark.parametrize("route", ORDERS)
def test_what_was_answered_is_not_proposed_again_and_the_next_is(route):
    answer = [Step(ANSWERS[route], on("4 mar"))]
    assert asked(route, [failure("2 mar")], answer, day="4 mar") is None
    assert asked(route, [failure("2 mar"), failure("9 mar")], answer, day="9 mar").counted == (on("9 mar"),)


def test_a_step_about_one_day_leaves_the_others_open():
    history = [failure("2 mar"), failure("4 mar")]
    steps = [Step("panel", on("5 mar"), about=(on("4 mar"),))]
    assert asked("referral_order", history, steps, day="5 mar").counted == (on("2 mar"),)


def test_a_step_another_law_knows_answers_nothing_here():
    assert asked("referral_order", [failure("2 mar")], warned("3 mar"), day="4 mar").step == "panel"


# Voluntary work


def test_voluntary_work_asks_again_and_then_looks_at_the_plan():
    once, twice = [failure("2 mar")], [failure("2 mar"), missed("9 mar", None, "10 mar")]
    assert asked("none", once, day="3 mar") is None
    proposal = asked("none", twice, day="10 mar")
    assert (proposal.step, proposal.counted, proposal.choices) == ("change_plan", (), ("end_by_agreement",))
    assert not WORDS_OF_ORDERS.search(proposal.sentence)


def test_a_plan_that_was_changed_begins_anew():
    history = [failure("2 mar"), failure("9 mar"), failure("23 mar")]
    assert asked("none", history, [Step("change_plan", on("12 mar"))], day="23 mar") is None


def test_work_that_has_ended_asks_nothing():
    assert asked("none", [missed("2 mar")], [Step("end_by_agreement", on("3 mar"))], day="4 mar") is None


def test_voluntary_work_takes_no_step_of_an_order_whatever_is_asked():
    said = refused("none", "warn", [failure("2 mar")], day="3 mar", reason="He was told.")
    assert said == (
        "Voluntary work does not provide for this. What may be done: follow up and ask the child again, change the plan "
        "with the child and end the work by agreement."
    )
    assert not WORDS_OF_ORDERS.search(said)


@pytest.mark.parametrize("step", sorted(VOLUNTARY))
def test_voluntary_work_takes_its_own_steps_at_any_time(step):
    assert refused("none", step, day="3 mar") is None


# Warned periods of a youth rehabilitation order


@pytest.mark.parametrize(
    ("given_on", "until"),
    [
        ("5 mar", "4 mar 27"),
        ("1 jan", "31 dec"),
        ("1 mar 27", "29 feb 28"),
        ("28 feb 27", "27 feb 28"),
        ("29 feb 28", "28 feb 29"),
        ("1 mar 28", "28 feb 29"),
    ],
)
def test_a_warned_period_is_twelve_months_beginning_with_its_day(given_on, until):
    assert warned_until(on(given_on), 12) == on(until)


def test_the_warned_periods_of_an_order_run_beside_one_another():
    periods = warned_periods(ROUTES["youth_rehabilitation"], steps=warned("7 apr", "5 mar", "1 jun"), on=on("7 apr"))
    assert periods == ((on("5 mar"), on("4 mar 27")), (on("7 apr"), on("6 apr 27")))
    assert warned_periods(ROUTES["licence"], steps=warned("5 mar"), on=on("7 apr")) == ()


def test_a_first_warning_says_how_long_its_period_would_be():
    proposal = asked("youth_rehabilitation", [failure("2 mar")], day="5 mar")
    assert (proposal.step, proposal.ends, proposal.duty) == ("warn", on("4 mar 27"), False)
    assert proposal.sentence == (
        "Missed on 2 March 2026 without reasonable excuse, and followed up. A warning given on 5 March 2026 would have a "
        "warned period to 4 March 2027."
    )


def test_a_second_warning_says_what_it_would_bring():
    proposal = asked("youth_rehabilitation", [failure("1 apr")], warned("5 mar"), day="2 apr")
    assert proposal.step == "warn"
    assert "It would be a further warning in the warned period from 5 March 2026 to 4 March 2027" in proposal.sentence
    later = asked("youth_rehabilitation", [failure("1 apr 27")], warned("5 mar"), day="2 apr 27")
    assert "further warning" not in later.sentence


@pytest.mark.parametrize(
    ("failed", "warnings", "duty_until"),
    [
        ("4 mar 27", ["5 mar", "7 apr"], "4 mar 27"),  # the last day of the first warned period
        ("5 mar 27", ["5 mar", "7 apr"], None),  # the day after: in the second's period, with no further warning in it
        ("8 apr", ["5 mar", "7 apr"], "4 mar 27"),  # the day after the further warning
        ("7 apr", ["5 mar", "7 apr"], None),  # its very day: which came first is not known
        ("5 may", ["5 mar"], None),  # one warning
        ("5 may 27", ["5 mar", "6 mar 27"], None),  # the second after the first period's end
        ("5 may", ["5 mar", "5 mar"], None),  # one warning, recorded twice
        ("5 mar 27", ["5 mar", "4 mar 27"], None),  # given on the last day of the first period; failed after it
        ("5 mar 27", ["5 mar", "7 apr", "1 jun"], "6 apr 27"),  # in the second's period, after a third
    ],
)
def test_the_duty_arises_after_a_further_warning_in_a_warned_period(failed, warnings, duty_until):
    day = on(failed)
    history = [Missed(day, False, day)]
    steps = [Step("warn", on(text), about=(date(2025, 12, 1),)) for text in warnings]
    proposal = propose(ROUTES["youth_rehabilitation"], missed=history, steps=steps, on=day + timedelta(days=1))
    assert proposal.duty == (duty_until is not None)
    assert proposal.step == ("court" if duty_until else "warn")
    if duty_until:
        assert proposal.ends == on(duty_until)
        assert proposal.choices == ("exceptional", "excuse")


DUTY = {"history": [failure("12 may")], "steps": warned("5 mar", "7 apr")}


def test_a_duty_says_on_what_it_rests_and_by_when():
    proposal = asked("youth_rehabilitation", DUTY["history"], DUTY["steps"], day="13 may")
    assert (proposal.counted, proposal.due) == ((on("12 may"),), on("27 may"))  # the 25th is a bank holiday
    assert proposal.sentence == (
        "What was missed on 12 May 2026 falls in the warned period from 5 March 2026 to 4 March 2027, and a further "
        "warning was given in it on 7 April 2026: information must be laid, unless circumstances are exceptional and "
        "the reason is recorded."
    )


def test_a_later_contact_nobody_has_judged_does_not_hide_the_duty():
    history = [*DUTY["history"], missed("13 may", None, "13 may")]
    assert asked("youth_rehabilitation", history, DUTY["steps"], day="13 may").duty


@pytest.mark.parametrize("step", ["court", "exceptional", "excuse"])
def test_a_duty_is_met_by_information_or_a_recorded_reason(step):
    steps = [*DUTY["steps"], Step(step, on("14 may"))]
    assert asked("youth_rehabilitation", DUTY["history"], steps, day="14 may") is None


@pytest.mark.parametrize(
    ("step", "reason", "said"),
    [
        ("court", "", None),  # the law is the reason
        ("warn", "Once more.", "A further warning was given in this warned period already. The law leaves: lay "),
        ("exceptional", "", "Write why: “Record exceptional circumstances” is recorded with its reason."),
        ("exceptional", "Her mother died that week.", None),
        ("excuse", "", "Write why"),
        ("excuse", "A letter from the hospital came.", None),
    ],
)
def test_what_may_be_recorded_under_the_duty(step, reason, said):
    found = refused("youth_rehabilitation", step, **DUTY, day="13 may", reason=reason)
    assert (found is None) if said is None else found.startswith(said)


@pytest.mark.parametrize(
    ("step", "history", "reason", "said"),
    [
        ("warn", [failure("2 mar")], "", None),
        ("warn", [missed("2 mar", False)], "", "Nobody has followed up what was missed on 2 March 2026."),
        ("warn", [missed("2 mar", None, "3 mar")], "", "No failure waits for an answer on 5 March 2026."),
        ("warn", [missed("2 mar", True, "3 mar")], "", "No failure waits for an answer on 5 March 2026."),
        ("warn", [failure("9 mar")], "", "No failure waits for an answer on 5 March 2026."),
        ("court", [failure("2 mar")], "", "Write why: “Lay information before the court” is recorded"),
        ("court", [failure("2 mar")], "Missed every day of a curfew.", None),  # discretion to go earlier
        ("exceptional", [failure("2 mar")], "He was ill.", "There is no duty to lay information"),
        ("judge", [failure("2 mar")], "", "No reason waits to be judged."),
        ("judge", [missed("2 mar", None, "3 mar")], "", None),
        ("excuse", [missed("2 mar", None, "3 mar")], "He was at a funeral.", None),
        ("re_engage", [], "", None),
        ("change_plan", [], "", None),
        ("recall", [failure("2 mar")], "He ran.", "Youth rehabilitation order does not provide for this."),
    ],
)
def test_what_may_be_recorded_in_a_youth_rehabilitation_order(step, history, reason, said):
    found = refused("youth_rehabilitation", step, history, day="5 mar", reason=reason)
    assert (found is None) if said is None else found.startswith(said)


def test_a_panel_comes_before_the_court_in_a_referral_order():
    history, panel = [failure("2 mar")], [Step("panel", on("16 mar"))]
    assert refused("referral_order", "panel", history, day="5 mar") is None
    said = refused("referral_order", "court", history, day="5 mar", reason="It did not help.")
    assert said == "This follows only when another step was taken. First: bring it back to the panel."
    assert refused("referral_order", "court", history, panel, day="17 mar") == (
        "Write why: “Record that the panel referred back to court” is recorded with its reason."
    )
    assert refused("referral_order", "court", history, panel, day="17 mar", reason="The panel says so.") is None


@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.parametrize("step", sorted(STEPS))
def test_no_step_is_recorded_without_a_person(route, step):
    said = refused(route, step, [failure("2 mar")], day="3 mar", reason="Because.", by_person=False)
    assert said.startswith("A person decides this.")


# What holds for every history

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 800).map(lambda number: FIRST + timedelta(days=number))
HISTORIES = st.lists(st.builds(Missed, DAYS, st.sampled_from([True, False, False, None]), st.none() | DAYS), max_size=8)
DECIDED = st.lists(
    st.builds(
        Step,
        st.sampled_from([*sorted(STEPS), "warn", "warn"]),
        DAYS,
        st.lists(DAYS, max_size=2).map(tuple) | st.just(()),
    ),
    max_size=8,
)
ANY_ROUTE = st.sampled_from(sorted(ROUTES))


@given(HISTORIES, DECIDED, DAYS, st.sampled_from(sorted(STEPS)), st.text(max_size=3))
def test_a_voluntary_route_neither_proposes_nor_takes_anything_that_is_not_voluntary(history, steps, day, key, reason):
    proposal = propose(ROUTES["none"], missed=history, steps=steps, on=day)
    said = why_not_step(ROUTES["none"], key, reason=reason, missed=history, steps=steps, on=day, by_person=True)
    assert (said is None) == (key in VOLUNTARY)
    if proposal:
        assert {proposal.step, *proposal.choices} <= VOLUNTARY
        assert (proposal.counted, proposal.duty, proposal.ends) == ((), False, None)
        assert not WORDS_OF_ORDERS.search(proposal.sentence)


NEAR = st.integers(0, 500).map(lambda number: FIRST + timedelta(days=number))
FOLLOWED = NEAR.map(lambda day: Missed(day, False, day))


@given(st.lists(FOLLOWED, max_size=6), st.lists(NEAR.map(lambda day: Step("warn", day, (FIRST,))), max_size=4), NEAR)
def test_a_duty_needs_two_warnings_and_a_failure_in_one_warned_period(history, steps, day):
    proposal = propose(ROUTES["youth_rehabilitation"], missed=history, steps=steps, on=day)
    given_on = {step.day for step in steps if step.day <= day}
    failed = {one.day for one in history if FIRST < one.day <= day}
    expected = any(
        first < further < failure_day and failure_day < first.replace(year=first.year + 1)
        for first in given_on
        for further in given_on
        for failure_day in failed
    )
    assert bool(proposal and proposal.duty) == expected


@given(ANY_ROUTE, HISTORIES, DECIDED, DAYS)
def test_nothing_is_counted_that_is_excused_or_not_judged_or_ahead(route, history, steps, day):
    proposal = propose(ROUTES[route], missed=history, steps=steps, on=day)
    excuses = [step for step in steps if step.key == "excuse" and step.day <= day]
    countable = {
        one.day
        for one in history
        if one.acceptable is False and one.day <= day and not any(excuse.is_about(one.day) for excuse in excuses)
    }
    assert set(proposal.counted if proposal else ()) <= countable


@given(ANY_ROUTE, HISTORIES, DECIDED, DAYS, st.randoms())
def test_the_order_of_what_is_given_changes_nothing_and_nothing_given_is_changed(route, history, steps, day, random):
    before = list(history), list(steps)
    first = propose(ROUTES[route], missed=history, steps=steps, on=day)
    assert (history, steps) == before
    random.shuffle(history)
    random.shuffle(steps)
    assert propose(ROUTES[route], missed=history, steps=steps, on=day) == first


@given(ANY_ROUTE, HISTORIES, DECIDED, DAYS)
def test_what_is_proposed_may_be_recorded(route, history, steps, day):
    """With a reason, by a person: a button never leads to a refusal."""
    facts = {"missed": history, "steps": steps, "on": day}
    if proposal := propose(ROUTES[route], **facts):
        for key in (proposal.step, *proposal.choices):
            assert why_not_step(ROUTES[route], key, reason="Because.", by_person=True, **facts) is None


@given(ANY_ROUTE, HISTORIES, DECIDED, DAYS, st.sampled_from(sorted(STEPS)), st.text())
def test_no_step_is_a_machine_s(route, history, steps, day, key, reason):
    said = why_not_step(ROUTES[route], key, reason=reason, missed=history, steps=steps, on=day, by_person=False)
    assert said is not None
