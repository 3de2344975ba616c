"""A document into a plan: find its tables, place its cells, read them, doubt them."""

from __future__ import annotations

from waypost.files.reading.document import Document
from waypost.governance.improvement.reading.doubts import Plan, find_doubts
from waypost.governance.improvement.reading.gather import gather
from waypost.governance.improvement.reading.in_sight import document_month, publication_month
from waypost.governance.improvement.reading.interpret import read_action
from waypost.governance.improvement.reading.numbering import give_refs, number_recommendations
from waypost.governance.improvement.reading.plan import (
    Action,
    Area,
    NoPlan,
    Number,
    PlanReading,
    Recommendation,
    RowRead,
)
from waypost.governance.improvement.reading.raw import Gathered
from waypost.governance.improvement.reading.tables import Section, find_sections, place
from waypost.kernel.months import Month


def read_plan(document: Document, *, published: Month | None = None, as_at: Month | None = None) -> PlanReading:
    """The plan in a document, or NoPlan.

    `published` is the month of the inspection the plan follows, `as_at` the document's own: where not given they are
    taken from the document if it says them in plain sight; unknown, the doubts that need them are not raised.
    """
    sections, passed_over = find_sections(document)
    found = _gathered(sections)
    if not found.actions:
        where = place(sections[0].where)
        raise NoPlan(f"No plan was found: the table at {where} has a plan's column headings and no actions under them.")
    numbers = number_recommendations(found)
    refs, again = give_refs(found, numbers)
    actions = [
        read_action(raw, ref, numbers[id(raw.recommendation)] if raw.recommendation else None)
        for raw, ref in zip(found.actions, refs, strict=True)
    ]
    published = published or publication_month(document)
    as_at = as_at or document_month(document)
    joined = {ref: raw.joined for raw, ref in zip(found.actions, refs, strict=True) if raw.joined}
    doubts = find_doubts(Plan(actions, published, as_at, joined, again, _colour_heading(sections)))
    return PlanReading(
        name=document.name,
        sha256=document.sha256,
        kind=document.kind,
        areas=_areas(found, numbers),
        recommendations=_recommendations(found, numbers),
        actions=tuple(actions),
        doubts=doubts,
        rows=_rows(found, actions),
        published=published,
        as_at=as_at,
        passed_over=passed_over,
        not_read=document.not_read,
    )


def _gathered(sections: list[Section]) -> Gathered:
    """Plain headings over tables name areas where the rows name none, and they are several, different, from the first.

    A table without a heading over it is the rest of the one before, on another page.
    """
    found = gather(sections, plain_headings=False)
    over = [heading.text for section in sections if (heading := section.plain_heading) is not None]
    if not found.areas and sections[0].plain_heading is not None and 1 < len(over) == len(set(over)):
        return gather(sections, plain_headings=True)
    return found


def _colour_heading(sections: list[Section]) -> str | None:
    return next((c.heading for section in sections for c in section.headings.columns if c.colour), None)


def _areas(found: Gathered, numbers: dict[int, Number]) -> tuple[Area, ...]:
    return tuple(
        Area(area.name, tuple(numbers[id(r)] for r in found.recommendations if r.area is area), area.where)
        for area in found.areas
    )


def _recommendations(found: Gathered, numbers: dict[int, Number]) -> tuple[Recommendation, ...]:
    return tuple(
        Recommendation(numbers[id(r)], r.area.name if r.area else None, r.text, tuple(r.wheres))
        for r in found.recommendations
    )


def _rows(found: Gathered, actions: list[Action]) -> tuple[RowRead, ...]:
    refs = {id(raw): action.ref for raw, action in zip(found.actions, actions, strict=True)}
    return tuple(RowRead(row.kind, row.where, refs.get(id(row.action)), row.text) for row in found.rows)
