"""A published inspection read from the document it came in: judgements, findings, recommendations and doubts."""

from __future__ import annotations

from waypost.files.reading.document import Document

from .board import board_meetings_differ
from .fieldwork import fieldwork_dates_differ
from .front import area, body, cases, published
from .judgements import read_judgements
from .mock_inspection import mock_inspection_by_differs
from .moments import paper_date
from .recommendations import read_recommendations
from .scale_doubts import scale_doubts
from .shape import Doubt, Finding, InspectionReading, NoInspection, Recommendation, Theme
from .statements import statements

__all__ = [
    "Doubt",
    "Finding",
    "InspectionReading",
    "NoInspection",
    "Recommendation",
    "Theme",
    "read_inspection",
]


def read_inspection(document: Document) -> InspectionReading:
    """The inspection in the document; `NoInspection` where it judges nothing and asks nothing of anybody."""
    judgements = read_judgements(document)
    recommendations = read_recommendations(document)
    said = list(statements(document))
    if not judgements.themes and not (recommendations and area(document)):
        raise NoInspection("No inspection was found: the document has no table of judgements and no recommendations.")
    doubts = (
        *scale_doubts(judgements),
        *fieldwork_dates_differ(said),
        *mock_inspection_by_differs(said),
        *board_meetings_differ(said, paper_date(each.beside for each in said)),
    )
    when = published(document, said)
    return InspectionReading(
        area=area(document),
        body=body(said),
        published=when.month if when else None,
        published_on=when.day if when else None,
        cases=cases(said),
        themes=judgements.themes,
        recommendations=recommendations,
        doubts=doubts,
    )
