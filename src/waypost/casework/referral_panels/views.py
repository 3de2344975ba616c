"""Panels of referral orders: what one sits on, what is to be arranged, one meeting, its papers, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.outcomes import panels as outcomes
from waypost.casework.referral_panels import actions, rules
from waypost.casework.referral_panels import panels as found
from waypost.casework.referral_panels.forms import ArrangeForm, CancelForm, ChangeForm, PapersForm, ResultForm
from waypost.casework.referral_panels.panels import Meeting
from waypost.files.views import download
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child
from waypost.ui.listing import Column

form_page = require_http_methods(["GET", "HEAD", "POST"])
sits = needs_children(Permission.SIT_ON_PANELS)
opens = needs_children(Permission.OPEN_CHILDREN)
arranges = needs_children(Permission.ARRANGE_PANELS)
INVALID = 422
TO_ARRANGE = [Column("Child"), Column("What"), Column("By"), Column("Why"), Column("Do")]
ARRANGED = [Column("When"), Column("Child"), Column("Who sits"), Column("Papers"), Column("Do")]


@require_safe
@sits
def panels(request: HttpRequest) -> HttpResponse:
    """What one sits on; for those who arrange panels, what is to be arranged as well."""
    now = timezone.now()
    mine = found.mine(request.user, now)
    desk = found.desk(request.user, now) if request.user.may(Permission.ARRANGE_PANELS) else None
    shown = [one.child.pk for one in mine] + (desk.shown if desk else [])
    log.viewed(request, "panel.list", listed=shown + [paper.of.document_id for one in mine for paper in one.given])
    context = {"mine": mine, "desk": desk, "to_arrange": TO_ARRANGE, "arranged": ARRANGED, "now": now}
    more = {"on": timezone.localdate(), "before": rules.PAPERS_BEFORE.days}
    return render(request, "referral_panels/panels.html", context | more)


@require_safe
@sits
def paper(request: HttpRequest, pk: UUID, paper: UUID) -> StreamingHttpResponse:
    """A document, to whoever sits on the panel it was chosen for, while the panel’s papers are open."""
    of = found.taken(request.user, pk, paper, timezone.now())
    log.record(request.user, log.Verb.DISCLOSED, "panel.paper_taken", of.of.person, listed=[of.file.pk])
    return download(of.file)


@require_safe
@opens
def panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One meeting as those who work with the child see it: when, who sits, its papers, what came of it."""
    meeting = found.meeting_of(request.user, pk, timezone.now())
    seen = reach(request.user, meeting.child, timezone.now())
    arranges = request.user.may(Permission.ARRANGE_PANELS)
    log.viewed(request, "panel.page", meeting.child)
    context = {
        "meeting": meeting,
        "child": meeting.child,
        "arranges": arranges,
        "writes": "orders" in seen.writes,
        "decides": "entries" in seen.writes,
        "names_papers": (names_papers := arranges or "documents" in seen.reads),
        "was": found.history(meeting.of, names_papers=names_papers),
        "contract_results": rules.results_that("contract"),
        "court_results": rules.results_that("court"),
        "now": timezone.now(),
    }
    return render(request, "referral_panels/panel.html", context)


@form_page
@arranges
def arrange(request: HttpRequest, pk: UUID, order: UUID) -> HttpResponse:
    child, now = open_child(request, pk), timezone.now()
    if "orders" not in reach(request.user, child, now).reads:
        raise NotAllowed(actions.NOT_OPEN)
    outcome = found.order_of(child, order)
    of = next(one for one in outcomes.orders(child.person_ids()) if one.of.pk == outcome.pk)
    refuse_if(None if of.type.route == rules.ROUTE else rules.NOT_A_PANEL)
    first = {"kind": "review" if of.contracts else "first"}
    form = ArrangeForm(_posted(request), on=timezone.localdate(), **_staff(child), first=first)

    def do() -> None:
        kept = {"by": request.user, "at": now, "once": form.cleaned_data["once"]}
        made = actions.arrange(child, outcome, form.cleaned_data["kind"], form.planned(), **kept)
        messages.success(request, "The panel is arranged. Choose its papers next.")
        form.made = made

    status = _done(form, do)
    if status == 302:
        return redirect("panel", pk=form.made.pk)
    log.viewed(request, "panel.form", child)
    context = {"child": child, "name": record_panels.name_of(child.person), "form": form, "order": of}
    more = {"others": found.of_order(outcome, child, now)}
    return render(request, "referral_panels/arrange.html", context | more, status=status)


@form_page
@arranges
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting, now = _meeting(request, pk), timezone.now()
    form = ChangeForm(_posted(request), meeting=meeting, **_staff(meeting.child, meeting))

    def do() -> None:
        typed = form.cleaned_data
        kept = {"by": request.user, "at": now, "once": typed["once"]}
        actions.change(meeting.of, form.planned(), why=typed["why"], revision=typed["revision"], **kept)
        messages.success(request, "The panel is changed. Tell the child, and those who sit.")

    return _answer(request, meeting, form, do, "referral_panels/change.html")


@form_page
@arranges
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting, form = _meeting(request, pk), CancelForm(_posted(request))

    def do() -> None:
        actions.cancel(meeting.of, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The panel is cancelled. Tell the child, and those who sit.")

    return _answer(request, meeting, form, do, "referral_panels/cancel.html")


@form_page
@arranges
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of the child’s documents those that may go to a panel; of the others how many, and why not."""
    meeting = _meeting(request, pk)
    offered = found.offered(meeting.child)
    form = PapersForm(_posted(request), meeting=meeting, documents=offered.documents)

    def do() -> None:
        typed = form.cleaned_data
        kept = {"revision": typed["revision"], "by": request.user, "at": timezone.now()}
        actions.choose_papers(meeting.of, list(typed["documents"]), **kept)
        messages.success(request, "These are the panel’s papers.")

    return _answer(request, meeting, form, do, "referral_panels/papers.html", offered=offered)


@form_page
@arranges
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = _meeting(request, pk)
    form = ResultForm(_posted(request), meeting=meeting, on=timezone.localdate())

    def do() -> None:
        actions.say_result(meeting.of, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "What came of the panel is in the record.")

    return _answer(request, meeting, form, do, "referral_panels/result.html")


def _meeting(request: HttpRequest, pk: UUID) -> Meeting:
    return found.meeting_of(request.user, pk, timezone.now())


def _staff(child: Child, meeting: Meeting | None = None) -> dict[str, Any]:
    """Those who can sit, and those who do."""
    now = timezone.now()
    sit = {seat: [one.of.staff for one in meeting.sitting if one.of.seat == seat] if meeting else [] for seat in SEATS}
    return {
        "advisers": [*found.advisers(child, now), *sit[rules.ADVISER]],
        "volunteers": [*found.volunteers(child, now), *sit[rules.VOLUNTEER]],
    }


SEATS = (rules.ADVISER, rules.VOLUNTEER)


def _done(form: Any, do: Callable[[], None]) -> int:
    """302 when it was done; otherwise the status with which the form goes back, as typed."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return INVALID
    try:
        do()
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        form.stale = isinstance(refusal, actions.Stale)
        return refusal.status
    return 302


def _answer(
    request: HttpRequest, meeting: Meeting, form: Any, do: Callable[[], None], template: str, **more: Any
) -> HttpResponse:
    """Back to the meeting; or the form as typed, and beside it what somebody else has saved meanwhile."""
    status = _done(form, do)
    if status == 302:
        return redirect("panel", pk=meeting.of.pk)
    log.viewed(request, "panel.form", meeting.child)
    context = {"meeting": meeting, "child": meeting.child, "form": form, "newer": None} | more
    if getattr(form, "stale", False):
        context["newer"] = newer = _meeting(request, meeting.of.pk)
        form.again(newer)
    return render(request, template, context, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
