"""The line of twelve months: what it says, and that no two names on it meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.ui.clock import NARROW, WIDE, Clock, Event, drawn

BEGINS, ENDS = Event("Published", date(2025, 6, 17)), Event("Twelve months", date(2026, 6, 17))


def clock(today: date, *events: Event) -> Clock:
    return Clock(BEGINS, ENDS, today, events)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 5, 12), "From published on 17 June 2025 to 17 June 2026. 329 days gone, 36 days left."),
        (date(2026, 6, 17), "From published on 17 June 2025 to 17 June 2026. 365 days gone, 0 days left."),
        (date(2026, 6, 18), "From published on 17 June 2025 to 17 June 2026. It ended 1 day ago."),
    ],
)
def test_the_sentence_beside_the_picture(today, words):
    assert clock(today).sentence == words


def test_a_month_is_not_said_as_a_day():
    known_in_part = Clock(Event("Published", date(2025, 6, 1), "June 2025"), ENDS, date(2026, 5, 12))
    assert known_in_part.sentence.startswith("From published in June 2025 to 17 June 2026.")
    assert [mark.note for mark in drawn(known_in_part).marks if mark.name == "Published"] == ["June 2025"]


def test_every_date_is_in_the_list_in_order():
    board, plan = Event("Board", date(2026, 5, 21)), Event("Plan agreed", date(2025, 8, 29))
    names = [event.name for event in clock(date(2026, 5, 12), board, plan).in_order()]
    assert names == ["Published", "Plan agreed", "Today", "Board", "Twelve months"]


def test_an_event_beside_today_keeps_its_name():
    marks = drawn(clock(date(2026, 5, 12), Event("Last board", date(2026, 5, 21)))).marks
    assert [mark.name for mark in marks] == ["Published", "Today", "Last board", "Twelve months"]


def test_past_its_end_the_line_goes_on_to_today():
    line = drawn(clock(date(2026, 8, 1)))
    assert line.ends < line.today == WIDE - 10


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2026, 6, 17), 1.0),
        (date(2026, 7, 17), 365 / 395),  # as long as there is room, in proportion
        (date(2026, 11, 23), 0.8),
        (date(2036, 11, 23), 0.8),
    ],
)
def test_the_period_keeps_four_fifths_however_long_ago_it_ended(today, share):
    line = drawn(clock(today))
    assert (line.ends - 10) / (WIDE - 20) == pytest.approx(share, abs=0.001)
    assert line.today == WIDE - 10


def test_years_past_the_end_the_two_ends_of_the_period_keep_apart():
    for width in (WIDE, NARROW):
        marks = {mark.name: mark for mark in drawn(clock(date(2036, 1, 1)), width).marks}
        assert _span(marks["Published"])[1] < _span(marks["Twelve months"])[0]


@given(st.integers(0, 5000), st.integers(-30, 5000), st.integers(-30, 5000))
def test_an_earlier_day_never_stands_after_a_later_one(gone, one, other):
    def place(days):
        drawing = drawn(clock(BEGINS.on + timedelta(days=gone), Event("Board", BEGINS.on + timedelta(days=days))))
        return next(mark.x for mark in drawing.marks if mark.name not in {"Published", "Twelve months", "Today"})

    earlier, later = sorted([one, other])
    assert 10 <= place(earlier) <= place(later) <= WIDE - 10


@given(st.integers(0, 500), st.lists(st.tuples(st.text("abc ", min_size=1, max_size=25), st.integers(-30, 500))))
def test_no_two_names_on_one_side_meet(gone, events):
    on = [Event(name, BEGINS.on + timedelta(days=days)) for name, days in events]
    for width in (WIDE, NARROW):
        marks = [
            m
            for m in drawn(clock(BEGINS.on + timedelta(days=gone), *on), width).marks
            if m.name in {n for n, _ in events}
        ]
        for side in (True, False):
            spans = sorted(_span(mark) for mark in marks if mark.above is side)
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def _span(mark):
    long = max(len(mark.name), len(mark.note)) * 8
    begin = {"start": mark.label_x, "middle": mark.label_x - long / 2, "end": mark.label_x - long}[mark.anchor]
    return begin, begin + long
