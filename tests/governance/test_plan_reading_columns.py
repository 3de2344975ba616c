"""Columns by their headings, in the words of many councils, and refs and headings as they are printed."""

from __future__ import annotations

import pytest

from tests.governance.plan_documents import cell, table
from waypost.governance.improvement.reading.columns import Role, read_headings, role_of
from waypost.governance.improvement.reading.heading_text import read_heading
from waypost.governance.improvement.reading.layout import grid_of
from waypost.governance.improvement.reading.refs import read_ref, split_ref

HEADINGS: dict[Role | None, tuple[str, ...]] = {
    Role.REF: ("Ref", "Ref.", "No.", "#", "Action ref", "Rec No", "Item", "Cyf", "Rhif"),
    Role.AREA: ("Area", "Theme", "Priority", "Domain", "Strand", "Maes", "Blaenoriaeth"),
    Role.RECOMMENDATION: (
        "RECOMMENDATIONS",
        "Inspection recommendation",
        "Area requiring improvement",
        "Area for improvement",
        "What needs to change?",
        "Finding",
        "Issue identified",
        "Objective",
        "Argymhelliad",
    ),
    Role.ACTION: (
        "ACTIONS",
        "Action required",
        "Actions to achieve outcome",
        "What we will do",
        "Key tasks",
        "How",
        "Camau gweithredu",
    ),
    Role.OUTCOME: (
        "OUTCOME OF ACTIONS",
        "Intended outcome",
        "Success measures",
        "How will we know?",
        "What will be different?",
        "Impact",
        "Canlyniad",
    ),
    Role.LEAD: (
        "LEAD",
        "Lead officer / agency",
        "Owner",
        "Action owner",
        "Responsible officer",
        "Who",
        "By whom",
        "Accountable person",
        "Arweinydd",
    ),
    Role.TIMESCALE: ("TIMESCALE", "Timeframe", "When", "Start and end date", "Start – finish", "Dates", "Amserlen"),
    Role.START: ("Start", "Start date", "Commencement date", "From", "Dechrau"),
    Role.FINISH: (
        "Planned completion date",
        "Due date (mm/yy)",
        "Due",
        "By when",
        "Deadline",
        "Target date",
        "End date",
        "Completion",
        "Dyddiad cwblhau",
    ),
    Role.REVIEW: ("Review", "Review date", "Next review", "Adolygu"),
    Role.PROGRESS: (
        "Progress",
        "Update on progress",
        "RAG/PROGRESS",
        "Progress (RAG)",
        "Comments",
        "Action taken",
        "Latest position",
        "Cynnydd",
    ),
    Role.RAG: ("RAG", "BRAG", "RAG rating", "Status", "Achieved (tick)", "Achieved (✓)", "Statws"),
    Role.OTHER: ("Resources", "Cost", "Risk", "Evidence", "Date completed"),
    None: (
        "Councillor",
        "Telephone",
        "",
        "A long run of words about the meeting that follows and that nobody would head",
    ),
}


@pytest.mark.parametrize(
    ("role", "heading"), [(role, heading) for role, found in HEADINGS.items() for heading in found]
)
def test_a_heading_names_its_column(role: Role | None, heading: str) -> None:
    if heading == "Dyddiad cwblhau":  # a date first, in Welsh word order; either reading gives its cells to the finish
        assert role_of(heading) in (Role.FINISH, Role.TIMESCALE)
    else:
        assert role_of(heading) == role


@pytest.mark.parametrize(
    ("cells", "roles"),
    [
        (("Action", "Owner", "Due"), "action lead finish"),
        (("What", "How", "Who", "When"), "recommendation action lead timescale"),
        (("Area", "Area for improvement", "Action", "Who"), "area recommendation action lead"),
        (("Area requiring improvement", "Recommendation", "Action", "Who"), "area recommendation action lead"),
        (("Action", "Outcome", "Success measure", "Who"), "action outcome other lead"),
        (("", "Action", "Lead", "Cost"), "other action lead other"),
    ],
)
def test_a_row_of_headings_is_read_together(cells: tuple[str, ...], roles: str) -> None:
    headings = read_headings(grid_of(table(cells))[0])
    assert headings is not None
    assert " ".join(column.role for column in headings.columns) == roles


@pytest.mark.parametrize(
    "cells",
    [
        ("Name", "Role"),
        ("Action",),
        ("Action", "Task"),
        ("Lead inspector", "Jo Pike"),
        ("1a", "Review the protocol", "Police", "May 2015"),
        ("Action", "* bullets are no heading"),
        ("Date", "Meeting", "Place"),
    ],
)
def test_other_rows_are_no_headings(cells: tuple[str, ...]) -> None:
    assert read_headings(grid_of(table(cells))[0]) is None


@pytest.mark.parametrize(
    ("text", "number", "letter"),
    [
        ("a", None, "a"),
        ("(a)", None, "a"),
        ("a)", None, "a"),
        ("1a", "1", "a"),
        ("(1b)", "1", "b"),
        ("2 (i)", "2", "i"),
        ("2(ii)", "2", "ii"),
        ("1.2", "1", "2"),
        ("1.2.3", "1.2", "3"),
        ("R1.2", "1", "2"),
        ("Action 3", None, "3"),
        ("7.", None, "7"),
    ],
)
def test_a_cell_that_is_a_ref(text: str, number: str | None, letter: str | None) -> None:
    ref = read_ref(text)
    assert ref is not None
    assert (ref.number, ref.letter) == (number, letter)


def test_a_council_s_own_code_is_a_ref_as_it_stands() -> None:
    found = read_ref("LG3")
    assert found is not None
    assert found.code == "LG3"


@pytest.mark.parametrize("text", ["", "N/A", "Police", "YJB", "May 2015", "A review", "Ongoing", "1,000"])
def test_a_cell_that_is_no_ref(text: str) -> None:
    assert read_ref(text) is None


@pytest.mark.parametrize(
    ("text", "letter", "rest"),
    [
        ("a Write the plan", "a", "Write the plan"),
        ("(a) write the plan", "a", "write the plan"),
        ("b. Write", "b", "Write"),
        ("1.2 Write", "2", "Write"),
        ("1a Write", "a", "Write"),
        ("2 (i) Write", "i", "Write"),
        ("A review of plans", None, "A review of plans"),
        ("a review of plans", None, "a review of plans"),
        ("12 new workers", None, "12 new workers"),
        ("I will write", None, "I will write"),
    ],
)
def test_a_ref_before_the_words_is_told_from_the_words(text: str, letter: str | None, rest: str) -> None:
    ref, words = split_ref(text)
    assert (ref and ref.letter, words) == (letter, rest)


@pytest.mark.parametrize(
    ("text", "area", "number", "words"),
    [
        ("**RUNNING IT** (1) Meet often", "RUNNING IT", "1", "Meet often"),
        ("CHILDREN IN CARE (6) Fewer come", "CHILDREN IN CARE", "6", "Fewer come"),
        ("**Quality of work** (2) Do well", "Quality of work", "2", "Do well"),
        ("Quality of work\n(2) Do well", "Quality of work", "2", "Do well"),
        ("(3) Do well", "", "3", "Do well"),
        ("4. Do well", "", "4", "Do well"),
        ("Recommendation 5: Do well", "", "5", "Do well"),
        ("Argymhelliad 2: Gwella", "", "2", "Gwella"),
        ("QUALITY", "QUALITY", "", ""),
        ("Do as section (3) of the Act says", "", "", "Do as section (3) of the Act says"),
        ("YJB NPS work with us", "", "", "YJB NPS work with us"),
        ("and go on with it", "", "", "and go on with it"),
    ],
)
def test_a_heading_cell_is_parted_into_area_number_and_words(text: str, area: str, number: str, words: str) -> None:
    heading = read_heading(cell(text).lines)
    assert (heading.area, heading.number, heading.text) == (area, number, words)
