"""Give a line of the inspection an action of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.governance.answers import actions
from waypost.governance.answers.lines import Answer, AnswerLine
from waypost.governance.answers.models import Match
from waypost.governance.answers.views import answer_of, judges, line_of
from waypost.governance.improvement import adding
from waypost.governance.improvement.add_forms import AddForm
from waypost.governance.improvement.models import Action
from waypost.governance.improvement.views import form_page
from waypost.kernel.refusal import Refused


@form_page
@judges
def add(request: HttpRequest, pk: UUID, line: UUID) -> HttpResponse:
    """It opens with the line's words, the addressee as lead and the end of the twelve months as the finish."""
    found = answer_of(request, pk)
    shown = line_of(found, line)
    if shown is None:
        raise Http404
    form = AddForm(found.plan, request.POST or None, initial=_opening(found, shown))
    if request.method == "POST" and form.is_valid():
        try:
            action = _added(form, shown, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"{action.ref} is in the plan and answers {shown.name.lower()}, in your name.")
            return redirect("answer_line", pk=pk, line=line)
    log.viewed(request, "answer.line", shown.of)
    context = {"form": form, "plan": found.plan, "line": shown, "inspection": found.inspection}
    return render(request, "answers/add.html", context, status=422 if form.errors else 200)


def _opening(found: Answer, shown: AnswerLine) -> dict[str, object]:
    ends = found.inspection.answer_by
    return {
        "text": shown.of.text,
        "leads": getattr(shown.of, "addressee", ""),
        "finish": ends.replace(day=1) if ends and ends >= timezone.localdate() else None,
    }


@transaction.atomic
def _added(form: AddForm, shown: AnswerLine, *, by: Staff) -> Action:
    now = timezone.now()
    action = adding.add_action(**form.typed(), by=by, at=now)
    actions.match(shown.of, action, Match.Verdict.ANSWERS, by=by, words="", at=now)
    return action
