"""A panel arranged, changed and cancelled, its papers chosen, and what came of it. Each is one checked, logged,
indivisible write. What is open to those who sit stands in the table of access, written in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log, opening
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.outcomes.models import Outcome
from waypost.casework.outcomes.panels import orders
from waypost.casework.referral_panels import rules
from waypost.casework.referral_panels.models import PanelChange, PanelMeeting, PanelMember, PanelPaper, PanelResult
from waypost.casework.tasks import actions as tasks
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.kernel.words import day
from waypost.people.need_to_know.reach import reach
from waypost.people.need_to_know.sealing import named_on, wall_of
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.entries import Document
from waypost.people.record.models import Child

SECTION = "orders"
NOT_OPEN = "The orders of this child are not open to your role, so you arrange no panel for them. Ask its case manager."


@dataclass(frozen=True, slots=True)
class Planned:
    """When, where, and who sits."""

    starts: datetime
    place: str
    adviser: Staff | None = None
    volunteers: Sequence[Staff] = ()

    @property
    def seats(self) -> dict[Staff, str]:
        found = dict.fromkeys(self.volunteers, rules.VOLUNTEER)
        return ({self.adviser: rules.ADVISER} if self.adviser else {}) | found


class Stale(Refused):
    """Somebody else has changed the meeting meanwhile: nothing is saved, and both texts are shown."""

    def __init__(self, reason: str = rules.STALE) -> None:
        super().__init__(reason)


@transaction.atomic
def arrange(
    child: Child, outcome: Outcome, kind: str, planned: Planned, *, by: Staff, at: datetime, once: UUID
) -> PanelMeeting:
    """Sent twice it is one."""
    child = _arranges(child, by, at)
    if (there := PanelMeeting.objects.filter(once=once).first()) is not None:
        return there
    order = next((one for one in orders(child.person_ids()) if one.of.pk == outcome.pk), None)
    if order is None:
        raise NotFound
    on = timezone.localdate(planned.starts)
    same = PanelMeeting.objects.standing().filter(outcome=outcome, kind=kind).first()
    refuse_if(
        rules.why_not_order(
            order.type,
            made=order.given.made,
            is_open=order.is_open(max(order.given.made, timezone.localdate(at))),
            day=on,
        )
        or rules.why_not_arrange(planned.starts, planned.place, now=at, there=same and same.day)
        or rules.why_not_panel([planned.adviser] if planned.adviser else [], planned.volunteers)
    )
    _refuse_strangers(child, planned.seats, at)
    meeting = PanelMeeting.objects.create(
        person_id=outcome.person_id,
        outcome=outcome,
        root=tasks.first_of(outcome),
        kind=kind,
        starts=planned.starts,
        place=planned.place.strip(),
        by=by,
        at=at,
        once=once,
    )
    _sit(meeting, planned.seats, by=by, at=at)
    _open(meeting, list(planned.seats), by=by, at=at)
    log.record(by, log.Verb.COLLECTED, "panel.arranged", child, listed=[one.pk for one in planned.seats])
    return meeting


@transaction.atomic
def change(
    meeting: PanelMeeting, planned: Planned, *, why: str, revision: int, by: Staff, at: datetime, once: UUID
) -> PanelMeeting:
    """Another time or place, or others who sit. What it was stays behind it."""
    child, meeting = _turn(meeting, by, at)
    if PanelChange.objects.filter(once=once).exists():
        return meeting
    now = {one.staff: one.seat for one in meeting.members.now().select_related("staff")}
    moved = (planned.starts, planned.place.strip()) != (meeting.starts, meeting.place)
    refuse_if(
        rules.why_not_change(
            why, moved=moved, cancelled=meeting.cancelled_at is not None, has_result=_has_result(meeting)
        )
        or (rules.why_not_when(planned.starts, planned.place, now=at) if moved else None)
        or rules.why_not_panel([planned.adviser] if planned.adviser else [], planned.volunteers)
    )
    _refuse_stale(meeting, revision)
    added = {one: seat for one, seat in planned.seats.items() if now.get(one) != seat}
    _refuse_strangers(child, added, at)
    _keep_change(meeting, why, by=by, at=at, once=once)
    _stand_up(meeting, [one for one, seat in now.items() if planned.seats.get(one) != seat], by=by, at=at)
    meeting.starts, meeting.place = planned.starts, planned.place.strip()
    _save(meeting)
    _sit(meeting, added, by=by, at=at)
    if moved:
        opening.unseat(meeting.pk, at=at)
    _open(meeting, list(planned.seats if moved else added), by=by, at=at)
    log.record(by, log.Verb.CHANGED, "panel.changed", child, listed=[one.pk for one in planned.seats])
    return meeting


@transaction.atomic
def cancel(meeting: PanelMeeting, *, why: str, by: Staff, at: datetime, once: UUID) -> PanelMeeting:
    """Its papers close at this moment."""
    child, meeting = _turn(meeting, by, at)
    if PanelChange.objects.filter(once=once).exists():
        return meeting
    refuse_if(rules.why_not_cancel(why, cancelled=meeting.cancelled_at is not None, has_result=_has_result(meeting)))
    _keep_change(meeting, why, by=by, at=at, once=once)
    meeting.cancelled_at = at
    _save(meeting)
    opening.unseat(meeting.pk, at=at)
    log.record(by, log.Verb.CHANGED, "panel.cancelled", child)
    return meeting


@transaction.atomic
def choose_papers(
    meeting: PanelMeeting, documents: Collection[Document], *, revision: int, by: Staff, at: datetime
) -> PanelMeeting:
    """These are the panel’s papers, and no others. What is taken off is closed to the panel at this moment."""
    child, meeting = _turn(meeting, by, at)
    now = {one.document_id: one for one in meeting.papers.now()}
    rows = Document.objects.filter(pk__in=[one.pk for one in documents]).select_related("file", "wall")
    wanted = {one.pk: one for one in rows}
    if now.keys() == wanted.keys():
        return meeting
    refuse_if(rules.why_not_choose(cancelled=meeting.cancelled_at is not None, has_result=_has_result(meeting)))
    _refuse_stale(meeting, revision)
    people = child.person_ids()
    for pk in wanted.keys() - now.keys():
        if (why_not := rules.why_not_paper(as_ruled(wanted[pk], people))) is not None:
            raise Refused(f"This is no paper for a panel: {why_not}. Choose another.")
    off = [one.pk for pk, one in now.items() if pk not in wanted]
    meeting.papers.filter(pk__in=off).update(off_at=at, off_by=by)
    PanelPaper.objects.bulk_create(
        PanelPaper(person_id=meeting.person_id, meeting=meeting, document_id=pk, by=by, at=at)
        for pk in wanted
        if pk not in now
    )
    _save(meeting)
    log.record(by, log.Verb.CHANGED, "panel.papers_chosen", child, listed=sorted(now.keys() ^ wanted.keys()))
    return meeting


@transaction.atomic
def say_result(
    meeting: PanelMeeting, *, result: str, words: str, instead_of: str, by: Staff, at: datetime, once: UUID
) -> PanelResult:
    """What came of it, by somebody who was there; it does what the order’s clock asked for, and closes the papers.

    `instead_of`: the key of what had been said when the page was opened, or ''.
    """
    child, meeting = _turn(meeting, by, at)
    if (there := PanelResult.objects.filter(once=once).first()) is not None:
        return there
    before = meeting.results.current().first()
    refuse_if(
        rules.why_not_result(
            result,
            meeting.kind,
            starts=meeting.starts,
            now=at,
            cancelled=meeting.cancelled_at is not None,
            on=timezone.localdate(at),
        )
    )
    if instead_of != (str(before.pk) if before else ""):
        raise Stale(rules.SAID_MEANWHILE)
    task = uuid5(meeting.root, rules.task_of(meeting.kind))
    if before is not None:
        meeting.results.filter(pk=before.pk).update(replaced_at=at)
        tasks.not_done_after_all(task, done_at=before.at)
    said = PanelResult.objects.create(
        person_id=meeting.person_id, meeting=meeting, result=result, words=words.strip(), by=by, at=at, once=once
    )
    if not load("panel_results")[result].flag("meets_again"):
        tasks.done_with(task, words=f"The panel met on {day(meeting.day)}.", by=by, at=at)
    _save(meeting)
    opening.unseat(meeting.pk, at=at)
    log.record(by, log.Verb.CHANGED, "panel.result", child)
    return said


def as_ruled(document: Any, people: Collection[UUID]) -> rules.Document:
    """A row as the rule takes it; its wall and its file read with it."""
    wall = document.wall  # none where whoever asks may not know of it: the document is behind it all the same
    return rules.Document(
        document.disclosure,
        document.kind,
        held_back=document.wall_id is not None and (wall is None or wall.ended_at is None),
        is_there=document.is_current and document.person_id in people and document.file.emptied_at is None,
    )


def _arranges(child: Child, by: Staff, at: datetime) -> Child:
    """Those who arrange for one child take turns."""
    require(by, Permission.ARRANGE_PANELS)
    child = in_turn(child.pk, by=by, at=at)
    if SECTION not in reach(by, child, at).reads:
        raise Refused(NOT_OPEN)
    return child


def _turn(meeting: PanelMeeting, by: Staff, at: datetime) -> tuple[Child, PanelMeeting]:
    record = Child.objects.filter(pk=meeting.person_id).select_related("combined_into").first()
    if record is None:
        raise NotFound
    child = _arranges(record.combined_into or record, by, at)
    return child, PanelMeeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)


def _has_result(meeting: PanelMeeting) -> bool:
    return bool(meeting.results.current().exists())


def _refuse_stale(meeting: PanelMeeting, revision: int) -> None:
    if meeting.revision != revision:
        raise Stale


def _refuse_strangers(child: Child, seats: dict[Staff, str], at: datetime) -> None:
    """Of a sealed record only those who are named on it sit."""
    wall = wall_of(child)
    named = named_on(wall, at) if wall else []
    for one, seat in seats.items():
        refuse_if(
            rules.why_not_sit(
                one.name,
                is_active=one.is_active,
                fits=fits(one, seat, at),
                seat=seat,
                sealed=wall is not None,
                named=one in named,
            )
        )


def fits(staff: Staff, seat: str, at: datetime) -> bool:
    """Whether their role is one for that seat. A volunteer is nobody of the service."""
    advises = staff.may(Permission.ARRANGE_PANELS, at)
    return advises if seat == rules.ADVISER else staff.may(Permission.SIT_ON_PANELS, at) and not advises


def _sit(meeting: PanelMeeting, seats: dict[Staff, str], *, by: Staff, at: datetime) -> None:
    PanelMember.objects.bulk_create(
        PanelMember(person_id=meeting.person_id, meeting=meeting, staff=one, seat=seat, by=by, at=at)
        for one, seat in seats.items()
    )


def _open(meeting: PanelMeeting, staff: Sequence[Staff], *, by: Staff, at: datetime) -> None:
    since, until = rules.open_from(meeting.starts, at=at), rules.open_until(meeting.starts)
    opening.seat(staff, meeting.person_id, meeting.pk, since=since, until=until, by=by)


def _stand_up(meeting: PanelMeeting, staff: Sequence[Staff], *, by: Staff, at: datetime) -> None:
    meeting.members.now().filter(staff__in=staff).update(off_at=at, off_by=by)
    opening.unseat(meeting.pk, at=at, staff=staff)


def _keep_change(meeting: PanelMeeting, why: str, *, by: Staff, at: datetime, once: UUID) -> None:
    PanelChange.objects.create(
        person_id=meeting.person_id,
        meeting=meeting,
        was_starts=meeting.starts,
        was_place=meeting.place,
        why=why.strip(),
        by=by,
        at=at,
        once=once,
    )


def _save(meeting: PanelMeeting) -> None:
    meeting.revision += 1
    meeting.save(update_fields=["starts", "place", "cancelled_at", "revision"])
