"""Two plans in the form councils publish them, read whole and compared with what was written down by hand.

The published source stands outside the project and may be absent; the project's own plan has the same quirks.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from waypost.files.reading import read_document
from waypost.governance.improvement.reading import Action, Month, PlanReading, RowKind, read_plan

HERE = Path(__file__).parent
OUTSIDE = HERE.parents[2] / "shared" / "reference" / "bromley-2015.txt"


@dataclass(frozen=True)
class Written:
    """A document and what a person wrote down from it."""

    document: Path
    actions: Path
    doubts: Path
    counts: tuple[int, ...]  # actions under each recommendation
    areas: tuple[tuple[int, ...], ...]  # the recommendations of each area
    rows: dict[RowKind, int]
    published: Month
    as_at: Month


SOURCE = Written(
    OUTSIDE,
    HERE / "source_actions.csv",
    HERE / "source_doubts.csv",
    counts=(6, 7, 8, 8, 7, 8, 4),
    areas=((1,), (2, 3, 4, 5), (6,), (7,)),
    rows={RowKind.ACTION: 48, RowKind.CONTINUED: 3, RowKind.HEADINGS: 9},
    published=Month(2015, 5),
    as_at=Month(2015, 7),
)
OWN = Written(
    HERE / "plan_texts" / "harbour_vale.txt",
    HERE / "plan_texts" / "harbour_vale_actions.csv",
    HERE / "plan_texts" / "harbour_vale_doubts.csv",
    counts=(3, 3, 5, 4, 4, 1),
    areas=((1,), (2, 3, 4), (5,), (6,)),
    rows={RowKind.ACTION: 20, RowKind.CONTINUED: 2, RowKind.HEADINGS: 8},
    published=Month(2024, 3),
    as_at=Month(2024, 6),
)
absent = pytest.mark.skipif(not OUTSIDE.exists(), reason="the published source is not beside the project")
both = pytest.mark.parametrize(
    "written", [pytest.param(SOURCE, id="source", marks=absent), pytest.param(OWN, id="own")]
)


def _read(written: Written) -> PlanReading:
    return read_plan(read_document(written.document))


def _as_written(action: Action) -> dict[str, str]:
    return {
        "ref": action.ref,
        "recommendation": str(action.recommendation),
        "start": str(action.start.month or ""),
        "finish": "ongoing" if action.finish.ongoing else str(action.finish.month or ""),
        "review": str(action.review.month or action.review.cadence or ""),
        "leads": str(len(action.leads)),
        "progress": str(len(action.progress)),
        "continued": "y" if len(action.wheres) > 1 else "n",
        "line": str(action.where.line),
    }


@both
def test_each_action_is_read_as_a_person_wrote_it_down(written: Written) -> None:
    with written.actions.open(newline="") as rows:
        assert [_as_written(action) for action in _read(written).actions] == list(csv.DictReader(rows))


@both
def test_the_doubts_are_those_a_person_wrote_down_and_no_more(written: Written) -> None:
    with written.doubts.open(newline="") as rows:
        expected = Counter((row["ref"] or None, row["kind"], row["other"] or None) for row in csv.DictReader(rows))
    found = Counter((doubt.ref, str(doubt.kind), doubt.other) for doubt in _read(written).doubts)
    assert expected - found == Counter(), "missed"
    assert found - expected == Counter(), "raised without being true"


@both
def test_areas_and_recommendations_hold_until_the_next(written: Written) -> None:
    reading = _read(written)
    under = Counter(action.recommendation for action in reading.actions)
    assert tuple(under[recommendation.number] for recommendation in reading.recommendations) == written.counts
    assert tuple(area.recommendations for area in reading.areas) == written.areas


@both
def test_a_recommendation_cut_by_a_page_is_one_sentence(written: Written) -> None:
    fourth = _read(written).recommendations[3]
    assert fourth.number == 4
    assert len(fourth.wheres) == 2
    assert fourth.text.endswith(".")
    assert not fourth.text[0].islower()


@both
def test_every_row_is_accounted_for(written: Written) -> None:
    reading = _read(written)
    assert {kind: count for kind, count in reading.row_counts.items() if count} == written.rows
    tables = [table for table in read_document(written.document).tables if _says(table.rows[0], "TIMESCALE")]
    assert len(reading.rows) == sum(len(table.rows) for table in tables)
    assert len({row.where for row in reading.rows}) == len(reading.rows)


def _says(row: object, word: str) -> bool:
    return any(cell.text == word for cell in row.cells)  # type: ignore[attr-defined]


@both
def test_the_months_that_doubts_need_are_taken_from_plain_sight(written: Written) -> None:
    reading = _read(written)
    assert (reading.published, reading.as_at) == (written.published, written.as_at)


@both
def test_months_given_by_the_caller_come_first(written: Written) -> None:
    reading = read_plan(read_document(written.document), published=Month(2000, 1), as_at=Month(2000, 1))
    kinds = {str(doubt.kind) for doubt in reading.doubts}
    assert "starts-before-inspection" not in kinds
    assert "review-passed" not in kinds


@both
def test_a_source_already_read_becomes_a_plan_at_once(written: Written) -> None:
    document = read_document(written.document)
    read_plan(document)
    before = time.process_time()
    read_plan(document)
    assert time.process_time() - before < 0.2


def test_a_team_is_a_lead_and_so_are_its_members() -> None:
    action = next(action for action in _read(OWN).actions if action.ref == "2b")
    assert [(lead.name, lead.role) for lead in action.leads] == [
        ("Duty Team", None),
        ("Asha Verity", "Duty Team"),
        ("Tom Bell", "Duty Team"),
        ("Gwen Lee", "Duty Team"),
        ("Rhys Owen", "IYJ"),
    ]


def test_the_letter_is_found_in_its_own_cell_before_the_words_and_where_the_recommendation_was() -> None:
    texts = {action.ref: action.text for action in _read(OWN).actions}
    assert texts["2a"] == "Bring back the monthly audit with its old form."
    assert texts["3b"] == "Sit in on visits and say what was seen."
    assert texts["5c"] == "Count children in care on the caseload each month and say so to the board."


def test_the_source_s_cells_are_kept_beside_what_was_read() -> None:
    action = next(action for action in _read(OWN).actions if action.ref == "5c")
    assert ("TIMESCALE", "Commence: August 2024 Completion: N/A Ongoing Review: October 2025") in action.cells
    assert ("LEAD", "Tom Bell Team Manager /CSD") in action.cells
