"""What governance offers to the desk: a person and a day in, dataclasses out, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.governance.answers.lines import Answer, answer
from waypost.governance.improvement.lines import Line, lines, worst_first
from waypost.governance.improvement.models import Lead, Plan
from waypost.governance.improvement.reading_models import Reading

FEW = 10  # of others' actions a first page has room for


@dataclass(frozen=True, slots=True)
class Improvement:
    plan: Plan | None
    own: tuple[Line, ...]  # what this person leads and needs attention, worst first
    attention: tuple[Line, ...]  # the same of everyone's, for those who run the plan
    answer: Answer | None
    readings: tuple[Reading, ...]  # read by this person and waiting to be accepted

    @property
    def others(self) -> tuple[Line, ...]:
        """What needs attention and somebody else leads, worst first."""
        own = {line.action.pk for line in self.own}
        return tuple(line for line in self.attention if line.action.pk not in own)

    @property
    def first_others(self) -> tuple[Line, ...]:
        return self.others[:FEW]

    @property
    def shown(self) -> list[UUID]:
        """Every record the page names."""
        lines = [one.action.pk for one in (*self.own, *self.first_others)]
        unanswered = self.answer.unhinted if self.answer else []
        return [*lines, *(one.of.pk for one in unanswered), *(one.pk for one in self.readings)]


def improvement(staff: Staff, on: date) -> Improvement:
    plan = Plan.objects.visible_to(staff).current().select_related("inspection").first()
    runs = staff.may(Permission.WORK_ON_IMPROVEMENT)
    is_theirs = runs or plan and Lead.objects.filter(action__plan=plan, staff=staff).exists()
    found = worst_first(line for line in (lines(plan, on) if plan and is_theirs else ()) if line.status.needs_attention)
    reads = staff.may(Permission.BRING_IN_PLAN)
    return Improvement(
        plan=plan,
        own=tuple(line for line in found if any(lead.staff_id == staff.pk for lead in line.leads)),
        attention=tuple(found) if runs else (),
        answer=answer(plan.inspection, plan, on) if plan and plan.inspection and runs else None,
        readings=tuple(Reading.objects.waiting_for(staff).select_related("file")) if reads else (),
    )
