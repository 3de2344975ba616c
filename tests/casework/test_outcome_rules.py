"""Outcomes as a practitioner could check them: what may be given on which day, for how long, from when until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.casework.given import TODAY, given, why_not
from waypost.casework.outcomes.definitions import on
from waypost.casework.outcomes.rules import (
    begins,
    ends,
    is_in_custody,
    is_running,
    release_day,
    why_no_end,
    why_not_contract,
)

# type, day it was made, length, whether it may be: both sides of each change
MAY_BE = [
    ("referral_order", date(2002, 3, 31), 6, False),
    ("referral_order", date(2002, 4, 1), 6, True),
    ("referral_order", date(2026, 1, 23), 2, False),
    ("referral_order", date(2026, 1, 23), 3, True),
    ("referral_order", date(2026, 1, 23), 12, True),
    ("referral_order", date(2026, 1, 23), 13, False),
    ("referral_order", date(2026, 1, 23), None, False),
    ("reparation_order", date(2000, 5, 31), 24, False),
    ("reparation_order", date(2000, 6, 1), 24, True),
    ("reparation_order", date(2026, 1, 23), 24, True),
    ("reparation_order", date(2026, 1, 23), 25, False),
    ("reparation_order", date(2026, 1, 23), 0, False),
    ("youth_rehabilitation", date(2009, 11, 29), 12, False),
    ("youth_rehabilitation", date(2009, 11, 30), 12, True),
    ("youth_rehabilitation", date(2026, 1, 23), 36, True),
    ("youth_rehabilitation", date(2026, 1, 23), 37, False),
    ("detention_training", date(2000, 3, 31), 6, False),
    ("detention_training", date(2000, 4, 1), 6, True),
    ("detention_training", date(2022, 6, 1), 7, False),
    ("detention_training", date(2022, 6, 27), 7, False),
    ("detention_training", date(2022, 6, 28), 7, True),
    ("detention_training", date(2022, 6, 27), 8, True),
    ("detention_training", date(2022, 6, 27), 24, True),
    ("detention_training", date(2022, 6, 28), 3, False),
    ("detention_training", date(2022, 6, 28), 4, True),
    ("detention_training", date(2022, 6, 28), 24, True),
    ("detention_training", date(2022, 6, 28), 25, False),
    ("section_91", date(2020, 11, 30), 36, True),
    ("section_91", date(2020, 12, 1), 36, False),
    ("section_250", date(2020, 11, 30), 36, False),
    ("section_250", date(2020, 12, 1), 36, True),
    ("section_90", date(2020, 11, 30), None, True),
    ("section_90", date(2020, 12, 1), None, False),
    ("section_259", date(2020, 11, 30), None, False),
    ("section_259", date(2020, 12, 1), None, True),
    ("section_226", date(2012, 12, 2), None, True),
    ("section_226", date(2012, 12, 3), None, False),
    ("youth_conditional_caution", date(2013, 4, 7), 16, False),
    ("youth_conditional_caution", date(2013, 4, 8), 16, True),
    ("youth_conditional_caution", date(2026, 1, 23), 20, True),
    ("youth_conditional_caution", date(2026, 1, 23), 21, False),
    ("youth_conditional_caution", date(2026, 1, 23), None, True),  # 16 weeks where nothing else was said
    ("youth_caution", date(2013, 4, 7), None, False),
    ("youth_caution", date(2013, 4, 8), None, True),
    ("reprimand", date(2000, 5, 31), None, False),
    ("reprimand", date(2013, 4, 7), None, True),
    ("reprimand", date(2013, 4, 8), None, False),
    ("final_warning", date(2013, 4, 7), None, True),
    ("final_warning", date(2013, 4, 8), None, False),
    ("conditional_discharge", date(2026, 1, 23), 36, True),
    ("conditional_discharge", date(2026, 1, 23), 37, False),
    ("absolute_discharge", date(2026, 1, 23), None, True),
    ("absolute_discharge", date(2026, 1, 23), 1, False),  # it has no length
    ("fine", date(2026, 1, 23), None, True),
    ("compensation_order", date(2026, 1, 23), None, True),
    ("parenting_order", date(2000, 5, 31), 12, False),
    ("parenting_order", date(2026, 1, 23), 12, True),
    ("parenting_order", date(2026, 1, 23), 13, False),
    ("bind_over", date(2026, 1, 23), 12, True),
    ("community_resolution", date(2026, 1, 23), None, True),
    ("outcome_21", date(2015, 12, 31), None, False),
    ("outcome_21", date(2016, 1, 1), None, True),
    ("outcome_22", date(2019, 3, 31), None, False),
    ("outcome_22", date(2019, 4, 1), None, True),
    ("turnaround", date(2022, 11, 30), None, False),
    ("turnaround", date(2022, 12, 1), None, True),
    ("prevention", date(2026, 1, 23), None, True),
]
EXTENDED = [  # type, day of conviction, months in custody, months added on licence, whether it may be
    ("section_254", date(2020, 11, 30), 60, 36, False),
    ("section_254", date(2020, 12, 1), 60, 36, True),
    ("section_254", date(2020, 12, 1), 47, 36, False),
    ("section_254", date(2020, 12, 1), 48, 12, True),
    ("section_254", date(2020, 12, 1), 48, 11, False),
    ("section_254", date(2021, 6, 28), 48, 97, False),
    ("section_254", date(2021, 6, 29), 48, 97, True),
    ("section_254", date(2021, 6, 29), 48, 121, False),
    ("section_226b", date(2012, 12, 2), 60, 36, False),
    ("section_226b", date(2012, 12, 3), 60, 6, True),
    ("section_226b", date(2015, 1, 31), 60, 6, True),
    ("section_226b", date(2015, 2, 1), 60, 6, False),
    ("section_226b", date(2020, 11, 30), 60, 36, True),
    ("section_228", date(2008, 7, 13), 12, 12, True),
    ("section_228", date(2008, 7, 14), 12, 12, False),
    ("section_228", date(2012, 12, 2), 48, 12, True),
    ("section_252a", date(2021, 6, 28), 36, 12, False),
    ("section_252a", date(2021, 6, 29), 36, 12, True),
    ("section_252a", date(2021, 6, 29), 36, 0, False),
    ("referral_order", date(2026, 1, 23), 6, 3, False),  # no contract yet
    ("youth_rehabilitation", date(2012, 12, 2), 36, 6, False),
    ("youth_rehabilitation", date(2012, 12, 3), 36, 6, True),
    ("youth_rehabilitation", date(2026, 1, 23), 36, 7, False),
    ("youth_rehabilitation", date(2026, 1, 23), 36, -1, False),
    ("detention_training", date(2026, 1, 23), 12, 1, False),
    ("section_254", date(2020, 12, 1), 48, 0, False),
]
# type, born, day, the court found the child persistent, the sentence or None
OLD_ENOUGH = [
    ("youth_caution", date(2016, 1, 24), date(2026, 1, 23), None, "10 and older. On 23 January 2026 the child was 9."),
    ("youth_caution", date(2016, 1, 23), date(2026, 1, 23), None, None),
    ("youth_caution", date(2008, 1, 24), date(2026, 1, 23), None, None),
    ("youth_caution", date(2008, 1, 23), date(2026, 1, 23), None, "up to 17. On 23 January 2026 they were 18."),
    ("youth_caution", date(2008, 2, 29), date(2026, 2, 28), None, None),  # 18 on 1 March
    ("youth_caution", date(2008, 2, 29), date(2026, 3, 1), None, "up to 17"),
    ("detention_training", date(2014, 1, 24), date(2026, 1, 23), True, "12 and older"),
    ("detention_training", date(2014, 1, 23), date(2026, 1, 23), True, None),
    ("detention_training", date(2014, 1, 23), date(2026, 1, 23), None, "Say whether it did"),
    ("detention_training", date(2014, 1, 23), date(2026, 1, 23), False, "Under 15"),
    ("detention_training", date(2011, 1, 24), date(2026, 1, 23), False, "Under 15"),
    ("detention_training", date(2011, 1, 23), date(2026, 1, 23), False, None),
    ("section_250", date(2016, 1, 23), date(2026, 1, 23), None, None),
    ("prevention", date(2018, 1, 23), date(2026, 1, 23), None, None),
    ("prevention", date(2018, 1, 24), date(2026, 1, 23), None, "8 and older"),
    (
        "referral_order",
        date(2008, 1, 23),
        date(2026, 1, 23),
        None,
        "If they were younger when convicted, enter the day",
    ),
    ("referral_order", date(2026, 1, 24), date(2026, 1, 23), None, "born on 24 January 2026, after 23 January 2026"),
]
LENGTH = {"detention_training": 12, "section_250": 36, "referral_order": 6}


@pytest.mark.parametrize(("key", "made", "length", "may"), MAY_BE)
def test_what_may_be_given_on_a_day(key, made, length, may):
    assert (why_not(given(key, made, length)) is None) == may


@pytest.mark.parametrize(("key", "made", "length", "added", "may"), EXTENDED)
def test_what_may_be_added(key, made, length, added, may):
    assert (why_not(given(key, made, length, extended_months=added)) is None) == may


@pytest.mark.parametrize(("key", "born", "made", "persistent", "sentence"), OLD_ENOUGH)
def test_who_is_old_enough(key, born, made, persistent, sentence):
    said = why_not(given(key, made, LENGTH.get(key)), born=born, persistent=persistent)
    assert said is None if sentence is None else sentence in said


@pytest.mark.parametrize(
    ("outcome", "offence", "sentence"),
    [
        (
            given("fine", TODAY + timedelta(days=1)),
            None,
            "29 November 2026 is still to come. Enter the outcome once it has been given.",
        ),
        (
            given("fine", date(2026, 1, 23)),
            date(2026, 1, 24),
            "The offence is dated 24 January 2026, after the outcome of 23 January 2026. Correct one of them.",
        ),
        (
            given("fine", date(2026, 1, 23), convicted=date(2026, 1, 24)),
            None,
            "The conviction is dated 24 January 2026, after the outcome of 23 January 2026. Correct one of them.",
        ),
        (
            given("fine", date(2026, 1, 23), convicted=date(2026, 1, 9)),
            date(2026, 1, 10),
            "The offence is dated 10 January 2026, after the conviction. Correct one of them.",
        ),
        (
            given("referral_order", date(2026, 1, 23), 6, contract_signed=date(2026, 1, 22)),
            None,
            "The contract is dated 22 January 2026, before the outcome of 23 January 2026. Correct one of them.",
        ),
        (
            given("detention_training", date(2026, 1, 23), 6, released=TODAY + timedelta(days=1)),
            None,
            "The release is dated 29 November 2026, which is still to come. Enter it once it has happened.",
        ),
        (
            given("fine", date(2026, 1, 23), contract_signed=date(2026, 1, 23)),
            None,
            "Fine has no contract. Take its day out.",
        ),
        (
            given("referral_order", date(2026, 1, 2), 6, contract_signed=date(2026, 2, 2), ended=date(2026, 2, 1)),
            None,
            "The contract is signed after the order ended. Correct one of them.",
        ),
        (
            given("detention_training", date(2022, 6, 1), 7),
            None,
            "Detention and training order could be only 4, 6, 8, 10, 12, 18 or 24 months on 1 June 2022, "
            "and is 7 months here. Check the length.",
        ),
        (
            given("reprimand", date(2013, 4, 8)),
            None,
            "Reprimand could not be given on 8 April 2013: only until 7 April 2013. "
            "Check the day, or choose what was given.",
        ),
        (
            given("section_250", date(2021, 1, 5), 36, convicted=date(2020, 11, 30)),
            None,
            "Detention under section 250 could not be given for a conviction on 30 November 2020: "
            "only from 1 December 2020. Check the day of conviction.",
        ),
        (
            given("referral_order", date(2026, 1, 23), 11, contract_signed=date(2026, 2, 2), extended_months=2),
            None,
            "With what was added it is 13 months: 12 at most. Check the months added.",
        ),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(outcome, offence, sentence):
    assert why_not(outcome, offence=offence) == sentence


@pytest.mark.parametrize(
    "outcome",
    [
        given("community_resolution", TODAY),
        given("fine", TODAY, convicted=TODAY, ended=TODAY),
        given("detention_training", TODAY, 6, released=TODAY),
        given("referral_order", TODAY, 6, contract_signed=TODAY, ended=TODAY),
        given("section_90", date(2020, 11, 30), convicted=date(2020, 11, 30)),
    ],
)
def test_all_of_it_may_be_on_one_day(outcome):
    assert why_not(outcome, offence=outcome.made) is None


def test_what_ended_before_its_contract_never_ran():
    order = given("referral_order", date(2026, 1, 23), 6, ended=date(2026, 2, 1))
    assert (why_not(order), begins(order), ends(order)) == (None, None, date(2026, 2, 1))
    assert not is_running(order, date(2026, 1, 23))


def test_a_sentence_after_a_change_for_a_conviction_before_it_is_under_the_law_before():
    late = given("section_91", date(2021, 1, 5), 36, convicted=date(2020, 11, 30))
    assert why_not(late) is None
    assert "section_91" not in {type.key for type in on(date(2021, 1, 5))}
    assert "section_91" in {type.key for type in on(date(2021, 1, 5), convicted=date(2020, 11, 30))}


def test_age_is_counted_on_the_day_of_conviction_where_it_is_known():
    order = given("referral_order", date(2026, 1, 23), 6, convicted=date(2026, 1, 9))
    assert why_not(order, born=date(2008, 1, 10)) is None  # 17 when convicted, 18 when sentenced
    assert (
        why_not(order, born=date(2008, 1, 9))
        == "Referral order is for children up to 17. On 9 January 2026 they were 18."
    )


@pytest.mark.parametrize(
    ("key", "made", "length", "last"),
    [
        ("youth_rehabilitation", date(2026, 1, 23), 12, date(2027, 1, 22)),
        ("youth_rehabilitation", date(2026, 1, 31), 1, date(2026, 2, 28)),  # no 31 February
        ("youth_rehabilitation", date(2024, 1, 31), 1, date(2024, 2, 29)),
        ("youth_rehabilitation", date(2026, 1, 28), 1, date(2026, 2, 27)),
        ("youth_rehabilitation", date(2026, 1, 29), 1, date(2026, 2, 28)),
        ("youth_rehabilitation", date(2026, 3, 1), 1, date(2026, 3, 31)),
        ("youth_rehabilitation", date(2025, 8, 31), 6, date(2026, 2, 28)),
        ("youth_rehabilitation", date(2024, 2, 29), 12, date(2025, 2, 28)),
        ("youth_rehabilitation", date(2024, 2, 29), 36, date(2027, 2, 28)),
        ("youth_rehabilitation", date(2025, 3, 1), 12, date(2026, 2, 28)),
        ("youth_rehabilitation", date(2023, 3, 1), 12, date(2024, 2, 29)),
        ("conditional_discharge", date(2026, 1, 23), 24, date(2028, 1, 22)),
        ("reparation_order", date(2026, 1, 23), 10, date(2026, 4, 22)),  # within three months, whatever the hours
        ("youth_conditional_caution", date(2026, 1, 23), 10, date(2026, 4, 2)),
        ("youth_conditional_caution", date(2026, 1, 23), None, date(2026, 5, 14)),  # 16 weeks
        ("youth_caution", date(2026, 1, 23), None, date(2026, 1, 23)),
        ("absolute_discharge", date(2026, 1, 23), None, date(2026, 1, 23)),
    ],
)
def test_the_last_day_is_inside(key, made, length, last):
    outcome = given(key, made, length)
    assert ends(outcome) == last
    assert is_running(outcome, last) and not is_running(outcome, last + timedelta(days=1))
    assert why_no_end(outcome) == ""


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (given("referral_order", date(2026, 1, 23), 6), "Its 6 months start on the day the contract is signed."),
        (given("referral_order", date(2026, 1, 23)), "How long it is has not been entered."),
        (given("youth_rehabilitation", date(2026, 1, 23)), "How long it is has not been entered."),
        (given("fine", date(2026, 1, 23)), "It ends on the day on which it is paid, or put an end to."),
        (
            given("community_resolution", date(2026, 1, 23)),
            "It is voluntary. It ends on the day on which the work with the child ends.",
        ),
        (
            given("section_259", date(2026, 1, 23)),
            "It has no last day. The Parole Board decides on release after the least term that the court set, "
            "and the licence is for life.",
        ),
    ],
)
def test_why_there_is_no_last_day(outcome, sentence):
    assert (ends(outcome), why_no_end(outcome)) == (None, sentence)


def test_a_referral_order_runs_from_its_contract():
    order = given("referral_order", date(2026, 1, 23), 6)
    assert (begins(order), is_running(order, date(2026, 2, 1))) == (None, False)
    signed = given("referral_order", date(2026, 1, 23), 6, contract_signed=date(2026, 2, 18))
    assert (begins(signed), ends(signed)) == (date(2026, 2, 18), date(2026, 8, 17))
    assert not is_running(signed, date(2026, 2, 17)) and is_running(signed, date(2026, 8, 17))
    longer = given("referral_order", date(2026, 1, 23), 6, contract_signed=date(2026, 2, 18), extended_months=3)
    assert (why_not(longer), ends(longer)) == (None, date(2026, 11, 17))


@pytest.mark.parametrize(
    ("ended", "last"),
    [(date(2026, 3, 1), date(2026, 3, 1)), (date(2027, 5, 1), date(2027, 1, 22)), (None, date(2027, 1, 22))],
)
def test_an_early_end_comes_before_the_one_computed(ended, last):
    assert ends(given("youth_rehabilitation", date(2026, 1, 23), 12, ended=ended)) == last


@pytest.mark.parametrize(
    ("signed", "has_open", "ended", "sentence"),
    [
        (date(2026, 1, 23), False, None, None),
        (TODAY, False, None, None),
        (date(2026, 2, 18), False, date(2026, 2, 18), None),
        (
            date(2026, 1, 22),
            False,
            None,
            "The order was made on 23 January 2026. Its contract cannot be signed before.",
        ),
        (date(2026, 11, 29), False, None, "29 November 2026 is still to come."),
        (date(2026, 2, 18), True, None, "A contract is open already. End it before another is signed."),
        (date(2026, 2, 18), False, date(2026, 2, 17), "The order ended on 17 February 2026."),
    ],
)
def test_when_a_contract_may_be_signed(signed, has_open, ended, sentence):
    order = given("referral_order", date(2026, 1, 23), 6, ended=ended)
    said = why_not_contract(order, signed=signed, today=TODAY, has_open=has_open)
    assert said is None if sentence is None else said.startswith(sentence)


def test_only_a_referral_order_has_a_contract():
    said = why_not_contract(given("fine", date(2026, 1, 23)), signed=date(2026, 1, 23), today=TODAY, has_open=False)
    assert said == "Fine has no contract."


@pytest.mark.parametrize(
    ("key", "made", "length", "released", "out"),
    [
        ("detention_training", date(2026, 1, 1), 8, None, date(2026, 5, 2)),  # day 122 of 243
        ("detention_training", date(2022, 6, 28), 7, None, date(2022, 10, 12)),  # day 107 of 214
        ("detention_training", date(2026, 1, 1), 8, date(2026, 4, 1), date(2026, 4, 1)),
        ("section_250", date(2026, 1, 1), 36, None, date(2027, 7, 2)),  # day 548 of 1,096
        ("section_254", date(2026, 1, 1), 48, None, None),  # the Parole Board decides
        ("section_259", date(2026, 1, 1), None, None, None),
        ("youth_rehabilitation", date(2026, 1, 1), 12, None, None),
    ],
)
def test_the_day_of_release_is_the_one_recorded_or_half_the_term(key, made, length, released, out):
    assert release_day(given(key, made, length, released=released)) == out


def test_in_custody_until_the_day_of_release():
    order = given("detention_training", date(2026, 1, 1), 8)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 2), date(2026, 5, 3), date(2026, 8, 31)]
    assert [is_in_custody(order, day) for day in days] == [False, True, True, False, False]
    assert is_running(order, date(2026, 8, 31)) and not is_running(order, date(2026, 9, 1))
    assert is_in_custody(given("section_259", date(2026, 1, 1)), date(2026, 9, 1))
    assert not is_in_custody(given("youth_rehabilitation", date(2026, 1, 1), 12), date(2026, 2, 1))
