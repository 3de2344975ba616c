"""What the checks say of the children one answers for, and of one child; a check quietened for a while."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import answered_for, reach
from waypost.people.record.models import Child
from waypost.people.record.panels import name_of
from waypost.people.record.views import open_child
from waypost.quality.readiness import actions, definitions, panels
from waypost.quality.readiness.forms import SnoozeForm
from waypost.ui.listing import Column, listing

PER_PAGE = 25
CHILDREN = [Column("Child"), Column("Worker"), Column("The worst three", width="w50")]
THEMES = [Column("Theme"), Column("Children with something"), Column("Cannot wait"), Column("Four weeks ago")]
CHECKS = [Column("What"), Column("Children"), Column("Theme")]
TEAMS = [Column("Team"), Column("Children with something"), Column("Cannot wait"), Column("Four weeks ago")]
WORKERS = [Column("Worker"), Column("Children with something"), Column("Cannot wait")]
sees = needs_children(Permission.SEE_READINESS)
opens, writes = needs_children(Permission.OPEN_CHILDREN), needs_children(Permission.ENTER_CHILDREN)


@require_safe
@sees
def readiness(request: HttpRequest) -> HttpResponse:
    """Worst first: whom something cannot wait for, then the others."""
    asked = request.GET.dict()
    found = panels.overview(request.user, timezone.now(), asked)  # type: ignore[arg-type]
    rows = listing(found.children, len(found.children), asked, PER_PAGE)
    log.viewed(request, "readiness.list", listed=[one.child for one in rows.rows])
    columns = {"children": CHILDREN, "themes": THEMES, "checks": CHECKS, "workers": WORKERS, "teams": TEAMS}
    return render(request, "readiness/readiness.html", {"found": found, "rows": rows, "columns": columns})


@require_POST
@sees
def go_through(request: HttpRequest) -> HttpResponse:
    """Now, and not at night: the cases one answers for."""
    now = timezone.now()
    run = actions.go_through(answered_for(request.user, now), at=now, by=request.user, whole=False)  # type: ignore[arg-type]
    messages.success(request, f"Gone through: {run.cases} open cases.")
    return redirect("readiness")


@require_safe
@opens
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = open_child(request, pk)
    seen = reach(request.user, found, timezone.now())  # type: ignore[arg-type]
    if not seen.reads >= panels.NEEDED:
        raise NotAllowed(NOT_READ)
    log.viewed(request, "readiness.child", found)
    context = {"child": found, "name": name_of(found.person), "ready": panels.of_child(found, timezone.now())}
    return render(request, "readiness/child.html", context | {"writes": "entries" in seen.writes})


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def snooze(request: HttpRequest, pk: UUID, check: str) -> HttpResponse:
    found, of = _writes(request, pk), _check(check)
    form, status = SnoozeForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.snooze(found, check, **form.cleaned_data, by=request.user, at=timezone.now())
                messages.success(request, f"Quiet for a while: {of.title}.")
                return redirect("child_readiness", pk=pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    log.viewed(request, "readiness.form", found)
    context = {"child": found, "name": name_of(found.person), "form": form, "check": of}
    return render(request, "readiness/snooze.html", context, status=status)


@require_POST
@writes
def wake(request: HttpRequest, pk: UUID, check: str) -> HttpResponse:
    found, of = _writes(request, pk), _check(check)
    actions.wake(found, check, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, f"Shown again: {of.title}.")
    return redirect("child_readiness", pk=pk)


NOT_READ = "What the checks say is made of the assessment, the plan and what happened. They are not open to your role."


def _writes(request: HttpRequest, pk: UUID) -> Child:
    found = open_child(request, pk)
    refuse_if(need_to_know.why_not_write("entries", reach(request.user, found, timezone.now()).writes))  # type: ignore[arg-type]
    return found


def _check(key: str) -> definitions.Check:
    if key not in definitions.load():
        raise Http404
    return definitions.load()[key]
