"""A court's list as registers write it: which lines are read, and what is said of those that are not."""

from __future__ import annotations

from datetime import date, time

import pytest

from waypost.casework.court.register import LARGEST, Bad, Line, read, text_of
from waypost.files.reading.document import Unreadable

ON = date(2026, 5, 12)
BORN = date(2010, 11, 2)
ONE = Line(1, time(10, 0), "Court 2", "Ellis Marden", BORN, "plea")


@pytest.mark.parametrize(
    "text",
    [
        "10:00,Court 2,Ellis Marden,2 11 2010,Plea",
        "10:00, Court 2, Ellis Marden, 02/11/2010, plea",
        "1000;Court 2;Ellis Marden;2 November 2010;PLEA",
        "10.00\tCourt 2\tEllis Marden\t2010-11-02\tplea",
        '10am,"Court 2","Ellis Marden",2.11.2010,Plea',
    ],
)
def test_one_line_in_many_ways(text):
    assert read(text, on=ON).lines == (ONE,)


def test_a_heading_says_which_column_is_what():
    found = read("Name,DOB,Court room,Ref,Hearing type,Time\nEllis Marden,2 11 2010,Court 2,9,Plea,10:00\n", on=ON)
    assert found.lines == (Line(2, time(10, 0), "Court 2", "Ellis Marden", BORN, "plea"),)


def test_a_court_may_give_no_time():
    assert read(",Court 2,Ellis Marden,2 11 2010,Plea\n", on=ON).lines[0].clock is None


def test_a_name_in_quotes_keeps_its_comma():
    assert read('10:00,Court 2,"Marden, Ellis",2 11 2010,Plea\n', on=ON).lines[0].name == "Marden, Ellis"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("10:00,Court 2,Ellis Marden", "3 of 5 parts are there. A line has: time, court, name, birth date, what for."),
        ("noon,Court 2,Ellis Marden,2 11 2010,Plea", "The time must be like 10:00, and is ‘noon’."),
        ("10:75,Court 2,Ellis Marden,2 11 2010,Plea", "The time must be like 10:00, and is ‘10:75’."),
        ("10:00,,Ellis Marden,2 11 2010,Plea", "The court must be named, in 100 letters at most."),
        ("10:00,Court 2,,2 11 2010,Plea", "The name must be given, in 150 letters at most."),
        (
            "10:00,Court 2,Ellis Marden,31 2 2010,Plea",
            "The birth date must be a day that has been, like 2 11 2010, and is ‘31 2 2010’.",
        ),
        (
            "10:00,Court 2,Ellis Marden,12 5 2026,Plea",
            "The birth date must be a day that has been, like 2 11 2010, and is ‘12 5 2026’.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_says_what_was_expected(text, why):
    found = read(f"{text}\n11:00,Court 2,Bryony Tate,9 4 2011,Trial\n", on=ON)
    assert found.bad == (Bad(1, why),)
    assert [one.number for one in found.lines] == [2], "the others are read all the same"


def test_what_a_hearing_is_for_is_one_of_the_list():
    (bad,) = read("10:00,Court 2,Ellis Marden,2 11 2010,Tea\n", on=ON).bad
    assert "First hearing, Plea" in bad.why and bad.why.endswith("and is ‘Tea’.")


def test_every_error_of_a_line_is_said_at_once():
    (bad,) = read("noon,,Ellis Marden,2 11 2010,Tea\n", on=ON).bad
    assert all(word in bad.why for word in ("The time", "The court", "What it is for"))


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(Unreadable):
        text_of("", b"\x89PNG\x00\x01\x02\x03" * 50)


def test_what_is_too_long_is_refused():
    for given in (("x" * (LARGEST + 1), None), ("", b"x" * (LARGEST + 1))):
        with pytest.raises(Unreadable, match="longer than"):
            text_of(*given)


def test_a_file_is_read_before_what_was_pasted():
    assert text_of("pasted", "from a file, Zoë".encode("cp1252")) == "from a file, Zoë"
