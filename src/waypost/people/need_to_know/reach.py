"""How far into one child's record a person sees: on what basis, and which sections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from waypost.access import deputies
from waypost.access.models import Access, Staff, access_of
from waypost.access.permissions import Permission
from waypost.kernel.refusal import NotAllowed, NotFound, refuse_if
from waypost.people.need_to_know import rules
from waypost.people.record.models import Child, ChildQuerySet, Person


@dataclass(frozen=True, slots=True)
class Reach:
    """Nothing in `bases`: the role opens every record."""

    bases: tuple[str, ...]
    reads: frozenset[str]
    writes: frozenset[str]

    @property
    def because(self) -> str:
        """‘their own child’"""
        labels = dict(Access.Basis.choices)
        return ", ".join(labels[basis] for basis in self.bases) or "your role opens every record"


def reach(staff: Staff, child: Child, at: datetime) -> Reach:
    """One query; NotFound where the record is not open to them. The wall around a sealed one was asked before."""
    rows = list(access_of(staff, at).filter(child=child.pk).values_list("basis", "sections"))
    any_child = staff.may(Permission.OPEN_ANY_CHILD)
    if not (any_child or (rows and staff.may(Permission.OPEN_CHILDREN))):
        raise NotFound
    named = [] if any_child else [tuple(sections) for _, sections in rows]
    roles = staff.roles()
    return Reach(
        tuple(dict.fromkeys(basis for basis, _ in rows)),
        rules.sections(rules.READS, roles, named),
        rules.sections(rules.WRITES, roles, named) if staff.may(Permission.ENTER_CHILDREN) else frozenset(),
    )


def child_behind(person: Person, staff: Staff, at: datetime) -> Child:
    """The open child by whom a person is reached: themselves, or one they are carer, sibling or other to.

    A record that was combined with another is reached by the one that is kept.
    """
    tied = (
        Q(person=person)
        | Q(combined__person=person)
        | Q(person__relation_of__other=person)
        | Q(person__relation_to__person=person)
        | Q(person__harmed_by_them__person=person)
    )
    child = Child.objects.visible_to(staff, at).filter(tied).order_by("pk").first()
    if child is None:
        raise NotFound
    return child


def require_writes(person: Person, section: str, *, by: Staff, at: datetime) -> None:
    """Raise unless this person may write about that part of the record now."""
    try:
        writes = reach(by, child_behind(person, by, at), at).writes
    except NotFound:
        raise NotAllowed("This record is not open to you. Open it with a reason, or ask its case manager.") from None
    refuse_if(rules.why_not_write(section, writes))


def answered_for(staff: Staff, at: datetime) -> ChildQuerySet:
    """Whose cases this person answers for: those they hold or cover for, their teams’, or the service’s."""
    visible = Child.objects.visible_to(staff, at)
    held = Access.objects.at(at).filter(basis__in=(Access.Basis.ALLOCATED, Access.Basis.COVER))
    if not staff.may(Permission.GIVE_ACCESS):
        return visible.filter(pk__in=held.filter(staff=staff).values("child"))
    if teams := deputies.teams_managed(staff, at):
        return visible.filter(pk__in=held.filter(staff__team__in=teams).values("child"))
    return visible


def reads_of(staff: Staff, children: Collection[UUID], at: datetime) -> dict[UUID, frozenset[str]]:
    """Which sections of each of these children's records they read. Only for children known to be open to them."""
    return _sections_of(rules.READS, staff, children, at)


def writes_of(staff: Staff, children: Collection[UUID], at: datetime) -> dict[UUID, frozenset[str]]:
    """Which they write. Only for children known to be open to them."""
    if not staff.may(Permission.ENTER_CHILDREN):
        return dict.fromkeys(children, frozenset())
    return _sections_of(rules.WRITES, staff, children, at)


def _sections_of(
    table: dict[str, frozenset[str]], staff: Staff, children: Collection[UUID], at: datetime
) -> dict[UUID, frozenset[str]]:
    named: dict[UUID, list[list[str]]] = {child: [] for child in children}
    if not staff.may(Permission.OPEN_ANY_CHILD):
        for child, sections in access_of(staff, at).filter(child__in=named).values_list("child", "sections"):
            named[child].append(sections)
    roles = staff.roles()
    return {child: rules.sections(table, roles, rows) for child, rows in named.items()}
