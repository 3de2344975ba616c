"""Who may see a child and why, who covers, what is listed and sampled: a fixed number of queries each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.access import opening
from waypost.access.models import WHILE_IN_THE_ROLE, Access, RoleHeld, Staff
from waypost.access.panels import working_who_may
from waypost.access.permissions import ROLES, Permission, permissions_of
from waypost.kernel.days import last_day
from waypost.kernel.refusal import NotFound
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.actions import ENDED_BY_HAND, holder
from waypost.people.need_to_know.models import Cover, Wall
from waypost.people.need_to_know.sealing import named_on, wall_of
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of


@dataclass(frozen=True, slots=True)
class Why:
    """One ground on which somebody may open the record, to its last day where it has one."""

    words: str
    since: datetime
    last_day: date | None
    by_hand: bool  # it can be ended on the page
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opens:
    staff: Staff
    roles: tuple[str, ...]
    why: tuple[Why, ...]

    @property
    def ends_by_hand(self) -> bool:
        return any(why.by_hand for why in self.why)


@dataclass(frozen=True, slots=True)
class WhoMayOpen:
    """By name: those given this child; then those whose role opens every record; then those who sit on the child’s
    panel, to whom its papers are open and no record is."""

    given: list[Opens]
    by_role: list[Opens]
    sitting: list[Access]
    holder: Staff | None
    seal: Wall | None

    @property
    def everybody(self) -> set[UUID]:
        return {one.staff.pk for one in (*self.given, *self.by_role)} | {one.staff_id for one in self.sitting}


def who_may_open(child: Child, at: datetime) -> WhoMayOpen:
    """As `Child.visible_to` would answer for each of them. Of a sealed record, the named only."""
    seal = wall_of(child)
    rows: dict[UUID, list[Access]] = defaultdict(list)
    for row in Access.objects.at(at).filter(child=child.pk).exclude(basis=Access.Basis.PANEL).order_by("since"):
        rows[row.staff_id].append(row)
    roles: dict[UUID, list[str]] = defaultdict(list)
    for held in RoleHeld.objects.at(at).filter(staff__is_active=True):
        roles[held.staff_id].append(held.role)
    allowed = {one.pk for one in named_on(seal, at)} if seal else None
    given, by_role = [], []
    for staff in Staff.objects.working().filter(pk__in=roles.keys()).order_by("name"):
        may = permissions_of(roles[staff.pk])
        if allowed is not None and staff.pk not in allowed:
            continue
        open_by = [row for row in rows[staff.pk] if WHILE_IN_THE_ROLE.get(Access.Basis(row.basis)) in (None, *may)]
        why = tuple(_why(row) for row in open_by)
        line = Opens(staff, _role_names(roles[staff.pk]), why)
        if why and may & {Permission.OPEN_CHILDREN, Permission.OPEN_ANY_CHILD}:
            given.append(line)
        elif Permission.OPEN_ANY_CHILD in may:
            by_role.append(line)
    order = list(Access.Basis.labels)
    given.sort(key=lambda one: (min(order.index(why.words) for why in one.why), one.staff.name.casefold()))
    sitting = [row for row in _sitting(child, at) if allowed is None or row.staff_id in allowed]
    return WhoMayOpen(given, by_role, sitting, holder(child, at), seal)


def _sitting(child: Child, at: datetime) -> list[Access]:
    """One row for each person, whichever of the child’s panels it is."""
    rows = Access.objects.at(at).filter(child__in=child.person_ids(), basis=Access.Basis.PANEL)
    by_person = {row.staff_id: row for row in rows.select_related("staff").order_by("until")}
    return sorted(by_person.values(), key=lambda row: row.staff.name.casefold())


def _why(row: Access) -> Why:
    words = [rules.SECTIONS[key] for key in row.sections if key in rules.SECTIONS]
    ends = last_day(row.until) if row.until else None
    return Why(Access.Basis(row.basis).label, row.since, ends, row.basis in ENDED_BY_HAND, tuple(words))


def _role_names(held: Collection[str]) -> tuple[str, ...]:
    return tuple(role.name for key, role in ROLES.items() if key in held)


def who_could_be_involved(at: datetime) -> list[Staff]:
    opens_any = {one.pk for one in working_who_may(Permission.OPEN_ANY_CHILD, at)}
    looks = {one.pk for one in working_who_may(Permission.OPEN_SAMPLED, at)}
    return [one for one in working_who_may(Permission.OPEN_CHILDREN, at) if one.pk not in opens_any | looks]


def those_holding(at: datetime) -> list[Staff]:
    """Who holds children now: whom one can cover for."""
    held = Access.objects.at(at).filter(basis=Access.Basis.ALLOCATED).values("staff")
    return list(Staff.objects.working().filter(pk__in=held).order_by("name"))


def covers(at: datetime) -> list[Cover]:
    return list(Cover.objects.at(at).select_related("staff", "colleague").order_by("until"))


def cover(pk: UUID) -> Cover:
    found = Cover.objects.select_related("staff", "colleague").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def on_duty(at: datetime) -> list[Staff]:
    """Who reads today's list."""
    return opening.on_duty(at)


@dataclass(frozen=True, slots=True)
class Listed:
    child: Child
    called: str
    since: datetime
    by: Staff | None


def todays_list(staff: Staff, at: datetime) -> list[Listed]:
    """Children on today's list, in the order in which they were put there; those open to whoever looks."""
    rows: dict[UUID, Access] = {}
    for row in Access.objects.at(at).filter(basis=Access.Basis.DUTY).select_related("given_by").order_by("since"):
        rows.setdefault(row.child, row)
    children = Child.objects.visible_to(staff, at).in_bulk(list(rows))
    names = names_of(children)
    return [
        Listed(children[pk], names.get(pk, f"Child {children[pk].number}"), row.since, row.given_by)
        for pk, row in rows.items()
        if pk in children
    ]


@dataclass(frozen=True, slots=True)
class Sampled:
    child: Child
    called: str
    auditor: Staff
    sections: list[str]
    last_day: date


def samples(staff: Staff, at: datetime) -> list[Sampled]:
    """What is open to auditors and inspectors, soonest end first."""
    rows = Access.objects.at(at).filter(basis=Access.Basis.SAMPLED).select_related("staff").order_by("until", "since")
    children = Child.objects.visible_to(staff, at).in_bulk([row.child for row in rows])
    names = names_of(children)
    return [
        Sampled(
            children[row.child],
            names.get(row.child, f"Child {children[row.child].number}"),
            row.staff,
            [rules.SECTIONS[key] for key in row.sections if key in rules.SECTIONS],
            last_day(row.until),
        )
        for row in rows
        if row.child in children and row.until
    ]
