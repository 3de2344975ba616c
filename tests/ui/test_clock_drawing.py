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
