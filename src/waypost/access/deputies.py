"""Deputies: a colleague holds a manager's role while the manager is away, and the log says for whom they act."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from waypost.access import log, rules
from waypost.access.log import Verb
from waypost.access.models import RoleHeld, RoleHeldQuerySet, Staff
from waypost.access.permissions import ROLES, Permission
from waypost.access.require import require
from waypost.kernel.days import midnight_after
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if

DEPUTISED = "manager"  # the role that a deputy may be named for


@transaction.atomic
def deputise(manager: Staff, *, to: Staff, until: date, by: Staff, at: datetime) -> RoleHeld:
    """`until` is the last day in London. Named by the manager or, when they went without a word, an administrator."""
    require(by, Permission.NAME_DEPUTY)
    if manager != by and not by.may(Permission.MANAGE_STAFF):
        raise NotAllowed("A manager names their own deputy. Ask an administrator to name one for somebody else.")
    to = Staff.objects.select_for_update(no_key=True).get(pk=to.pk)
    refuse_if(
        rules.why_not_deputise(
            manages=own_role(manager, at),
            is_self=to == manager,
            names_self=to == by,
            works=to.may(Permission.ENTER_CHILDREN, at),
            already=running(at).filter(staff=to, deputy_for=manager).exists(),
            until=until,
            on=timezone.localdate(at),
        )
    )
    held = RoleHeld.objects.create(
        staff=to, role=DEPUTISED, since=at, until=midnight_after(until), given_by=by, deputy_for=manager
    )
    log.record(by, Verb.CHANGED, "account.deputy_named", to, detail={"for": str(manager.pk), "until": str(until)})
    return held


@transaction.atomic
def end(held: RoleHeld, *, by: Staff, at: datetime) -> None:
    """Back sooner than thought: by the manager, the deputy or an administrator."""
    held = RoleHeld.objects.select_for_update(of=("self",), no_key=True).get(pk=held.pk)
    if by.pk not in (held.deputy_for_id, held.staff_id) and not by.may(Permission.MANAGE_STAFF):
        raise NotAllowed("Only the manager, the deputy or an administrator ends this.")
    if held.until is not None and held.until <= at:
        raise Refused("This has already ended.")
    held.until, held.taken_by = at, by
    held.save(update_fields=["until", "taken_by"])
    log.record(by, Verb.CHANGED, "account.deputy_ended", held.staff, detail={"for": str(held.deputy_for_id)})


def running(at: datetime) -> RoleHeldQuerySet:
    """Every deputy there is now."""
    return RoleHeld.objects.at(at).filter(deputy_for__isnull=False).select_related("staff", "deputy_for")


def own_role(staff: Staff, at: datetime) -> bool:
    """Whether they manage in their own right: a deputy names no deputy."""
    return staff.is_active and staff.roles_held.at(at).filter(role=DEPUTISED, deputy_for__isnull=True).exists()


def acting_for(by: Staff, permission: Permission, *, at: datetime, team: UUID | None = None) -> Staff | None:
    """Whom the log names beside them: the manager whose role alone lets them, or whose team it is about."""
    held = [
        one for one in by.roles_held.at(at).select_related("deputy_for") if permission in ROLES[one.role].permissions
    ]
    for_others = [one.deputy_for for one in held if one.deputy_for]
    of_the_team = [one for one in for_others if team and one.team_id == team != by.team_id]
    if any(one.deputy_for is None for one in held):
        return next(iter(of_the_team), None)
    return next(iter(of_the_team or for_others), None)


def teams_managed(staff: Staff, at: datetime) -> set[UUID]:
    """Their own team where they manage it, and those of the managers they stand in for."""
    held = staff.roles_held.at(at).filter(Q(role=DEPUTISED) | Q(deputy_for__isnull=False)).select_related("deputy_for")
    managers = [one.deputy_for or staff for one in held] if staff.is_active else []
    return {one.team_id for one in managers if one.team_id}
