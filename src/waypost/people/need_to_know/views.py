"""Who works with a child, cover, today's list, samples, and the records opened with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.panels import person, working_who_may
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.kernel.refusal import NotFound, Refused
from waypost.kernel.words import count, day
from waypost.people.need_to_know import actions, asked, forms, panels, reasons, reviewing
from waypost.people.record.models import Child
from waypost.ui.listing import Column

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
opens = needs_children(Permission.OPEN_CHILDREN)
gives = needs_children(Permission.GIVE_ACCESS)
lists = needs_children(Permission.PUT_ON_TODAYS_LIST)
reviews = needs_children(Permission.REVIEW_REASONS)
WHO = [Column("Who", width="w20"), Column("Why"), Column("Since"), Column("Until")]
INVALID = 422
View = Callable[..., HttpResponse]


def or_with_a_reason(view: View) -> View:
    """A record that this person may open with a reason leads to where they give it; any other is as if not there."""

    @wraps(view)
    def opened(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk=pk, **kwargs)
        except (Http404, NotFound):
            if not reviewing.may_open_with_reason(request.user, pk, timezone.now()):
                raise
            return redirect("open_with_reason", pk=pk)

    return opened


# Who works with this child --------------------------------------------------------------------------------------------


@require_safe
@opens
def child_access(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _access_page(request, open_child(request, pk))


@require_POST
@gives
def child_allocate(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, now = open_child(request, pk), timezone.now()
    form = forms.Allocate(request.POST, people=working_who_may(Permission.HOLD_CHILDREN, now))
    before = actions.holder(child, now)
    given = form.is_valid() and attempt(
        form, lambda: actions.allocate(child, **form.cleaned_data, by=request.user, at=now), "to"
    )
    if not given:
        return _access_page(request, child, allocate=form)
    held_before = f" {before.name} held the child before, and is told." if before else ""
    messages.success(request, f"{given.staff.name} holds this child now.{held_before}")
    return redirect("child_access", pk=pk)


@require_POST
@gives
def child_involve(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, now = open_child(request, pk), timezone.now()
    form = forms.Involve(request.POST, people=panels.who_could_be_involved(now))
    if not (
        form.is_valid()
        and attempt(form, lambda: [actions.involve(child, **form.cleaned_data, by=request.user, at=now)], "staff")
    ):
        return _access_page(request, child, involve=form)
    messages.success(request, f"{form.cleaned_data['staff'].name} works with this child too.")
    return redirect("child_access", pk=pk)


@require_POST
@gives
def child_access_end(request: HttpRequest, pk: UUID, staff: UUID) -> HttpResponse:
    child, whose = open_child(request, pk), person(staff)
    actions.end_access(child, staff=whose, by=request.user, at=timezone.now())
    messages.success(request, f"This record is no longer open to {whose.name} by that.")
    return redirect("child_access", pk=pk)


def _access_page(
    request: HttpRequest, child: Child, *, allocate: Form | None = None, involve: Form | None = None
) -> HttpResponse:
    now = timezone.now()
    found = panels.who_may_open(child, now)
    log.viewed(request, "child.who_may_open", child)
    if request.user.may(Permission.GIVE_ACCESS):
        held = {"instead_of": str(found.holder.pk) if found.holder else ""}
        could_hold = working_who_may(Permission.HOLD_CHILDREN, now)
        allocate = allocate or forms.Allocate(people=could_hold, initial=held)
        involve = involve or forms.Involve(people=panels.who_could_be_involved(now))
    context = {"child": child, "found": found, "allocate": allocate, "involve": involve}
    context["columns"] = [*WHO, Column("Do")] if allocate else WHO
    context["held"] = asked.held_back(child, request.user)
    failed = any(form is not None and form.errors for form in (allocate, involve))
    return render(request, "need_to_know/child_access.html", context, status=INVALID if failed else 200)


# With a reason --------------------------------------------------------------------------------------------------------


@page_and_form
@needs_children(Permission.OPEN_WITH_REASON)
def open_with_reason(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is not open, who holds it, and the way in: no name stands here, only the number."""
    now = timezone.now()
    child = reviewing.findable(request.user, pk, now)
    if not reviewing.may_open_with_reason(request.user, pk, now):
        return redirect("child", pk=pk)
    form = forms.GiveReason(posted(request))
    if form.is_valid() and attempt(
        form, lambda: reasons.open_with_reason(child, **form.cleaned_data, by=request.user, at=now), "reason"
    ):
        messages.success(request, "This record is open to you for a day. A manager reviews your reason.")
        return redirect("child", pk=pk)
    log.viewed(request, "child.refused", child)
    context = {"child": child, "holder": actions.holder(child, now)}
    return form_page(request, "need_to_know/open_with_reason.html", form, **context)


@require_safe
@reviews
def reasons_list(request: HttpRequest) -> HttpResponse:
    found = reviewing.reasons(request.user, timezone.now())
    log.viewed(request, "reasons.page", listed=[one.child.pk for one in found.waiting])
    return render(request, "need_to_know/reasons.html", {"found": found})


@page_and_form
@opens
def reason(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For a manager to say whether it was needed; for the person whose it is, to answer when asked."""
    found, now = reviewing.reason(request.user, pk, timezone.now()), timezone.now()
    if found.opened.staff == request.user:
        return _answer_reason(request, found)
    form = forms.Review(posted(request), asked=bool(found.opened.question))
    if form.is_valid() and attempt(
        form, lambda: reasons.review(found.opened, **form.cleaned_data, by=request.user, at=now), "words"
    ):
        messages.success(request, f"Reviewed: {found.opened.staff.name}, {day(timezone.localdate(found.opened.at))}.")
        return redirect("reasons")
    log.viewed(request, "reason.page", found.opened, listed=[found.child.pk])
    return form_page(request, "need_to_know/reason.html", form, found=found)


def _answer_reason(request: HttpRequest, found: reviewing.Reason) -> HttpResponse:
    form = forms.AnswerReason(posted(request))

    def answer() -> bool:
        reasons.answer(found.opened, **form.cleaned_data, by=request.user, at=timezone.now())
        return True

    if form.is_valid() and attempt(form, answer, "words"):
        messages.success(request, "Your answer is with the manager.")
        return redirect("today")
    log.viewed(request, "reason.page", found.opened, listed=[found.child.pk])
    return form_page(request, "need_to_know/reason_own.html", form, found=found)


# Cover, today's list, samples -----------------------------------------------------------------------------------------


@page_and_form
@gives
def cover(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = forms.Covering(
        posted(request),
        away=panels.those_holding(now),
        colleagues=working_who_may(Permission.HOLD_CHILDREN, now),
    )
    given = form.is_valid() and attempt(
        form,
        lambda: actions.cover(
            form.cleaned_data["away"],
            colleague=form.cleaned_data["colleague"],
            until=form.cleaned_data["until"],
            by=request.user,
            at=now,
        ),
    )
    if not given:
        log.viewed(request, "cover.page")
        return form_page(request, "need_to_know/cover.html", form, covers=panels.covers(now))
    messages.success(request, f"{given.colleague.name} covers for {given.staff.name}.")
    return redirect("cover")


@require_POST
@gives
def cover_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = panels.cover(pk)
    actions.end_cover(found, by=request.user, at=timezone.now())
    messages.success(request, f"{found.colleague.name} no longer covers for {found.staff.name}.")
    return redirect("cover")


@page_and_form
@lists
def todays_list(request: HttpRequest) -> HttpResponse:
    now, form = timezone.now(), forms.ListChild(posted(request))

    def put() -> int:
        child = _numbered(request, form.cleaned_data["number"])
        return actions.put_on_todays_list(child, by=request.user, at=now)

    people = form.is_valid() and attempt(form, put, "number")
    if people:
        messages.success(request, f"On today’s list, open until midnight to {count(people, 'person', 'people')}.")
        return redirect("todays_list")
    listed = panels.todays_list(request.user, now)
    log.viewed(request, "todays_list.page", listed=[one.child.pk for one in listed])
    on_duty = panels.on_duty(now)
    return form_page(request, "need_to_know/todays_list.html", form, listed=listed, on_duty=on_duty)


@require_POST
@lists
def todays_list_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.take_off_todays_list(open_child(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "Taken off today’s list.")
    return redirect("todays_list")


@page_and_form
@gives
def sample(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = forms.Sampling(posted(request), people=working_who_may(Permission.OPEN_SAMPLED, now))

    def draw() -> list[Child]:
        said = dict(form.cleaned_data)
        children = [_numbered(request, number) for number in said.pop("numbers")]
        return actions.sample(children, **said, by=request.user, at=now)

    drawn = form.is_valid() and attempt(form, draw)
    if drawn:
        auditor = form.cleaned_data["auditor"]
        messages.success(request, f"{count(len(drawn), 'record is', 'records are')} open to {auditor.name}.")
        return redirect("sample")
    found = panels.samples(request.user, now)
    log.viewed(request, "sample.page", listed=[one.child.pk for one in found])
    return form_page(request, "need_to_know/sample.html", form, samples=found)


def _numbered(request: HttpRequest, number: str) -> Child:
    """One that is open to whoever asks; any other number is as if it were none."""
    found = Child.objects.visible_to(request.user, timezone.now()).filter(number=number.strip()).first()
    if found is None:
        raise Refused(f"No child’s record that is open to you has the number {number.strip()[:20]}.")
    return found


# What the other views of this room share ------------------------------------------------------------------------------


def open_child(request: HttpRequest, pk: UUID) -> Child:
    visible = Child.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(visible.select_related("person"), pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


Done = TypeVar("Done")


def attempt(form: Form, action: Callable[[], Done], beside: str | None = None) -> Done | None:
    """What the action gave; a refusal stands in the form, beside the field it is about."""
    try:
        return action()
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        form.add_error(beside, refusal.reason)
        return None


def form_page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=INVALID if form.is_bound else 200)
