"""Recording a contact, planning one, and saying why a child did not come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.contacts import actions, panels
from waypost.casework.contacts.forms import NOT_YET, ContactForm, JudgeForm, MeetingForm
from waypost.casework.contacts.models import Contact
from waypost.casework.outcomes import panels as outcomes
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.drafts.forms import Drafted, drafted
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

form_page = require_http_methods(["GET", "HEAD", "POST"])
writes = needs_children(Permission.ENTER_CHILDREN)
opens = needs_children(Permission.OPEN_CHILDREN)


@form_page
@writes
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One page, from the child's page to saved."""
    child = _child(request, pk)
    planned = _planned(request, child)
    form = ContactForm(_posted(request), **_given(request, child, planned))
    draft, status = drafted(request, child, form, of=child.person), 200
    if request.method == "POST":
        status = _saved(request, child, form, planned, draft)
        if status == 302:
            again = "another" in request.POST
            return redirect("contact_record", pk=pk) if again else redirect("child", pk=pk)
    return _page(request, "contacts/record.html", child, form, status, planned=planned, draft=draft)


def _saved(
    request: HttpRequest, child: Child, form: ContactForm, planned: Contact | None, draft: Drafted | None
) -> int:
    """302 when it is in the record; else the status with which the form goes back as typed."""
    if not form.is_valid():
        return 422
    once, now = form.cleaned_data["once"], timezone.now()
    try:
        made = actions.record_and_plan(
            child.person,
            form.meeting(),
            form.came_said(),
            next_starts=form.next_starts(),
            planned=planned,
            draft=draft.become if draft else None,
            by=request.user,
            at=now,
            once=once,
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return refusal.status
    messages.success(request, f"The contact of {made.day:%-d %B} is in the record.")
    return 302


@form_page
@writes
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Into the diary of everybody who is to be there."""
    child = _child(request, pk)
    form, status = MeetingForm(_posted(request), **_given(request, child, None)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                once, now = form.cleaned_data["once"], timezone.now()
                actions.plan(child.person, form.meeting(), by=request.user, at=now, once=once)
                messages.success(request, "The contact is in the diary. It is not in the record until it is recorded.")
                return redirect("child", pk=pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    return _page(request, "contacts/plan.html", child, form, status)


@form_page
@opens
def contact(request: HttpRequest, pk: UUID, contact: UUID) -> HttpResponse:
    """What is known of one contact; where the child did not come, why, and whether that was a good reason."""
    child = open_child(request, pk)
    seen = reach(request.user, child, timezone.now())
    if "entries" not in seen.reads:
        raise NotFound
    found = _of(child, contact)
    first = panels.said_now(found)
    initial = {"reason": first.reason, "words": first.words, "acceptable": NOT_YET} if first else None
    form, status = JudgeForm(_posted(request), on=timezone.localdate(), initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.judge(found, **form.said(), by=request.user, at=timezone.now())
                messages.success(request, "What is known of the reason is in the record.")
                return redirect("contact", pk=pk, contact=contact)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    more = {"contact": found, "met": panels.met(found), "known": first, "earlier": panels.earlier(found)}
    more |= {"writes": "entries" in seen.writes, "now": timezone.now()}
    more |= {"required": panels.required_by(found) if "orders" in seen.reads else None}
    return _page(request, "contacts/contact.html", child, form, status, **more)


@require_POST
@writes
def drop(request: HttpRequest, pk: UUID, contact: UUID) -> HttpResponse:
    child = _child(request, pk)
    actions.drop(_of(child, contact), by=request.user, at=timezone.now())
    messages.success(request, "It is out of the diary.")
    return redirect("child", pk=pk)


def _child(request: HttpRequest, pk: UUID) -> Child:
    """Whoever may not write what happened is told so before anything is typed."""
    child = open_child(request, pk)
    refuse_if(need_to_know.why_not_write("entries", reach(request.user, child, timezone.now()).writes))
    return child


def _of(child: Child, pk: UUID) -> Contact:
    found = panels.contact_of(child, pk)
    if found is None:
        raise Http404
    return found


def _planned(request: HttpRequest, child: Child) -> Contact | None:
    """Which of the diary it is: the one that was asked for, or what took place last and nobody wrote down."""
    asked = request.POST.get("of") if request.method == "POST" else request.GET.get("of")
    if asked == "new" or (request.method == "POST" and not asked):
        return None
    if asked:
        try:
            return _of(child, UUID(asked))
        except ValueError:
            raise Http404 from None
    return panels.due_to_record(child, request.user, timezone.now())


def _given(request: HttpRequest, child: Child, planned: Contact | None) -> dict[str, Any]:
    staff = [request.user, *(one.staff for one in record_panels.working(child, timezone.now()))]
    there = [one.staff for one in planned.workers.all() if one.staff] if planned else []
    orders = outcomes.running(child.person_ids(), on=timezone.localdate())
    return {
        "on": timezone.now(),
        "people": child.person_ids(),
        "staff": list(dict.fromkeys([*staff, *there])),
        "contact": planned,
        "outcome": orders[0].of if len(orders) == 1 else None,
    }


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, template: str, child: Child, form: Any, status: int, **more: Any) -> HttpResponse:
    log.viewed(request, "contact.form", child)
    now = timezone.now()
    beside = panels.beside(child, request.user, now)
    context = {"child": child, "name": record_panels.name_of(child.person), "form": form, "beside": beside}
    return render(request, template, context | more, status=status)
