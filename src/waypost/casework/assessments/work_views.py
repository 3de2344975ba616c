"""What answers rest on, what others tell, and factors."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from waypost.casework.assessments import (
    actions,
    contribution_actions,
    factor_actions,
    factors,
    forms,
    resting,
    signing,
)
from waypost.casework.assessments import panels as found
from waypost.casework.assessments.models import Assessment
from waypost.casework.assessments.pages import (
    DAYS_TO_TELL,
    answer_form,
    back,
    form_page,
    posted,
    to_write,
    writes,
)
from waypost.kernel.days import working_days_after


@form_page
@writes
def settle(request: HttpRequest, pk: UUID, assessment: UUID, question: str) -> HttpResponse:
    child, _ = to_write(request, pk)
    of = found.assessment_of(child, assessment)
    paper = found.paper(of, child, timezone.localdate())
    said = found.answers_at_odds(paper, question)
    offered = [(str(one.of.pk), f"{one.who}, {one.of.by.name}: {' '.join(one.lines)}") for one in said]
    form = forms.SettleForm(posted(request), offered=offered)

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept = {"by": request.user, "at": timezone.now()}
        actions.settle(of, question, UUID(typed["holds"]), typed["reason"], **kept)  # type: ignore[arg-type]
        return back(pk, of, "Which of them holds is in the assessment, with your reason.", request)

    more = {"paper": paper, "question": paper.form[question], "said": said}
    return answer_form(request, child, form, do, "assessments/settle.html", **more)


@form_page
@writes
def evidence(request: HttpRequest, pk: UUID, assessment: UUID, question: str) -> HttpResponse:
    """What an answer rests on, picked from the record."""
    child, seen = to_write(request, pk)
    of, on = found.assessment_of(child, assessment), timezone.localdate()
    if question not in of.of_form:
        raise Http404
    offered = resting.sources(child, of, request.user, seen.reads, on)  # type: ignore[arg-type]
    rests = resting.rests_on(of, question, offered)
    if (off := next((one for one, _ in rests if str(one.pk) == request.POST.get("off")), None)) is not None:
        actions.rests_no_more(off, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The answer does not rest on it any more.")
        return redirect("assessment_evidence", pk=pk, assessment=of.pk, question=question)
    form = forms.EvidenceForm(posted(request), offered=[(f"{one.kind}.{one.of}", one.words) for one in offered])

    def do() -> HttpResponse:
        kind, _, chosen = form.cleaned_data["of"].partition(".")
        actions.rest_on(of, question, kind, UUID(chosen), by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The answer rests on it.")
        return redirect("assessment_section", pk=pk, assessment=of.pk, section=_section_with(of, question))

    more = {"of": of, "question": of.of_form[question], "section": _section_with(of, question), "rests": rests}
    return answer_form(request, child, form, do, "assessments/evidence.html", **more)


def _section_with(of: Assessment, question: str) -> str:
    return next(each.key for each in of.of_form.sections if question in [q.key for q in each.questions])


@form_page
@writes
def ask(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    child, _ = to_write(request, pk)
    of, on = found.assessment_of(child, assessment), timezone.localdate()
    form = forms.AskForm(posted(request), on=on, due=working_days_after(on, DAYS_TO_TELL))

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept = {"asked_of": typed["asked_of"], "by": request.user, "at": timezone.now(), "once": typed["once"]}
        contribution_actions.ask(of, typed["agency"], typed["what"], typed["due"], **kept)
        return back(pk, of, "That they were asked is in the assessment, and among what is due.", request)

    return answer_form(request, child, form, do, "assessments/ask.html", of=of)


@form_page
@writes
def told(request: HttpRequest, pk: UUID, assessment: UUID, contribution: UUID) -> HttpResponse:
    child, _ = to_write(request, pk)
    of = found.assessment_of(child, assessment)
    asked_of = resting.contribution_of(of, contribution)
    form = forms.ToldForm(posted(request), documents=resting.documents(child))

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept = {"document": typed["document"], "by": request.user, "at": timezone.now(), "once": typed["once"]}
        contribution_actions.told(asked_of, typed["step"], words=typed["words"], **kept)
        return back(pk, of, "What became of it is in the assessment.", request)

    return answer_form(request, child, form, do, "assessments/told.html", of=of, asked_of=asked_of)


@form_page
@writes
def document(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """The filed document whose ratings and factors are entered."""
    child, _ = to_write(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.DocumentForm(posted(request), documents=resting.documents(child))

    def do() -> HttpResponse:
        signing.file_document(of, form.cleaned_data["document"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return back(pk, of, "These answers rest on the document.", request)

    return answer_form(request, child, form, do, "assessments/document.html", of=of)


@form_page
@writes
def factor_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, _ = to_write(request, pk)
    form = forms.FactorForm(posted(request))

    def do() -> HttpResponse:
        factor_actions.add_factor(child, form.row(), by=request.user, at=timezone.now(), once=form.cleaned_data["once"])  # type: ignore[arg-type]
        messages.success(request, "The factor is in the record. The next assessment asks about it.")
        return redirect("assessments", pk=pk)

    return answer_form(request, child, form, do, "assessments/factor.html")


@form_page
@writes
def factor_end(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    child, _ = to_write(request, pk)
    factor = factors.factor_of(child, root)
    form = forms.EndFactorForm(posted(request), on=timezone.localdate())

    def do() -> HttpResponse:
        typed = form.cleaned_data
        factor_actions.end_factor(child, root, typed["because"], typed["words"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The factor has ended. It stays where it was seen.")
        return redirect("assessments", pk=pk)

    return answer_form(request, child, form, do, "assessments/factor_end.html", factor=factors.FactorLine(factor))
