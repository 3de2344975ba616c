"""From a file to what was read in it: a plan, an inspection, or both. No database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waypost.files.reading.document import Document, Unreadable
from waypost.quality.inspections.reading import InspectionReading, NoInspection, read_inspection

CONTENT_TYPES = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html",
    "markdown": "text/markdown",
    "csv": "text/csv",
}


class Nothing(Exception):
    """The file cannot be read, or holds neither a plan nor an inspection; one sentence for the person."""


@dataclass(frozen=True, slots=True)
class Found:
    content_type: str
    plan: dict[str, Any] | None
    inspection: dict[str, Any] | None


def read_file(path: Path, name: str) -> Found:
    """Read a file in a confined child process. `name` is what the person calls it; the type is told by content."""
    from waypost.files.reading.sandbox import read_safely

    try:
        document = read_safely(path)
    except Unreadable as error:
        raise Nothing(str(error)) from error
    return found_in(document, name)


def found_in(document: Document, name: str) -> Found:
    from waypost.governance.improvement.reading import NoPlan, read_plan

    inspection, plan, why = None, None, ""
    try:
        inspection = _record(read_inspection(document))
    except NoInspection as error:
        why = str(error)
    try:
        plan = read_plan(document).as_record()
    except NoPlan as error:
        why = str(error)
    if plan is None and inspection is None:
        raise Nothing(why)
    return Found(CONTENT_TYPES[document.kind], plan, inspection)


def _record(read: InspectionReading) -> dict[str, Any]:
    """The published form and, beside it, where each finding and recommendation stands."""
    record = read.as_dict() | {"published_on": read.published_on.isoformat() if read.published_on else None}
    for written, theme in zip(record["themes"], read.themes, strict=True):
        written["wheres"] = [finding.where.as_dict() for finding in theme.findings]
    for written, recommendation in zip(record["recommendations"], read.recommendations, strict=True):
        written["where"] = recommendation.where.as_dict()
    return record
