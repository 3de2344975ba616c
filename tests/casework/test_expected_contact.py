"""How often a child should be seen and was: days and windows that can be counted on a calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.casework.contacts.expected import (
    DEFINITION,
    Contact,
    Held,
    Planned,
    expected,
    load,
    over_time,
    seen,
)
from waypost.kernel.definition_files import Unreadable
from waypost.kernel.rates import Rate

BEGAN = date(2026, 1, 5)  # a Monday
LEVELS = load()
INTENSIVE, ENHANCED, STANDARD = LEVELS["intensive"], LEVELS["enhanced"], LEVELS["standard"]


def weeks(number):
    """The first day of that week from the beginning, counted from 0."""
    return BEGAN + timedelta(weeks=number)


def last(number):
    """The last day of that many weeks."""
    return weeks(number) - timedelta(days=1)


def contacts(*held, day=BEGAN):
    return [Contact(day, one) for one in held]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("before_2019", {"intensive": (12, 4), "enhanced": (4, 2), "standard": (2, 1)}),
        ("one_area", {"intensive": (8, 4), "enhanced": (4, 2), "standard": (2, 1)}),
    ],
)
def test_the_figures_of_a_level(name, figures):
    levels = load(name)
    assert {key: (level.first, level.later) for key, level in levels.items()} == figures
    assert {level.first_weeks for level in levels.values()} == {12}
    assert all(level.source and level.mark in {"public", "check"} for level in levels.values())


@pytest.mark.parametrize(
    ("level", "since", "until", "number"),
    [
        (INTENSIVE, weeks(0), last(4), 12),
        (INTENSIVE, weeks(0), last(12), 36),
        (INTENSIVE, weeks(12), last(16), 4),
        (INTENSIVE, weeks(10), last(14), 6 + 2),  # two weeks at each
        (INTENSIVE, weeks(0), last(26), 36 + 14),
        (ENHANCED, weeks(0), last(12), 12),
        (ENHANCED, weeks(12), last(16), 2),
        (STANDARD, weeks(0), last(4), 2),
        (STANDARD, weeks(12), last(16), 1),
        (STANDARD, weeks(0), last(1), 0),  # half a contact is none yet
        (STANDARD, weeks(0), last(2), 1),
        (INTENSIVE, BEGAN, BEGAN, 0),
        (INTENSIVE, BEGAN, date(2026, 1, 6), 0),
        (INTENSIVE, date(2026, 1, 7), date(2026, 1, 7), 1),  # the first falls due on the third day
        (INTENSIVE, date(2026, 2, 1), date(2026, 2, 1), 1),  # and the twelfth on the twenty-eighth
        (INTENSIVE, date(2025, 12, 1), date(2026, 1, 4), 0),
        (INTENSIVE, date(2025, 12, 1), last(4), 12),
        (None, weeks(0), last(12), 0),
    ],
)
def test_what_a_level_expects(level, since, until, number):
    assert expected(level, BEGAN, since, until) == number


@pytest.mark.parametrize(
    ("plan", "since", "until", "number"),
    [
        ([Planned(BEGAN, 8)], weeks(0), last(4), 8),
        ([Planned(weeks(2), 4)], weeks(0), last(4), 6 + 2),  # the level for two weeks, then the plan
        ([Planned(weeks(2), 4)], weeks(12), last(16), 4),  # the plan stands when the level would change
        ([Planned(weeks(8), 1, weeks=1), Planned(weeks(2), 4)], weeks(8), last(12), 4),
        ([Planned(weeks(4), 0)], weeks(4), last(12), 0),  # nothing while the child is in hospital
        ([Planned(date(2025, 12, 1), 8)], weeks(0), last(4), 8),  # made before the beginning
        ([Planned(date(2025, 12, 1), 8), Planned(date(2025, 12, 15), 4)], weeks(0), last(4), 4),
    ],
)
def test_the_plan_takes_the_place_of_the_level(plan, since, until, number):
    assert expected(INTENSIVE, BEGAN, since, until, plan=plan) == number


def test_a_plan_without_a_level_expects_what_it_says():
    assert expected(None, BEGAN, BEGAN, last(4), plan=[Planned(BEGAN, 3)]) == 3


@pytest.mark.parametrize(("number", "in_weeks"), [(-1, 4), (1, 0)])
def test_a_plan_that_is_no_frequency_is_a_mistake(number, in_weeks):
    with pytest.raises(ValueError, match="is not a frequency"):
        Planned(BEGAN, number, weeks=in_weeks)


def test_the_service_s_own_cancelling_is_neither_kept_nor_missed_and_shows_apart():
    found = seen(
        ENHANCED,
        BEGAN,
        BEGAN,
        last(4),
        contacts(Held.KEPT, Held.EXCUSED, Held.MISSED, Held.CANCELLED_BY_US, Held.CANCELLED_BY_US, Held.NOT_JUDGED),
    )
    assert found.by_the_child == Rate(2, 3)
    assert found.of_expected == Rate(2, 4)  # still four: the child was owed them
    assert (found.cancelled_by_us, found.not_judged) == (2, 1)


def test_more_than_expected_is_all_of_it():
    found = seen(STANDARD, BEGAN, BEGAN, last(4), contacts(*[Held.KEPT] * 5))
    assert (found.kept, found.of_expected) == (5, Rate(2, 2))


def test_nothing_arranged_is_no_share_at_all():
    found = seen(None, BEGAN, BEGAN, last(4), [])
    assert (found.by_the_child.percent, found.of_expected.percent) == (None, None)


def test_only_days_of_the_span_are_looked_at():
    days = [BEGAN - timedelta(days=1), weeks(1) - timedelta(days=1), weeks(1), last(2), weeks(2)]
    found = seen(ENHANCED, BEGAN, weeks(1), last(2), [Contact(day, Held.KEPT) for day in days])
    assert found.kept == 2
    early = seen(ENHANCED, BEGAN, date(2025, 12, 1), last(1), [Contact(day, Held.KEPT) for day in days])
    assert early.kept == 1


def test_four_weeks_at_a_time():
    held = [
        *contacts(Held.KEPT, Held.MISSED, day=weeks(3)),
        *contacts(Held.KEPT, Held.CANCELLED_BY_US, day=weeks(13)),
    ]
    found = over_time(ENHANCED, BEGAN, last(18), held)
    assert [(one.since, one.until) for one in found] == [
        (weeks(0), last(4)),
        (weeks(4), last(8)),
        (weeks(8), last(12)),
        (weeks(12), last(16)),
        (weeks(16), last(18)),
    ]
    assert [one.expected for one in found] == [4, 4, 4, 2, 1]
    assert [(one.kept, one.missed, one.cancelled_by_us) for one in found] == [
        (1, 1, 0),
        (0, 0, 0),
        (0, 0, 0),
        (1, 0, 1),
        (0, 0, 0),
    ]


def test_before_the_beginning_there_are_no_four_weeks():
    assert over_time(ENHANCED, BEGAN, BEGAN - timedelta(days=1), []) == ()
    assert len(over_time(ENHANCED, BEGAN, BEGAN, [])) == 1


OFFSETS = st.integers(-60, 400)
A_LEVEL = st.sampled_from([INTENSIVE, ENHANCED, STANDARD, None])
PLANS = st.lists(
    st.builds(Planned, OFFSETS.map(lambda n: BEGAN + timedelta(days=n)), st.integers(0, 20), st.integers(1, 6)),
    max_size=3,
    unique_by=lambda one: one.since,
)
SPANS = st.lists(OFFSETS.map(lambda n: BEGAN + timedelta(days=n)), min_size=3, max_size=3).map(sorted)


@given(A_LEVEL, SPANS, PLANS)
def test_spans_that_adjoin_sum_to_the_whole(level, days, plan):
    first, middle, end = days
    after = middle + timedelta(days=1)
    parts = expected(level, BEGAN, first, middle, plan=plan) + expected(level, BEGAN, after, end, plan=plan)
    assert parts == expected(level, BEGAN, first, end, plan=plan) >= 0


@given(A_LEVEL, SPANS, PLANS)
def test_nothing_is_expected_before_the_beginning(level, days, plan):
    first, *_, end = days
    before = min(end, BEGAN - timedelta(days=1))
    assert expected(level, BEGAN, min(first, before), before, plan=plan) == 0


@given(A_LEVEL, SPANS, PLANS)
def test_what_is_expected_is_each_day_s_share_added_up(level, days, plan):
    """Counted day by day, the slow way."""
    _, _, end = days
    total, day = 0.0, BEGAN
    while day <= end:
        standing = max((one for one in plan if one.since <= day), key=lambda one: one.since, default=None)
        if standing:
            total += standing.contacts / (standing.weeks * 7)
        elif level:
            total += (level.first if (day - BEGAN).days < 84 else level.later) / 28
        day += timedelta(days=1)
    assert expected(level, BEGAN, BEGAN, end, plan=plan) == int(total + 1e-9)


@given(A_LEVEL, st.integers(0, 200), st.lists(st.tuples(st.integers(0, 250), st.sampled_from(Held)), max_size=12))
def test_windows_hold_every_contact_once(level, length, held):
    until = BEGAN + timedelta(days=length)
    arranged = [Contact(BEGAN + timedelta(days=number), one) for number, one in held]
    whole = seen(level, BEGAN, BEGAN, until, arranged)
    windows = over_time(level, BEGAN, until, arranged)
    for name in ("expected", "kept", "excused", "missed", "not_judged", "cancelled_by_us"):
        assert sum(getattr(one, name) for one in windows) == getattr(whole, name)
    assert sum((one.by_the_child for one in windows), Rate(0, 0)) == whole.by_the_child


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("first_weeks: 12\n", "", "first_weeks must be given."),
        ("next_review: 2027", "next_review: 2025", "next_review must be after checked."),
        ("mark: check", "mark: sure", "before_2019: mark must be check, law or public, and is 'sure'."),
        ("key: enhanced", "key: intensive", "before_2019: a level is given twice."),
        ("first: 2, later: 1", "first: 1, later: 2", "standard must not be seen more often later than first."),
        ("first: 12", "first: twelve", "before_2019: first must be a whole number, and is 'twelve'."),
        ("key: before_2019", "key: of_old", "there is no set before_2019. There are of_old, one_area."),
    ],
)
def test_a_file_that_is_wrong_says_where(old, new, sentence, tmp_path):
    text = DEFINITION.read_text()
    assert old in text
    (tmp_path / "contact_levels.yaml").write_text(text.replace(old, new))
    with pytest.raises(Unreadable, match=re.escape(sentence)):
        load(path=tmp_path / "contact_levels.yaml")
