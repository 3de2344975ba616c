"""The plan, its actions, and what people add to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.governance.answers.thread import thread_of
from waypost.governance.improvement import actions, plan_page
from waypost.governance.improvement.action_page import history, measures_of
from waypost.governance.improvement.earlier import earlier_version
from waypost.governance.improvement.forms import (
    ByHandForm,
    DatesForm,
    EvidenceForm,
    MeasureForm,
    MeasureReadingForm,
    NoteForm,
    SaidForm,
)
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.lines import line, lines
from waypost.governance.improvement.models import Action, BulletClassed, Doubt, Plan, Said
from waypost.governance.improvement.preview import place
from waypost.governance.improvement.status import MEANS, Status
from waypost.kernel.refusal import Refused

sees = needs(Permission.SEE_IMPROVEMENT)
SHOWN = (
    "leads",
    "doubts",
    "notes__by",
    "evidence__by",
    "evidence__file",
    "bullets__classed__by",
    "measures__readings",
)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@sees
def plan(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """The present plan, or an earlier version of it; `?on=` shows it as of a past day."""
    found = _plan(request, pk)
    if found is None:
        return render(request, "improvement/no_plan.html", {"may_read": request.user.may(Permission.BRING_IN_PLAN)})
    page, on = plan_shown(request, found)
    log.viewed(request, "improvement.plan", found, [one.action.pk for one in page.listing.rows])
    versions = Plan.objects.visible_to(request.user).exclude(pk=found.pk).filter(replaced_at__isnull=False)
    context = {"plan": found, "page": page, "on": on, "tab": _tab(request), "versions": versions}
    return render(request, "improvement/plan.html", context)


def _day_asked(text: str) -> date:
    """A day that has been, else today: what is to come is not known."""
    today = timezone.localdate()
    try:
        return min(parse_date(text) or today, today)
    except ValueError:  # written as a day, and there is none such
        return today


def _plan(request: HttpRequest, pk: UUID | None) -> Plan | None:
    visible = Plan.objects.visible_to(request.user).select_related("inspection", "source")
    return get_object_or_404(visible, pk=pk) if pk else visible.current().first()


def _tab(request: HttpRequest) -> str:
    return "whole" if request.GET.get("status") == "all" else "attention"


def plan_shown(request: HttpRequest, found: Plan, *, bullets: bool = False) -> tuple[plan_page.PlanPage, date]:
    """The page that an address asks for, and the day it speaks of: one reading of it for the page and for the files."""
    on = _day_asked(request.GET.get("on", ""))
    asked = plan_page.wanted(request.GET, request.user, on)
    return plan_page.page(lines(found, on, bullets=bullets), asked, request.GET.items()), on


@require_safe
@sees
def mine(request: HttpRequest) -> HttpResponse:
    """What this person leads, worst first."""
    found, on = _plan(request, None), timezone.localdate()
    asked = plan_page.wanted({"status": "all", "lead": "me"}, request.user, on)
    everything = lines(found, on) if found else []
    shown = plan_page.worst_first(asked.of(everything))
    log.viewed(request, "improvement.my_actions", found, [one.action.pk for one in shown])
    attention = sum(one.status.needs_attention for one in everything)
    context = {"plan": found, "lines": shown, "on": on, "attention": attention, "total": len(everything)}
    return render(request, "improvement/mine.html", context)


@require_safe
@sees
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _action_page(request, _action(request, pk), NoteForm(initial={"dated": timezone.localdate()}))


def _action(request: HttpRequest, pk: UUID) -> Action:
    visible = Action.objects.visible_to(request.user).select_related("plan__source", "recommendation__area")
    return get_object_or_404(visible.prefetch_related(*SHOWN), pk=pk)


def _action_page(request: HttpRequest, found: Action, form: NoteForm, status: int = 200) -> HttpResponse:
    on, earlier = timezone.localdate(), earlier_version(found)
    log.viewed(request, "improvement.action", found, [one.action.pk for one in earlier.actions] if earlier else [])
    why_not = actions.why_not_work_on(found, request.user)
    context = {
        "action": found,
        "plan": found.plan,
        "earlier": earlier,
        "line": line(found, on),
        "on": on,
        "form": form,
        "why_not": why_not,
        "history": history(found),
        "place": place(found.where),
        "measures": measures_of(found),
        "thread": thread_of(found, mends=why_not is None and request.user.may(Permission.WORK_ON_IMPROVEMENT)),
        "kinds": list(ActionKind),
        "bullet_kinds": BulletClassed.Kind.choices,
    }
    return render(request, "improvement/action.html", context, status=status)


@require_POST
@sees
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form, status = _action(request, pk), NoteForm(request.POST), 422
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.add_note(found, by=request.user, at=timezone.now(), **typed)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        else:
            messages.success(request, f"Your note of {typed['dated']:%-d %B} is in the record.")
            return redirect("action", pk=pk)
    return _action_page(request, found, form, status=status)


def typed_page(
    request: HttpRequest,
    found: Action,
    form: forms.Form,
    template: str,
    do: Callable[[dict[str, Any]], object],
    said: str,
    about: object = None,
) -> HttpResponse:
    """A page with one form about one action: shown, refused with what was typed kept, or done."""
    refused = 422
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            refused = refusal.status
        else:
            messages.success(request, said)
            return redirect("action", pk=found.pk)
    log.viewed(request, "improvement.action", found)
    why_not = actions.why_not_work_on(found, request.user)
    context = {
        "action": found,
        "plan": found.plan,
        "form": form,
        "why_not": why_not,
        "line": line(found, timezone.localdate()),
        "about": about,
    }
    return render(request, f"improvement/{template}.html", context, status=refused if form.errors else 200)


@form_page
@sees
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now = _action(request, pk), timezone.now()

    def do(typed: dict[str, Any]) -> None:
        upload = typed.pop("file")
        actions.add_evidence(found, upload.name, upload.read(), by=request.user, at=now, **typed)

    form = EvidenceForm(request.POST or None, request.FILES or None)
    return typed_page(request, found, form, "evidence", do, "The evidence is in the record.")


@form_page
@sees
def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now = _action(request, pk), timezone.now()

    def do(typed: dict[str, Any]) -> None:
        actions.say(
            found, Said.What(typed["what"]), by=request.user, dated=typed["dated"], words=typed["words"], at=now
        )

    form = SaidForm(request.POST or None, initial={"dated": timezone.localdate()})
    return typed_page(request, found, form, "say", do, "What you said is in the record.")


@form_page
@sees
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now, today = _action(request, pk), timezone.now(), timezone.localdate()

    def do(typed: dict[str, Any]) -> None:
        actions.set_status(
            found,
            Status(typed["status"]),
            by=request.user,
            reason=typed["reason"],
            since=today,
            until=typed["until"],
            at=now,
        )

    return typed_page(
        request, found, ByHandForm(request.POST or None), "status", do, "The status is set by hand until its end."
    )


@form_page
@sees
def dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now = _action(request, pk), timezone.now()
    form = DatesForm(request.POST) if request.method == "POST" else DatesForm.of(found)

    def do(typed: dict[str, Any]) -> None:
        actions.change_dates(
            found, form.changes(), by=request.user, why=typed["why"], at=now, revision=typed["revision"]
        )

    return typed_page(request, found, form, "dates", do, "The dates are changed; what they were is in the history.")


@form_page
@sees
def measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, now = _action(request, pk), timezone.now()

    def do(typed: dict[str, Any]) -> None:
        actions.name_measure(found, by=request.user, at=now, **typed)

    return typed_page(
        request, found, MeasureForm(request.POST or None), "measure", do, "The measure is named. Add its first reading."
    )


@form_page
@sees
def measure_reading(request: HttpRequest, pk: UUID, measure_pk: UUID) -> HttpResponse:
    found, now = _action(request, pk), timezone.now()
    of = get_object_or_404(found.measures, pk=measure_pk)

    def do(typed: dict[str, Any]) -> None:
        actions.add_reading(of, by=request.user, at=now, **typed)

    form = MeasureReadingForm(request.POST or None, initial={"dated": timezone.localdate()})
    return typed_page(request, found, form, "measure_reading", do, "The reading is in the record.", of)


@require_POST
@sees
def bullet(request: HttpRequest, pk: UUID, bullet_pk: UUID) -> HttpResponse:
    found = _action(request, pk)
    chosen = request.POST.get("kind", "")
    if chosen not in BulletClassed.Kind.values:
        raise Refused("Choose what the line is: a step to come, something done, or cannot be told.")
    actions.class_bullet(
        get_object_or_404(found.bullets, pk=bullet_pk), BulletClassed.Kind(chosen), by=request.user, at=timezone.now()
    )
    return redirect("action", pk=pk)


@require_POST
@sees
def kind(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, chosen = _action(request, pk), request.POST.get("kind", "")
    if chosen not in list(ActionKind):
        raise Refused("Choose what sort of action it is.")
    actions.say_kind(found, ActionKind(chosen), by=request.user, at=timezone.now())
    return redirect("action", pk=pk)


@require_POST
@sees
def doubt(request: HttpRequest, pk: UUID, doubt_pk: UUID) -> HttpResponse:
    """Keep or drop a doubt; to correct it, change the dates."""
    found, chosen = _action(request, pk), request.POST.get("answer", "")
    if chosen not in {Doubt.Answer.KEPT, Doubt.Answer.DROPPED}:
        raise Refused("Choose to keep the doubt as it is, or to drop it; to correct a date, change the dates.")
    actions.answer_doubt(
        get_object_or_404(found.doubts, pk=doubt_pk), Doubt.Answer(chosen), by=request.user, at=timezone.now()
    )
    return redirect("action", pk=pk)


@require_safe
@sees
def how_status(request: HttpRequest) -> HttpResponse:
    """The rule, in the order in which it is tried."""
    return render(request, "improvement/how_status.html", {"means": MEANS})
