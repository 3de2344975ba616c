"""Organisations and the people in them: added when somebody must be reached, ended when they no longer can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.kernel.refusal import Refused
from waypost.people.organisations import actions, panels
from waypost.people.organisations.forms import NewOrganisation, NewProfessional
from waypost.ui.listing import Column, listing

form_page = require_http_methods(["GET", "HEAD", "POST"])
reads, writes = needs(Permission.OPEN_CHILDREN), needs(Permission.ENTER_CHILDREN)
COLUMNS = [Column("Organisation"), Column("Agency"), Column("Telephone"), Column("People")]


@require_safe
@reads
def organisations(request: HttpRequest) -> HttpResponse:
    found = panels.organisations()
    page = listing(found, found.count(), request.GET.dict())
    return render(request, "organisations/list.html", {"page": page, "columns": COLUMNS})


@form_page
@writes
def add(request: HttpRequest) -> HttpResponse:
    form = NewOrganisation(_posted(request))
    made = _try(form, lambda: actions.add(**form.cleaned_data, by=request.user, at=timezone.now()))
    if made is None:
        return render(request, "organisations/add.html", {"form": form}, status=422 if form.is_bound else 200)
    messages.success(request, f"{made.name} is added. Add the people you ring there.")
    return redirect("organisation", pk=made.pk)


@form_page
@reads
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page, and the form by which somebody is added to it."""
    found, form = panels.organisation(pk), NewProfessional(_posted(request))
    made = _try(form, lambda: actions.add_professional(found, **form.cleaned_data, by=request.user, at=timezone.now()))
    if made is None:
        context = {"found": found, "form": form}
        return render(request, "organisations/organisation.html", context, status=422 if form.is_bound else 200)
    messages.success(request, f"{made.name} is added.")
    return redirect("organisation", pk=pk)


@require_POST
@writes
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = panels.organisation(pk)
    actions.end(found, by=request.user, at=timezone.now())
    messages.success(request, f"{found.name} has ended. What was said of it stays in the record.")
    return redirect("organisations")


@require_POST
@writes
def end_professional(request: HttpRequest, pk: UUID, professional: UUID) -> HttpResponse:
    found = panels.professional(pk, professional)
    actions.end_professional(found, by=request.user, at=timezone.now())
    messages.success(request, f"{found.name}: ended.")
    return redirect("organisation", pk=pk)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _try(form: Form, do: Callable[[], Any]) -> Any:
    """What was done, or None with the reason in the form. Whoever may not do it at all is told so."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return do()
    except Refused as refusal:
        if refusal.status == 403:
            raise
        form.add_error(None, refusal.reason)
        return None
