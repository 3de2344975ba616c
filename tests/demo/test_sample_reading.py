"""The project's own sample is read as its expected lists, written by hand before it was read, say it should be."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.demo.write_sample_word import PAPER, PLAN, plan_as_word
from waypost.files.reading import Document, read_document
from waypost.files.reading.document import Paragraph
from waypost.governance.improvement.reading import PlanReading, read_plan
from waypost.quality.inspections.reading import InspectionReading, read_inspection

HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plan() -> PlanReading:
    return read_plan(read_document(PAPER))


@pytest.fixture(scope="module")
def inspection() -> InspectionReading:
    return read_inspection(read_document(PAPER))


def as_row(action: dict[str, Any]) -> dict[str, str]:
    """An action of a reading in the columns of the expected list."""
    review = action["review"]
    return {
        "ref": action["ref"],
        "recommendation": str(action["recommendation"]),
        "start": action["start"]["month"] or "",
        "finish": "ongoing" if action["finish"]["ongoing"] else action["finish"]["month"] or "",
        "review": review["month"] or review["cadence"] or "",
        "leads": "; ".join(lead["name"] for lead in action["leads"]),
        "progress": str(len(action["progress"])),
    }


def doubts(reading: PlanReading) -> Counter[tuple[str, str, str]]:
    return Counter((doubt.ref or "", str(doubt.kind), doubt.other or "") for doubt in reading.doubts)


def test_the_plan_has_four_areas_and_twenty_seven_actions(plan) -> None:
    assert [(area.name, list(area.recommendations)) for area in plan.areas] == [
        ("Leadership and partners", [1, 2]),
        ("Quality of work", [3, 4, 5]),
        ("Children in care", [6]),
        ("Children’s voice", [7]),
    ]
    counts = Counter(action.recommendation for action in plan.actions)
    assert [counts[number] for number in range(1, 8)] == [4, 3, 4, 3, 2, 6, 5]


def test_every_action_is_read_as_it_stands(plan) -> None:
    assert [as_row(action.as_dict()) for action in plan.actions] == table("sample_actions.csv")


def test_a_recommendation_cut_by_a_page_is_one_recommendation(plan) -> None:
    texts = {each.number: each.text for each in plan.recommendations}
    assert texts[3] == "Every assessment is whole, reviewed on time and acted on."


def test_exactly_the_doubts_that_are_true_of_the_plan(plan) -> None:
    assert doubts(plan) == Counter((row["ref"], row["kind"], row["other"]) for row in table("sample_doubts.csv"))


def test_the_inspection(inspection) -> None:
    assert (inspection.area, inspection.body, inspection.published, inspection.cases) == (
        "Alder Vale",
        "Youth Justice Inspectorate",
        "2025-06",
        34,
    )
    assert [(t.name, t.stars, t.word, t.score, len(t.findings)) for t in inspection.themes] == [
        ("Helping children stop offending", 1, "poor", 38, 5),
        ("Keeping other people safe", 1, "poor", 41, 5),
        ("Keeping the child safe", 2, "unsatisfactory", 46, 4),
        ("Serving the sentence well", 3, "satisfactory", 61, 3),
        ("Leadership and partners", 1, "poor", None, 5),
        ("Programmes for children", 1, "poor", 35, 5),
    ]
    assert Counter(each.addressee for each in inspection.recommendations) == {
        "Chair of the Management Board": 8,
        "Head of Service": 5,
    }


def test_exactly_the_doubts_that_are_true_of_the_inspection(inspection) -> None:
    assert [(doubt.kind, doubt.where.line) for doubt in inspection.doubts] == [
        ("glyphs-contradict-scale", 167),
        ("fieldwork-dates-differ", 469),
        ("mock-inspection-by-differs", 508),
        ("board-meetings-differ", 489),
    ]


def test_the_word_file_holds_the_same_plan_with_the_same_doubts(plan) -> None:
    word = read_plan(read_document(PLAN))
    assert [as_row(action.as_dict()) for action in word.actions] == [
        as_row(action.as_dict()) for action in plan.actions
    ]
    assert [(a.text, a.outcome, a.progress) for a in word.actions] == [
        (a.text, a.outcome, a.progress) for a in plan.actions
    ]
    assert [(r.number, r.area, r.text) for r in word.recommendations] == [
        (r.number, r.area, r.text) for r in plan.recommendations
    ]
    assert doubts(word) == doubts(plan)


def test_the_word_file_is_the_one_that_is_written_from_the_paper(tmp_path: Path) -> None:
    again = tmp_path / "again.docx"
    again.write_bytes(plan_as_word(read_document(PAPER)))
    assert read_document(again).blocks == read_document(PLAN).blocks
    assert PLAN.stat().st_size < 60_000


def test_the_sample_says_children_and_none_of_the_words_we_do_not_use() -> None:
    words = _words(read_document(PAPER)).casefold()
    assert words.count("child") > 100
    assert [
        word
        for word in ("offender", "young people", "young person", "service user", "youth offending")
        if word in words
    ] == []


def _words(document: Document) -> str:
    return " ".join(
        block.text if isinstance(block, Paragraph) else " ".join(cell.text for row in block.rows for cell in row.cells)
        for block in document.blocks
    )
