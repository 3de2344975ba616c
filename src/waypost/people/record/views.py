"""Saying something about a person, and putting right what was said."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.drafts.forms import drafted
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import Reach, reach
from waypost.people.record import actions, panels
from waypost.people.record.forms import FIELDS, StatementForm, initial_of
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child, Statement

form_page = require_http_methods(["GET", "HEAD", "POST"])
writes = needs_children(Permission.ENTER_CHILDREN)


@form_page
@writes
def say(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    child, found = open_child(request, pk), _kind(kind)
    refuse_if(need_to_know.why_not_write(found.section, _reach(request, child).writes))
    form = StatementForm(found, request.POST or None, on=timezone.localdate(), agency=request.user.agency)

    def do() -> Statement:
        return actions.say(
            child.person,
            found,
            form.said(),
            source=form.source_said(),
            by=request.user,
            at=timezone.now(),
            once=form.cleaned_data["once"],
        )

    return _typed(request, child, found, form, do, f"{found.name}: it is in the record.")


@form_page
@writes
def correct(request: HttpRequest, pk: UUID, kind: str, statement: UUID) -> HttpResponse:
    child, found = open_child(request, pk), _kind(kind)
    refuse_if(need_to_know.why_not_write(found.section, _reach(request, child).writes))
    old = panels.statement(child, found, statement)
    initial = initial_of(found, old)
    form = StatementForm(
        found, request.POST or None, on=timezone.localdate(), agency=request.user.agency, initial=initial
    )

    def do() -> Statement:
        return actions.correct(
            old,
            form.said(),
            source=form.source_said(),
            by=request.user,
            at=timezone.now(),
            once=form.cleaned_data["once"],
        )

    return _typed(request, child, found, form, do, f"{found.name}: corrected. What it was stays behind it.", old)


def open_child(request: HttpRequest, pk: UUID) -> Child:
    visible = Child.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(visible.select_related("person"), pk=pk)


def _kind(key: str) -> Kind:
    if key not in FIELDS:
        raise Http404
    return KINDS[key]


def _reach(request: HttpRequest, child: Child) -> Reach:
    return reach(request.user, child, timezone.now())


def _typed(
    request: HttpRequest,
    child: Child,
    kind: Kind,
    form: StatementForm,
    do: Callable[[], Statement],
    said: str,
    old: Statement | None = None,
) -> HttpResponse:
    """The form shown, done, or given back with what was typed; what somebody else saved meanwhile stands beside it."""
    status, newer, draft = 422, None, drafted(request, child, form, old)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                do()
                other_words = draft.become(by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
            newer = refusal.newer if isinstance(refusal, actions.Stale) else None
        else:
            messages.success(request, said)
            if other_words:
                messages.warning(request, "Other words of yours for this form are under ‘Not part of the record yet’.")
            return redirect("child", pk=child.pk)
    log.viewed(request, "child.form", child)
    context = {"child": child, "kind": kind, "form": form, "old": old, "newer": newer and initial_of(kind, newer)}
    context["draft"] = draft
    return render(request, "record/say.html", context, status=status if form.errors else 200)
