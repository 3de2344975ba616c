"""Words that have changed nothing yet; what came of them; harm that was told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.voice import actions, panels
from waypost.casework.voice.forms import BecauseForm, HarmForm
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record.models import Child
from waypost.people.record.panels import name_of
from waypost.people.record.views import open_child
from waypost.ui.listing import listing

PER_PAGE = 25
form_page = require_http_methods(["GET", "HEAD", "POST"])
sees, writes = needs_children(Permission.SEE_READINESS), needs_children(Permission.ENTER_CHILDREN)


@require_safe
@sees
def voice(request: HttpRequest) -> HttpResponse:
    """The child’s own first, the oldest first."""
    asked = request.GET.dict()
    found, choice = panels.unanswered(request.user, timezone.now(), asked)  # type: ignore[arg-type]
    rows = listing(found, len(found), asked, PER_PAGE)
    log.viewed(request, "voice.list", listed=[one.child for one in rows.rows])
    return render(request, "voice/voice.html", {"rows": rows, "choice": choice})


@form_page
@writes
def because(request: HttpRequest, pk: UUID, entry: UUID) -> HttpResponse:
    child = _writes(request, pk)
    said = panels.entry_of(child, entry)
    now = panels.came_of([said.pk]).get(said.pk)
    form = BecauseForm(request.POST if request.method == "POST" else None, first=now.words if now else "")

    def do() -> str:
        actions.because(said, **form.cleaned_data, by=request.user, at=timezone.now())
        return "What changed because of it is in the record."

    return _answer(request, child, form, do, "voice/because.html", said=said, now=now)


@form_page
@writes
def harm(request: HttpRequest, pk: UUID, entry: UUID) -> HttpResponse:
    child = _writes(request, pk)
    said, at = panels.entry_of(child, entry), timezone.now()
    form = HarmForm(request.POST if request.method == "POST" else None, now=at)

    def do() -> str:
        actions.act_on_harm(said, form.act_by(), by=request.user, at=at, once=form.cleaned_data["once"])
        return "A manager is told now. If somebody is in danger, ring 999 first."

    return _answer(request, child, form, do, "voice/harm.html", said=said)


def _answer(
    request: HttpRequest, child: Child, form: Any, do: Callable[[], str], template: str, **more: Any
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                messages.success(request, do())
                return redirect("child", pk=child.pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    log.viewed(request, "voice.form", child)
    context = {"child": child, "name": name_of(child.person), "form": form}
    return render(request, template, context | more, status=status)


def _writes(request: HttpRequest, pk: UUID) -> Child:
    found = open_child(request, pk)
    refuse_if(need_to_know.why_not_write("entries", reach(request.user, found, timezone.now()).writes))  # type: ignore[arg-type]
    return found
