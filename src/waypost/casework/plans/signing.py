"""A plan signed, taken back, sent back, countersigned, dropped and reviewed. Each is one checked, logged, indivisible
write, and a row that stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.deputies import acting_for
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.plans import rules
from waypost.casework.plans.actions import SECTION, Stale, say_progress, state_of
from waypost.casework.plans.models import Plan, PlanStep
from waypost.casework.plans.panels import shown
from waypost.kernel.refusal import NotFound, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import child_behind, reach, require_writes
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.models import Child

Kind = PlanStep.Kind
EVENTS = {
    Kind.SIGNED: "plan.signed",
    Kind.TAKEN_BACK: "plan.taken_back",
    Kind.SENT_BACK: "plan.sent_back",
    Kind.COUNTERSIGNED: "plan.countersigned",
    Kind.DROPPED: "plan.dropped",
    Kind.REVIEWED: "plan.reviewed",
}


@transaction.atomic
def sign(plan: Plan, *, words: str, revision: int, by: Staff, at: datetime, once: UUID) -> Plan:
    """What was read is what is signed. Refused, with a list, while something that must be said is not."""
    plan, child = _writes(plan, by, at)
    if _done(once):
        return plan
    refuse_if(rules.why_not_step(state_of(plan), Kind.SIGNED, words=words))
    if plan.revision != revision:
        raise Stale
    refuse_if(rules.why_not_sign(shown(plan, child, at).gaps))
    plan.signed_by, plan.signed_at = by, at
    return _step(plan, child, Kind.SIGNED, words, by, at, once)


@transaction.atomic
def take_back(plan: Plan, *, words: str = "", by: Staff, at: datetime, once: UUID) -> Plan:
    """By whoever signed it, to go on with it."""
    plan, child = _writes(plan, by, at)
    if _done(once):
        return plan
    theirs = plan.signed_by_id == by.pk
    refuse_if(rules.why_not_step(state_of(plan), Kind.TAKEN_BACK, words=words, signed_by_them=theirs))
    plan.signed_by = plan.signed_at = None
    return _step(plan, child, Kind.TAKEN_BACK, words, by, at, once)


@transaction.atomic
def drop(plan: Plan, *, words: str, by: Staff, at: datetime, once: UUID) -> Plan:
    """Begun in error. The plan before it may be followed by another."""
    plan, child = _writes(plan, by, at)
    if _done(once):
        return plan
    refuse_if(rules.why_not_step(state_of(plan), Kind.DROPPED, words=words))
    plan.dropped_by, plan.dropped_at, plan.previous = by, at, None
    return _step(plan, child, Kind.DROPPED, words, by, at, once)


@transaction.atomic
def send_back(plan: Plan, *, words: str, revision: int, by: Staff, at: datetime, once: UUID) -> Plan:
    """To whoever signed it, with what is to be done."""
    plan, child = _countersigns(plan, by, at)
    if _done(once):
        return plan
    _refuse_countersigning(plan, Kind.SENT_BACK, words, revision, by)
    of = plan.signed_by
    plan.signed_by = plan.signed_at = None
    return _step(plan, child, Kind.SENT_BACK, words, by, at, once, instead_of=_for(by, of, at))


@transaction.atomic
def countersign(plan: Plan, *, words: str = "", revision: int, by: Staff, at: datetime, once: UUID) -> Plan:
    """From now it is the plan, and stays as it is. Never by whoever signed it."""
    plan, child = _countersigns(plan, by, at)
    if _done(once):
        return plan
    _refuse_countersigning(plan, Kind.COUNTERSIGNED, words, revision, by)
    plan.locked_by, plan.locked_at = by, at
    return _step(plan, child, Kind.COUNTERSIGNED, words, by, at, once, instead_of=_for(by, plan.signed_by, at))


@transaction.atomic
def review(
    plan: Plan, states: Mapping[UUID, tuple[str, str]], *, words: str, by: Staff, at: datetime, once: UUID
) -> Plan:
    """How far each objective came, and what the whole shows. The next plan begins from it."""
    plan, child = _writes(plan, by, at)
    if _done(once):
        return plan
    refuse_if(rules.why_not_step(state_of(plan), Kind.REVIEWED, words=words))
    refuse_if(REVIEWED if plan.steps.filter(step=Kind.REVIEWED).exists() else None)
    roots = set(plan.objectives.current().values_list("root", flat=True))
    refuse_if(None if roots <= states.keys() else "Say of each objective how far it came.")
    today = timezone.localdate(at)
    for root in sorted(roots):
        state, seen = states[root]
        say_progress(child, root, state, seen, today, by=by, at=at, once=uuid5(once, str(root)))
    return _step(plan, child, Kind.REVIEWED, words, by, at, once)


REVIEWED = "It has been reviewed. Begin the next plan from it."


def _writes(plan: Plan, by: Staff, at: datetime) -> tuple[Plan, Child]:
    require_writes(plan.person, SECTION, by=by, at=at)
    return _turn(plan, by, at)


def _countersigns(plan: Plan, by: Staff, at: datetime) -> tuple[Plan, Child]:
    require(by, Permission.COUNTERSIGN)
    plan, child = _turn(plan, by, at)
    refuse_if(need_to_know.why_not_write(SECTION, reach(by, child, at).writes))
    return plan, child


def _turn(plan: Plan, by: Staff, at: datetime) -> tuple[Plan, Child]:
    child = in_turn(child_behind(plan.person, by, at).pk, by=by, at=at)
    rows = Plan.objects.select_for_update(no_key=True, of=("self",)).of(child.person_ids())
    found = rows.select_related("person", "signed_by").filter(pk=plan.pk).first()
    if found is None:
        raise NotFound
    return found, child


def _refuse_countersigning(plan: Plan, step: str, words: str, revision: int, by: Staff) -> None:
    theirs = plan.signed_by_id == by.pk
    refuse_if(rules.why_not_step(state_of(plan), step, words=words, signed_by_them=theirs))
    if plan.revision != revision:
        raise Stale


def _for(by: Staff, signed_by: Staff | None, at: datetime) -> Staff | None:
    return acting_for(by, Permission.COUNTERSIGN, at=at, team=signed_by.team_id if signed_by else None)


def _done(once: UUID) -> bool:
    return PlanStep.objects.filter(once=once).exists()


def _step(
    plan: Plan,
    child: Child,
    step: PlanStep.Kind,
    words: str,
    by: Staff,
    at: datetime,
    once: UUID,
    instead_of: Staff | None = None,
) -> Plan:
    plan.save()
    plan.steps.create(person_id=plan.person_id, step=step, words=words.strip(), by=by, at=at, once=once)
    log.record(by, log.Verb.CHANGED, EVENTS[step], child, on_behalf_of=instead_of)
    return plan
