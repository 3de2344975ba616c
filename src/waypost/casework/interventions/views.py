"""What is done with one child towards which objective; and the pages that plan it, move it and end it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.interventions import actions, hard, panels
from waypost.casework.interventions.forms import EndForm, MoveForm, PlanForm, SessionsForm, TieForm
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child
from waypost.ui.listing import Column

form_page = require_http_methods(["GET", "HEAD", "POST"])
writes = needs_children(Permission.ENTER_CHILDREN)
opens = needs_children(Permission.OPEN_CHILDREN)
INVALID = 422
SESSIONS = [Column("Session"), Column("When"), Column("What came of it"), Column("Do")]


@require_safe
@opens
def interventions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Planned against delivered, by objective; what overlaps, and what is missing."""
    child, now = open_child(request, pk), timezone.now()
    seen = reach(request.user, child, now)
    if "plan" not in seen.reads:
        raise NotFound
    log.viewed(request, "intervention.list", child)
    context = {
        "child": child,
        "name": record_panels.name_of(child.person),
        "delivery": panels.delivery(child, now),
        "writes": "plan" in seen.writes,
        "reads_entries": "entries" in seen.reads,
        "now": now,
        "columns": SESSIONS,
    }
    return render(request, "interventions/interventions.html", context)


@form_page
@writes
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, now, on = _child(request, pk), timezone.now(), timezone.localdate()
    people, objective = child.person_ids(), request.GET.get("objective", "")
    staff = [request.user, *(one.staff for one in record_panels.working(child, now))]
    behind = panels.factors_behind(people)
    factors = frozenset().union(*(found for root, found in behind.items() if objective in ("", str(root))))
    given = {"objectives": panels.objectives(people), "factors": factors, "on": on}
    form = PlanForm(_posted(request), staff=list(dict.fromkeys(staff)), asked=request.GET, **given)

    def do() -> None:
        kept = {"by": request.user, "at": now, "once": form.cleaned_data["once"]}
        made = actions.plan(child, form.planned(), **kept)
        messages.success(request, "The work is planned. Put its sessions into the diary next.")
        form.goes_to = redirect("intervention_sessions", pk=pk, intervention=made.pk)

    helps = hard.hard_for(people, on) if "needs" in reach(request.user, child, now).reads else []
    more = {"hard": helps, "offered": panels.offered(factors, helps), "objective": objective}
    return _answer(request, child, form, do, "interventions/plan.html", **more)


@form_page
@writes
def sessions(request: HttpRequest, pk: UUID, intervention: UUID) -> HttpResponse:
    """A weekly series into the diary of whoever runs it."""
    child, now = _child(request, pk), timezone.now()
    of = panels.intervention_of(child, intervention)
    (work,) = panels.works_of([of], child.person_ids(), now)
    form = SessionsForm(_posted(request), of=of, left=work.left, on=timezone.localdate())

    def do() -> None:
        kept = {"by": request.user, "at": now, "once": form.cleaned_data["once"]}
        made = actions.plan_sessions(of, form.series(), **kept)
        messages.success(request, f"{len(made)} in the diary. Each is recorded as a contact when it has taken place.")

    return _answer(request, child, form, do, "interventions/sessions.html", work=work)


@form_page
@writes
def tie(request: HttpRequest, pk: UUID, intervention: UUID) -> HttpResponse:
    """A contact that is there already becomes a session: after a group, or where nobody said so at the time."""
    child = _child(request, pk)
    of = panels.intervention_of(child, intervention)
    form = TieForm(_posted(request), contacts=panels.not_tied(of, child.person_ids()))

    def do() -> None:
        actions.tie_contact(of, form.cleaned_data["contact"], by=request.user, at=timezone.now())
        messages.success(request, "The contact counts as a session.")

    return _answer(request, child, form, do, "interventions/tie.html", called=actions.name_of(of))


@form_page
@writes
def move(request: HttpRequest, pk: UUID, session: UUID) -> HttpResponse:
    child = _child(request, pk)
    of = panels.session_of(child, session)
    form = MoveForm(_posted(request), of=of, on=timezone.localdate())

    def do() -> None:
        kept = {"by": request.user, "at": timezone.now(), "once": form.cleaned_data["once"]}
        actions.move(of, form.starts(), because=form.cleaned_data["because"], **kept)
        messages.success(request, "The session is moved. Tell the child.")

    return _answer(
        request, child, form, do, "interventions/move.html", session=of, called=actions.name_of(of.intervention)
    )


@require_POST
@writes
def untie(request: HttpRequest, pk: UUID, session: UUID) -> HttpResponse:
    child = _child(request, pk)
    actions.not_a_session(panels.session_of(child, session), by=request.user, at=timezone.now())
    messages.success(request, "It counts as a session no more. The contact stays as it is.")
    return redirect("interventions", pk=pk)


@form_page
@writes
def end(request: HttpRequest, pk: UUID, intervention: UUID) -> HttpResponse:
    child = _child(request, pk)
    of = panels.intervention_of(child, intervention)
    (work,) = panels.works_of([of], child.person_ids(), timezone.now())
    form = EndForm(_posted(request), on=timezone.localdate())

    def do() -> None:
        actions.end(of, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The work has ended. Its sessions to come are out of the diary.")

    return _answer(request, child, form, do, "interventions/end.html", work=work)


def _child(request: HttpRequest, pk: UUID) -> Child:
    """Whoever may not write the plan is told so before anything is typed."""
    child = open_child(request, pk)
    refuse_if(need_to_know.why_not_write(actions.SECTION, reach(request.user, child, timezone.now()).writes))
    return child


def _answer(
    request: HttpRequest, child: Child, form: Any, do: Callable[[], None], template: str, **more: Any
) -> HttpResponse:
    """On to the next page when it is done; otherwise the form goes back as typed."""
    status = _done(form, do)
    if status == 302:
        return getattr(form, "goes_to", None) or redirect("interventions", pk=child.pk)
    log.viewed(request, "intervention.form", child)
    context = {"child": child, "name": record_panels.name_of(child.person), "form": form} | more
    return render(request, template, context, status=status)


def _done(form: Any, do: Callable[[], None]) -> int:
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return INVALID
    try:
        do()
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return refusal.status
    return 302


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
