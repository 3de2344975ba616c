from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.governance.improvement.working import Moved, working
from waypost.kernel.rates import Rate

NOV, APR = date(2025, 11, 30), date(2026, 4, 30)


@pytest.mark.parametrize(
    ("readings", "lower", "moved", "sentence"),
    [
        ([], False, Moved.NOT_KNOWN, "No reading yet. Target at least 80%."),
        ([(NOV, Rate(11, 24))], False, Moved.NOT_KNOWN, "11 of 24 (46%) in November 2025. Target at least 80%."),
        ([(NOV, Rate(4, 5))], False, Moved.MET, "4 of 5 (80%) in November 2025. Target at least 80%."),
        (
            [(NOV, Rate(11, 24)), (APR, Rate(17, 27))],
            False,
            Moved.BETTER,
            "11 of 24 (46%) in November 2025, 17 of 27 (63%) in April 2026. Target at least 80%.",
        ),
        (
            [(NOV, Rate(1, 2)), (APR, Rate(10, 20))],
            False,
            Moved.SAME,
            "1 of 2 (50%) in November 2025, 10 of 20 (50%) in April 2026. Target at least 80%.",
        ),
        (
            [(NOV, Rate(9, 10)), (APR, Rate(7, 10))],
            False,
            Moved.WORSE,
            "9 of 10 (90%) in November 2025, 7 of 10 (70%) in April 2026. Target at least 80%.",
        ),
        (
            [(NOV, Rate(9, 10)), (APR, Rate(85, 100))],
            True,
            Moved.BETTER,
            "9 of 10 (90%) in November 2025, 85 of 100 (85%) in April 2026. Target at most 80%.",
        ),
    ],
)
def test_which_way_it_went(readings, lower, moved, sentence):
    found = working(readings, target=80, lower_is_better=lower)
    assert (found.moved, found.sentence) == (moved, sentence)


rates = st.tuples(st.integers(0, 50), st.integers(1, 50)).filter(lambda p: p[0] <= p[1]).map(lambda p: Rate(*p))


@given(rates, rates, st.integers(0, 100))
def test_the_other_direction_is_the_mirror(first, last, target):
    turned = [Rate(r.denominator - r.numerator, r.denominator) for r in (first, last)]
    up = working([(NOV, first), (APR, last)], target=target, lower_is_better=False).moved
    down = working([(NOV, turned[0]), (APR, turned[1])], target=100 - target, lower_is_better=True).moved
    assert up is down
