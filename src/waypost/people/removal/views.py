"""What was removed and moved, and the ways to remove, hold and move."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child
from waypost.people.record.panels import statement as statement_on
from waypost.people.removal import actions, panels
from waypost.people.removal.forms import EraseForm, HoldForm, MoveForm, RemoveForm

form_page = require_http_methods(["GET", "HEAD", "POST"])
opens = needs_children(Permission.OPEN_CHILDREN)
moves = needs_children(Permission.ENTER_CHILDREN)
removes = needs_children(Permission.REMOVE_WORDS)


@require_safe
@opens
def removed(request: HttpRequest, pk: UUID) -> HttpResponse:
    child = _open(request, pk)
    log.viewed(request, "child.removed_page", child)
    context = {
        "child": child,
        "traces": panels.traces(child),
        "removals": panels.removals(child),
        "holds": (holds := panels.holds(child)),
        "is_held": any(one.ended_at is None for one in holds),
        "erased": child.person.removed_on,
    }
    return render(request, "removal/removed.html", context)


@form_page
@removes
def remove(request: HttpRequest, pk: UUID, kind: str, statement: UUID) -> HttpResponse:
    child, found = _open(request, pk), _kind(kind)
    old = panels.statement_near(child, found, statement)
    form = RemoveForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("rule", "reason")}
        try:
            actions.remove(old, **typed, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "Removed. That it was there, and the rule, stay.")
            return redirect("child_removed", pk=child.pk)
    log.viewed(request, "child.remove_form", child)
    context = {"child": child, "old": old, "takes": panels.to_empty(found, old), "form": form}
    return render(request, "removal/remove.html", context, status=422 if form.errors else 200)


@form_page
@removes
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    child = _open(request, pk)
    form = EraseForm(request.POST or None, on=timezone.localdate(), child=child)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("rule", "reason")}
        also = form.cleaned_data["also"]
        try:
            actions.erase(child.person, **typed, with_those_known_only_here=also, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "Everything about this child was removed.")
            return redirect("child_removed", pk=child.pk)
    named = panels.elsewhere(child, request.user, timezone.now())
    log.viewed(request, "child.erase_form", child, listed=[one.child.pk for one in named])
    context = {
        "child": child,
        "form": form,
        "elsewhere": named,
        "not_open": max(panels.named_elsewhere(child) - len(named), 0),
        "only_here": panels.known_only_here(child),
    }
    return render(request, "removal/erase.html", context, status=422 if form.errors else 200)


@form_page
@removes
def hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, form = _open(request, pk), HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold(child.person, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "Held. Nothing about this child is removed until the hold is ended.")
            return redirect("child_removed", pk=child.pk)
    log.viewed(request, "child.hold_form", child)
    context = {"child": child, "form": form, "holds": panels.holds(child)}
    return render(request, "removal/hold.html", context, status=422 if form.errors else 200)


@require_POST
@removes
def end_hold(request: HttpRequest, pk: UUID, held: UUID) -> HttpResponse:
    child = _open(request, pk)
    running = next((one for one in panels.holds(child) if one.pk == held), None)
    if running is None:
        raise Http404
    actions.end_hold(running, by=request.user, at=timezone.now())
    messages.success(request, "The hold has ended.")
    return redirect("child_removed", pk=child.pk)


@form_page
@moves
def move(request: HttpRequest, pk: UUID, kind: str, statement: UUID) -> HttpResponse:
    """Asked twice: first which child, then, with that child's name, whether it is the right one."""
    child, found, now = _open(request, pk), _kind(kind), timezone.now()
    refuse_if(need_to_know.why_not_write(found.section, reach(request.user, child, now).writes))
    old = statement_on(child, found, statement)
    visible, own = Child.objects.visible_to(request.user, now), panels.own_children(request.user, now)
    form = MoveForm(request.POST or None, visible=visible, own=[one for one in own if one[0] != str(pk)])
    to = form.cleaned_data["child"] if request.method == "POST" and form.is_valid() else None
    if to and form.is_confirmed:
        try:
            actions.move(old, to.person, reason=form.cleaned_data["reason"], by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "Moved. Here only the trace is left.")
            return redirect("child_removed", pk=child.pk)
    log.viewed(request, "child.move_form", child, listed=[to.pk] if to else [])
    to_words = panels.called(to) if to and not form.errors else ""
    context = {
        "child": child,
        "old": old,
        "takes": panels.to_empty(found, old),
        "form": form,
        "to": to,
        "to_words": to_words,
    }
    return render(request, "removal/move.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, pk: UUID) -> Child:
    visible = Child.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(visible.select_related("person"), pk=pk)


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]
