"""What the child’s page says of the plan: how it stands, what it is for, and what was done with it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from waypost.casework.plans.models import Agreed, Plan, PlanStep, Progress
from waypost.kernel.words import count, day
from waypost.people.need_to_know.rules import OURS
from waypost.people.record.facts import Fact
from waypost.people.record.models import Child
from waypost.people.record.timeline import Event

TOLD = {
    PlanStep.Kind.SIGNED: "Plan {number} signed",
    PlanStep.Kind.COUNTERSIGNED: "Plan {number} countersigned",
    PlanStep.Kind.REVIEWED: "Plan {number} reviewed",
}
AGREED = {Agreed.Who.CHILD: "the child", Agreed.Who.CARER: "a carer"}


def facts(child: Child, people: Collection[UUID]) -> list[Fact]:
    """The plan that holds, else the one being written, and what it is for. Three queries; one where there is none."""
    href = reverse("child_plan", kwargs={"pk": child.pk})
    plans = list(Plan.objects.of([*people]).standing().order_by("-number"))
    if not plans:
        return [Fact("Plan", "None is written", href=href)]
    plan = next((one for one in plans if one.locked_at), plans[0])
    rows = list(plan.objectives.current().order_by("place"))
    now = Progress.objects.current().filter(objective__in=[one.root for one in rows])
    states = {one.objective: one for one in now}
    found = [Fact("Plan", _stands(plan), href=href, quiet=count(len(rows), "objective"))]
    if plan is not plans[0]:
        found.append(Fact("Next plan", _stands(plans[0]), href=href))
    for one in rows:
        far = states[one.root].get_state_display() if one.root in states else "Not begun"
        found.append(Fact("Objective", one.words, quiet=f"by {day(one.by_day)}; {far.lower()}"))
    return found


def _stands(plan: Plan) -> str:
    if plan.locked_at:
        return f"Plan {plan.number}, countersigned {day(timezone.localdate(plan.locked_at))}"
    if plan.signed_at:
        return f"Plan {plan.number}, signed and not yet countersigned"
    return f"Plan {plan.number}, being written"


def events(people: Collection[UUID]) -> list[Event]:
    """That it was signed, countersigned and reviewed, and with whom it was agreed. Two queries."""
    steps = PlanStep.objects.filter(person__in=people, step__in=TOLD).select_related("by", "plan")
    agreed = Agreed.objects.current().filter(person__in=people, day__isnull=False, plan__dropped_at=None)
    found = [
        Event("plan", timezone.localdate(one.at), one.at, OURS, one.pk, one, title=_title(one))
        for one in steps
        if one.plan.dropped_at is None
    ]
    return found + [
        Event("plan", one.day, one.at, OURS, one.pk, one, title=f"Plan {one.plan.number} agreed with {AGREED[one.who]}")
        for one in agreed.select_related("by", "plan")
    ]


def _title(step: PlanStep) -> str:
    return TOLD[PlanStep.Kind(step.step)].format(number=step.plan.number)
