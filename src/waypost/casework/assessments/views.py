"""A child’s assessments: begun, answered as one types, signed, countersigned, and read beside one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children, require
from waypost.casework.assessments import actions, forms, rules
from waypost.casework.assessments import panels as found
from waypost.casework.assessments.models import Assessment
from waypost.casework.assessments.panels import Block
from waypost.casework.assessments.rules import State
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.days import working_days_after
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import Reach, reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

SECTION = actions.SECTION
INVALID = 422
DAYS_TO_TELL = 10  # working days that an agency is given, unless somebody says otherwise
NOT_READ = "The assessment is not open to your role. Ask whoever holds the child what you need to know."
form_page = require_http_methods(["GET", "HEAD", "POST"])
opens = needs_children(Permission.OPEN_CHILDREN)
writes = needs_children(Permission.ENTER_CHILDREN)
countersigns = needs_children(Permission.COUNTERSIGN)


# Reading --------------------------------------------------------------------------------------------------------------


@require_safe
@opens
def assessments(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, seen = _opened(request, pk)
    context = {"lines": found.lines(child), "factors": found.factors(child), "writes": SECTION in seen.writes}
    return _page(request, "assessments/assessments.html", child, "assessment.list", **context)


@require_safe
@opens
def assessment(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    child, seen = _opened(request, pk)
    return _whole(request, child, seen, found.assessment_of(child, assessment))


def _whole(
    request: HttpRequest, child: Child, seen: Reach, of: Assessment, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    on = timezone.localdate()
    paper, signed = found.paper(of, child, on), found.signed_for(of)
    context = {
        "paper": paper,
        "wrong": wrong,
        "on": on,
        "writes": SECTION in seen.writes,
        "is_open": paper.state is State.WRITING,
        "waits": paper.state is State.SIGNED,
        "signed": signed,
        "to_sign": rules.still_to_sign(of.agencies, [one.by.agency for one in signed]),
        "signed_by_reader": request.user.pk in [one.by_id for one in signed],  # type: ignore[union-attr]
        "contributed": found.contributed(of),
        "history": found.history(of),
        "left": found.left(of) if paper.state is State.WRITING else [],
        "others": found.comparable(of, child.person_ids()),
        "once": new_id(),
    }
    return _page(request, "assessments/assessment.html", child, "assessment.page", status=status, **context)


@require_safe
@opens
def compared(request: HttpRequest, pk: UUID, assessment: UUID, other: UUID) -> HttpResponse:
    """Two versions side by side: what changed, what is new, what is gone; what is the same is folded."""
    child, _ = _opened(request, pk)
    pair = [found.assessment_of(child, each) for each in (assessment, other)]
    if pair[0].form != pair[1].form or pair[0].pk == pair[1].pk:
        raise Http404
    beside = found.side_by_side(*pair, request.user)  # type: ignore[arg-type]
    return _page(
        request, "assessments/compared.html", child, "assessment.compared", beside=beside, form=pair[0].of_form
    )


# Writing --------------------------------------------------------------------------------------------------------------


@form_page
@writes
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, _ = _to_write(request, pk)
    on, of_child = timezone.localdate(), Outcome.objects.current().of(child.person_ids()).order_by("-since")
    form = forms.BeginForm(_posted(request), forms_=found.forms_to_begin(on), on=on, outcomes=of_child)

    def do() -> HttpResponse:
        typed = form.cleaned_data
        with_others = [rules.OURS, *typed["agencies"]] if typed["agencies"] else []
        made = actions.begin(
            child,
            typed["form"],
            typed["stage"],
            typed["reason"],
            typed["outcome"],
            agencies=with_others,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            once=typed["once"],
        )
        return redirect("assessment", pk=pk, assessment=made.pk)

    return _answer(request, child, form, do, "assessments/begin.html", forms=found.forms_to_begin(on))


@form_page
@opens
def section(request: HttpRequest, pk: UUID, assessment: UUID, section: str) -> HttpResponse:
    """The questions of one section. Without a script everything that was changed is saved by the button."""
    child, seen = _opened(request, pk)
    of = found.assessment_of(child, assessment)
    if request.method == "POST":
        require(request.user, Permission.ENTER_CHILDREN)  # type: ignore[arg-type]
        refuse_if(need_to_know.why_not_write(SECTION, seen.writes))
        refuse_if(rules.why_not_write(actions.state_of(of)))
    return _section(request, child, seen, of, section)


def _section(request: HttpRequest, child: Child, seen: Reach, of: Assessment, key: str) -> HttpResponse:
    on = timezone.localdate()
    paper = found.paper(of, child, on)
    part = found.section_of(paper, key)
    family = request.GET.get("with", "")
    if family and family not in paper.family:
        raise Http404
    language = forms.WELSH if family and request.GET.get("in") == forms.WELSH else forms.ENGLISH
    shown = {"writes": SECTION in seen.writes, "family": family, "language": language}
    blocks = found.blocks(paper, part, request.user, on, data=_posted(request), **shown)  # type: ignore[arg-type]
    status = 200
    if request.method == "POST":
        status, newer = _save_all(request, of, blocks)
        if status == 302:
            return redirect(f"{request.path}?{request.GET.urlencode()}" if family else request.path)
    else:
        newer = {}
    keys = [each.of.key for each in paper.parts if each.is_asked or each.of.key == key]
    at = keys.index(key)
    context = shown | {
        "paper": paper,
        "part": part,
        "blocks": blocks,
        "newer": newer,
        "failed": status >= 400,
        "is_open": paper.state is State.WRITING and SECTION in seen.writes,
        "next": keys[at + 1] if at + 1 < len(keys) else "",
        "page_id": new_id(),
    }
    template = "assessments/family.html" if family else "assessments/section.html"
    return _page(request, template, child, "assessment.section", status=status, **context)


def _save_all(request: HttpRequest, of: Assessment, blocks: list[Block]) -> tuple[int, dict[str, Any]]:
    """302 when all that was changed is saved; otherwise what could not be stays typed, with the reason."""
    if still := request.POST.get("still", ""):
        actions.still(of, still, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return 302, {}
    status, newer, saved = 302, {}, 0
    for block in blocks:
        if block.form is None or (not block.form.is_valid() and not block.form.errors):
            continue
        if block.form.errors:
            status = INVALID
            continue
        if not block.form.is_changed():
            continue
        try:
            _save(request, of, block.form)
            saved += 1
        except actions.Newer as refused:
            newer[block.key] = found.said(block.question, refused.row)
            status = refused.status
        except Refused as refused:
            block.form.add_error(None, refused.reason)
            status = refused.status
    if saved:
        messages.success(request, f"{saved} saved." if saved > 1 else "Saved.")
    return status, newer


def _save(request: HttpRequest, of: Assessment, form: forms.QuestionForm, **page: Any) -> actions.Saved:
    return actions.answer(
        of,
        form.question.key,
        form.said(),
        words=form.more(),
        who=form.who(),
        was=form.was(),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        **page,
    )


@require_POST
@writes
def answer(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """One question, as somebody types: only this answer makes it saved. 409 with what is newer; 422 with the reason."""
    child, seen = _to_write(request, pk)
    of, on = found.assessment_of(child, assessment), timezone.localdate()
    question = of.of_form.by_key.get(request.POST.get("question", ""))
    if question is None:
        raise Http404
    if why := found.why_kept(question, request.user):  # type: ignore[arg-type]
        raise NotAllowed(why)
    family = request.POST.get("with", "")
    speakers = [family] if family in question.who else list(rules.speakers(question, request.user.agency))  # type: ignore[union-attr]
    form = forms.QuestionForm(question, request.POST, on=on, speakers=speakers)
    if not form.is_valid():
        return JsonResponse({"reason": form.reason()}, status=INVALID)
    page, turn = _page_of(request)
    try:
        saved = _save(request, of, form, page=page, turn=turn)
    except actions.Newer as newer:
        return JsonResponse(_newer(question, newer), status=409)
    except NotAllowed as refused:
        return JsonResponse({"reason": refused.reason}, status=403)
    except Refused as refused:
        return JsonResponse({"reason": refused.reason}, status=INVALID)
    return JsonResponse(_as_saved(child, of, question, saved, on))


def _page_of(request: HttpRequest) -> tuple[UUID | None, int]:
    try:
        return UUID(request.POST.get("page", "")), max(0, min(int(request.POST.get("turn", "0")), 2**53))
    except ValueError:
        return None, 0


def _newer(question: Any, newer: actions.Newer) -> dict[str, Any]:
    row = found.said(question, newer.row)
    return {"reason": newer.reason, "was": newer.row.pk, "theirs": row.lines, "by": row.of.by.name, "at": row.of.at}


def _as_saved(child: Child, of: Assessment, question: Any, saved: actions.Saved, on: Any) -> dict[str, Any]:
    """That it is saved; which questions are asked now, and the roots of new factors."""
    now = found.paper(found.assessment_of(child, of.pk), child, on)
    row = saved.row
    return {
        "was": row.pk if row else None,
        "saved_at": row.at if row else timezone.now(),
        "asked": list(now.asked.now),
        "needed": sum(part.needed for part in now.parts),
        "roots": [each.get("root", "") for each in row.value] if row and question.type == "factors" else [],
        "beside": [f"{found.said(question, each).who}, {each.by.name}" for each in saved.beside if not each.unchanged],
    }


@form_page
@writes
def settle(request: HttpRequest, pk: UUID, assessment: UUID, question: str) -> HttpResponse:
    child, _ = _to_write(request, pk)
    of = found.assessment_of(child, assessment)
    paper = found.paper(of, child, timezone.localdate())
    said = found.answers_at_odds(paper, question)
    offered = [(str(one.of.pk), f"{one.who}, {one.of.by.name}: {' '.join(one.lines)}") for one in said]
    form = forms.SettleForm(_posted(request), offered=offered)

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept = {"by": request.user, "at": timezone.now()}
        actions.settle(of, question, UUID(typed["holds"]), typed["reason"], **kept)  # type: ignore[arg-type]
        return _back(pk, of, "Which of them holds is in the assessment, with your reason.", request)

    more = {"paper": paper, "question": paper.form[question], "said": said}
    return _answer(request, child, form, do, "assessments/settle.html", **more)


@form_page
@writes
def evidence(request: HttpRequest, pk: UUID, assessment: UUID, question: str) -> HttpResponse:
    """What an answer rests on, picked from the record."""
    child, seen = _to_write(request, pk)
    of, on = found.assessment_of(child, assessment), timezone.localdate()
    if question not in of.of_form:
        raise Http404
    offered = found.sources(child, of, request.user, seen.reads, on)  # type: ignore[arg-type]
    form = forms.EvidenceForm(_posted(request), offered=[(f"{one.kind}.{one.of}", one.words) for one in offered])

    def do() -> HttpResponse:
        kind, _, chosen = form.cleaned_data["of"].partition(".")
        actions.rest_on(of, question, kind, UUID(chosen), by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The answer rests on it.")
        return redirect("assessment_section", pk=pk, assessment=of.pk, section=_section_with(of, question))

    more = {"of": of, "question": of.of_form[question], "section": _section_with(of, question)}
    return _answer(request, child, form, do, "assessments/evidence.html", **more)


def _section_with(of: Assessment, question: str) -> str:
    return next(each.key for each in of.of_form.sections if question in [q.key for q in each.questions])


@form_page
@writes
def ask(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    child, _ = _to_write(request, pk)
    of, on = found.assessment_of(child, assessment), timezone.localdate()
    form = forms.AskForm(_posted(request), on=on, due=working_days_after(on, DAYS_TO_TELL))

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept = {"asked_of": typed["asked_of"], "by": request.user, "at": timezone.now(), "once": typed["once"]}
        actions.ask(of, typed["agency"], typed["what"], typed["due"], **kept)
        return _back(pk, of, "That they were asked is in the assessment, and among what is due.", request)

    return _answer(request, child, form, do, "assessments/ask.html", of=of)


@form_page
@writes
def told(request: HttpRequest, pk: UUID, assessment: UUID, contribution: UUID) -> HttpResponse:
    child, _ = _to_write(request, pk)
    of = found.assessment_of(child, assessment)
    asked_of = found.contribution_of(of, contribution)
    form = forms.ToldForm(_posted(request), documents=found.documents(child))

    def do() -> HttpResponse:
        typed = form.cleaned_data
        kept = {"document": typed["document"], "by": request.user, "at": timezone.now(), "once": typed["once"]}
        actions.told(asked_of, typed["step"], words=typed["words"], **kept)
        return _back(pk, of, "What became of it is in the assessment.", request)

    return _answer(request, child, form, do, "assessments/told.html", of=of, asked_of=asked_of)


@form_page
@writes
def document(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """The filed document whose ratings and factors are entered."""
    child, _ = _to_write(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.DocumentForm(_posted(request), documents=found.documents(child))

    def do() -> HttpResponse:
        actions.file_document(of, form.cleaned_data["document"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return _back(pk, of, "These answers rest on the document.", request)

    return _answer(request, child, form, do, "assessments/document.html", of=of)


# Factors --------------------------------------------------------------------------------------------------------------


@form_page
@writes
def factor_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, _ = _to_write(request, pk)
    form = forms.FactorForm(_posted(request))

    def do() -> HttpResponse:
        actions.add_factor(child, form.row(), by=request.user, at=timezone.now(), once=form.cleaned_data["once"])  # type: ignore[arg-type]
        messages.success(request, "The factor is in the record. The next assessment asks about it.")
        return redirect("assessments", pk=pk)

    return _answer(request, child, form, do, "assessments/factor.html")


@form_page
@writes
def factor_end(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    child, _ = _to_write(request, pk)
    factor = found.factor_of(child, root)
    form = forms.EndFactorForm(_posted(request), on=timezone.localdate())

    def do() -> HttpResponse:
        typed = form.cleaned_data
        actions.end_factor(child, root, typed["because"], typed["words"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The factor has ended. It stays where it was seen.")
        return redirect("assessments", pk=pk)

    return _answer(request, child, form, do, "assessments/factor_end.html", factor=found.FactorLine(factor))


# Signing --------------------------------------------------------------------------------------------------------------


@require_POST
@writes
def sign(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """Signed, or the same page with all that is missing."""
    return _step(request, pk, assessment, actions.sign, "It is signed.")


@require_POST
@writes
def take_back(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    return _step(request, pk, assessment, actions.take_back, "Taken back: it can be gone on with.")


def _step(request: HttpRequest, pk: UUID, assessment: UUID, act: Callable[..., Any], words: str) -> HttpResponse:
    child, seen = _to_write(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.StepForm(request.POST)
    if not form.is_valid():
        return _whole(request, child, seen, of, wrong="Open the page again, and press once more.", status=INVALID)
    try:
        act(of, by=request.user, at=timezone.now(), once=form.cleaned_data["once"])
    except Refused as refused:
        return _whole(request, child, seen, of, wrong=refused.reason, status=refused.status)
    return _back(pk, of, words, request)


@form_page
@writes
def drop(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    child, _ = _to_write(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.StepForm(_posted(request), label="Why was it begun in error?")

    def do() -> HttpResponse:
        typed = form.cleaned_data
        actions.drop(of, typed["words"], by=request.user, at=timezone.now(), once=typed["once"])  # type: ignore[arg-type]
        messages.success(request, "It is dropped. It stays in the list, and counts for nothing.")
        return redirect("assessments", pk=pk)

    return _answer(request, child, form, do, "assessments/drop.html", of=of)


@form_page
@countersigns
def look(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """Countersigned, or sent back with what is to be looked at again. Nothing is chosen for anybody."""
    child, _ = _opened(request, pk)
    of = found.assessment_of(child, assessment)
    form = forms.LookForm(
        _posted(request),
        label="Your words",
        hint="What you looked at, and what changed because of it. Needed to send it back.",
    )

    def do() -> HttpResponse:
        typed, kept = form.cleaned_data, {"by": request.user, "at": timezone.now()}
        if typed["what"] == "send_back":
            actions.send_back(of, typed["words"], once=typed["once"], **kept)
            return _back(pk, of, "Sent back, with your words.", request)
        actions.countersign(of, words=typed["words"], once=typed["once"], **kept)
        return _back(pk, of, "Countersigned. It is locked, and the next look at it is among what is due.", request)

    paper = found.paper(of, child, timezone.localdate())
    return _answer(request, child, form, do, "assessments/look.html", of=of, paper=paper)


# ----------------------------------------------------------------------------------------------------------------------


def _opened(request: HttpRequest, pk: UUID) -> tuple[Child, Reach]:
    child = open_child(request, pk)
    seen = reach(request.user, child, timezone.now())  # type: ignore[arg-type]
    if SECTION not in seen.reads:
        raise NotAllowed(NOT_READ)
    return child, seen


def _to_write(request: HttpRequest, pk: UUID) -> tuple[Child, Reach]:
    child = open_child(request, pk)
    seen = reach(request.user, child, timezone.now())  # type: ignore[arg-type]
    refuse_if(need_to_know.why_not_write(SECTION, seen.writes))
    return child, seen


def _back(pk: UUID, of: Assessment, words: str, request: HttpRequest) -> HttpResponse:
    messages.success(request, words)
    return redirect("assessment", pk=pk, assessment=of.pk)


def _answer(
    request: HttpRequest, child: Child, form: Any, do: Callable[[], HttpResponse], template: str, **more: Any
) -> HttpResponse:
    """Done, or the form as typed with the reason why not."""
    status = 200
    if form.is_bound:
        status = INVALID
        if form.is_valid():
            try:
                return do()
            except Refused as refused:
                form.add_error(None, refused.reason)
                status = refused.status
    return _page(request, template, child, "assessment.form", status=status, form=form, **more)


def _page(
    request: HttpRequest, template: str, child: Child, event: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    log.viewed(request, event, child)
    context = {"child": child, "name": record_panels.name_of(child.person)}
    return render(request, template, context | more, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
