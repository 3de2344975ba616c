"""One click makes front sheet, judgements, answer and plan as one accessible document (A9, first form)."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.files.reports.front_sheet import FrontSheet
from waypost.files.reports.model import Heading, PageBreak, Report
from waypost.files.taken import file_of, from_whom
from waypost.governance import outputs
from waypost.governance.answers.lines import answer
from waypost.governance.committee.forms import PackForm
from waypost.governance.improvement.lines import lines
from waypost.governance.improvement.models import Plan
from waypost.governance.taken import why_not_take
from waypost.kernel.refusal import Refused, refuse_if


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EXPORT_IMPROVEMENT)
def pack(request: HttpRequest) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).current().select_related("inspection"))
    form = PackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = "word" if request.POST.get("kind") == "word" else "pdf"
        try:
            refuse_if(why_not_take(kind, plan.actions.count()))
            report = made(
                plan, form.front_sheet(), names=form.names_leads, on=timezone.localdate(), **from_whom(request)
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            held = plan.actions.values_list("pk", flat=True)
            log.record(request.user, log.Verb.DISCLOSED, f"committee.pack_taken_{kind}", plan, listed=held)
            return file_of(report, kind, "committee pack", timezone.localdate())
    return render(request, "committee/pack.html", {"form": form, "plan": plan}, status=422 if form.errors else 200)


def made(plan: Plan, sheet: FrontSheet, *, names: bool, on: date, author: str, marking: str) -> Report:
    """Front sheet, judgement summary and answer where there is an inspection, and the whole plan in its own order."""
    found = lines(plan, on, bullets=True)
    parts = list(sheet.blocks())
    if plan.inspection:
        parts += [PageBreak(), *outputs.judgement_blocks(plan.inspection)]
        parts += [
            PageBreak(),
            Heading(1, "The answer to the inspection"),
            *outputs.answer_blocks(answer(plan.inspection, plan, on), names=names),
        ]
    parts += [PageBreak(), Heading(1, plan.title), outputs.plan_table(found, out_of=len(found), names=names)]
    return Report(title=sheet.title, author=author, made_on=on, marking=marking, blocks=tuple(parts))
