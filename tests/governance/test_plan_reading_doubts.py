"""Each kind of doubt: a row that has it, and a near miss that does not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.governance.plan_documents import HEADINGS, document, heading, plan_of, table
from waypost.governance.improvement.reading import DoubtKind, Month, PlanReading, read_plan

PUBLISHED, AS_AT = Month(2015, 5), Month(2015, 7)
SOUND = ("(9) Listen", "z", "Ask every child", "Heard", "Jo Pike", "May 2015", "December 2015", "Monthly", "")


def _row(
    *,
    ref: str = "a",
    action: str = "Train all staff",
    lead: str = "Asha Verity",
    start: str = "July 2015",
    finish: str = "December 2015",
    review: str = "Quarterly",
    progress: str = "",
) -> tuple[str, ...]:
    return ("(1) Do better" if ref == "a" else "", ref, action, "", lead, start, finish, review, progress)


def _read(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> PlanReading:
    return read_plan(plan_of(*rows, SOUND, headings=headings), published=PUBLISHED, as_at=AS_AT)


def _doubts(*rows: tuple[str, ...]) -> list[str]:
    return [f"{doubt.ref} {doubt.kind}: {doubt.message}" for doubt in _read(*rows).doubts]


@dataclass(frozen=True)
class Case:
    kind: DoubtKind
    row: tuple[str, ...]
    message: str
    near_miss: tuple[str, ...]


CASES = [
    Case(
        DoubtKind.FINISH_BEFORE_START,
        _row(start="November 2015", finish="January 2015"),
        "1a starts in November 2015 and finishes in January 2015.",
        _row(start="November 2015", finish="November 2015"),
    ),
    Case(
        DoubtKind.STARTS_BEFORE_INSPECTION,
        _row(start="April 2015"),
        "1a starts in April 2015, before the inspection was published in May 2015.",
        _row(start="May 2015"),
    ),
    Case(
        DoubtKind.REVIEW_PASSED,
        _row(review="June 2015"),
        "1a was to be reviewed in June 2015; the document is of July 2015.",
        _row(review="July 2015"),
    ),
    Case(DoubtKind.NO_START, _row(start=""), "1a has no start.", _row(start="31/02/2016")),
    Case(
        DoubtKind.NO_START,
        _row(start="Ongoing"),
        "1a gives its start as “Ongoing”, which is not a month.",
        _row(start="July 2015, ongoing"),
    ),
    Case(DoubtKind.NO_FINISH, _row(finish=""), "1a has no finish.", _row(finish="N/A Ongoing")),
    Case(
        DoubtKind.NO_FINISH,
        _row(finish="Quarterly"),
        "1a gives its finish as “Quarterly”, which says how often and not when.",
        _row(finish="Ongoing"),
    ),
    Case(
        DoubtKind.NO_FINISH,
        _row(finish="TBC"),
        "1a gives its finish as “TBC”, which is not a month.",
        _row(finish="by end of Q2 2015/16"),
    ),
    Case(DoubtKind.NO_REVIEW, _row(review=""), "1a has no review.", _row(review="each board meeting")),
    Case(
        DoubtKind.NO_REVIEW,
        _row(review="Ongoing"),
        "1a gives its review as “Ongoing”, which is neither a month nor how often.",
        _row(review="Ongoing, monthly"),
    ),
    Case(DoubtKind.NO_LEAD, _row(lead="TBC"), "1a names nobody to lead it.", _row(lead="Police")),
    Case(
        DoubtKind.UNREADABLE_DATE,
        _row(finish="31/02/2016"),
        "1a gives its finish as “31/02/2016”, which cannot be read as one month.",
        _row(finish="29/02/2016"),
    ),
    Case(
        DoubtKind.PROGRESS_BEFORE_START,
        _row(start="August 2015", progress="* Date set\n* Training completed"),
        "1a says “Training completed”, and starts in August 2015, after the document of July 2015.",
        _row(start="August 2015", progress="* Date set\n* Training to be completed"),
    ),
    Case(
        DoubtKind.PROGRESS_BEFORE_START,
        _row(start="August 2015", progress="* The form has been sent"),
        "1a says “The form has been sent”, and starts in August 2015, after the document of July 2015.",
        _row(start="July 2015", progress="* The form has been sent"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.message[:30]}")
def test_a_row_that_is_doubtful_says_why(case: Case) -> None:
    assert f"1a {case.kind}: {case.message}" in _doubts(case.row)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.message[:30]}")
def test_a_row_that_nearly_is_says_nothing(case: Case) -> None:
    assert not [doubt for doubt in _doubts(case.near_miss) if f" {case.kind}:" in doubt]


def test_a_sound_plan_has_no_doubt() -> None:
    assert _doubts(_row()) == []


def test_an_unreadable_date_is_not_also_a_missing_one() -> None:
    kinds = [doubt.split(":")[0] for doubt in _doubts(_row(start="Spring 2015", finish="31/02/2016", review="2015"))]
    assert kinds == ["1a unreadable-date"] * 3


LONG = "Agree shared aims for every child near the courts with all of the partners"
OTHER = ("(2) Listen", "a", LONG, "", "Tom Bell", "July 2015", "December 2015", "Monthly", "")


def test_an_action_written_twice_names_the_first() -> None:
    assert _doubts(_row(action=LONG), OTHER) == ["2a possible-duplicate: 2a says the same as 1a."]


def test_dates_that_differ_between_the_two_are_said_beside_each_other() -> None:
    other = ("(2) Listen", "a", LONG.replace("shared", "local"), *OTHER[3:5], "May 2015", "Ongoing", "Monthly", "")
    assert _doubts(_row(action=LONG), other) == [
        "2a possible-duplicate: 2a shares 12 of 14 words with 1a.",
        "2a conflict-between-duplicates: 2a starts in May 2015, 1a in July 2015;"
        " it finishes never (ongoing), 1a in December 2015.",
    ]


def test_a_date_that_only_one_of_them_gives_is_no_conflict() -> None:
    other = (*OTHER[:5], "", "", "Monthly", "")
    kinds = [str(doubt.kind) for doubt in _read(_row(action=LONG), other).doubts]
    assert "conflict-between-duplicates" not in kinds


def test_actions_side_by_side_under_one_recommendation_are_meant_to_differ() -> None:
    beside = _row(ref="b", action=LONG.replace("courts", "schools"))
    assert _doubts(_row(action=LONG), beside) == []


def test_a_row_joined_to_another_is_doubtful_where_it_stands() -> None:
    reading = _read(_row(), ("", "", "", "", "", "", "", "", "* Sent\n* Read"))
    (doubt,) = reading.doubts
    assert (doubt.kind, doubt.ref, doubt.where.row) == (DoubtKind.CONTINUED_ROW, "1a", 3)
    assert doubt.message == "A row with 2 bullets and no ref was read as the rest of 1a."


COLOURED = (*HEADINGS[:8], "RAG")


@pytest.mark.parametrize(
    ("colours", "expected"),
    [
        (("", ""), [(None, "No action has a colour, though a column is headed “RAG”.")]),
        (("R", ""), [("9z", "9z has no colour; other actions have one.")]),
        (("R", "G"), []),
    ],
)
def test_a_missing_colour_is_one_doubt_for_all_or_one_for_each_that_lacks_it(
    colours: tuple[str, str], expected: list[tuple[str | None, str]]
) -> None:
    rows = [(*_row()[:8], colours[0]), (*SOUND[:8], colours[1])]
    reading = read_plan(plan_of(*rows, headings=COLOURED), published=PUBLISHED, as_at=AS_AT)
    assert [(doubt.ref, doubt.message) for doubt in reading.doubts] == expected


def test_a_plan_that_promises_no_colour_lacks_none() -> None:
    assert "rag-missing" not in [str(doubt.kind) for doubt in _read(_row()).doubts]


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("Start", "No action has a start."),
        ("Finish", "No action has a finish."),
        ("Review", "No action has a review."),
        ("Lead", "No action names anybody to lead it."),
    ],
)
def test_what_the_whole_plan_lacks_is_one_doubt_about_the_table(left_out: str, said: str) -> None:
    at = HEADINGS.index(left_out)
    rows = [tuple(text for place, text in enumerate(row) if place != at) for row in (HEADINGS, _row(), SOUND)]
    reading = read_plan(plan_of(*rows[1:], headings=rows[0]), published=PUBLISHED, as_at=AS_AT)
    assert [(doubt.ref, doubt.message) for doubt in reading.doubts] == [(None, said)]


def test_doubts_that_need_a_month_nobody_knows_are_not_raised() -> None:
    row = _row(start="January 2010", review="January 2011", progress="* Training completed")
    reading = read_plan(plan_of(row, SOUND))
    assert (reading.published, reading.as_at, reading.doubts) == (None, None, ())


def test_the_document_s_own_month_and_the_inspection_s_are_read_where_they_are_plain_to_see() -> None:
    plan = table(HEADINGS, _row(start="April 2015", review="June 2015"), SOUND, line=40)
    reading = read_plan(
        document(
            "Date: 22 July 2015",
            heading("Inspection of youth justice work", 1),
            "An inspection led by the national inspectorate",
            "May 2015",
            plan,
        )
    )
    assert (reading.published, reading.as_at) == (PUBLISHED, AS_AT)
    assert {str(doubt.kind) for doubt in reading.doubts} == {"starts-before-inspection", "review-passed"}


@pytest.mark.parametrize(
    ("texts", "published"),
    [
        (("The inspection report was published in May 2015.",), PUBLISHED),
        (("Inspection report, published: 14 May 2015",), PUBLISHED),
        (("Chief Inspector", "May 2015"), PUBLISHED),
        (("Plan after the inspection", "May 2015"), None),
        (("Inspection", "22 May 2015"), None),
        (("The inspection took place in May 2015",), None),
        (("May 2015",), None),
        (("Inspection", "one", "two", "three", "four", "May 2015"), None),
    ],
)
def test_a_month_stands_for_publication_only_beside_the_inspection(
    texts: tuple[str, ...], published: Month | None
) -> None:
    assert read_plan(document(*texts, table(HEADINGS, SOUND))).published == published


def test_doubts_stand_in_the_order_of_the_plan_and_those_of_the_table_first() -> None:
    reading = _read(_row(finish=""), _row(ref="b", action="Audit plans", lead="", start="", review=""))
    assert [(doubt.ref, str(doubt.kind)) for doubt in reading.doubts] == [
        ("1a", "no-finish"),
        ("1b", "no-start"),
        ("1b", "no-review"),
        ("1b", "no-lead"),
    ]


@pytest.mark.parametrize("kind", list(DoubtKind))
def test_every_kind_has_a_heading(kind: DoubtKind) -> None:
    assert kind.heading[0].isupper()
