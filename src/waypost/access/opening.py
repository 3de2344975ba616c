"""Who may open a child's record: the only place that writes the table of access.

Actions above say that a child is allocated, joined, covered or sampled, check it and log it; each calls one of these in
its own transaction, so that what was said and who may look never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from waypost.access.models import Access, AccessQuerySet, RoleHeld, Staff
from waypost.access.permissions import Permission, roles_with

Basis = Access.Basis


def allocate(child: UUID, to: Staff, *, at: datetime, by: Staff) -> None:
    """One worker holds the child, and their team sees it; whoever held it before no longer does by that."""
    _one_at_a_time()
    end(child, at=at, bases=(Basis.ALLOCATED, Basis.TEAM))
    _give([to], child, Basis.ALLOCATED, at=at, by=by)
    _give(_colleagues(to), child, Basis.TEAM, at=at, by=by)


def give(
    staff: Staff,
    child: UUID,
    basis: Access.Basis,
    *,
    at: datetime,
    until: datetime | None = None,
    by: Staff | None,
    sections: Sequence[str] = (),
) -> None:
    """To one person, on any other basis; given again, it runs to the later end."""
    same = Access.objects.at(at).filter(staff=staff, child=child, basis=basis, sections=list(sections))
    lasting = Q(until__isnull=True) | Q(until__gte=until) if until else Q(until__isnull=True)
    if not same.filter(lasting).exists():
        _give([staff], child, basis, at=at, until=until, by=by, sections=sections)


def end(child: UUID, *, at: datetime, bases: Iterable[str], staff: Staff | None = None) -> int:
    """No longer, from this moment. How many rows it was."""
    rows = Access.objects.at(at).filter(child=child, basis__in=list(bases))
    return (rows.filter(staff=staff) if staff else rows).update(until=at)


def seat(staff: Iterable[Staff], child: UUID, meeting: UUID, *, since: datetime, until: datetime, by: Staff) -> None:
    """The papers of one panel meeting are open to those who sit on it, from a moment that may be still to come."""
    Access.objects.bulk_create(
        Access(
            staff=one,
            child=child,
            basis=Basis.PANEL,
            meeting=meeting,
            since=since,
            until=max(since, until),
            given_by=by,
        )
        for one in staff
    )


def unseat(meeting: UUID, *, at: datetime, staff: Iterable[Staff] | None = None) -> None:
    """No longer, from this moment; a seat that has not begun never does."""
    rows = Access.objects.filter(meeting=meeting, until__gt=at)
    (rows if staff is None else rows.filter(staff__in=staff)).update(until=Greatest("since", Value(at)))


def end_all(staff: Staff, *, at: datetime) -> None:
    Access.objects.at(at).filter(staff=staff).update(until=at)
    Access.objects.filter(staff=staff, basis=Basis.PANEL, since__gt=at).update(until=F("since"))


def change_team(staff: Staff, *, at: datetime, by: Staff) -> None:
    """After a move: the new team's children are open, the old team's are not, and the mover's own go with them."""
    _one_at_a_time()
    own = allocated_to(staff, at)
    Access.objects.at(at).filter(Q(staff=staff) | Q(child__in=own), basis=Basis.TEAM).update(until=at)
    colleagues = _colleagues(staff)
    for child in own:
        _give(colleagues, child, Basis.TEAM, at=at, by=by)
    for colleague in colleagues:
        for child in allocated_to(colleague, at):
            _give([staff], child, Basis.TEAM, at=at, by=by)


def on_duty(at: datetime) -> list[Staff]:
    """Who takes today's list as it is now."""
    held = RoleHeld.objects.at(at).filter(role__in=roles_with(Permission.OPEN_TODAYS_LIST))
    return list(Staff.objects.working().filter(pk__in=held.values("staff")).order_by("name"))


def join_todays_list(staff: Staff, *, at: datetime, by: Staff) -> None:
    """Whoever comes on duty during the day is given what is on the list already."""
    listed = Access.objects.at(at).filter(basis=Basis.DUTY).values_list("child", "until").distinct()
    for child, until in list(listed):
        give(staff, child, Basis.DUTY, at=at, until=until, by=by)


def allocated_to(staff: Staff, at: datetime) -> list[UUID]:
    """The children they hold, sealed ones too."""
    return list(Access.objects.at(at).filter(staff=staff, basis=Basis.ALLOCATED).values_list("child", flat=True))


def _one_at_a_time() -> None:
    """A child given to a team while somebody joins it would otherwise miss them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7003)")


def _give(
    staff: Iterable[Staff],
    child: UUID,
    basis: str,
    *,
    at: datetime,
    until: datetime | None = None,
    by: Staff | None,
    sections: Sequence[str] = (),
) -> None:
    Access.objects.bulk_create(
        Access(staff=one, child=child, basis=basis, since=at, until=until, given_by=by, sections=list(sections))
        for one in staff
    )


def _colleagues(staff: Staff) -> list[Staff]:
    if staff.team_id is None:
        return []
    return list(Staff.objects.working().filter(team=staff.team_id).exclude(pk=staff.pk))


def carry(child: UUID, to: UUID, *, at: datetime, by: Staff) -> list[UUID]:
    """Whoever may open one record opens another too, on the same basis and until the same day. The rows it took."""
    there = {_same(row): row.until for row in _lasting(to, at).order_by(F("until").asc(nulls_last=True))}
    missing = [
        Access(
            staff_id=row.staff_id,
            child=to,
            basis=row.basis,
            since=max(row.since, at),
            until=row.until,
            given_by=by,
            sections=row.sections,
        )
        for row in _lasting(child, at)
        if _same(row) not in there or not _as_long(there[_same(row)], row.until)
    ]
    return [row.pk for row in Access.objects.bulk_create(missing)]


def take_back(rows: Iterable[UUID], *, at: datetime) -> None:
    """What was carried ends; what has ended since, or has not begun, stays as it was said."""
    open_now = Access.objects.filter(Q(until__isnull=True) | Q(until__gt=at), pk__in=list(rows))
    open_now.update(until=Greatest("since", Value(at)))


def _lasting(child: UUID, at: datetime) -> AccessQuerySet:
    """Now or later; a seat on a panel stays with its meeting."""
    return Access.objects.filter(Q(until__isnull=True) | Q(until__gt=at), child=child).exclude(basis=Basis.PANEL)


def _same(row: Access) -> tuple[UUID, str, tuple[str, ...]]:
    return row.staff_id, row.basis, tuple(row.sections)


def _as_long(there: datetime | None, until: datetime | None) -> bool:
    return there is None or (until is not None and there >= until)
