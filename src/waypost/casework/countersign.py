"""What waits to be countersigned, from every kind of thing that is: each a source that knows its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.casework.assessments.models import Assessment, AssessmentStep
from waypost.casework.plans.models import Plan
from waypost.kernel.words import count, day, listed
from waypost.people.need_to_know.reach import reads_of
from waypost.people.need_to_know.today import Line
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of
from waypost.ui.addresses import address, url


@dataclass(frozen=True, slots=True)
class Signed:
    """Something signed, as its source knows it. `signed_by` are ids with names: none of them countersigns it."""

    kind: str  # the section of the record in which it stands: assessment, plan
    person: UUID
    what: str
    signed_by: tuple[tuple[UUID, str], ...]
    since: datetime
    address: Callable[[UUID], str]  # of the page on which it is looked at, for the child


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for this person."""

    kind: str
    child: Child
    name: str
    what: str
    signed_by: str
    since: datetime
    href: str


Source = Callable[[Q], Iterable[Signed]]  # asked for those about people of whom that holds


def _assessments(whose: Q) -> Iterable[Signed]:
    rows = list(Assessment.objects.to_countersign().filter(whose).select_related("signed_by"))
    signed: dict[UUID, dict[UUID, str]] = {one.pk: {one.signed_by_id: one.signed_by.name} for one in rows}
    steps = AssessmentStep.objects.filter(assessment__in=signed, step="signed").select_related("by")
    for step in steps if any(one.agencies for one in rows) else ():
        signed[step.assessment_id][step.by_id] = step.by.name
    for one in rows:
        yield Signed(
            "assessment",
            one.person_id,
            one.of_form.name,
            tuple(signed[one.pk].items()),
            one.signed_at,
            lambda child, pk=one.pk: address("assessment_countersign", pk=child, assessment=pk),  # type: ignore[misc]
        )


def _plans(whose: Q) -> Iterable[Signed]:
    for one in Plan.objects.to_countersign().filter(whose).select_related("signed_by"):
        yield Signed(
            "plan",
            one.person_id,
            f"Plan {one.number}",
            ((one.signed_by_id, one.signed_by.name),),
            one.signed_at,
            lambda child: address("child_plan_countersign", pk=child),
        )


SOURCES: tuple[Source, ...] = (_assessments, _plans)


def waiting(staff: Staff, at: datetime) -> list[Waiting]:
    """Of children open to this person and signed by another, the oldest first. A fixed number of queries."""
    if not staff.may(Permission.COUNTERSIGN):
        return []
    visible = Child.objects.visible_to(staff, at)
    whose = Q(person__child__in=visible) | Q(person__child__combined_into__in=visible)
    found = [one for source in SOURCES for one in source(whose)]
    theirs = [one for one in found if staff.pk not in dict(one.signed_by)]
    if not theirs:
        return []
    children = _children({one.person for one in theirs})
    reads = reads_of(staff, {child.pk for child in children.values()}, at)
    names = names_of({child.pk for child in children.values()})
    lines = [_line(one, children[one.person], names) for one in theirs if one.kind in reads[children[one.person].pk]]
    return sorted(lines, key=lambda one: one.since)


def _line(one: Signed, child: Child, names: dict[UUID, str]) -> Waiting:
    signed_by = listed([name for _, name in one.signed_by])
    name = names.get(child.pk, child.number)
    return Waiting(one.kind, child, name, one.what, signed_by, one.since, one.address(child.pk))


def _children(people: Collection[UUID]) -> dict[UUID, Child]:
    """By the record, the child whose it is."""
    rows = Child.objects.filter(pk__in=people).select_related("combined_into")
    return {one.pk: one.combined_into or one for one in rows}


def today_lines(staff: Staff, at: datetime) -> list[Line]:
    """One line, whatever waits."""
    if not (found := waiting(staff, at)):
        return []
    oldest = timezone.localdate(found[0].since)
    return [
        Line(
            mark=f"{len(found)} to countersign",
            late=False,
            title=f"{count(len(found), 'thing')} signed and waiting for you",
            why=f"The oldest waits since {day(oldest)}.",
            do="Look at the first",
            href=url("countersign"),
        )
    ]
