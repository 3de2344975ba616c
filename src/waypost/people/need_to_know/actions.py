"""Who works with a child: given, covered, listed, sampled and ended. Each is one checked, logged, indivisible write.

The table of access is written in the same transaction, by `access.opening` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from waypost.access import log, opening
from waypost.access.deputies import acting_for
from waypost.access.log import Verb
from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.days import midnight_after
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.models import Allocation, Cover
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.models import Child

Basis = Access.Basis
ENDED_BY_HAND = (
    Basis.INVOLVED,
    Basis.SAMPLED,
    Basis.REASON,
)  # the others end by themselves


@transaction.atomic
def allocate(child: Child, *, to: Staff, by: Staff, at: datetime, instead_of: str | None = None) -> Allocation:
    """One worker holds the child from now. `instead_of`: the key of whoever held it on the page that asked, or ''."""
    require(by, Permission.GIVE_ACCESS)
    child = in_turn(child.pk, by=by, at=at)
    to, before = Staff.objects.select_for_update(no_key=True).get(pk=to.pk), holder(child, at)
    refuse_if(
        rules.why_not_allocate(
            works_with_children=to.may(Permission.HOLD_CHILDREN, at),
            is_active=to.is_active,
            holds_already=before == to,
            stale=instead_of not in (None, str(before.pk) if before else ""),
        )
    )
    Allocation.objects.filter(person=child.pk, until__isnull=True).update(until=at)
    allocation = Allocation.objects.create(person=child.person, staff=to, since=at, given_by=by)
    opening.allocate(child.pk, to, at=at, by=by)
    opening.end(child.pk, at=at, bases=[Basis.COVER])
    for cover in Cover.objects.at(at).filter(staff=to, colleague__is_active=True).select_related("colleague"):
        opening.give(cover.colleague, child.pk, Basis.COVER, at=at, until=cover.until, by=by)
    _logged(by, "child.allocated", child, at, detail={"to": to.pk, "before": before and before.pk})
    return allocation


def holder(child: Child, at: datetime) -> Staff | None:
    """Who holds the child: whoever it was given to or, before that, whoever entered it."""
    rows = Access.objects.at(at).filter(child=child.pk, basis=Basis.ALLOCATED).select_related("staff")
    return next((row.staff for row in rows.order_by("-since")), None)


@transaction.atomic
def involve(child: Child, *, staff: Staff, until: date | None = None, by: Staff, at: datetime) -> None:
    """Somebody works with the child beside the worker who holds it. `until` is the last day."""
    require(by, Permission.GIVE_ACCESS)
    child = in_turn(child.pk, by=by, at=at)
    ends = midnight_after(until) if until else None
    involved = Access.objects.at(at).filter(staff=staff, child=child.pk, basis=Basis.INVOLVED)
    refuse_if(
        rules.why_not_involve(
            is_active=staff.is_active,
            opens_children=staff.may(Permission.OPEN_CHILDREN, at),
            opens_any=staff.may(Permission.OPEN_ANY_CHILD, at),
            looks=staff.may(Permission.OPEN_SAMPLED, at),
            already=involved.filter(until__isnull=True).exists(),
        )
        or (rules.why_not_until(ends, at) if ends else None)
    )
    opening.give(staff, child.pk, Basis.INVOLVED, at=at, until=ends, by=by)
    _logged(by, "child.involved", child, at, detail={"staff": staff.pk, "until": until})


@transaction.atomic
def end_access(child: Child, *, staff: Staff, by: Staff, at: datetime) -> None:
    """No longer involved, sampled or let in by a reason, from this moment."""
    require(by, Permission.GIVE_ACCESS)
    child = in_turn(child.pk, by=by, at=at)
    if not opening.end(child.pk, at=at, bases=ENDED_BY_HAND, staff=staff):
        raise Refused("They have no access to this child that can be ended here. Give the child to another worker.")
    _logged(by, "child.access_ended", child, at, detail={"staff": staff.pk})


@transaction.atomic
def cover(away: Staff, *, colleague: Staff, until: date, by: Staff, at: datetime) -> Cover:
    """Every child of somebody who is away is open to a colleague, to the end of a day; so are those given meanwhile."""
    require(by, Permission.GIVE_ACCESS)
    away = Staff.objects.select_for_update(no_key=True).get(pk=away.pk)
    children, ends = opening.allocated_to(away, at), midnight_after(until)
    refuse_if(
        rules.why_not_cover(
            is_self=away == colleague,
            is_active=colleague.is_active,
            holds_children=colleague.may(Permission.HOLD_CHILDREN, at),
            away_holds=bool(children),
        )
        or rules.why_not_until(ends, at)
    )
    given = Cover.objects.create(staff=away, colleague=colleague, since=at, until=ends, given_by=by)
    for child in children:
        opening.give(colleague, child, Basis.COVER, at=at, until=ends, by=by)
    _logged(by, "cover.given", colleague, at, detail={"away": away.pk, "until": until})
    return given


@transaction.atomic
def end_cover(given: Cover, *, by: Staff, at: datetime) -> None:
    """Back sooner than thought. What is open by another cover of the same two stays open."""
    require(by, Permission.GIVE_ACCESS)
    away = Staff.objects.select_for_update(no_key=True).get(pk=given.staff_id)
    given = Cover.objects.select_for_update(of=("self",), no_key=True).select_related("colleague").get(pk=given.pk)
    if given.until <= at:
        raise Refused("This cover has ended already.")
    given.until, given.ended_by = at, by
    given.save(update_fields=["until", "ended_by"])
    still = Cover.objects.at(at).filter(staff=away, colleague=given.colleague).order_by("-until").first()
    for child in opening.allocated_to(away, at):
        opening.end(child, at=at, bases=[Basis.COVER], staff=given.colleague)
        if still:
            opening.give(given.colleague, child, Basis.COVER, at=at, until=still.until, by=by)
    _logged(by, "cover.ended", given.colleague, at, detail={"away": away.pk})


@transaction.atomic
def put_on_todays_list(child: Child, *, by: Staff, at: datetime) -> int:
    """Open until midnight to everybody on duty or at court. How many people that is now."""
    require(by, Permission.PUT_ON_TODAYS_LIST)
    child = in_turn(child.pk, by=by, at=at)
    on_duty, midnight = opening.on_duty(at), midnight_after(timezone.localdate(at))
    listed = Access.objects.at(at).filter(child=child.pk, basis=Basis.DUTY).exists()
    refuse_if(rules.why_not_list(listed=listed, on_duty=len(on_duty)))
    for staff in on_duty:
        opening.give(staff, child.pk, Basis.DUTY, at=at, until=midnight, by=by)
    _logged(by, "child.listed_today", child, at, permission=Permission.PUT_ON_TODAYS_LIST)
    return len(on_duty)


@transaction.atomic
def take_off_todays_list(child: Child, *, by: Staff, at: datetime) -> None:
    require(by, Permission.PUT_ON_TODAYS_LIST)
    child = in_turn(child.pk, by=by, at=at)
    if not opening.end(child.pk, at=at, bases=[Basis.DUTY]):
        raise Refused("This child is not on today’s list.")
    _logged(by, "child.unlisted_today", child, at, permission=Permission.PUT_ON_TODAYS_LIST)


@transaction.atomic
def sample(
    children: Iterable[Child], *, auditor: Staff, sections: Sequence[str], until: date, by: Staff, at: datetime
) -> list[Child]:
    """Named sections of these records are open to somebody who looks at our work, to the end of a day."""
    require(by, Permission.GIVE_ACCESS)
    found = [in_turn(pk, by=by, at=at) for pk in sorted({child.pk for child in children})]
    ends, named = midnight_after(until), sorted(set(sections))
    looks = auditor.is_active and auditor.may(Permission.OPEN_SAMPLED, at)
    refuse_if(rules.why_not_sample(looks=looks, children=len(found), named=named) or rules.why_not_until(ends, at))
    for child in found:
        opening.give(auditor, child.pk, Basis.SAMPLED, at=at, until=ends, by=by, sections=named)
        _logged(by, "child.sampled", child, at, detail={"auditor": auditor.pk, "sections": named, "until": until})
    return found


def _logged(
    by: Staff,
    event: str,
    subject: Child | Staff,
    at: datetime,
    *,
    permission: Permission = Permission.GIVE_ACCESS,
    detail: log.Detail | None = None,
) -> None:
    log.record(by, Verb.CHANGED, event, subject, on_behalf_of=acting_for(by, permission, at=at), detail=detail)
