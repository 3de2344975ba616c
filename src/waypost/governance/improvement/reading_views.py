"""Read a document, check what was read, accept it or throw it away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.governance.improvement import reading_actions
from waypost.governance.improvement.forms import ReadForm
from waypost.governance.improvement.models import Plan
from waypost.governance.improvement.preview import NotTaken, following, marked, preview, when
from waypost.governance.improvement.reading_file import Nothing, read_file
from waypost.governance.improvement.reading_models import Reading
from waypost.kernel.refusal import Refused

brings_in = needs(Permission.BRING_IN_PLAN)


@require_http_methods(["GET", "HEAD", "POST"])
@brings_in
def read(request: HttpRequest) -> HttpResponse:
    """Choose a document; what is in it is read at once and shown, with nothing stored of it as a plan."""
    form = ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = _read(request, form.cleaned_data["file"])
        except (Nothing, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("reading", pk=found.pk)
    waiting = list(Reading.objects.waiting_for(request.user).select_related("file"))
    log.viewed(request, "improvement.readings", listed=[one.pk for one in waiting])
    return render(
        request, "improvement/read.html", {"form": form, "waiting": waiting}, status=422 if form.errors else 200
    )


def _read(request: HttpRequest, upload) -> Reading:  # type: ignore[no-untyped-def]
    data = upload.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        path.write_bytes(data)
        found = read_file(path, upload.name)
    return reading_actions.keep_reading(
        upload.name,
        data,
        content_type=found.content_type,
        plan=found.plan,
        inspection=found.inspection,
        by=request.user,
        at=timezone.now(),
    )


def _waiting(request: HttpRequest, pk: UUID) -> Reading:
    return get_object_or_404(Reading.objects.waiting_for(request.user).select_related("file"), pk=pk)


@require_safe
@brings_in
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _waiting(request, pk)
    return _preview(request, found)


def _preview(request: HttpRequest, found: Reading, not_taken: NotTaken | None = None) -> HttpResponse:
    log.viewed(request, "improvement.reading", found)
    context = {
        "reading": found,
        "shown": preview(found, _number(request.GET.get("doubt")), not_taken),
        "when": when,
        "marked": marked,
        "before": reading_actions.accepted_before(found.file.sha256),
        "present": Plan.objects.visible_to(request.user).current().first(),
        "everything": request.GET.get("rows") == "all",
    }
    return render(request, "improvement/preview.html", context, status=422 if not_taken else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0


@require_POST
@brings_in
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle one doubt and go to the next, or all of a kind at once."""
    found, now = _waiting(request, pk), timezone.now()
    here, key = reverse("reading", kwargs={"pk": pk}), request.POST.get("choice", "")
    if kind := request.POST.get("kind"):
        reading_actions.settle_all(found, kind, key=key, by=request.user, at=now)
        return redirect(f"{here}#doubts")
    number, typed = _number(request.POST.get("number")), request.POST.get("value", "")
    key = key or ("correct" if typed.strip() else "")  # a month was typed and its button not pressed
    try:
        reading_actions.settle(found, number, key=key, value=typed, by=request.user, at=now)
    except Refused as refusal:
        return _preview(request, found, NotTaken(number, refusal.reason, key, typed))
    found.refresh_from_db(fields=["settled"])
    then = following(found, number)
    return redirect(f"{here}?doubt={then}#d{then}" if then else f"{here}#doubts")


@require_POST
@brings_in
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Reading.objects.visible_to(request.user), pk=pk)
    if found.accepted_at:  # pressed twice: go where the first press went
        plan = Plan.objects.visible_to(request.user).filter(key=found.pk).first()
    else:
        plan = reading_actions.accept(found, by=request.user, at=timezone.now())
    if plan is None:
        messages.success(request, "The inspection is in the record.")
        return redirect("inspections")
    if plan.inspection_id:
        messages.success(request, f"{plan.actions.count()} actions are in the record. See what they do not answer.")
        return redirect("answer", pk=plan.inspection_id)
    messages.success(request, f"{plan.actions.count()} actions are in the record.")
    return redirect("plan")


@require_POST
@brings_in
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    reading_actions.throw_away(_waiting(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "The reading is thrown away. Nothing of it was stored in a plan.")
    return redirect("read")
