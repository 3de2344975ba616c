"""The plan, the judgements and the answer taken out as files: the page's own rows, logged as a disclosure."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.files.taken import file_of, from_whom
from waypost.governance import outputs
from waypost.governance.answers.lines import answer
from waypost.governance.improvement.models import Plan
from waypost.governance.improvement.views import plan_shown
from waypost.kernel.refusal import refuse_if
from waypost.quality.inspections.models import Inspection

takes = needs(Permission.EXPORT_IMPROVEMENT)
MOST_ACTIONS = {"pdf": 500, "word": 2000}  # seconds for so many; Excel and CSV hold any number


def why_not_take(kind: str, actions: int) -> str | None:
    """Why a document of so many actions is not made; None when it is."""
    most = MOST_ACTIONS.get(kind, actions)
    if actions <= most:
        return None
    name = {"pdf": "A PDF", "word": "A Word document"}[kind]
    return f"{name} is made of {most:,} actions at most, and these are {actions:,}. Take Excel or CSV, or filter them."


@require_safe
@takes
def plan_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """What the page shows, filters and order obeyed."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    page, on = plan_shown(request, plan, bullets=True)
    shown = page.shown
    refuse_if(why_not_take(kind, len(shown)))
    log.record(
        request.user,
        log.Verb.DISCLOSED,
        f"improvement.plan_taken_{kind}",
        plan,
        listed=[line.action.pk for line in shown],
    )
    report = outputs.plan_report(plan, page, shown, on=on, **from_whom(request))
    return file_of(report, kind, "improvement plan", on)


@require_safe
@takes
def inspection_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    found, on = get_object_or_404(Inspection.visible_to(request.user), pk=pk), timezone.localdate()
    log.record(request.user, log.Verb.DISCLOSED, f"inspection.taken_{kind}", found)
    return file_of(outputs.judgement_report(found, on=on, **from_whom(request)), kind, "inspection judgements", on)


@require_safe
@takes
def answer_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    inspection, on = get_object_or_404(Inspection.visible_to(request.user), pk=pk), timezone.localdate()
    plan = get_object_or_404(Plan.objects.visible_to(request.user).current())
    found = answer(inspection, plan, on)
    log.record(
        request.user,
        log.Verb.DISCLOSED,
        f"answer.taken_{kind}",
        inspection,
        listed=[line.of.pk for line in found.lines],
    )
    return file_of(outputs.answer_report(found, on=on, **from_whom(request)), kind, "answer to the inspection", on)
