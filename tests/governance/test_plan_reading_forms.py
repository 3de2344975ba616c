"""The published form of a reading, the form a page keeps, and the lines a terminal shows."""

from __future__ import annotations

import json

from tests.governance.plan_documents import HEADINGS, plan_of
from waypost.governance.improvement.reading import PlanReading, read_plan
from waypost.governance.improvement.reading.terminal import lines_of

ROW = (
    "**RUNNING IT** (1) Do better",
    "a",
    "Train all staff",
    "Staff are trained",
    "Asha Verity Head of Service/YJB",
    "May 2015",
    "Ongoing",
    "Quarterly",
    "* Form sent\n* Form read",
)


def _reading() -> PlanReading:
    return read_plan(plan_of(ROW, ("", "b", "Listen", "", "", "", "", "", "")))


def test_the_published_form_is_exactly_this() -> None:
    where = {"line": 2, "table": 1, "row": 2}
    empty = {"line": 3, "table": 1, "row": 3}
    assert _reading().as_dict() == {
        "source": {"name": "plan.docx", "sha256": "0" * 64, "kind": "word"},
        "areas": [{"name": "RUNNING IT", "recommendations": [1]}],
        "recommendations": [{"number": 1, "area": "RUNNING IT", "text": "Do better"}],
        "actions": [
            {
                "ref": "1a",
                "recommendation": 1,
                "letter": "a",
                "text": "Train all staff",
                "outcome": "Staff are trained",
                "leads": [{"name": "Asha Verity", "role": "Head of Service"}, {"name": "YJB", "role": None}],
                "start": {"text": "May 2015", "month": "2015-05"},
                "finish": {"text": "Ongoing", "month": None, "ongoing": True},
                "review": {"text": "Quarterly", "month": None, "cadence": "quarterly"},
                "progress": ["Form sent", "Form read"],
                "rag": None,
                "where": where,
            },
            {
                "ref": "1b",
                "recommendation": 1,
                "letter": "b",
                "text": "Listen",
                "outcome": "",
                "leads": [],
                "start": {"text": "", "month": None},
                "finish": {"text": "", "month": None, "ongoing": False},
                "review": {"text": "", "month": None, "cadence": None},
                "progress": [],
                "rag": None,
                "where": empty,
            },
        ],
        "doubts": [
            {"kind": "no-start", "ref": "1b", "message": "1b has no start.", "where": empty},
            {"kind": "no-finish", "ref": "1b", "message": "1b has no finish.", "where": empty},
            {"kind": "no-review", "ref": "1b", "message": "1b has no review.", "where": empty},
            {"kind": "no-lead", "ref": "1b", "message": "1b names nobody to lead it.", "where": empty},
        ],
    }


def test_the_record_adds_the_source_and_every_row_and_survives_json() -> None:
    record = json.loads(json.dumps(_reading().as_record()))
    first = record["actions"][0]
    assert ["Progress", "Form sent\nForm read"] in first["cells"]
    assert first["cells"][0] == ["Recommendation", "RUNNING IT (1) Do better"]
    assert [lead["kind"] for lead in first["leads"]] == ["person", "body"]
    assert [row["kind"] for row in record["rows"]] == ["column headings", "action", "action"]
    assert (record["published"], record["as_at"], record["passed_over"]) == (None, None, [])


def test_a_terminal_shows_headings_actions_and_doubts_within_a_hundred_columns() -> None:
    long = plan_of((ROW[0] + " word" * 60, "a", "Train " * 60, "", "Asha Verity/" * 40, *ROW[5:]), headings=HEADINGS)
    for reading in (_reading(), read_plan(long)):
        assert max(len(line) for line in lines_of(reading)) <= 100
    lines = lines_of(_reading())
    assert lines[1] == "1 area, 1 recommendation, 2 actions, 4 doubts; rows: 2 action, 1 column headings"
    assert "RUNNING IT" in lines
    assert "  1. Do better" in lines
    assert any("1a" in line and "2015-05 – ongoing" in line and "Asha Verity; YJB" in line for line in lines)
    assert "  no-lead: 1b names nobody to lead it." in lines
