"""Outcomes as a practitioner could check them: what may be given on which day, from when until when it runs."""

from __future__ import annotations

from datetime import date

import pytest

from waypost.casework.outcomes.definitions import load
from waypost.casework.outcomes.rules import Given, begins, ends, is_running, why_no_end, why_not_outcome

TODAY = date(2026, 11, 28)


def given(key: str, made: date, length: int | None = None, **more) -> Given:
    return Given(load()[key], made, length, **more)


def said(outcome: Given, born: date | None = None, offence: date | None = None, persistent=None) -> str | None:
    return why_not_outcome(outcome, today=TODAY, born=born, offence_day=offence, persistent=persistent)


@pytest.mark.parametrize(
    ("made", "months", "allowed"),
    [
        (date(2000, 3, 31), 6, False),  # the orders begin on 1 April 2000
        (date(2000, 4, 1), 6, True),
        (date(2022, 6, 1), 7, False),
        (date(2022, 6, 27), 7, False),
        (date(2022, 6, 28), 7, True),
        (date(2022, 6, 27), 8, True),
        (date(2022, 6, 27), 24, True),
        (date(2022, 6, 28), 3, False),
        (date(2022, 6, 28), 4, True),
        (date(2022, 6, 28), 24, True),
        (date(2022, 6, 28), 25, False),
    ],
)
def test_the_term_of_a_detention_and_training_order(made, months, allowed):
    assert (said(given("detention_training", made, months)) is None) == allowed


def test_a_term_the_law_of_its_day_had_not_is_said_with_what_it_had():
    assert said(given("detention_training", date(2022, 6, 1), 7)) == (
        "Detention and training order could be only 4, 6, 8, 10, 12, 18 or 24 months on 1 June 2022, "
        "and is 7 months here. Check the length."
    )


def test_a_referral_order_has_no_end_until_its_contract_is_signed():
    order = given("referral_order", date(2026, 1, 23), 6)
    assert (begins(order), ends(order), is_running(order, date(2026, 2, 1))) == (None, None, False)
    assert why_no_end(order) == "Its 6 months start on the day the contract is signed."
    signed = given("referral_order", date(2026, 1, 23), 6, contract_signed=date(2026, 2, 18))
    assert (begins(signed), ends(signed)) == (date(2026, 2, 18), date(2026, 8, 17))
    assert not is_running(signed, date(2026, 2, 17)) and is_running(signed, date(2026, 8, 17))
