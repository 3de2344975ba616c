"""Dates as plans write them: what is read, what is only kept."""

from __future__ import annotations

import pytest

from waypost.governance.improvement.reading import Month
from waypost.governance.improvement.reading.cadences import CADENCES, cadence_in
from waypost.governance.improvement.reading.months import read_when
from waypost.governance.improvement.reading.timescale import read_timescale

MONTHS = [
    ("May 2015", "2015-05"),
    ("Sept 2015", "2015-09"),
    ("Sept. 2015", "2015-09"),
    ("SEPTEMBER 2015", "2015-09"),
    ("July '15", "2015-07"),
    ("Jul-15", "2015-07"),
    ("07/15", "2015-07"),
    ("07/2015", "2015-07"),
    ("7.2015", "2015-07"),
    ("31/03/2016", "2016-03"),
    ("31.03.16", "2016-03"),
    ("31-03-2016", "2016-03"),
    ("2016-03-31", "2016-03"),
    ("2016-03", "2016-03"),
    ("2016-03-31 00:00:00", "2016-03"),
    ("13th July 2015", "2015-07"),
    ("13 Jul 2015", "2015-07"),
    ("July 13, 2015", "2015-07"),
    ("1st of May 2016", "2016-05"),
    ("w/c 13 July 2015", "2015-07"),
    ("mid June 2015", "2015-06"),
    ("by end of June 2015", "2015-06"),
    ("29/02/2016", "2016-02"),
    ("Mehefin 2016", "2016-06"),
    ("erbyn 31 Rhagfyr 2016", "2016-12"),
    ("1 o Fai 2016", "2016-05"),
    ("Medi 2016", "2016-09"),
]
UNREADABLE = [
    "31/02/2016",
    "29/02/2015",
    "13/2015",
    "00/15",
    "03/09",  # a day of a month without its year, or a month and year: nobody can say
    "March",
    "2015",
    "Spring 2016",
    "by end of Q2 2015/16",
    "July 2015 and October 2015",
    "July 2015 October 2015",
    "week 3",
    "31 June 2015",
    "01/01/1015",
]
NO_DATE = ["", "-", "–", "N/A", "TBC", "as required", "may be needed", "when staff allow"]


@pytest.mark.parametrize(("text", "month"), MONTHS)
def test_a_date_is_read_to_its_month(text: str, month: str) -> None:
    when = read_when(text)
    assert (str(when.month), when.unreadable, when.text) == (month, False, text)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_was_meant_as_a_date_and_names_no_one_month_keeps_its_words(text: str) -> None:
    when = read_when(text)
    assert (when.month, when.unreadable, when.text) == (None, True, text)


@pytest.mark.parametrize("text", NO_DATE)
def test_words_that_mean_no_date_are_not_a_date_misread(text: str) -> None:
    when = read_when(text)
    assert (when.month, when.ongoing, when.cadence, when.unreadable) == (None, False, None, False)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Sept – Dec 2015", "2015-09", "2015-12"),
        ("September to December 2015", "2015-09", "2015-12"),
        ("Nov - Jan 2016", "2015-11", "2016-01"),
        ("May 2015 until July 2016", "2015-05", "2016-07"),
        ("01/05/2015-31/07/2015", "2015-05", "2015-07"),
        ("July/August 2015", "2015-07", "2015-08"),
        ("between May and July 2015", "2015-05", "2015-07"),
        ("Rhwng Mai a Gorffennaf 2016", "2016-05", "2016-07"),
    ],
)
def test_a_range_has_a_first_and_a_last_month(text: str, first: str, last: str) -> None:
    when = read_when(text)
    assert (str(when.month), str(when.until)) == (first, last)


@pytest.mark.parametrize(
    "text", ["Ongoing", "on-going", "N/A Ongoing", "Continuous", "Yn parhau", "ongoing from March"]
)
def test_ongoing_is_no_month_and_no_mistake(text: str) -> None:
    when = read_when(text)
    assert (when.ongoing, when.month, when.unreadable) == (True, None, False)


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("Weekly", "weekly"),
        ("every week", "weekly"),
        ("Fortnightly", "fortnightly"),
        ("every two weeks", "fortnightly"),
        ("Monthly", "monthly"),
        ("once a month", "monthly"),
        ("every other month", "every two months"),
        ("bi-monthly", "every two months"),
        ("Quarterly", "quarterly"),
        ("every 3 months", "quarterly"),
        ("Six monthly", "six-monthly"),
        ("6-monthly", "six-monthly"),
        ("twice a year", "six-monthly"),
        ("Yearly", "yearly"),
        ("Annually", "yearly"),
        ("every 12 months", "yearly"),
        ("Each board meeting", "each meeting"),
        ("at every meeting", "each meeting"),
        ("every six weeks", "every 6 weeks"),
        ("four-monthly", "every 4 months"),
        ("chwarterol", "quarterly"),
        ("bob mis", "monthly"),
        ("bob chwe mis", "six-monthly"),
        ("quarter past", None),
        ("annual", "yearly"),
    ],
)
def test_a_cadence_has_one_name(text: str, cadence: str | None) -> None:
    assert cadence_in(text) == cadence


@pytest.mark.parametrize("cadence", CADENCES)
def test_a_cadence_s_own_name_is_read_as_itself(cadence: str) -> None:
    assert cadence_in(cadence) == cadence


def test_the_heading_settles_what_the_cell_leaves_open() -> None:
    assert read_when("03/09").month is None
    assert read_when("03/09", "Due date (mm/yy)").month == Month(2009, 3)


TIMESCALES = [
    ("Commence: May 2015 Complete: July 2015", "2015-05", "2015-07", None),
    ("Commence: July 2015\nCompletion: Ongoing\nReview: Monthly", "2015-07", "ongoing", "monthly"),
    ("Commence: February 2016 Completion: Review:", "2016-02", None, None),
    ("Start – May 2015 End – end of July 2015", "2015-05", "2015-07", None),
    ("Start date: 01/05/2015 Target date: 31/03/2016 Review: 30/09/2015", "2015-05", "2016-03", "2015-09"),
    ("Start May 2015\nFinish July 2015\nReview quarterly", "2015-05", "2015-07", "quarterly"),
    ("From May 2015 to July 2015", "2015-05", "2015-07", None),
    ("May 2015 – July 2015", "2015-05", "2015-07", None),
    ("Ongoing from July 2015", "2015-07", "ongoing", None),
    ("July 2015 – ongoing", "2015-07", "ongoing", None),
    ("By December 2015", None, "2015-12", None),
    ("complete by July 2015", None, "2015-07", None),
    ("July 2015, review October 2015", None, "2015-07", "2015-10"),
    ("December 2015", None, "2015-12", None),
    ("Ongoing", None, "ongoing", None),
    ("Commence\nMay 2015\nComplete\nJuly 2015", "2015-05", "2015-07", None),
    ("Dechrau: Mai 2015 Gorffen: Mehefin 2015 Adolygu: chwarterol", "2015-05", "2015-06", "quarterly"),
    ("Completion: N/A Ongoing Review: Annually", None, "ongoing", "yearly"),
    ("", None, None, None),
]


@pytest.mark.parametrize(("text", "start", "finish", "review"), TIMESCALES)
def test_a_timescale_is_parted_by_its_labels(
    text: str, start: str | None, finish: str | None, review: str | None
) -> None:
    read = read_timescale(text.split("\n"))
    assert str(read.start.month or "") == (start or "")
    assert ("ongoing" if read.finish.ongoing else str(read.finish.month or "")) == (finish or "")
    assert str(read.review.month or read.review.cadence or "") == (review or "")


def test_what_is_ongoing_has_no_month_to_finish_in() -> None:
    for text, *_ in TIMESCALES:
        finish = read_timescale(text.split("\n")).finish
        assert not (finish.ongoing and finish.month)


def test_months_stand_in_the_order_of_time_and_print_both_ways() -> None:
    assert Month(2014, 12) < Month(2015, 1) < Month(2015, 2)
    assert Month.parse("2015-05") == Month(2015, 5)
    assert Month(2015, 5).words == "May 2015"
    with pytest.raises(ValueError):
        Month.parse("2015-13")
