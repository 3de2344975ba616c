"""What pages show of panels: a fixed number of queries each, however many meetings there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from waypost.access.models import RoleHeld, Staff
from waypost.access.panels import working_who_may
from waypost.access.permissions import Permission, permissions_of
from waypost.casework.outcomes.models import Outcome
from waypost.casework.referral_panels import rules
from waypost.casework.referral_panels.actions import SECTION, as_ruled
from waypost.casework.referral_panels.models import PanelMeeting, PanelMember, PanelPaper, PanelResult
from waypost.casework.tasks.models import Task
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound
from waypost.kernel.words import day, moment
from waypost.people.need_to_know.reach import reads_of
from waypost.people.need_to_know.sealing import named_on, wall_of
from waypost.people.need_to_know.today import Line
from waypost.people.record.actions import newest
from waypost.people.record.beside import current
from waypost.people.record.entries import Document
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of
from waypost.ui.words import coded

AHEAD = timedelta(weeks=6)  # how long before its day a panel is among those to arrange: volunteers need the notice
SOMEBODY = "A child"


@dataclass(frozen=True, slots=True)
class Paper:
    """One document chosen, and why the panel is not given it after all."""

    of: PanelPaper
    title: str
    kind: str
    why_not: str | None

    @property
    def file(self) -> Any:
        return self.of.document.file


@dataclass(frozen=True, slots=True)
class Sits:
    of: PanelMember
    still: bool  # whether their account and role are still such that they can

    @property
    def name(self) -> str:
        return self.of.staff.name

    @property
    def seat(self) -> str:
        return self.of.get_seat_display()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting with who sits, its papers and what came of it."""

    of: PanelMeeting
    child: Child
    name: str  # as far as whoever looks is told it
    sitting: list[Sits] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    result: PanelResult | None = None

    @property
    def kind(self) -> str:
        return coded("panel_kinds", self.of.kind)

    @property
    def missing(self) -> str | None:
        seats = Counter(one.of.seat for one in self.sitting if one.still)
        return rules.what_is_missing(advisers=seats[rules.ADVISER], volunteers=seats[rules.VOLUNTEER])

    @property
    def given(self) -> list[Paper]:
        """The papers that open."""
        return [one for one in self.papers if one.why_not is None]

    @property
    def opens(self) -> date:
        return timezone.localdate(rules.open_from(self.of.starts, at=self.of.at))

    @property
    def is_standing(self) -> bool:
        return self.of.cancelled_at is None and self.result is None

    def is_past(self, now: datetime) -> bool:
        return bool(self.of.starts <= now)

    def lacks(self) -> list[str]:
        """What is to be done before the panel meets."""
        return [words for words in (self.missing, None if self.given else "No paper is chosen") if words]


@dataclass(frozen=True, slots=True)
class ToArrange:
    """A panel that an order’s clock asks for and nobody has arranged."""

    task: Task
    child: Child
    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    to_arrange: list[ToArrange]
    to_record: list[Meeting]
    not_ready: list[Meeting]
    ready: list[Meeting]

    @property
    def shown(self) -> list[UUID]:
        meetings = (*self.to_record, *self.not_ready, *self.ready)
        return [one.child.pk for one in self.to_arrange] + [one.child.pk for one in meetings]


def desk(staff: Staff, at: datetime) -> Desk:
    """Of children whose orders are open to this person."""
    on = timezone.localdate(at)
    visible = Child.objects.visible_to(staff, at)
    of_theirs = Q(person__child__in=visible) | Q(person__child__combined_into__in=visible)
    tasks = Task.objects.open().filter(of_theirs, key__in=_task_keys(), due__lte=on + AHEAD)
    standing = PanelMeeting.objects.standing().filter(of_theirs)
    children = _children([*tasks.values_list("person", flat=True), *standing.values_list("person", flat=True)])
    reads = reads_of(staff, {one.pk for one in children.values()}, at)
    seen = {person: child for person, child in children.items() if SECTION in reads[child.pk]}
    names = names_of({one.pk for one in seen.values()})
    meetings = shown([one for one in standing.order_by("starts", "pk") if one.person_id in seen], seen, names, at)
    arranged = {(one.of.root, rules.task_of(one.of.kind)) for one in meetings}
    to_come = [one for one in meetings if not one.is_past(at)]
    return Desk(
        [
            ToArrange(task, seen[task.person_id], names.get(seen[task.person_id].pk, seen[task.person_id].number))
            for task in tasks.order_by("due", "pk")
            if task.person_id in seen and (task.from_id, task.key) not in arranged
        ],
        [one for one in meetings if one.is_past(at)],
        [one for one in to_come if one.lacks()],
        [one for one in to_come if not one.lacks()],
    )


def mine(staff: Staff, at: datetime) -> list[Meeting]:
    """The meetings this person sits on whose papers are open now, the next first, with a first name and an initial."""
    rows = list(PanelMeeting.objects.open_to(staff, at).order_by("starts", "pk"))
    children = _children([one.person_id for one in rows])
    names = {pk: rules.short_name(name) for pk, name in names_of({one.pk for one in children.values()}).items()}
    return shown(rows, children, names, at, unnamed=SOMEBODY)


def seat_lines(staff: Staff, at: datetime) -> list[Line]:
    """What leads to them from Today. It names nobody."""
    if not staff.may(Permission.SIT_ON_PANELS):
        return []
    on = timezone.localdate(at)
    return [
        Line(
            mark="Today" if one.day == on else day(one.day),
            late=False,
            title=coded("panel_kinds", one.kind),
            why=f"{moment(one.starts)}, {one.place}.",
            do="Read the papers",
            href=f"{reverse('panels')}#m-{one.pk}",
        )
        for one in PanelMeeting.objects.open_to(staff, at).order_by("starts", "pk")
    ]


def taken(staff: Staff, meeting: UUID, paper: UUID, at: datetime) -> Paper:
    """A paper of a meeting that is open to them; NotFound for every other."""
    found = next((one for one in mine(staff, at) if one.of.pk == meeting), None)
    papers = found.given if found else []
    there = next((one for one in papers if one.of.pk == paper), None)
    if there is None:
        raise NotFound
    return there


def meeting_of(staff: Staff, pk: UUID, at: datetime) -> Meeting:
    """A meeting about a child whose orders are open to them; NotFound for any other."""
    row = PanelMeeting.objects.select_related("outcome", "by").filter(pk=pk).first()
    if row is None:
        raise NotFound
    children = _children([row.person_id])
    child = Child.objects.visible_to(staff, at).filter(pk=children[row.person_id].pk).first()
    if child is None or SECTION not in reads_of(staff, [child.pk], at)[child.pk]:
        raise NotFound
    (found,) = shown([row], children, names_of([child.pk]), at)
    return found


@dataclass(frozen=True, slots=True)
class Was:
    """What was so until a moment, and who changed it."""

    until: datetime
    words: str
    by: str


def history(meeting: PanelMeeting, *, names_papers: bool) -> list[Was]:
    """What the meeting was before, who sat, what it was to read and what was said of it, the latest first."""
    found, after = [], (meeting.starts, meeting.place)
    for change in meeting.changes.select_related("by").order_by("-at"):
        before = (change.was_starts, change.was_place)
        if before != after or change.at == meeting.cancelled_at:
            found.append(Was(change.at, f"{moment(before[0])}, {before[1]}. {change.why}".strip(), change.by.name))
        after = before
    for seat in meeting.members.exclude(off_at=None).select_related("staff", "off_by"):
        found.append(Was(seat.off_at, f"{seat.staff.name} sat.", seat.off_by.name))
    papers = meeting.papers.exclude(off_at=None) if names_papers else meeting.papers.none()
    for paper in papers.select_related("document", "off_by"):
        kind = coded("document_kinds", paper.document.kind)
        found.append(Was(paper.off_at, f"{paper.document.title or kind} was a paper.", paper.off_by.name))
    for said in meeting.results.exclude(replaced_at=None).select_related("by"):
        words = f"{coded('panel_results', said.result)}. {said.words}".strip()
        found.append(Was(said.replaced_at, words, said.by.name))
    return sorted(found, key=lambda one: one.until, reverse=True)


def order_of(child: Child, pk: UUID) -> Outcome:
    """An order of that child as it stands now, by any of its versions; NotFound for any other."""
    row = Outcome.objects.filter(pk=pk, person__in=child.person_ids()).first()
    found: Any = newest(row) if row else None
    if found is None or not found.is_current:
        raise NotFound
    return found


def of_order(outcome: Outcome, child: Child, at: datetime) -> list[Meeting]:
    """Every meeting of its panel, the latest first."""
    rows = list(PanelMeeting.objects.filter(outcome=outcome).order_by("-starts"))
    return shown(rows, _children([one.person_id for one in rows]), names_of([child.pk]), at)


def shown(
    rows: Sequence[PanelMeeting],
    children: Mapping[UUID, Child],
    names: Mapping[UUID, str],
    at: datetime,
    *,
    unnamed: str = "",
) -> list[Meeting]:
    """`children`: by the person a meeting is about."""
    if not rows:
        return []
    people = _people({children[one.person_id].pk for one in rows})
    members: dict[UUID, list[PanelMember]] = defaultdict(list)
    for member in PanelMember.objects.now().filter(meeting__in=rows).select_related("staff").order_by("seat", "at"):
        members[member.meeting_id].append(member)
    can = _can_sit({one.staff_id for found in members.values() for one in found}, at)
    papers: dict[UUID, list[PanelPaper]] = defaultdict(list)
    chosen = PanelPaper.objects.now().filter(meeting__in=rows)
    for paper in chosen.select_related("document__file", "document__wall", "by").order_by("at", "pk"):
        papers[paper.meeting_id].append(paper)
    current_results = PanelResult.objects.current().filter(meeting__in=rows).select_related("by")
    results = {one.meeting_id: one for one in current_results}
    found = []
    for row in rows:
        child = children[row.person_id]
        sitting = [Sits(one, _still(one, can)) for one in members[row.pk]]
        given = [_paper(one, people[child.pk]) for one in papers[row.pk]]
        name = names.get(child.pk, unnamed or child.number)
        found.append(Meeting(row, child, name, sitting, given, results.get(row.pk)))
    return found


def _paper(one: PanelPaper, people: Collection[UUID]) -> Paper:
    return Paper(
        one,
        one.document.title or coded("document_kinds", one.document.kind),
        coded("document_kinds", one.document.kind),
        rules.why_not_paper(as_ruled(one.document, people)),
    )


def _still(member: PanelMember, can: Mapping[UUID, frozenset[Permission]]) -> bool:
    may = can.get(member.staff_id, frozenset())
    advises = Permission.ARRANGE_PANELS in may
    return advises if member.seat == rules.ADVISER else Permission.SIT_ON_PANELS in may and not advises


def _can_sit(staff: Collection[UUID], at: datetime) -> dict[UUID, frozenset[Permission]]:
    roles: dict[UUID, list[str]] = defaultdict(list)
    for held in RoleHeld.objects.at(at).filter(staff__in=staff, staff__is_active=True):
        roles[held.staff_id].append(held.role)
    return {pk: permissions_of(found) for pk, found in roles.items()}


def _children(people: Iterable[UUID]) -> dict[UUID, Child]:
    """By record: the child whose it is, also where it was combined with another."""
    rows = Child.objects.filter(pk__in=set(people)).select_related("person", "combined_into__person")
    return {one.pk: one.combined_into or one for one in rows}


def _people(children: Collection[UUID]) -> dict[UUID, set[UUID]]:
    found = {pk: {pk} for pk in children}
    for part in Child.objects.filter(combined_into__in=children):
        if part.combined_into_id:
            found[part.combined_into_id].add(part.pk)
    return found


# What a form offers --------------------------------------------------------------------------------------------------


def advisers(child: Child, at: datetime) -> list[Staff]:
    return _named_only(child, working_who_may(Permission.ARRANGE_PANELS, at), at)


def volunteers(child: Child, at: datetime) -> list[Staff]:
    """Nobody of the service, whatever else they are."""
    staff = {one.pk for one in working_who_may(Permission.ARRANGE_PANELS, at)}
    return _named_only(child, [one for one in working_who_may(Permission.SIT_ON_PANELS, at) if one.pk not in staff], at)


def _named_only(child: Child, staff: list[Staff], at: datetime) -> list[Staff]:
    wall = wall_of(child)
    named = named_on(wall, at) if wall else staff
    return [one for one in staff if one in named]


@dataclass(frozen=True, slots=True)
class Offered:
    """Which of the child’s documents may go to a panel, and of the others how many do not and why."""

    documents: list[Document]
    withheld: list[tuple[str, int]]


def offered(child: Child) -> Offered:
    people = child.person_ids()
    rows = current(Document).filter(person__in=people).select_related("file", "wall", "by").order_by("-at", "pk")
    why = {one: rules.why_not_paper(as_ruled(one, people)) for one in rows}
    counted = Counter(reason for reason in why.values() if reason)
    return Offered([one for one, reason in why.items() if reason is None], sorted(counted.items()))


def _task_keys() -> set[str]:
    return {code.text("task") for code in load("panel_kinds")}
