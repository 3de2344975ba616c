"""What each row is taken for: actions, rows joined to them, headings, and what is not understood."""

from __future__ import annotations

from tests.governance.plan_documents import cell, document, plan_of, table
from waypost.files.reading.document import Paragraph
from waypost.governance.improvement.reading import PlanReading, RowKind, read_plan

HEADINGS = ("Recommendation", "Ref", "Action", "Outcome", "Lead", "Timescale", "Progress")
FIRST = ("(1) Do better", "a", "Train every worker in the", "Plans are good.", "Police", "Start: May 2015", "* Form")
NEXT = ("", "b", "Audit", "Known", "YJB", "Start: June 2015", "")


def _kinds(reading: PlanReading) -> list[str]:
    return [str(row.kind) for row in reading.rows]


def test_bullets_without_a_ref_are_the_rest_of_the_action_before() -> None:
    reading = read_plan(plan_of(FIRST, ("", "", "", "", "", "", "* Sent\n* Read"), NEXT, headings=HEADINGS))
    assert _kinds(reading) == ["column headings", "action", "continued", "action"]
    assert reading.actions[0].progress == ("Form", "Sent", "Read")
    assert [(row.ref, row.where.row) for row in reading.rows] == [(None, 1), ("1a", 2), ("1a", 3), ("1b", 4)]


def test_bullets_that_slipped_under_the_dates_are_progress_too() -> None:
    reading = read_plan(plan_of(FIRST, ("", "", "", "", "", "* Sent", ""), NEXT, headings=HEADINGS))
    assert reading.actions[0].progress == ("Form", "Sent")
    assert reading.actions[0].start.text == "May 2015"


def test_a_row_cut_by_a_page_is_joined_cell_by_cell() -> None:
    reading = read_plan(
        document(
            table(HEADINGS, FIRST),
            Paragraph("Page 2"),
            table(("", "", "new form.", "", "and Health", "End: July 2015", ""), NEXT, line=9),
        )
    )
    assert _kinds(reading) == ["column headings", "action", "continued", "action"]
    first = reading.actions[0]
    assert first.text == "Train every worker in the new form."
    assert [lead.name for lead in first.leads] == ["Police", "Health"]
    assert (str(first.start.month), str(first.finish.month)) == ("2015-05", "2015-07")
    assert len(first.wheres) == 2


def test_a_new_row_at_the_top_of_a_page_is_not_joined() -> None:
    unlettered = ("Recommendation", "Action", "Outcome", "Lead", "Timescale")
    one = ("(1) Do better", "Train everybody.", "Good", "Police", "May 2015")
    two = ("", "Audit every plan.", "Known", "YJB", "June 2015")
    reading = read_plan(document(table(unlettered, one), table(unlettered, two, line=9)))
    assert [action.text for action in reading.actions] == ["Train everybody.", "Audit every plan."]


def test_headings_printed_again_on_each_page_are_left_out() -> None:
    reading = read_plan(plan_of(FIRST, HEADINGS, NEXT, headings=HEADINGS))
    assert _kinds(reading) == ["column headings", "action", "column headings", "action"]
    assert reading.actions[1].recommendation == 1


def test_empty_rows_titles_and_keys_are_named_for_what_they_are() -> None:
    reading = read_plan(
        document(
            table(
                (cell("Improvement plan", across=7),),
                ("Owner", "Jo Pike"),
                HEADINGS,
                FIRST,
                ("", "", "", "", "", "", ""),
                NEXT,
                (cell("Key: red is late", across=7),),
            )
        )
    )
    assert _kinds(reading) == ["title", "title", "column headings", "action", "empty", "action", "not understood"]
    assert reading.rows[-1].text == "Key: red is late"
    assert reading.areas == ()


def test_a_row_that_can_be_no_action_is_said_to_be_not_understood() -> None:
    stray = ("", "", "", "", "Police", "", "")
    reading = read_plan(plan_of(stray, FIRST, headings=HEADINGS))
    assert _kinds(reading) == ["column headings", "not understood", "action"]


def test_a_recommendation_without_an_action_is_kept() -> None:
    reading = read_plan(plan_of(FIRST, ("(2) Listen", "", "", "", "", "", ""), headings=HEADINGS))
    assert [recommendation.number for recommendation in reading.recommendations] == [1, 2]
    assert _kinds(reading)[-1] == "recommendation heading"


def test_a_recommendation_cut_by_a_page_goes_on_in_the_next_row() -> None:
    cut = ("(1) Do better and", *FIRST[1:])
    rest = ("listen to children.", *NEXT[1:])
    reading = read_plan(document(table(HEADINGS, cut), table(HEADINGS, rest, line=9)))
    assert [(r.number, r.text) for r in reading.recommendations] == [(1, "Do better and listen to children.")]
    assert [action.ref for action in reading.actions] == ["1a", "1b"]


def test_recommendations_numbered_afresh_in_each_area_stay_apart() -> None:
    reading = read_plan(
        plan_of(
            (cell("LEADERSHIP", across=7),),
            FIRST,
            (cell("QUALITY OF WORK", across=7),),
            ("(1) Listen", *NEXT[1:]),
            headings=HEADINGS,
        )
    )
    assert [(r.number, r.area) for r in reading.recommendations] == [
        ("1.1", "LEADERSHIP"),
        ("2.1", "QUALITY OF WORK"),
    ]
    assert [action.ref for action in reading.actions] == ["1.1a", "2.1b"]


def test_no_ref_is_given_twice() -> None:
    reading = read_plan(plan_of(FIRST, ("", "a", "Audit", "", "", "", ""), headings=HEADINGS))
    assert [action.ref for action in reading.actions] == ["1a", "1a-2"]
    assert ("possible-duplicate", "1a-2", "1a") in [(str(d.kind), d.ref, d.other) for d in reading.doubts]


def test_a_date_alone_under_headings_printed_again_is_the_rest_of_a_row_and_no_second_row_of_headings() -> None:
    rest = ("", "", "", "", "", "Review: yearly", "")
    reading = read_plan(document(table(HEADINGS, FIRST), table(HEADINGS, rest, NEXT, line=9)))
    assert _kinds(reading) == ["column headings", "action", "column headings", "continued", "action"]
    assert [action.review.cadence for action in reading.actions] == ["yearly", None]


def test_a_recommendation_whose_words_stand_on_the_next_page_is_the_one_its_refs_name() -> None:
    headings = ("No.", "Recommendation", "Action", "Lead", "Progress")
    first = ("3.1", "", "Train everybody.", "Police", "* One")
    rest = ("", "(3) Do better", "", "", "* Two")
    reading = read_plan(document(table(headings, first), table(headings, rest, line=9)))
    assert [(r.number, r.text) for r in reading.recommendations] == [(3, "Do better")]
    assert [(a.ref, a.recommendation, a.progress) for a in reading.actions] == [("3.1", 3, ("One", "Two"))]


def test_a_row_of_sentences_is_not_taken_for_headings() -> None:
    row = (
        "Partners share what they know",
        "",
        "Sign the action plan",
        "Progress is seen",
        "Lead officers",
        "May 2015",
        "",
    )
    reading = read_plan(plan_of(FIRST, row, headings=HEADINGS))
    assert _kinds(reading) == ["column headings", "action", "action"]


def test_an_action_about_time_is_no_date() -> None:
    row = ("", "b", "Train staff twice a year", "Meetings every month", "YJB", "Start: June 2015", "")
    action = read_plan(plan_of(FIRST, row, headings=HEADINGS)).actions[1]
    assert (action.text, action.outcome) == ("Train staff twice a year", "Meetings every month")


def test_a_row_straight_above_headings_printed_again_heads_what_follows() -> None:
    reading = read_plan(
        document(table(("Leadership", "", ""), HEADINGS, FIRST, ("Quality", "", ""), HEADINGS, ("(2) Look", *NEXT[1:])))
    )
    assert [(area.name, area.recommendations) for area in reading.areas] == [("Leadership", (1,)), ("Quality", (2,))]
    assert _kinds(reading).count("area heading") == 2


def test_other_tables_and_text_are_no_part_of_the_plan() -> None:
    names = table(("Clerk", "Jo Pike"), ("Chair", "Tom Bell"))
    reading = read_plan(document("Front sheet", names, table(HEADINGS, FIRST, line=9), "Thanks", names))
    assert _kinds(reading) == ["column headings", "action"]


def test_every_kind_of_row_has_a_count() -> None:
    assert set(read_plan(plan_of(FIRST, headings=HEADINGS)).row_counts) == set(RowKind)
