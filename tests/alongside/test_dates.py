"""Days and times, as they may be written: each way is read back as it was meant, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alongside.exports import serial
from waypost.casework.alongside.dates import EXCEL, day_of, moment_of, why_not_format
from waypost.kernel.words import LONDON

FORMATS = ("%d/%m/%Y", "%d-%b-%Y", "%d %B %Y", "%Y%m%d", "%A %d %B %Y")
DAYS = st.dates(date(1900, 3, 1), date(2199, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@given(DAYS, st.sampled_from(FORMATS))
def test_a_day_in_a_format_is_that_day(day: date, written: str) -> None:
    assert day_of(day.strftime(written), (written,)) == day
    assert day_of(f"{day.strftime(written)} 00:00:00", (written,)) == day


@given(DAYS, MINUTES)
def test_a_number_of_a_spreadsheet_is_that_day_and_minute(day: date, at: time) -> None:
    assert day_of(str(serial(day)), (EXCEL,)) == day
    part = (at.hour * 60 + at.minute) / (24 * 60)
    assert moment_of(f"{serial(day) + part:.8f}", "", (EXCEL,)) == datetime.combine(day, at, LONDON)
    assert moment_of(str(serial(day)), f"{part:.8f}", (EXCEL,)) == datetime.combine(day, at, LONDON)


@given(DAYS, MINUTES, st.sampled_from(["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M %p"]))
def test_a_time_beside_or_behind_the_day(day: date, at: time, clock: str) -> None:
    expected = datetime.combine(day, at, LONDON)
    assert moment_of(f"{day:%d/%m/%Y}", at.strftime(clock), FORMATS) == expected
    assert moment_of(f"{day:%d/%m/%Y} {at.strftime(clock)}", "", FORMATS) == expected


@given(DAYS)
def test_the_standard_way_needs_no_format(day: date) -> None:
    assert day_of(day.isoformat(), (EXCEL,)) == day
    assert day_of(f"{day.isoformat()}T00:00:00", ()) == day


@given(st.text(max_size=30))
def test_anything_else_is_no_day_and_no_crash(text: str) -> None:
    found = day_of(text, (*FORMATS, EXCEL))
    assert found is None or 1900 <= found.year < 2200


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("31/02/2026", FORMATS),
        ("2/14/2026", ("%d/%m/%Y",)),
        ("45000", ("%d/%m/%Y",)),  # a number is a day only where the mapping says so
        ("60", (EXCEL,)),  # 29 February 1900, which never was
        ("999999", (EXCEL,)),
        ("-5", (EXCEL,)),
        ("1e5", (EXCEL,)),
        ("", FORMATS),
        ("00/00/0000", FORMATS),
        ("01/01/1753", FORMATS),  # what some databases write for nothing
    ],
)
def test_what_is_no_day(text: str, formats: tuple[str, ...]) -> None:
    assert day_of(text, formats) is None


def test_the_first_format_that_fits_is_meant() -> None:
    assert day_of("03/04/2026", ("%d/%m/%Y", "%m/%d/%Y")) == date(2026, 4, 3)
    assert day_of("03/14/2026", ("%d/%m/%Y", "%m/%d/%Y")) == date(2026, 3, 14)


def test_a_clock_of_another_zone_is_told_in_london() -> None:
    found = moment_of("2026-07-03T14:00:00Z", "", ())
    assert found is not None
    assert (found.hour, found.date()) == (15, date(2026, 7, 3))


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("%d/%m/%Y", True),
        (EXCEL, True),
        ("%d/%m", False),
        ("%c", False),
        ("%d%d%m%Y", False),
        ("%H:%M %d/%m/%Y", False),
        ("day", False),
    ],
)
def test_which_formats_may_stand_in_a_mapping(written: str, fits: bool) -> None:
    assert (why_not_format(written) is None) is fits
