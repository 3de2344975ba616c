"""Sealing a record, keeping a thing within an agency, asking for it and answering."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.access import log
from waypost.access.panels import person, working_who_may
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.kernel.refusal import refuse_if
from waypost.kernel.words import day
from waypost.people.need_to_know import asked, forms, holding_back, rules, sealing
from waypost.people.need_to_know.reach import reach
from waypost.people.need_to_know.views import attempt, form_page, open_child, page_and_form, posted
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child
from waypost.people.record.panels import statement as statement_of

seals = needs_children(Permission.SEAL)
keeps = needs_children(Permission.HOLD_BACK)
asks = needs_children(Permission.ASK_HELD_BACK)


# Sealing --------------------------------------------------------------------------------------------------------------


@page_and_form
@seals
def child_seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form to seal an open record; of a sealed one, who is named and the ways to change that."""
    child, now = open_child(request, pk), timezone.now()
    if sealing.wall_of(child):
        return _sealed_page(request, child)
    form = forms.Seal(posted(request), people=working_who_may(Permission.OPEN_CHILDREN, now))
    if form.is_valid() and attempt(
        form, lambda: sealing.seal(child, **form.cleaned_data, by=request.user, at=now), "named"
    ):
        messages.success(request, "Sealed. To all but those named, this record is not there.")
        named = request.user in form.cleaned_data["named"]
        return redirect("child_seal", pk=pk) if named else redirect("today")
    log.viewed(request, "child.seal_form", child)
    return form_page(request, "need_to_know/child_seal.html", form, child=child)


@require_POST
@seals
def child_seal_name(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, now = open_child(request, pk), timezone.now()
    form = forms.NameOnSeal(request.POST, people=working_who_may(Permission.OPEN_CHILDREN, now))

    def name() -> bool:
        sealing.name_on_seal(child, **form.cleaned_data, by=request.user, at=now)
        return True

    if not (form.is_valid() and attempt(form, name, "staff")):
        return _sealed_page(request, child, name=form)
    messages.success(request, f"{form.cleaned_data['staff'].name} may open this record.")
    return redirect("child_seal", pk=pk)


@require_POST
@seals
def child_seal_take_off(request: HttpRequest, pk: UUID, staff: UUID) -> HttpResponse:
    child, whose = open_child(request, pk), person(staff)
    sealing.take_off_seal(child, staff=whose, by=request.user, at=timezone.now())
    messages.success(request, f"{whose.name} may no longer open this record.")
    return redirect("today") if whose == request.user else redirect("child_seal", pk=pk)


@require_POST
@seals
def child_unseal(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, form = open_child(request, pk), forms.Unseal(request.POST)

    def unseal() -> bool:
        sealing.unseal(child, **form.cleaned_data, by=request.user, at=timezone.now())
        return True

    if not (form.is_valid() and attempt(form, unseal, "reason")):
        return _sealed_page(request, child, unseal=form)
    messages.success(request, "The seal is off. The record is open to those who had access before.")
    return redirect("child_access", pk=pk)


def _sealed_page(
    request: HttpRequest,
    child: Child,
    *,
    name: forms.NameOnSeal | None = None,
    unseal: forms.Unseal | None = None,
) -> HttpResponse:
    now, wall = timezone.now(), sealing.wall_of(child)
    refuse_if(None if wall else "This record is not sealed.")
    named = sealing.named_on(wall, now)
    others = [one for one in working_who_may(Permission.OPEN_CHILDREN, now) if one not in named]
    log.viewed(request, "child.seal_page", child)
    context = {
        "child": child,
        "wall": wall,
        "named": named,
        "name": name or forms.NameOnSeal(people=others),
        "unseal": unseal or forms.Unseal(),
    }
    return render(request, "need_to_know/child_sealed.html", context, status=422 if name or unseal else 200)


# What an agency keeps -------------------------------------------------------------------------------------------------


@page_and_form
@keeps
def hold_back(request: HttpRequest, pk: UUID, kind: str, statement: UUID) -> HttpResponse:
    child, now = open_child(request, pk), timezone.now()
    if kind not in KINDS or KINDS[kind].section not in reach(request.user, child, now).reads:
        raise Http404
    said = statement_of(child, KINDS[kind], statement)
    refuse_if(
        rules.why_not_hold_back(
            agency=request.user.agency,
            of_agency=said.agency,
            section=said.SECTION,
            is_walled=said.wall_id is not None,
            must_share=(),
            bears_on_safety=False,
        )
    )
    form = forms.HoldBack(posted(request), on=timezone.localdate())
    if form.is_valid() and attempt(
        form,
        lambda: holding_back.hold_back(
            said, subject=form.cleaned_data["subject"], **form.safety(), by=request.user, at=now
        ),
        "bears_on_safety",
    ):
        messages.success(request, "Kept within your agency. Colleagues see what kind of thing it is, and may ask.")
        return redirect("child", pk=pk)
    log.viewed(request, "child.hold_back_form", child)
    context = {"child": child, "kind": KINDS[kind], "said": said}
    return form_page(request, "need_to_know/hold_back.html", form, **context)


@page_and_form
@asks
def ask_held_back(request: HttpRequest, pk: UUID, wall: UUID) -> HttpResponse:
    child, now = open_child(request, pk), timezone.now()
    found = asked.wall_to_ask_for(child, wall, request.user)
    form = forms.AskHeldBack(posted(request))
    done = form.is_valid() and attempt(
        form, lambda: holding_back.ask_held_back(found.wall, **form.cleaned_data, by=request.user, at=now), "reason"
    )
    if done:
        messages.success(request, f"Asked. The answer is due by {day(done.due)}.")
        return redirect("child_access", pk=pk)
    log.viewed(request, "child.ask_held_back_form", child)
    return form_page(request, "need_to_know/ask_held_back.html", form, child=child, found=found)


@require_safe
@asks
def held_back_asks(request: HttpRequest) -> HttpResponse:
    found = asked.asks(request.user, timezone.now())
    log.viewed(request, "held_back_asks.page", listed=[one.child.pk for one in found.shown])
    return render(request, "need_to_know/held_back_asks.html", {"found": found})


@page_and_form
@keeps
def held_back_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    found = asked.ask_to_answer(request.user, pk, now)
    form = forms.AnswerAsk(posted(request), on=timezone.localdate())

    def answer() -> bool:
        share, words = form.cleaned_data["answer"] == "share", form.cleaned_data["words"]
        holding_back.answer_held_back(found.ask, share=share, words=words, **form.safety(), by=request.user, at=now)
        return True

    if form.is_valid() and attempt(form, answer, "words"):
        messages.success(request, f"Answered. {found.ask.by.name} is told.")
        return redirect("held_back_asks")
    log.viewed(request, "child.held_back_answer_form", found.child)
    behind = asked.behind(found.ask.wall)
    return form_page(request, "need_to_know/held_back_answer.html", form, found=found, behind=behind)
