"""A plan as it was read: areas, recommendations, actions, doubts, and what every row of its tables was taken for.

`as_dict` is the published form of a reading; `as_record` adds what a page needs to show the source beside it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from waypost.files.reading.document import Where
from waypost.governance.improvement.reading.leads import Lead
from waypost.governance.improvement.reading.months import When
from waypost.governance.improvement.reading.rag import Rag
from waypost.kernel.months import Month

Number = int | str  # 3, or "1.2" where recommendations are numbered within areas


class NoPlan(Exception):
    """No plan can be read from the file; the message is one sentence: what was looked for, or what is in the way."""


class DoubtKind(StrEnum):
    FINISH_BEFORE_START = "finish-before-start"
    STARTS_BEFORE_INSPECTION = "starts-before-inspection"
    REVIEW_PASSED = "review-passed"
    NO_START = "no-start"
    NO_FINISH = "no-finish"
    NO_REVIEW = "no-review"
    NO_LEAD = "no-lead"
    UNREADABLE_DATE = "unreadable-date"
    POSSIBLE_DUPLICATE = "possible-duplicate"
    CONFLICT_BETWEEN_DUPLICATES = "conflict-between-duplicates"
    PROGRESS_BEFORE_START = "progress-before-start"
    CONTINUED_ROW = "continued-row"
    RAG_MISSING = "rag-missing"

    @property
    def heading(self) -> str:
        """What stands above the doubt on a page."""
        return _HEADINGS[self]


_HEADINGS = {
    DoubtKind.FINISH_BEFORE_START: "Finishes before it starts",
    DoubtKind.STARTS_BEFORE_INSPECTION: "Starts before the inspection was published",
    DoubtKind.REVIEW_PASSED: "The review had already passed",
    DoubtKind.NO_START: "No start",
    DoubtKind.NO_FINISH: "No finish",
    DoubtKind.NO_REVIEW: "No review",
    DoubtKind.NO_LEAD: "No lead",
    DoubtKind.UNREADABLE_DATE: "A date that cannot be read",
    DoubtKind.POSSIBLE_DUPLICATE: "May be the same action twice",
    DoubtKind.CONFLICT_BETWEEN_DUPLICATES: "The same action with other dates",
    DoubtKind.PROGRESS_BEFORE_START: "Said to be done before it starts",
    DoubtKind.CONTINUED_ROW: "A row joined to the one above",
    DoubtKind.RAG_MISSING: "No colour",
}


class RowKind(StrEnum):
    ACTION = "action"
    CONTINUED = "continued"
    AREA = "area heading"
    RECOMMENDATION = "recommendation heading"
    HEADINGS = "column headings"
    TITLE = "title"
    EMPTY = "empty"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Area:
    name: str
    recommendations: tuple[Number, ...]
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`number` is the printed one, or its place among the plan's where none is printed; never given twice."""

    number: Number
    area: str | None
    text: str
    wheres: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """`ref` is never given twice: printed where the plan prints one, else "3.2", the second action under 3.

    `cells` are the source's cells as they stood, each with its column's heading; `wheres` are all the rows it was
    read from, the first of them `where`. `area` is the heading it stands under, for plans without recommendations.
    """

    ref: str
    recommendation: Number | None
    letter: str | None
    text: str
    outcome: str
    leads: tuple[Lead, ...]
    start: When
    finish: When
    review: When
    progress: tuple[str, ...]
    rag: Rag | None
    where: Where
    wheres: tuple[Where, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    area: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "ref": self.ref,
            "recommendation": self.recommendation,
            "letter": self.letter,
            "text": self.text,
            "outcome": self.outcome,
            "leads": [lead.as_dict() for lead in self.leads],
            "start": {"text": self.start.text, "month": _month(self.start.month)},
            "finish": {
                "text": self.finish.text,
                "month": _month(self.finish.month),
                "ongoing": self.finish.ongoing,
            },
            "review": {
                "text": self.review.text,
                "month": _month(self.review.month),
                "cadence": self.review.cadence,
            },
            "progress": list(self.progress),
            "rag": self.rag,
            "where": self.where.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Doubt:
    """`ref` is the action it is about, None for the whole table; `other` the action it names besides."""

    kind: DoubtKind
    ref: str | None
    message: str
    where: Where
    other: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"kind": str(self.kind), "ref": self.ref, "message": self.message, "where": self.where.as_dict()}


@dataclass(frozen=True, slots=True)
class RowRead:
    """What one row of the plan's tables was taken for; `ref` is the action it became or was joined to."""

    kind: RowKind
    where: Where
    ref: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """`passed_over` and `not_read` are sentences about what is in the file and not in the reading."""

    name: str
    sha256: str
    kind: str
    areas: tuple[Area, ...]
    recommendations: tuple[Recommendation, ...]
    actions: tuple[Action, ...]
    doubts: tuple[Doubt, ...]
    rows: tuple[RowRead, ...]
    published: Month | None = None
    as_at: Month | None = None
    passed_over: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()

    @property
    def row_counts(self) -> dict[RowKind, int]:
        """How many rows were taken for what, every kind named; they add up to all rows of the plan's tables."""
        counts = Counter(row.kind for row in self.rows)
        return {kind: counts[kind] for kind in RowKind}

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": {"name": self.name, "sha256": self.sha256, "kind": self.kind},
            "areas": [{"name": area.name, "recommendations": list(area.recommendations)} for area in self.areas],
            "recommendations": [{"number": r.number, "area": r.area, "text": r.text} for r in self.recommendations],
            "actions": [action.as_dict() for action in self.actions],
            "doubts": [doubt.as_dict() for doubt in self.doubts],
        }

    def as_record(self) -> dict[str, Any]:
        """The published form and, beside it, the source's cells, rows and what was passed over."""
        record = self.as_dict()
        for written, action in zip(record["actions"], self.actions, strict=True):
            written["area"] = action.area
            written["cells"] = [list(cell) for cell in action.cells]
            written["wheres"] = [where.as_dict() for where in action.wheres]
            for lead, read in zip(written["leads"], action.leads, strict=True):
                lead["kind"] = str(read.kind)
        for written, doubt in zip(record["doubts"], self.doubts, strict=True):
            written["other"] = doubt.other
        record["rows"] = [
            {"kind": str(row.kind), "where": row.where.as_dict(), "ref": row.ref, "text": row.text} for row in self.rows
        ]
        record["published"], record["as_at"] = _month(self.published), _month(self.as_at)
        record["passed_over"], record["not_read"] = list(self.passed_over), list(self.not_read)
        return record


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)
