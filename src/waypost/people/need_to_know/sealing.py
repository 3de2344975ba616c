"""Sealing a record: named people open it, and to everybody else it is not there.

Each is one checked, logged, indivisible write.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from waypost.access import log, opening
from waypost.access.deputies import acting_for
from waypost.access.log import Verb
from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.actions import holder
from waypost.people.need_to_know.models import Wall, WallKey
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.models import Child

NAMED = Access.Basis.NAMED


@transaction.atomic
def seal(child: Child, *, named: Sequence[Staff], reason: str, by: Staff, at: datetime) -> Wall:
    """Whoever seals and is not named sees the record no more from this moment."""
    require(by, Permission.SEAL)
    child = in_turn(child.pk, by=by, at=at)
    there = wall_of(child) is not None
    _refuse_strangers(named, at)
    refuse_if(rules.why_not_seal(reason, sealed=there) or _why_not(child, named, at))
    wall = Wall(kind=Wall.Kind.SEALED, person_id=child.pk, reason=reason.strip(), made_by=by, made_at=at)
    wall.save(force_insert=True)
    for staff in named:
        _give_key(wall, child, staff, by, at)
    _logged(by, "child.sealed", child, at, reason=reason.strip(), detail={"named": sorted(one.pk for one in named)})
    return wall


@transaction.atomic
def name_on_seal(child: Child, *, staff: Staff, by: Staff, at: datetime) -> None:
    wall, child = _sealed(child, by, at)
    _refuse_strangers([staff], at)
    if staff in named_on(wall, at):
        raise Refused("They are named on this record already.")
    _give_key(wall, child, staff, by, at)
    _logged(by, "child.seal_named", child, at, detail={"staff": staff.pk})


@transaction.atomic
def take_off_seal(child: Child, *, staff: Staff, by: Staff, at: datetime) -> None:
    """Those left must still be enough; whoever takes themselves off sees the record no more."""
    wall, child = _sealed(child, by, at)
    named = named_on(wall, at)
    if staff not in named:
        raise Refused("They are not named on this record.")
    refuse_if(_why_not(child, [one for one in named if one != staff], at))
    _logged(by, "child.seal_unnamed", child, at, detail={"staff": staff.pk})
    opening.end(child.pk, at=at, bases=[NAMED], staff=staff)
    WallKey.objects.filter(wall=wall, staff=staff, until__isnull=True).update(until=at)


@transaction.atomic
def unseal(child: Child, *, reason: str, by: Staff, at: datetime) -> None:
    """Open again to everybody who had access before, and has it still."""
    wall, child = _sealed(child, by, at)
    refuse_if(rules.why_not_words(reason, "Say why the record may be open again."))
    opening.end(child.pk, at=at, bases=[NAMED])
    Wall.objects.filter(pk=wall.pk).update(ended_by=by, ended_at=at)  # first: without a key nobody reaches it
    WallKey.objects.filter(wall=wall, until__isnull=True).update(until=at)
    _logged(by, "child.unsealed", child, at, reason=reason.strip())


def wall_of(child: Child) -> Wall | None:
    """The seal on a record; None where there is none, or where whoever asks is not named."""
    return Wall.objects.filter(kind=Wall.Kind.SEALED, person=child.pk, ended_at__isnull=True).first()


def named_on(wall: Wall, at: datetime) -> list[Staff]:
    keys = WallKey.objects.filter(wall=wall, until__isnull=True, staff__is_active=True).select_related("staff")
    return [key.staff for key in keys.order_by("staff__name")]


def _sealed(child: Child, by: Staff, at: datetime) -> tuple[Wall, Child]:
    require(by, Permission.SEAL)
    child = in_turn(child.pk, by=by, at=at)
    wall = wall_of(child)
    if wall is None:
        raise Refused("This record is not sealed.")
    return wall, child


def _why_not(child: Child, named: Collection[Staff], at: datetime) -> str | None:
    holds = holder(child, at)
    return rules.why_not_sealed_by(
        named=len(named),
        sealers=sum(one.may(Permission.SEAL, at) for one in named),
        holder=holds is None or not holds.is_active or holds in named,
    )


def _refuse_strangers(named: Collection[Staff], at: datetime) -> None:
    for one in named:
        if not one.may(Permission.OPEN_CHILDREN, at):
            raise Refused(f"The role of {one.name} opens no child’s record, so naming them opens nothing.")


def _give_key(wall: Wall, child: Child, staff: Staff, by: Staff, at: datetime) -> None:
    WallKey(wall=wall, staff=staff, since=at, given_by=by).save(force_insert=True)
    opening.give(staff, child.pk, NAMED, at=at, by=by)


def _logged(
    by: Staff, event: str, child: Child, at: datetime, *, reason: str = "", detail: log.Detail | None = None
) -> None:
    instead_of = acting_for(by, Permission.SEAL, at=at)
    log.record(by, Verb.CHANGED, event, child, reason=reason, on_behalf_of=instead_of, detail=detail)
