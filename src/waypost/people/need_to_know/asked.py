"""What an agency keeps to itself, as others are told of it, and who has asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.models import Ask, Wall
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child, Statement
from waypost.people.record.naming import names_of

OWN = 50  # of one’s own, the newest


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A thing kept within an agency, as everybody who works with the child is told of it."""

    wall: Wall
    subject: str
    agency: str
    asked: Ask | None  # by whoever looks, and still to be answered
    reads_it: bool


def held_back(child: Child, staff: Staff) -> list[HeldBack]:
    """Newest first. Two queries."""
    people = child.person_ids()
    walls = Wall.objects.filter(kind=Wall.Kind.HELD_BACK, person__in=people, ended_at__isnull=True)
    asked = {one.wall_id: one for one in Ask.objects.waiting().filter(person__in=people, by=staff)}
    return [
        HeldBack(
            wall,
            subject_of(wall),
            load("agencies").words(wall.agency),
            asked.get(wall.pk),
            staff.agency == wall.agency,
        )
        for wall in walls.select_related("made_by").order_by("-made_at")
    ]


def subject_of(wall: Wall) -> str:
    """What sort of thing it is, in the middle of a sentence."""
    words = load("held_back_subjects").words(wall.subject)
    return words[:1].lower() + words[1:]


def wall_to_ask_for(child: Child, pk: UUID, staff: Staff) -> HeldBack:
    found = next((one for one in held_back(child, staff) if one.wall.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def behind(wall: Wall) -> tuple[Kind, Statement] | None:
    """What stands behind a wall, for those who may read it."""
    for kind in KINDS.values():
        if kind.section in rules.HOLDABLE:
            found: Statement | None = kind.model.objects.filter(wall=wall).order_by("-at").first()
            if found is not None:
                return kind, found
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    ask: Ask
    child: Child
    called: str
    subject: str
    agency: str
    overdue: bool
    mine_to_answer: bool


@dataclass(frozen=True, slots=True)
class Asks:
    """To answer, first due first; overdue ones of other agencies for a manager; one's own, newest first."""

    to_answer: list[Asked]
    overdue: list[Asked]
    own: list[Asked]

    @property
    def shown(self) -> list[Asked]:
        return list({one.ask.pk: one for one in (*self.to_answer, *self.overdue, *self.own)}.values())


def asks(staff: Staff, at: datetime) -> Asks:
    on = timezone.localdate(at)
    rows = Ask.objects.select_related("wall__made_by", "person__child", "by", "answered_by")
    found = list(rows.filter(Q(answer="") | Q(by=staff)))
    if not found:
        return Asks([], [], [])
    waiting = sorted((one for one in found if not one.answer), key=lambda one: (one.due, one.at))
    asked = sorted((one for one in found if one.by_id == staff.pk), key=lambda one: one.at, reverse=True)[:OWN]
    answers = staff.may(Permission.HOLD_BACK)
    visible = set(Child.objects.visible_to(staff, at).filter(pk__in=rows.values("person")).values_list("pk", flat=True))
    here = [one for one in waiting if one.person_id in visible]
    to_answer = [one for one in here if answers and one.wall.agency == staff.agency]
    overdue = [one for one in here if one.due < on] if staff.may(Permission.REVIEW_REASONS) else []
    own = [one for one in asked if one.person_id in visible]
    names = names_of({one.person_id for one in (*to_answer, *overdue, *own)})

    def told(found: list[Ask]) -> list[Asked]:
        return [_asked(one, names, on, mine=one in to_answer) for one in found]

    return Asks(told(to_answer), told(overdue), told(own))


def ask_to_answer(staff: Staff, pk: UUID, at: datetime) -> Asked:
    found = next((one for one in asks(staff, at).to_answer if one.ask.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def _asked(one: Ask, names: dict[UUID, str], on: date, *, mine: bool) -> Asked:
    child = one.person.child
    return Asked(
        one,
        child,
        names.get(child.pk, f"Child {child.number}"),
        subject_of(one.wall),
        load("agencies").words(one.wall.agency),
        not one.answer and one.due < on,
        mine,
    )
