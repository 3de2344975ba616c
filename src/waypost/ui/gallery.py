"""Invented things for `/design/`, where every component is drawn: for engineers, and for the tests that look at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms

from waypost.ui.charts import Line, Point
from waypost.ui.clock import Clock, Event
from waypost.ui.fields import DayField, MonthField, PlainErrors
from waypost.ui.listing import Choice, Column, listing
from waypost.ui.thread import Kind, Knot, Stage, Strand, Thread

TODAY = date(2026, 5, 12)
HERE = "#thread"
CHILD_STAGES = tuple(
    Stage(key, name)
    for key, name in (
        ("said", "What he said"),
        ("factor", "Factors"),
        ("objective", "Objectives"),
        ("session", "Sessions"),
        ("review", "Review"),
    )
)
ANSWER_STAGES = tuple(
    Stage(key, name)
    for key, name in (
        ("found", "Found"),
        ("said", "Said"),
        ("done", "Done"),
        ("delivered", "Delivered in cases"),
        ("changed", "Changed"),
        ("voices", "Children and carers say"),
    )
)
ACTION_STAGES = tuple(Stage(name.lower(), name) for name in ("Finding", "Recommendation", "Action", "Measure", "Board"))


def _strand(*knots: Knot) -> Strand:
    return Strand(knots)


def _knot(stage: str, text: str, kind: Kind = Kind.RECORDED, note: str = "", **more: str) -> Knot:
    return Knot(stage, text, "" if kind is Kind.WAIT else HERE, kind, note, **more)


REVIEW = _knot("review", "Review due tomorrow", Kind.NEXT, "13 May. Not started", joins="review")
CHILD = Thread(
    "A child’s thread, from what he said to his review",
    CHILD_STAGES,
    (
        _strand(
            _knot("said", "I can’t go past the parade any more.", Kind.SAID, "28 April, to Marged Pryce"),
            _knot("factor", "Afraid of a local group", note="Safety. Added 30 April"),
            _knot(
                "objective", "No objective answers this", Kind.MISSING, "2 working days late", mend="Add an objective"
            ),
        ),
        _strand(
            _knot("said", "Never asked", Kind.MISSING, "From a health screening", mend="Ask him"),
            _knot("factor", "Cannabis most days", note="Assessed 13 February"),
            _knot("objective", "Weekends only, by 31 July", note="Owner: Callum Baird"),
            _knot(
                "session", "None of 4 took place", Kind.MISSING, "3 cancelled by us, 1 missed", mend="Rebook the first"
            ),
        ),
        _strand(
            _knot("factor", "No factor behind this", Kind.MISSING, mend="Link a factor or end it"),
            _knot("objective", "Finish the victim workbook", note="Owner: Priya Nandakumar"),
            _knot("session", "2 of 2 took place", note="Last 17 March"),
            REVIEW,
        ),
        _strand(
            _knot("said", "I just say yes when I don’t get it.", Kind.SAID, "5 February, self-assessment"),
            _knot("factor", "Hard to follow what is asked", note="Speech and language"),
            _knot("objective", "Says “stop, again” in 3 of 4 sessions, by 30 June", note="Owner: Marged Pryce"),
            _knot("session", "5 of 6 took place", note="Next today at 16:00"),
            REVIEW,
        ),
        _strand(
            _knot("said", "School’s done with me. I want to fix bikes.", Kind.SAID, "5 February, self-assessment"),
            _knot("factor", "No school since November", note="Education"),
            _knot("objective", "12 hours a week in the workshop, by 1 June", note="Owner: Sunita Rao"),
            _knot("session", "4 of 4 took place", note="Next 18 May, induction"),
            REVIEW,
        ),
    ),
)
ACTION = Thread(
    "Thread of action 3c, from finding to board",
    ACTION_STAGES,
    (
        _strand(
            _knot("finding", "Plans leave factors out", note="Peer review, October 2025"),
            _knot("recommendation", "3. Assessed, reviewed, acted on", note="Agreed 3 November"),
            _knot("action", "3c. Check every new plan", Kind.HERE, "You are here"),
            _knot("measure", "17 of 27 plans, 63%", note="April. Target 80%"),
            _knot("board", "On the agenda", Kind.NEXT, "Board, 21 May"),
        ),
    ),
)
ANSWER = Thread(
    "The answer to the inspection",
    ANSWER_STAGES,
    (
        _strand(
            _knot("found", "Cases closed with needs open", note="Report, page 17"),
            _knot("said", "No action accepted", Kind.MISSING, "Proposed: 3a", mend="Judge the match"),
            _knot("done", "Waits for an action", Kind.WAIT),
            _knot("delivered", "4 of 11 closed with a need open", note="Step-downs, January to April"),
            _knot("changed", "No measure", Kind.MISSING, "Of the same 11", mend="Choose a measure"),
            _knot("voices", "They’d gone before anyone told me.", Kind.SAID, "A carer, April"),
        ),
        _strand(
            _knot("found", "Custody rising for a year", note="Report, page 1"),
            _knot("said", "2e. A bail package every time", note="Leadership and partners"),
            _knot("done", "No bail worker yet", Kind.NEXT, "Board decides, 21 May"),
            _knot("delivered", "5 of 12 were offered one", note="April 2025 to March 2026"),
            _knot("changed", "12 children", note="Was 9. Similar services: about 8", mark="Worse"),
            _knot("voices", "Nobody said I could go home with a tag.", Kind.SAID, "A child, in custody, February"),
        ),
    ),
)
CLOCK = Clock(
    begins=Event("Published", date(2025, 6, 17)),
    ends=Event("Twelve months", date(2026, 6, 17)),
    today=TODAY,
    events=(
        Event("First plan agreed", date(2025, 8, 29)),
        Event("Plan written again", date(2025, 11, 3)),
        Event("Mock inspection", date(2026, 1, 30)),
        Event("Last board", date(2026, 5, 21)),
    ),
)
SHARES = ((12, 27), (12, 25), (10, 24), (13, 26), (12, 26), (12, 26), (11, 24), (12, 24), (14, 26), (13, 25), (16, 27))
CHART = Line(
    "Plans where every factor has an objective",
    "Plans",
    tuple(
        Point(date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 1), *share) for n, share in enumerate((*SHARES, (17, 27)))
    ),
    target=80,
    began=date(2025, 11, 1),
)
ROWS = [
    ("3a", "Agree whose assessment leads when a child has both", "overdue", "42 days past its date.", "31 March 2026"),
    ("3c", "Check every new plan before the family sees it", "risk", "63% against 80%.", "30 June 2026"),
    ("4b", "Ask police for intelligence before each risk panel", "doubt", "Finishes before it starts.", "Ongoing"),
    ("1c", "Every agency sends someone who can commit money", "new", "Starts in July.", "Ongoing"),
    ("7a", "Every review says what changed because of the child", "track", "Reviewed monthly.", "30 September 2026"),
    ("3e", "Plan-writing course for all staff", "done", "Said done on 27 March.", "27 March 2026"),
    ("6b", "Tell the social worker before a child is in court", "embedded", "Met twice since done.", "1 January 2026"),
]
COLUMNS = [
    Column("Action", "ref", width="w35"),
    Column("Status, and why", "status", width="w33"),
    Column("Due", "due"),
    Column("Notes", numeric=True),
]
EVENTS = [
    ("Workshop morning, fourth of four: came, stayed late", datetime(2026, 5, 11, 9, 20, tzinfo=UTC), "Sunita Rao"),
    ("Seen two streets from the parade", date(2026, 5, 8), "PC 4417 Lowe, police"),
]


class Everything(PlainErrors, forms.Form):
    """A field of every kind."""

    outcome = forms.CharField(label="Outcome", help_text="What will be different for children.")
    note = forms.CharField(label="Note", widget=forms.Textarea)
    words = forms.CharField(label="In the child’s own words", widget=forms.Textarea, required=False)
    lead = forms.ChoiceField(label="Who leads it?", choices=[("", "---------"), ("a", "Leila Haddad"), ("b", "Police")])
    came = forms.ChoiceField(
        label="Did he come?", choices=[("yes", "Came"), ("late", "Came late"), ("no", "No")], widget=forms.RadioSelect
    )
    objectives = forms.MultipleChoiceField(
        label="What did you work on?",
        choices=[("stop", "Says “stop, again”"), ("shop", "12 hours in the workshop")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    finish = DayField(label="Finish")
    start = MonthField(label="Start", required=False)
    agreed = forms.BooleanField(label="The lead has agreed", required=False)
    password = forms.CharField(label="Your password", widget=forms.PasswordInput, required=False)


class OneFile(PlainErrors, forms.Form):
    file = forms.FileField(label="A plan", help_text="Word, PDF, Excel, CSV, HTML or Markdown, up to 50 MB.")


def shown(asked: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Everything the gallery's template names."""
    pairs = dict(asked)
    rows = [row for row in ROWS * 20 if not pairs.get("status") or row[2] == pairs["status"]]
    options = [("", "Any status"), ("overdue", "Overdue (20)"), ("risk", "At risk (20)"), ("done", "Done (20)")]
    return {
        "child": CHILD,
        "action": ACTION,
        "answer": ANSWER,
        "the_clock": CLOCK,
        "line": CHART,
        "columns": COLUMNS,
        "events": EVENTS,
        "found": listing(rows, len(rows), pairs, per_page=7),
        "choices": [
            Choice("status", "Status", options, pairs.get("status", "")),
            Choice("lead", "Lead", [("", "Anyone"), ("me", "Me (8)")], pairs.get("lead", "")),
        ],
        "searched": pairs.get("q", ""),
    }
