"""Signing a plan, countersigning it, reviewing it, and the one page of it for the child."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.letters import panels as letters
from waypost.casework.plans import for_child, rules, signing
from waypost.casework.plans import panels as found
from waypost.casework.plans.forms import CountersignForm, ReviewForm, StepForm
from waypost.casework.plans.one_page import LANGUAGES, render
from waypost.casework.plans.panels import Shown
from waypost.casework.plans.views import answer, form_page, opens, posted, readable, writable, writes
from waypost.files.reports import pdf
from waypost.files.reports.file_names import attachment, file_name
from waypost.files.taken import from_whom
from waypost.kernel.refusal import refuse_if
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child

OWN = {"sign": "signed", "take-back": "taken_back", "drop": "dropped"}
SAID = {
    "sign": "It is signed, and waits to be countersigned by another.",
    "take-back": "It is taken back. Go on with it.",
    "drop": "It is dropped, and counts for nothing.",
}


@form_page
@writes
def step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """By whoever writes it: signed, taken back, dropped."""
    if step not in OWN:
        raise Http404
    child = writable(request, pk)
    shown = _latest(child)
    theirs = shown.plan.signed_by_id == request.user.pk
    if request.method != "POST":
        words = "x" * rules.SHORTEST  # whether it can be done at all: the words are still to come
        refuse_if(rules.why_not_step(shown.state, OWN[step], words=words, signed_by_them=theirs))
    form = StepForm(posted(request), of=shown.plan)

    def do() -> None:
        said = {"words": form.cleaned_data["words"], "once": form.cleaned_data["once"]}
        given = {**said, "by": request.user, "at": timezone.now()}
        if step == "sign":
            signing.sign(shown.plan, revision=form.cleaned_data["revision"], **given)
        else:
            {"take-back": signing.take_back, "drop": signing.drop}[step](shown.plan, **given)
        messages.success(request, SAID[step])

    return answer(request, child, form, do, "plans/step.html", shown=shown, step=step)


@form_page
@needs_children(Permission.COUNTERSIGN)
def countersign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By another than whoever signed it: countersigned, or sent back with what is to be done."""
    child = readable(request, pk)
    shown = _latest(child)
    theirs = shown.plan.signed_by_id == request.user.pk
    if request.method != "POST":
        refuse_if(rules.why_not_step(shown.state, "countersigned", signed_by_them=theirs))
    form = CountersignForm(posted(request), of=shown.plan)

    def do() -> None:
        typed = {name: form.cleaned_data[name] for name in ("words", "revision", "once")}
        back = form.cleaned_data["step"] == "sent_back"
        act = signing.send_back if back else signing.countersign
        act(shown.plan, **typed, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        said = "It is sent back, with what is to be done." if back else "It is countersigned: this is the plan."
        messages.success(request, said)

    return answer(request, child, form, do, "plans/countersign.html", shown=shown)


@form_page
@writes
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far each objective came, which factors moved; then the next plan begins from it."""
    child = writable(request, pk)
    shown = _latest(child)
    if request.method != "POST":
        refuse_if(rules.why_not_step(shown.state, "reviewed", words="x" * rules.SHORTEST))
    form = ReviewForm(posted(request), of=shown.plan, aims=shown.aims)

    def do() -> None:
        typed = {name: form.cleaned_data[name] for name in ("words", "once")}
        signing.review(shown.plan, form.states(), **typed, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The review is in the record. Begin the next plan from it.")

    moved = found.moved(shown.plan, child)
    return answer(request, child, form, do, "plans/review.html", shown=shown, moved=moved)


@require_safe
@opens
def one_page(request: HttpRequest, pk: UUID, plan: UUID, language: str) -> HttpResponse:
    """The plan on one page, for the child."""
    if language not in LANGUAGES:
        raise Http404
    child, now = readable(request, pk), timezone.now()
    shown, whom = found.shown(found.plan_of(child, plan), child, now), from_whom(request)
    page = for_child.page_of(
        shown,
        sender=letters.sender_of(whom["author"], whom["marking"]),
        language=language,
        on=timezone.localdate(now),
        worker=for_child.holder_of(shown, record_panels.working(child, now)),
    )
    refuse_if(for_child.why_not_give(page, shown))
    log.record(request.user, log.Verb.DISCLOSED, "plan.page_for_the_child", child)  # type: ignore[arg-type]
    response = HttpResponse(render(page), content_type=pdf.CONTENT_TYPE)
    response["Content-Disposition"] = attachment(file_name("plan-for-the-child", page.made_on, "pdf"))
    return response


def _latest(child: Child) -> Shown:
    plans = found.plans_of(child)
    refuse_if(None if plans else "There is no plan yet. Begin one.")
    return found.shown(plans[0], child, timezone.now())
