"""Bail and remand: which periods cannot stand beside each other, and when a child is looked after by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from waypost.access.permissions import ROLES
from waypost.casework.court.rules import Remand, kinds, looked_after, name_of, tasks_raised, why_not_remand

TODAY = date(2026, 11, 28)
OPEN = None


def november(day: int | None) -> date | None:
    return date(2026, 11, day) if day else None


def period(kind: str, since: int, until: int | None = OPEN) -> Remand:
    return Remand(kind, date(2026, 11, since), november(until))


def why_not(new: Remand, *others: Remand) -> str | None:
    return why_not_remand(new, others, today=TODAY)


@pytest.mark.parametrize(
    ("new", "there", "may"),
    [
        ((10, 20), (1, 9), True),
        ((10, 20), (1, 10), True),  # the hearing of the 10th ends one and begins the other
        ((10, 20), (1, 11), False),
        ((10, 20), (20, OPEN), True),
        ((10, 20), (19, OPEN), False),
        ((10, OPEN), (1, OPEN), False),
        ((10, OPEN), (12, 14), False),
        ((12, 14), (10, OPEN), False),
        ((12, 14), (10, 20), False),
        ((12, 12), (10, 20), False),
        ((12, 12), (12, 20), True),
        ((12, 12), (12, 12), False),  # a form posted twice
        ((12, OPEN), (12, OPEN), False),
    ],
)
def test_two_periods_share_the_day_of_one_hearing_at_most(new, there, may):
    assert (why_not(period("bail", *new), period("youth_detention", *there)) is None) == may


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (Remand("bail", TODAY + timedelta(days=1)), "29 November 2026 is still to come. Enter it once the court has decided."),
        (period("bail", 10, 9), "The end is before the start. Correct one of them."),
        (period("bail", 10, 29), "29 November 2026 is still to come. Enter the end once it has ended."),
        (
            Remand("youth_detention", date(2012, 12, 2), date(2012, 12, 20)),
            "There was no remand to youth detention accommodation before 3 December 2012. Check the day, or choose what it was.",
        ),
        (Remand("youth_detention", date(2012, 12, 3), date(2012, 12, 20)), None),
        (
            Remand("custody_before_2012", date(2012, 12, 3), date(2012, 12, 20)),
            "There was no remand in custody after 2 December 2012. Check the day, or choose what it was.",
        ),
        (Remand("custody_before_2012", date(2012, 12, 2), date(2012, 12, 20)), None),
        (period("bail", 28), None),
        (period("bail", 28, 28), None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_what_to_do(new, sentence):
    assert why_not(new) == sentence


def test_what_stands_in_the_way_is_named():
    assert why_not(period("bail", 10), period("local_authority", 1)) == (
        "Remand to local authority accommodation stands from 1 November 2026 and has not ended. "
        "End that first, or correct the days."
    )


@pytest.mark.parametrize(
    ("remands", "periods"),
    [
        ([("bail", 1, OPEN)], []),
        ([("bail_intensive", 1, OPEN)], []),
        ([("local_authority", 3, 9)], [(3, 9)]),
        ([("youth_detention", 3, OPEN)], [(3, OPEN)]),
        ([("youth_detention", 3, 9), ("bail", 9, 12)], [(3, 9)]),
        ([("local_authority", 3, 9), ("youth_detention", 9, OPEN)], [(3, OPEN)]),
        ([("local_authority", 3, 9), ("youth_detention", 10, 12)], [(3, 12)]),  # they touch
        ([("local_authority", 3, 9), ("youth_detention", 11, 12)], [(3, 9), (11, 12)]),
        ([("youth_detention", 11, 12), ("local_authority", 3, 9)], [(3, 9), (11, 12)]),
        ([("local_authority", 3, OPEN), ("youth_detention", 5, 6)], [(3, OPEN)]),
    ],
)
def test_when_a_child_is_looked_after_by_remand(remands, periods):
    found = looked_after([period(*each) for each in remands])
    assert found == [(november(since), november(until)) for since, until in periods]


def test_remand_in_custody_before_december_2012_made_nobody_looked_after():
    assert looked_after([Remand("custody_before_2012", date(2012, 11, 1), date(2012, 11, 20))]) == []


@pytest.mark.parametrize(
    ("kind", "since", "due"),
    [
        ("bail", date(2026, 3, 20), {}),
        ("bail_intensive", date(2026, 3, 20), {"remand_planning": date(2026, 4, 7)}),  # Easter between
        ("youth_detention", date(2026, 3, 20), {"tell_social_care": date(2026, 3, 20), "remand_planning": date(2026, 4, 7)}),
        ("local_authority", date(2026, 3, 21), {"tell_social_care": date(2026, 3, 21), "remand_planning": date(2026, 4, 7)}),  # a Saturday
    ],
)  # fmt: skip
def test_what_falls_due_with_a_remand(kind, since, due):
    assert {raised.key: raised.due for raised in tasks_raised(kind, since)} == due


def test_social_care_is_told_whenever_a_child_becomes_looked_after():
    for kind in kinds().values():
        assert kind.looked_after == ("tell_social_care" in {rule.key for rule in kind.tasks}), kind.key
        assert {rule.for_role for rule in kind.tasks} <= set(ROLES)


def test_a_kind_that_the_file_has_not_stands_as_it_is():
    assert (name_of("bail"), name_of("parole")) == ("Bail without conditions", "parole")


DAYS = st.dates(date(2013, 1, 1), TODAY)
REMANDS = st.builds(
    lambda kind, since, days: Remand(kind, since, None if days is None else min(since + timedelta(days=days), TODAY)),
    st.sampled_from([key for key, kind in kinds().items() if kind.until is None]),
    DAYS,
    st.none() | st.integers(0, 60),
)


@each(REMANDS, REMANDS)
def test_whether_two_may_stand_together_does_not_depend_on_which_came_first(one, other):
    assert (why_not(one, other) is None) == (why_not(other, one) is None)


@each(st.lists(REMANDS, max_size=6), DAYS)
def test_a_child_is_looked_after_on_the_days_of_such_remands_and_no_other(remands, day):
    inside = any(
        kinds()[each.kind].looked_after and each.since <= day and (each.until is None or day <= each.until)
        for each in remands
    )
    found = looked_after(remands)
    assert any(since <= day and (until is None or day <= until) for since, until in found) == inside
    for (_, until), (since, _) in zip(found, found[1:], strict=False):
        assert until is not None and until + timedelta(days=1) < since
