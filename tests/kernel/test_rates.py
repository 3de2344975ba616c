"""A rate keeps its fraction: pooled by its parts, rounded once, and never more than the whole."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.kernel.rates import Rate

rates = st.integers(0, 10_000).flatmap(lambda whole: st.builds(Rate, st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("rate", "percent"),
    [
        (Rate(17, 27), 63),
        (Rate(0, 9), 0),
        (Rate(9, 9), 100),
        (Rate(1, 8), 13),  # a half is rounded up
        (Rate(1, 200), 1),
        (Rate(1, 201), 0),
        (Rate(0, 0), None),
    ],
)
def test_per_cent_is_whole_and_missing_where_nothing_was_counted(rate: Rate, percent: int | None) -> None:
    assert rate.percent == percent


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 3), (0, -1)])
def test_what_is_no_share_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        Rate(numerator, denominator)


def test_groups_are_pooled_by_their_parts_not_by_their_percentages() -> None:
    assert (Rate(1, 2) + Rate(0, 8)).percent == 10


@given(rates, rates, rates)
def test_pooling_takes_groups_in_any_order(a: Rate, b: Rate, c: Rate) -> None:
    assert (a + b) + c == c + (b + a)


@given(rates.filter(lambda rate: rate.denominator > 0))
def test_the_per_cent_is_within_half_a_point_of_the_share(rate: Rate) -> None:
    assert rate.share is not None and rate.percent is not None
    assert abs(rate.share - Fraction(rate.percent, 100)) <= Fraction(1, 200)
