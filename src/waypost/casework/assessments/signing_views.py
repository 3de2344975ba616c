"""An assessment signed, taken back, dropped and countersigned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from waypost.casework.assessments import (
    forms,
    signing,
)
from waypost.casework.assessments import panels as found
from waypost.casework.assessments.pages import (
    INVALID,
    answer_form,
    back,
    countersigns,
    form_page,
    opened,
    posted,
    to_write,
    whole,
    writes,
)
from waypost.kernel.refusal import Refused


@require_POST
@writes
def sign(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """Signed, or the same page with all that is missing."""
    return _step(request, pk, assessment, signing.sign, "It is signed.")


@require_POST
@writes
def take_back(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    return _step(request, pk, assessment, signing.take_back, "Taken back: it can be gone on with.")


def _step(request: HttpRequest, pk: UUID, assessment: UUID, act: Callable[..., Any], words: str) -> HttpResponse:
    child, seen = to_write(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.StepForm(request.POST)
    if not form.is_valid():
        return whole(request, child, seen, of, wrong="Open the page again, and press once more.", status=INVALID)
    try:
        act(of, by=request.user, at=timezone.now(), once=form.cleaned_data["once"])
    except Refused as refused:
        return whole(request, child, seen, of, wrong=refused.reason, status=refused.status)
    return back(pk, of, words, request)


@form_page
@writes
def drop(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    child, _ = to_write(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.StepForm(posted(request), label="Why was it begun in error?")

    def do() -> HttpResponse:
        typed = form.cleaned_data
        signing.drop(of, typed["words"], by=request.user, at=timezone.now(), once=typed["once"])  # type: ignore[arg-type]
        messages.success(request, "It is dropped. It stays in the list, and counts for nothing.")
        return redirect("assessments", pk=pk)

    return answer_form(request, child, form, do, "assessments/drop.html", of=of)


@form_page
@countersigns
def look(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """Countersigned, or sent back with what is to be looked at again. Nothing is chosen for anybody."""
    child, _ = opened(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.LookForm(
        posted(request),
        label="Your words",
        hint="What you looked at, and what changed because of it. Needed to send it back.",
    )

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        if typed["what"] == "send_back":
            signing.send_back(of, typed["words"], once=typed["once"], **kept)
            return back(pk, of, "Sent back, with your words.", request)
        signing.countersign(of, words=typed["words"], once=typed["once"], **kept)
        return back(pk, of, "Countersigned. It is locked, and the next look at it is among what is due.", request)

    paper = found.paper(of, child, timezone.localdate())
    return answer_form(request, child, form, do, "assessments/look.html", of=of, paper=paper)
