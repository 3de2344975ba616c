"""What an action was in the version before: its notes and evidence stay there, counted here and one click away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from waypost.governance.improvement.action_page import SAID
from waypost.governance.improvement.models import Action, Plan, Said
from waypost.governance.improvement.rules import same_before
from waypost.kernel.words import count, day


@dataclass(frozen=True, slots=True)
class EarlierAction:
    action: Action
    holds: list[str]  # what people added to it, counted, in words
    said: str | None  # what was last said of the whole action


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    plan: Plan
    actions: list[EarlierAction]  # most often one; none where the words were changed


def earlier_version(action: Action) -> EarlierVersion | None:
    """None for an action of a first version. At most four queries, whatever the size of the plan."""
    plan = Plan.objects.filter(version=action.plan.version - 1, replaced_at__isnull=False).first()
    if plan is None:
        return None
    before = list(plan.actions.values_list("pk", "ref", "text"))
    same = same_before(action.ref, action.text, [(ref, text) for _, ref, text in before])
    return EarlierVersion(plan, [_earlier(one) for one in _counted(plan, [before[n][0] for n in same])])


def _counted(plan: Plan, pks: list[UUID]) -> QuerySet[Action]:
    counts = {f"n_{name}": Count(name, distinct=True) for name in ("notes", "evidence", "measures")}
    found = plan.actions.filter(pk__in=pks).annotate(**counts, last_note=Max("notes__dated"))
    return found.order_by("position").prefetch_related("said")


def _earlier(action: Any) -> EarlierAction:
    """`action` with its counts."""
    holds = []
    if action.n_notes:
        holds.append(f"{count(action.n_notes, 'note')}, the last of {day(action.last_note)}")
    if action.n_evidence:
        holds.append(f"{count(action.n_evidence, 'piece')} of evidence")
    if action.n_measures:
        holds.append(count(action.n_measures, "measure"))
    said = next(iter(action.said.all()), None)
    return EarlierAction(action, holds, said and SAID[Said.What(said.what)].format(day=day(said.dated)))
