"""Plans in the shapes of other councils: what each is read as, action by action."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.governance.plan_documents import cell, document, heading, table
from waypost.files.reading.document import Document
from waypost.governance.improvement.reading import Action, NoPlan, RowKind, read_plan


@dataclass(frozen=True)
class Shape:
    name: str
    plan: Document
    actions: tuple[str, ...]  # ref | recommendation | text | leads | start–finish | review
    recommendations: tuple[str, ...] = ()  # number | area | text
    areas: tuple[str, ...] = ()


SHAPES = [
    Shape(
        "numbers for recommendations, one action each, a tick",
        document(
            "The plan follows.",
            table(
                ("No.", "Area requiring improvement", "Action", "Lead officer / agency", "Planned completion date"),
                ("1", "The board", "Set one up", "Head of Service", "July 2015"),
                ("2", "Plans", "Train staff", "Team Manager / Police", "Sept 2015"),
            ),
        ),
        ("1|1|Set one up|Head of Service|–2015-07|", "2|2|Train staff|Team Manager, Police|–2015-09|"),
        ("1||The board", "2||Plans"),
    ),
    Shape(
        "numbers and recommendations merged over their actions",
        document(
            table(
                ("Ref", "Recommendation", "Actions", "Who", "By when", "RAG"),
                (cell("1", down=2), cell("Improve the board", down=2), "Find a chair", "Police", "31/03/2016", "G"),
                ("Write terms", "Head of Service", "30/04/2016", "A"),
                ("2", "Better plans", "Train staff", "Team Manager", "Ongoing", "R"),
            )
        ),
        (
            "1.1|1|Find a chair|Police|–2016-03|",
            "1.2|1|Write terms|Head of Service|–2016-04|",
            "2.1|2|Train staff|Team Manager|–ongoing|",
        ),
        ("1||Improve the board", "2||Better plans"),
    ),
    Shape(
        "a heading over letter and words, an area across the table, mm/yy",
        document(
            table(
                ("Recommendation", cell("Action", across=2), "Owner", "Due date (mm/yy)"),
                (cell("1. Improve the board", down=2), "a", "Find a chair", "Asha Verity", "07/15"),
                ("b", "Write terms", "Tom Bell", "08/15"),
                (cell("AREA TWO: QUALITY", across=5),),
                ("2. Better plans", "a", "Train staff", "Jo Pike", "09/09"),
            )
        ),
        (
            "1a|1|Find a chair|Asha Verity|–2015-07|",
            "1b|1|Write terms|Tom Bell|–2015-08|",
            "2a|2|Train staff|Jo Pike|–2009-09|",
        ),
        ("1||Improve the board", "2|AREA TWO: QUALITY|Better plans"),
        ("AREA TWO: QUALITY",),
    ),
    Shape(
        "areas and recommendations in rows of their own",
        document(
            table(
                ("Ref", "Action", "Responsible", "Start date", "End date", "Progress"),
                (cell("LEADERSHIP", across=6),),
                (cell("1. Get the board working", across=6),),
                ("1.1", "Find a chair", "Police", "05/2015", "07/2015", ""),
                ("1.2", "Write terms", "Head of Service", "05/2015", "2015-08-31", ""),
                (cell("QUALITY", across=6),),
                (cell("2. Better plans", across=6),),
                ("2.1", "Train", "Police", "06/2015", "07/2015", ""),
            )
        ),
        (
            "1.1|1|Find a chair|Police|2015-05–2015-07|",
            "1.2|1|Write terms|Head of Service|2015-05–2015-08|",
            "2.1|2|Train|Police|2015-06–2015-07|",
        ),
        ("1|LEADERSHIP|Get the board working", "2|QUALITY|Better plans"),
        ("LEADERSHIP", "QUALITY"),
    ),
    Shape(
        "a table under each labelled heading",
        document(
            heading("Improvement plan", 1),
            heading("Priority 1: Leadership"),
            table(("What", "How", "Who", "When"), ("Board works", "Find a chair", "Police", "July 2015")),
            heading("Priority 2: Quality"),
            table(
                ("What", "How", "Who", "When"),
                ("Plans", "Train", "Team Manager", "Sept 2015"),
                ("Plans", "Audit", "Team Manager", "Dec 2015"),
                line=20,
            ),
        ),
        (
            "1.1|1|Find a chair|Police|–2015-07|",
            "2.1|2|Train|Team Manager|–2015-09|",
            "2.2|2|Audit|Team Manager|–2015-12|",
        ),
        ("1|Priority 1: Leadership|Board works", "2|Priority 2: Quality|Plans"),
        ("Priority 1: Leadership", "Priority 2: Quality"),
    ),
    Shape(
        "a table under each plain heading",
        document(
            heading("Improvement plan", 1),
            heading("Leadership"),
            table(("Action", "Lead", "When"), ("Find a chair", "Police", "July 2015")),
            heading("Quality"),
            table(("Action", "Lead", "When"), ("Train", "Police", "July 2015"), line=20),
        ),
        ("1||Find a chair|Police|–2015-07|", "2||Train|Police|–2015-07|"),
        areas=("Leadership", "Quality"),
    ),
    Shape(
        "one plain heading over the only table is a title",
        document(heading("Leadership"), table(("Action", "Lead", "When"), ("Find a chair", "Police", "July 2015"))),
        ("1||Find a chair|Police|–2015-07|",),
    ),
    Shape(
        "a table under each recommendation",
        document(
            heading("Recommendation 1: The board must meet"),
            table(("Action", "Lead", "When"), ("Go", "Police", "May 2015")),
            heading("Recommendation 2: Plans must be good"),
            table(("Action", "Lead", "When"), ("Stop", "Police", "May 2015"), ("Look", "Police", "June 2015"), line=9),
        ),
        ("1.1|1|Go|Police|–2015-05|", "2.1|2|Stop|Police|–2015-05|", "2.2|2|Look|Police|–2015-06|"),
        ("1||The board must meet", "2||Plans must be good"),
    ),
    Shape(
        "areas as rows above the headings of each table",
        document(
            table(
                (cell("Leadership", across=4),),
                ("Ref", "Action", "Lead", "When"),
                ("1", "Go", "Police", "May 2015"),
                ("2", "Go on", "Police", "May 2015"),
            ),
            table(
                (cell("Quality", across=4),),
                ("Ref", "Action", "Lead", "When"),
                ("1", "Stop", "Police", "May 2015"),
                line=10,
            ),
        ),
        ("1.1||Go|Police|–2015-05|", "1.2||Go on|Police|–2015-05|", "2.1||Stop|Police|–2015-05|"),
        areas=("Leadership", "Quality"),
    ),
    Shape(
        "two rows of headings",
        document(
            table(
                ("Recommendation", "Action", "Lead", cell("Timescale", across=3), "Progress"),
                ("", "", "", "Start", "End", "Review", ""),
                ("1", "Find a chair", "Police", "May 2015", "July 2015", "Monthly", "* Chair found"),
                ("", "Write terms", "Police", "May 2015", "July 2015", "Each board meeting", ""),
            )
        ),
        (
            "1.1|1|Find a chair|Police|2015-05–2015-07|monthly",
            "1.2|1|Write terms|Police|2015-05–2015-07|each meeting",
        ),
        ("1||",),
    ),
    Shape(
        "refs that name their recommendation",
        document(
            table(
                ("Ref", "Recommendation", "Action", "Lead", "Due"),
                ("(1a)", "Improve the board", "Find a chair", "Police", "July 2015"),
                ("(1b)", "", "Write terms", "Police", "July 2015"),
                ("2 (i)", "Plans", "Train", "Police", "Aug 2015"),
                ("2 (ii)", "", "Audit", "Police", "Sep 2015"),
            )
        ),
        (
            "1a|1|Find a chair|Police|–2015-07|",
            "1b|1|Write terms|Police|–2015-07|",
            "2i|2|Train|Police|–2015-08|",
            "2ii|2|Audit|Police|–2015-09|",
        ),
        ("1||Improve the board", "2||Plans"),
    ),
    Shape(
        "a heading is a number and words in the action's column",
        document(
            table(
                ("No.", "Action", "Lead", "When"),
                ("1", "Leadership", "", ""),
                ("1.1", "Go", "Police", "May 2015"),
                ("2", "Quality", "", ""),
                ("2.1", "Look", "Police", "May 2015"),
            )
        ),
        ("1.1|1|Go|Police|–2015-05|", "2.1|2|Look|Police|–2015-05|"),
        ("1||Leadership", "2||Quality"),
    ),
    Shape(
        "no refs, the recommendation said again on every row",
        document(
            table(
                ("Recommendation", "Action", "Lead", "Timescale"),
                ("Improve the board", "Find a chair", "Police", "July 2015"),
                ("Improve the board", "Write terms", "Police", "Aug 2015"),
                ("Improve plans", "Train", "Police", "Sept 2015"),
            )
        ),
        ("1.1|1|Find a chair|Police|–2015-07|", "1.2|1|Write terms|Police|–2015-08|", "2.1|2|Train|Police|–2015-09|"),
        ("1||Improve the board", "2||Improve plans"),
    ),
    Shape(
        "no refs and no recommendations",
        document(table(("Action", "Owner", "Due"), ("Go", "Police", "July 2015"), ("Stop", "YJB", "Aug 2015"))),
        ("1||Go|Police|–2015-07|", "2||Stop|YJB|–2015-08|"),
    ),
    Shape(
        "a council's own codes",
        document(table(("Ref", "Action", "Lead", "Due"), ("LG1", "Go", "Police", "July 2015"))),
        ("LG1||Go|Police|–2015-07|",),
    ),
    Shape(
        "an unnamed column of letters, more cells than headings",
        document(
            table(
                ("Recommendations", "Actions", "Outcome of actions", "Lead", "Timescale", "Progress", ""),
                ("(1) Better plans", "a", "Train everybody well", "Plans are good", "YJB", "Start: May 2015", "* Now"),
                ("", "b", "Audit every plan", "Known", "CSC", "Start: July 2015 End: Ongoing Review: Monthly", "* x"),
            )
        ),
        ("1a|1|Train everybody well|YJB|2015-05–|", "1b|1|Audit every plan|CSC|2015-07–ongoing|monthly"),
        ("1||Better plans",),
    ),
    Shape(
        "a merged lead and an action merged over two rows of progress",
        document(
            table(
                ("Ref", "Action", "Lead", "When", "Progress"),
                ("1a", "Go", cell("Police", down=2), "May 2015", ""),
                (cell("1b", down=2), cell("Stop", down=2), "June 2015", "* One"),
                ("YJB", "", "* Two"),
            )
        ),
        ("1a|1|Go|Police|–2015-05|", "1b|1|Stop|Police, YJB|–2015-06|"),
        ("1||",),
    ),
    Shape(
        "Welsh",
        document(
            table(
                ("Argymhelliad", "Cam gweithredu", "Canlyniad", "Arweinydd", "Amserlen", "Cynnydd"),
                (
                    "(1) Gwella'r bwrdd",
                    "a Penodi cadeirydd",
                    "Bwrdd cryf",
                    "Pennaeth y Gwasanaeth",
                    "Dechrau: Mai 2015 Gorffen: Mehefin 2015 Adolygu: chwarterol",
                    "",
                ),
                ("", "b Hyfforddi", "Staff", "Heddlu", "Dechrau: Medi 2015 Gorffen: parhaus Adolygu: bob mis", ""),
            )
        ),
        (
            "1a|1|Penodi cadeirydd|Pennaeth y Gwasanaeth|2015-05–2015-06|quarterly",
            "1b|1|Hyfforddi|Heddlu|2015-09–ongoing|monthly",
        ),
        ("1||Gwella'r bwrdd",),
    ),
    Shape(
        "right to left",
        document(
            table(
                ("Ref", "Action", "Lead", "When"),
                ("1a", "تدريب جميع الموظفين", "ليلى حداد", "May 2015"),
                ("1b", "הכשרת הצוות", "דנה לוי", "June 2015"),
            )
        ),
        ("1a|1|تدريب جميع الموظفين|ليلى حداد|–2015-05|", "1b|1|הכשרת הצוות|דנה לוי|–2015-06|"),
        ("1||",),
    ),
    Shape(
        "words that begin with an article keep it",
        document(table(("Recommendation", "Action", "Lead", "When"), ("(1) Do", "A review of it", "YJB", "May 2015"))),
        ("1.1|1|A review of it|YJB|–2015-05|",),
        ("1||Do",),
    ),
]


def _said(action: Action) -> str:
    finish = "ongoing" if action.finish.ongoing else action.finish.month or ""
    dates = f"{action.start.month or ''}–{finish}"
    review = action.review.month or action.review.cadence or ""
    leads = ", ".join(lead.name for lead in action.leads)
    under = "" if action.recommendation is None else action.recommendation
    return f"{action.ref}|{under}|{action.text}|{leads}|{dates}|{review}"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_is_read_as_its_reader_would(shape: Shape) -> None:
    reading = read_plan(shape.plan)
    assert tuple(_said(action) for action in reading.actions) == shape.actions
    assert tuple(f"{r.number}|{r.area or ''}|{r.text}" for r in reading.recommendations) == shape.recommendations
    assert tuple(area.name for area in reading.areas) == shape.areas


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_nothing_in_these_shapes_is_left_over(shape: Shape) -> None:
    reading = read_plan(shape.plan)
    assert sum(reading.row_counts.values()) == sum(len(table.rows) for table in shape.plan.tables)
    assert reading.row_counts[RowKind.NOT_UNDERSTOOD] == 0


PLAN = table(("Ref", "Action", "Owner", "Due"), ("1a", "Go", "Police", "May 2015"), ("1b", "Stop", "YJB", "May 2015"))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (document("Nothing here."), "No plan was found: no table here has a column headed for actions"),
        (document(table(("Name", "Post"), ("Jo Pike", "Clerk"))), "No plan was found: no table here has"),
        (
            document(table(("Action", "Owner", "Due"))),
            "the table at line 1 has a plan's column headings and no actions",
        ),
        (
            document(
                PLAN,
                table(
                    ("Recommendation", "Outcome", "Action", "Lead", "Review", "Progress"),
                    ("1. Do", "Well", "a Go", "YJB", "Monthly", "* x"),
                    line=30,
                ),
            ),
            "two plans: one at line 1 (Ref, Action, Owner, Due) and one at line 30 (Recommendation, Outcome,",
        ),
        (
            document(
                PLAN,
                table(
                    ("Ref", "Action", "Owner", "Due"),
                    ("1a", "Dig", "YJB", "May 2015"),
                    ("1b", "Plant", "YJB", ""),
                    line=30,
                ),
            ),
            "two plans: 1a stands at line 2 and again at line 31",
        ),
    ],
)
def test_what_holds_no_plan_or_two_is_refused_in_one_sentence(plan: Document, said: str) -> None:
    with pytest.raises(NoPlan) as refused:
        read_plan(plan)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_small_table_of_another_shape_is_passed_over_and_named() -> None:
    rows = [(f"1{letter}", "Go", "Better", "Police", "May 2015", "Monthly") for letter in "abcdefghi"]
    plan = table(("Ref", "Action", "Outcome", "Lead", "Start", "Review"), *rows)
    aside = table(("Action", "Progress"), ("Book the room", "done"), line=40)
    reading = read_plan(document(plan, "Matters arising", aside))
    assert len(reading.actions) == 9
    assert reading.passed_over == ("The table at line 40 (Action, Progress) was not read.",)


def test_two_tables_of_one_shape_are_one_plan() -> None:
    more = table(("Ref", "Action", "Lead", "Deadline"), ("2a", "Look", "YJB", "June 2015"), line=30)
    assert [action.ref for action in read_plan(document(PLAN, more)).actions] == ["1a", "1b", "2a"]
