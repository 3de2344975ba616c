"""Working days and months, as a calendar on the wall shows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.kernel.days import is_working_day, last_day_of_months, working_days_after, working_days_before

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "number", "after", "before"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7), date(2026, 4, 1)),  # Maundy Thursday: Easter Monday is the 6th
        (date(2026, 4, 7), 1, date(2026, 4, 8), date(2026, 4, 2)),
        (date(2026, 12, 24), 1, date(2026, 12, 29), date(2026, 12, 23)),  # Boxing Day is a Saturday: the 28th instead
        (date(2022, 6, 1), 1, date(2022, 6, 6), date(2022, 5, 31)),  # the jubilee: 2 and 3 June
        (date(2022, 9, 16), 1, date(2022, 9, 20), date(2022, 9, 15)),  # the Queen's funeral
        (date(2023, 5, 5), 1, date(2023, 5, 9), date(2023, 5, 4)),  # the coronation
        (date(2026, 1, 24), 5, date(2026, 1, 30), date(2026, 1, 19)),  # from a Saturday
        (date(2026, 1, 24), 0, date(2026, 1, 24), date(2026, 1, 24)),
    ],
)
def test_working_days_after_and_before(day, number, after, before):
    assert (working_days_after(day, number), working_days_before(day, number)) == (after, before)


@given(days, st.integers(1, 60))
def test_counting_back_undoes_counting_on_from_a_working_day(day, number):
    day = working_days_after(day, 1)
    assert working_days_before(working_days_after(day, number), number) == day
    assert is_working_day(working_days_before(day, number))


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 1, 23), 12, date(2027, 1, 22)),
        (date(2026, 1, 1), 1, date(2026, 1, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
    ],
)
def test_the_last_day_of_months(first, months, last):
    assert last_day_of_months(first, months) == last


@given(days, st.integers(1, 120))
def test_more_months_never_end_sooner_and_a_month_has_28_to_31_days(first, months):
    last, next_last = last_day_of_months(first, months), last_day_of_months(first, months + 1)
    assert timedelta(days=27) <= next_last - last <= timedelta(days=32)
    assert last > first
