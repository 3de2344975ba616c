"""Records opened with a reason, as those see them who review them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from waypost.access import deputies
from waypost.access.models import Access, RoleHeld, Staff
from waypost.access.permissions import Permission, roles_with
from waypost.kernel.refusal import NotFound
from waypost.people.need_to_know.models import OpenedWithReason
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of

REVIEWED_OVER = timedelta(days=90)  # what the fraction of reviewed reasons counts
MINUTES_APART = timedelta(minutes=10)  # two records opened so close: the first was perhaps the wrong child


@dataclass(frozen=True, slots=True)
class Reason:
    opened: OpenedWithReason
    child: Child
    called: str
    knows: tuple[str, ...]  # what the record itself can say of it
    own_team: bool  # of a team that whoever asks manages


@dataclass(frozen=True, slots=True)
class Reasons:
    """Of one's own team first, then the others'; each oldest first."""

    waiting: list[Reason]
    own: int  # the reviewer's own, which another manager reviews
    reviewed: int
    of: int

    @property
    def first(self) -> list[Reason]:
        return [one for one in self.waiting if one.own_team]

    @property
    def others(self) -> list[Reason]:
        return [one for one in self.waiting if not one.own_team]


def findable(staff: Staff, pk: UUID, at: datetime) -> Child:
    """A record that is open to somebody, or that they may open with a reason; NotFound for any other."""
    found = Child.objects.findable_by(staff, at).select_related("person").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def may_open_with_reason(staff: Staff, pk: UUID, at: datetime) -> bool:
    """Not open to them, and a reason would open it."""
    if not staff.may(Permission.FIND_CHILDREN) or not staff.may(Permission.OPEN_WITH_REASON):
        return False
    found = Child.objects.findable_by(staff, at).filter(pk=pk)
    return found.exists() and not Child.objects.visible_to(staff, at).filter(pk=pk).exists()


def reasons(staff: Staff, at: datetime) -> Reasons:
    over = OpenedWithReason.objects.filter(at__gte=at - REVIEWED_OVER)
    waiting = OpenedWithReason.objects.waiting().select_related("staff__team", "person__child").order_by("at")
    mine = [one for one in waiting if one.staff_id != staff.pk]
    return Reasons(_told(mine, staff, at), len(waiting) - len(mine), over.settled().count(), over.count())


def reason(staff: Staff, pk: UUID, at: datetime) -> Reason:
    """One to be looked at by a manager, or by the person whose it is; NotFound to others."""
    rows = OpenedWithReason.objects.filter(pk=pk).select_related("staff__team", "person__child", "reviewed_by")
    if not staff.may(Permission.REVIEW_REASONS):
        rows = rows.filter(staff=staff)
    found = rows.first()
    if found is None:
        raise NotFound
    return _told([found], staff, at)[0]


def _told(opened: list[OpenedWithReason], staff: Staff, at: datetime) -> list[Reason]:
    names = names_of(one.person_id for one in opened)
    teams = deputies.teams_managed(staff, at)
    who = {one.staff_id for one in opened}
    duty = list(RoleHeld.objects.filter(staff__in=who, role__in=roles_with(Permission.OPEN_TODAYS_LIST)))
    others = list(OpenedWithReason.objects.filter(staff__in=who).values_list("staff", "person", "at"))
    since = set(
        Access.objects.filter(staff__in=who, child__in=[one.person_id for one in opened])
        .exclude(basis=Access.Basis.REASON)
        .values_list("staff", "child")
    )
    found = []
    for one in opened:
        knows = []
        if any(held.staff_id == one.staff_id and _held(held, one.at) for held in duty):
            knows.append("They were on duty or at court then.")
        if any(
            who == one.staff_id and person != one.person_id and timedelta() < moment - one.at <= MINUTES_APART
            for who, person, moment in others
        ):
            knows.append("They opened another child’s record straight after.")
        if (one.staff_id, one.person_id) in since:
            knows.append("They work with this child now, or did.")
        child = one.person.child
        name = names.get(child.pk, f"Child {child.number}")
        found.append(Reason(one, child, name, tuple(knows), one.staff.team_id in teams))
    return found


def _held(held: RoleHeld, at: datetime) -> bool:
    return held.since <= at and (held.until is None or held.until > at)
