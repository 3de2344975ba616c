"""A child’s assessments: listed, begun, answered as one types, and read beside one another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.assessments import (
    actions,
    factors,
    forms,
    rules,
    telling,
    versions,
)
from waypost.casework.assessments import panels as found
from waypost.casework.assessments.models import Assessment
from waypost.casework.assessments.pages import (
    INVALID,
    answer_form,
    form_page,
    opened,
    opens,
    page,
    posted,
    to_write,
    whole,
    writes,
)
from waypost.casework.assessments.panels import Block
from waypost.casework.assessments.rules import State
from waypost.casework.assessments.turns import SECTION, state_of
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import Reach
from waypost.people.record.models import Child


@require_safe
@opens
def assessments(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, seen = opened(request, pk)
    context = {"lines": found.lines(child), "factors": factors.factors(child), "writes": SECTION in seen.writes}
    return page(request, "assessments/assessments.html", child, "assessment.list", **context)


@require_safe
@opens
def assessment(request: HttpRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    child, seen = opened(request, pk)
    return whole(request, child, seen, found.assessment_of(child, assessment))


@require_safe
@opens
def compared(request: HttpRequest, pk: UUID, assessment: UUID, other: UUID) -> HttpResponse:
    """Two versions side by side: what changed, what is new, what is gone; what is the same is folded."""
    child, _ = opened(request, pk)
    pair = [found.assessment_of(child, each) for each in (assessment, other)]
    if pair[0].form != pair[1].form or pair[0].pk == pair[1].pk:
        raise Http404
    beside = versions.side_by_side(*pair, request.user)  # type: ignore[arg-type]
    return page(request, "assessments/compared.html", child, "assessment.compared", beside=beside, form=pair[0].of_form)


@form_page
@writes
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which form is chosen first: its stages are its own."""
    child, _ = to_write(request, pk)
    on, of_child = timezone.localdate(), found.outcomes_of(child)
    offered = found.forms_to_begin(on)
    chosen = next((one for one in offered if one.key == (request.POST or request.GET).get("form")), None)
    if chosen is None and request.method != "POST":
        return page(request, "assessments/choose.html", child, "assessment.form", offered=offered)
    form = forms.BeginForm(posted(request), forms_=offered, on=on, outcomes=of_child, form=chosen.key if chosen else "")

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

    return answer_form(request, child, form, do, "assessments/begin.html", chosen=chosen)


@form_page
@opens
def section(request: HttpRequest, pk: UUID, assessment: UUID, section: str) -> HttpResponse:
    """The questions of one section. Without a script everything that was changed is saved by the button."""
    child, seen = opened(request, pk)
    of = found.assessment_of(child, assessment)
    if request.method == "POST":
        require(request.user, Permission.ENTER_CHILDREN)  # type: ignore[arg-type]
        refuse_if(need_to_know.why_not_write(SECTION, seen.writes))
        refuse_if(rules.why_not_write(state_of(of)))
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
    blocks = found.blocks(paper, part, request.user, on, data=posted(request), **shown)  # type: ignore[arg-type]
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
    return page(request, template, child, "assessment.section", status=status, **context)


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
            newer[block.key] = telling.said(block.question, refused.row)
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
    child, seen = to_write(request, pk)
    of, on = found.assessment_of(child, assessment), timezone.localdate()
    question = of.of_form.by_key.get(request.POST.get("question", ""))
    if question is None:
        raise Http404
    if why := telling.why_kept(question, request.user):  # type: ignore[arg-type]
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
    row = telling.said(question, newer.row)
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
        "beside": [
            f"{telling.said(question, each).who}, {each.by.name}" for each in saved.beside if not each.unchanged
        ],
    }
