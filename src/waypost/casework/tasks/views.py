"""Tasks of one child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.tasks import actions, panels
from waypost.casework.tasks.forms import DoneForm, LateForm, PutForm
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

form_page = require_http_methods(["GET", "HEAD", "POST"])
writes = needs_children(Permission.ENTER_CHILDREN)


@form_page
@writes
def task(request: HttpRequest, pk: UUID, task: UUID) -> HttpResponse:
    child = _child(request, pk)
    found = panels.task_of(child, task)
    form = DoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.do(found, **form.cleaned_data, by=request.user, at=timezone.now())
                messages.success(request, f"Done: {found.title}.")
                return redirect("child", pk=pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    late = panels.why_late([found.pk]).get(found.pk)
    return _page(request, "tasks/task.html", child, form, status, task=found, late=late)


@form_page
@writes
def late(request: HttpRequest, pk: UUID, task: UUID) -> HttpResponse:
    """Why it was not done by its day. A manager comes from the list of the team and goes back to it."""
    child = _child(request, pk)
    found = panels.task_of(child, task)
    now = panels.why_late([found.pk]).get(found.pk)
    initial = {"reason": now.reason, "words": now.words} if now else {}
    form = LateForm(request.POST if request.method == "POST" else None, on=timezone.localdate(), initial=initial)
    oversees, status = request.user.may(Permission.GIVE_ACCESS), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.say_why_late(found, **form.cleaned_data, by=request.user, at=timezone.now())
                messages.success(request, f"Why it is late is in the record: {found.title}.")
                return redirect("team") if oversees else redirect("child", pk=pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    more = {"task": found, "now": now, "earlier": panels.earlier(found), "oversees": oversees}
    return _page(request, "tasks/late.html", child, form, status, **more)


@form_page
@writes
def put(request: HttpRequest, pk: UUID) -> HttpResponse:
    child = _child(request, pk)
    form, status = PutForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                now = timezone.now()
                actions.put_by_hand(
                    child.person, **form.cleaned_data, today=timezone.localdate(now), by=request.user, at=now
                )
                messages.success(request, "It is among what is due about the child.")
                return redirect("child", pk=pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    return _page(request, "tasks/put.html", child, form, status)


def _child(request: HttpRequest, pk: UUID) -> Child:
    child = open_child(request, pk)
    refuse_if(need_to_know.why_not_write("entries", reach(request.user, child, timezone.now()).writes))
    return child


def _page(request: HttpRequest, template: str, child: Child, form: Any, status: int, **more: Any) -> HttpResponse:
    log.viewed(request, "task.form", child)
    context = {"child": child, "name": record_panels.name_of(child.person), "form": form, "on": timezone.localdate()}
    return render(request, template, context | more, status=status)
