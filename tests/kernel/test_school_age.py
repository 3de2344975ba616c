"""Ages and compulsory school age: a table to check by hand, and what must hold of every birthday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.kernel.school_age import age, birthday, compulsory_from, compulsory_until, leaving_day

births = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2010, 5, 12), date(2010, 5, 12), 0),
        (date(2010, 5, 12), date(2026, 5, 11), 15),
        (date(2010, 5, 12), date(2026, 5, 12), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),  # 18 on 1 March: a child for one day more
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2009, 12, 31), date(2026, 1, 1), 16),
    ],
)
def test_age(born, on, years):
    assert age(born, on) == years


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="2010-05-11 is before birth"):
        age(date(2010, 5, 12), date(2010, 5, 11))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2015, 26), (2017, 30), (2018, 29), (2023, 30), (2024, 28), (2025, 27), (2026, 26), (2028, 30), (2030, 28)],
)
def test_the_leaving_day_is_the_last_friday_in_june(year, day):
    assert leaving_day(year) == date(year, 6, day)


@pytest.mark.parametrize(
    ("born", "first", "last"),
    [
        (date(2010, 3, 30), date(2015, 3, 31), date(2026, 6, 26)),
        (date(2010, 3, 31), date(2015, 3, 31), date(2026, 6, 26)),  # five on a prescribed day: from that day
        (date(2010, 4, 1), date(2015, 8, 31), date(2026, 6, 26)),
        (date(2010, 6, 26), date(2015, 8, 31), date(2026, 6, 26)),  # sixteen on the leaving day
        (date(2010, 6, 27), date(2015, 8, 31), date(2026, 6, 26)),  # fifteen still, and may leave
        (date(2010, 8, 31), date(2015, 8, 31), date(2026, 6, 26)),  # the youngest of the year
        (date(2010, 9, 1), date(2015, 12, 31), date(2027, 6, 25)),  # the eldest of the next
        (date(2010, 12, 31), date(2015, 12, 31), date(2027, 6, 25)),
        (date(2011, 1, 1), date(2016, 3, 31), date(2027, 6, 25)),
        (date(2008, 2, 29), date(2013, 3, 31), date(2024, 6, 28)),
        (date(2012, 2, 29), date(2017, 3, 31), date(2028, 6, 30)),
    ],
)
def test_compulsory_school_age(born, first, last):
    assert (compulsory_from(born), compulsory_until(born)) == (first, last)


@given(births)
def test_it_begins_within_five_months_of_the_fifth_birthday_and_ends_on_a_friday_in_june(born):
    assert timedelta(0) <= compulsory_from(born) - birthday(born, 5) <= timedelta(153)
    last = compulsory_until(born)
    assert last.weekday() == 4 and last.month == 6 and last.day >= 24
    assert age(born, last) in {15, 16}


@given(births)
def test_who_leaves_before_sixteen_is_sixteen_before_the_next_school_year(born):
    last = compulsory_until(born)
    assert age(born, date(last.year, 8, 31)) == 16


@given(births, births)
def test_the_elder_never_starts_or_leaves_after_the_younger(one, other):
    elder, younger = sorted((one, other))
    assert compulsory_from(elder) <= compulsory_from(younger)
    assert compulsory_until(elder) <= compulsory_until(younger)


@given(births, st.integers(0, 30))
def test_a_birthday_is_the_first_day_of_that_age(born, years):
    day = birthday(born, years)
    assert age(born, day) == years
    assert day == born or age(born, day - timedelta(1)) == years - 1
