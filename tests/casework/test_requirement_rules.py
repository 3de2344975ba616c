"""What an order may ask of a child, as a practitioner could check it: the limits on both sides of each change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from tests.casework.given import DAYS, given
from waypost.casework.outcomes.definitions import load as types
from waypost.casework.outcomes.requirements import done_by, last_day, load
from waypost.casework.outcomes.rules import Given, why_not_requirement

MADE = date(2026, 2, 23)
BORN = {12: date(2013, 9, 1), 14: date(2011, 9, 1), 15: date(2010, 9, 1), 16: date(2009, 9, 1), 17: date(2008, 9, 1)}


def asked(key: str, amount: int | None = None, *, years: int = 16, made: date = MADE, length: int = 12, **more):
    """Why an order of that day may not ask it of a child of that age on 23 February 2026."""
    order = given("youth_rehabilitation", made, length, convicted=more.pop("convicted", None))
    born = BORN[years].replace(year=BORN[years].year - (2026 - made.year))
    return why_not_requirement(load()[key], order, amount=amount, born=born, on=more.pop("on", made), **more)


@pytest.mark.parametrize(
    ("key", "amount", "years", "may"),
    [
        ("activity", 1, 12, True),
        ("activity", 90, 12, True),
        ("activity", 91, 12, False),
        ("activity", None, 12, False),
        ("extended_activity", 90, 16, False),
        ("extended_activity", 91, 16, True),
        ("extended_activity", 180, 16, True),
        ("extended_activity", 181, 16, False),
        ("supervision", None, 12, True),
        ("supervision", 3, 12, False),  # it has no amount
        ("unpaid_work", 40, 15, False),
        ("unpaid_work", 39, 16, False),
        ("unpaid_work", 40, 16, True),
        ("unpaid_work", 240, 17, True),
        ("unpaid_work", 241, 17, False),
        ("attendance_centre", 12, 12, True),
        ("attendance_centre", 13, 12, False),
        ("attendance_centre", 11, 14, False),
        ("attendance_centre", 24, 15, True),
        ("attendance_centre", 25, 15, False),
        ("attendance_centre", 36, 16, True),
        ("attendance_centre", 37, 16, False),
        ("exclusion", 3, 14, True),
        ("exclusion", 4, 14, False),
        ("local_authority_residence", 6, 14, True),
        ("local_authority_residence", 7, 14, False),
        ("local_authority_residence", 6, 17, True),  # until 22 August; 18 on 1 September
        ("residence", None, 15, False),
        ("residence", None, 16, True),
        ("residence_with", None, 12, True),
        ("intensive_fostering", 12, 15, True),
        ("intensive_fostering", 13, 15, False),
        ("intensive_fostering", 12, 14, False),  # under 15 only where the court found the child persistent
        ("intensive_supervision", None, 15, True),
        ("education", None, 17, True),
    ],
)
def test_the_limits_today(key, amount, years, may):
    assert (asked(key, amount, years=years) is None) == may


@pytest.mark.parametrize(
    ("key", "made", "amount", "may"),
    [
        ("curfew", date(2009, 11, 30), 12, True),
        ("curfew", date(2012, 12, 2), 12, True),
        ("curfew", date(2012, 12, 2), 13, False),
        ("curfew", date(2012, 12, 3), 16, True),
        ("curfew", date(2022, 6, 27), 16, True),
        ("curfew", date(2022, 6, 27), 17, False),
        ("curfew", date(2022, 6, 28), 20, True),
        ("curfew", date(2022, 6, 28), 21, False),
        ("curfew", date(2022, 6, 28), 1, False),
        ("extended_activity", date(2023, 7, 2), 181, False),
        ("extended_activity", date(2023, 7, 3), 365, True),
        ("extended_activity", date(2026, 1, 3), 365, True),
        ("extended_activity", date(2026, 1, 4), 181, False),
        ("electronic_whereabouts_monitoring", date(2023, 7, 2), None, False),
        ("electronic_whereabouts_monitoring", date(2023, 7, 3), None, True),
        ("electronic_whereabouts_monitoring", date(2026, 1, 4), None, False),
        ("electronic_monitoring", date(2026, 1, 4), None, True),
    ],
)
def test_the_limits_on_both_sides_of_a_change(key, made, amount, may):
    assert (asked(key, amount, made=made) is None) == may


def test_the_day_of_conviction_says_which_limit_holds():
    assert asked("curfew", 20, made=date(2022, 7, 4)) is None
    assert asked("curfew", 20, made=date(2022, 7, 4), convicted=date(2022, 6, 27)) == (
        "Curfew is 2 to 16 hours a day, and 20 here. Check the order."
    )


@pytest.mark.parametrize(("a_week", "may"), [(112, True), (113, False)])
def test_a_curfew_has_hours_in_seven_days_too(a_week, may):
    assert (asked("curfew", 20, a_week=a_week) is None) == may
    assert asked("curfew", 16, a_week=a_week, made=date(2022, 6, 27)) is None  # there was no such limit


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (asked("unpaid_work", 60, years=15), "Unpaid work is for children of 16 and older. On 23 February 2026 the child was 15."),
        (asked("unpaid_work"), "Enter how many hours: 40 to 240 hours."),
        (asked("programme", 0), "Programme is at least 1 day, and 0 here. Check the order."),
        (asked("contract_meetings"), "Youth rehabilitation order has no meetings with the panel and the service. Choose another, or check the order."),
        (
            asked("intensive_supervision", length=5),
            "An order with intensive supervision and surveillance is 6 months at least. This one is 5. Check both.",
        ),
        (asked("intensive_supervision", years=14), "Under 15, intensive supervision and surveillance is only for a child the court found persistent."),
        (asked("exclusion", 3, on=date(2026, 2, 22)), "The order was made on 23 February 2026. What it asks cannot begin before. Correct the day."),
        (
            asked("exclusion", 3, length=2),
            "It would end on 22 May 2026, after the order, which ends on 22 April 2026. Check both.",
        ),
        (
            asked("local_authority_residence", 6, years=17, on=date(2026, 3, 2)),
            "Local authority residence ends by 31 August 2026, before the child is 18. Make it shorter.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_with_what_to_do(said, sentence):
    assert said == sentence


def test_a_child_found_persistent_may_be_asked_more_when_under_15():
    assert asked("intensive_supervision", years=14, persistent=True) is None
    assert asked("intensive_fostering", 6, years=12, persistent=True) is None


def test_with_no_birth_date_only_what_no_child_could_be_asked_is_refused():
    order = given("youth_rehabilitation", MADE, 12)
    said = [
        why_not_requirement(load()["attendance_centre"], order, amount=hours, born=None, on=MADE) for hours in (36, 37)
    ]
    assert said == [None, "Attendance centre is 1 to 36 hours, and 37 here. Check the order."]


@pytest.mark.parametrize(
    ("key", "order", "wanted"),
    [
        ("contract_reparation", "referral_order", True),
        ("curfew", "referral_order", False),
        ("condition_payment", "youth_conditional_caution", True),
        ("condition_payment", "community_resolution", False),
        ("supervision", "community_resolution", False),
    ],
)
def test_each_order_asks_what_is_its_own(key, order, wanted):
    said = why_not_requirement(load()[key], given(order, MADE, 6), amount=None, born=BORN[15], on=MADE)
    assert (said is None) == wanted


@pytest.mark.parametrize(
    ("key", "amount", "length", "by"),
    [
        ("exclusion", 3, 12, date(2026, 5, 22)),
        ("unpaid_work", 60, 24, date(2027, 2, 22)),  # within 12 months
        ("unpaid_work", 60, 9, date(2026, 11, 22)),  # the order is shorter
        ("supervision", None, 12, date(2027, 2, 22)),
        ("curfew", 8, 18, date(2027, 2, 22)),
    ],
)
def test_by_when_it_is_done(key, amount, length, by):
    assert done_by(load()[key], given("youth_rehabilitation", MADE, length), amount, MADE) == by


@each(DAYS, st.integers(10, 17), st.integers(0, 400), st.data())
def test_nothing_asked_outlasts_its_order(day, years, amount, data):
    if day < date(2009, 11, 30):
        return
    requirement = data.draw(st.sampled_from([load()[key] for key in types()["youth_rehabilitation"].requirements]))
    order = Given(types()["youth_rehabilitation"], day, data.draw(st.integers(1, 36)))
    born = date(day.year - years, 1, 1)
    if why_not_requirement(requirement, order, amount=amount, born=born, on=day) is None:
        by = done_by(requirement, order, amount, day)
        assert by and (last_day(requirement, amount, day) or by) == by


def test_everything_that_may_be_asked_is_asked_by_some_order_and_everything_asked_is_defined():
    asked_by_some = {key for type in types().values() for key in type.requirements}
    assert asked_by_some == set(load())
