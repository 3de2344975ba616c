"""Actions a plan did not have, and leads an action did not have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from string import ascii_lowercase

from django.db import transaction
from django.db.models import F, Max

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.governance.improvement import rules
from waypost.governance.improvement.actions import require_work_on, settle_doubts
from waypost.governance.improvement.models import Action, ActionChange, Lead, Plan, Recommendation
from waypost.governance.improvement.reading.leads import read_leads
from waypost.kernel.refusal import Refused, refuse_if


@transaction.atomic
def add_action(
    recommendation: Recommendation,
    *,
    by: Staff,
    text: str,
    outcome: str,
    leads: str,
    start: date | None,
    finish: date | None,
    ongoing: bool,
    cadence: str,
    at: datetime,
) -> Action:
    """Put an action after the last of its recommendation, under the next free letter. `leads`: one on each line."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    plan = Plan.objects.in_turn().get(pk=recommendation.area.plan_id)
    same = plan.actions.filter(text__iexact=text.strip()).first()
    refuse_if(rules.why_not_add(text, same.ref if same else None, plan_replaced=plan.replaced_at is not None))
    refuse_if(rules.why_not_dates(start, finish, ongoing=ongoing))
    action = Action.objects.create(
        plan=plan,
        recommendation=recommendation,
        position=_make_room(plan, recommendation),
        ref=_next_ref(plan, recommendation),
        text=text.strip(),
        outcome=outcome.strip(),
        start_month=start,
        finish_month=finish,
        ongoing=ongoing,
        cadence=cadence,
    )
    Lead.objects.bulk_create(_leads(action, leads))
    log.record(by, log.Verb.CHANGED, "improvement.action_added", action)
    return action


def _make_room(plan: Plan, recommendation: Recommendation) -> int:
    """The place after the recommendation's last action; those after it move down by one."""
    last = recommendation.actions.aggregate(last=Max("position"))["last"]
    if last is None:
        last = plan.actions.filter(recommendation__position__lt=recommendation.position).aggregate(
            last=Max("position")
        )["last"]
    last = last or 0
    plan.actions.filter(position__gt=last).update(position=F("position") + 1)
    return last + 1


def _next_ref(plan: Plan, recommendation: Recommendation) -> str:
    taken = set(plan.actions.values_list("ref", flat=True))
    number = recommendation.number or str(recommendation.position)
    letters = (f"{number}{letter}" for letter in ascii_lowercase)
    numbers = (f"{number}.{n}" for n in range(1, len(taken) + 2))
    return next(ref for ref in (*letters, *numbers) if ref not in taken)


@transaction.atomic
def change_leads(action: Action, leads: str, *, by: Staff, why: str, at: datetime) -> None:
    """Say anew who leads; what stood before is in the history, and a doubt about no lead is settled by it."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    require_work_on(action, by)
    if not leads.strip():
        raise Refused("Write at least one lead. An action with none tells nobody when it is late.")
    was, after = leads_of(action), _leads(action, leads)
    if _in_lines(after) == was:
        return
    action.leads.all().delete()
    Lead.objects.bulk_create(after)
    ActionChange.objects.create(
        action=action, field="leads", was=was, became=leads_of(action), why=why.strip(), by=by, at=at
    )
    settle_doubts(action, {"leads"}, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "improvement.leads_changed", action, reason=why)


def leads_of(action: Action) -> str:
    """One lead on each line, as the form shows and takes them."""
    return _in_lines(action.leads.all())


def _in_lines(leads: Iterable[Lead]) -> str:
    return "\n".join(f"{lead.name}, {lead.role}" if lead.role else lead.name for lead in leads)


def _leads(action: Action, typed: str) -> list[Lead]:
    staff = {person.name.casefold(): person for person in Staff.objects.working()}
    return [
        Lead(
            action=action,
            position=place,
            name=lead.name[:200],
            role=(lead.role or "")[:200],
            kind=str(lead.kind),
            staff=staff.get(lead.name.casefold()),
        )
        for place, lead in enumerate(read_leads(typed.splitlines()), 1)
    ]
