"""The answer to the inspection: what nothing answers comes first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.governance.answers import actions
from waypost.governance.answers.lines import Answer, AnswerLine, answer, matched_by
from waypost.governance.answers.matching import marked
from waypost.governance.answers.models import LineJudged, Match
from waypost.governance.answers.rules import Gap
from waypost.governance.answers.thread import as_read, heads, strand
from waypost.governance.improvement.models import Plan
from waypost.kernel.refusal import Refused
from waypost.kernel.words import month
from waypost.quality.inspections.models import Inspection
from waypost.ui.clock import Clock, Event
from waypost.ui.thread import Strand

sees = needs(Permission.SEE_IMPROVEMENT)
judges = needs(Permission.MATCH_ANSWERS)
CLOSING = {LineJudged.Verdict.NOTHING, LineJudged.Verdict.STRENGTH}


def answer_of(request: HttpRequest, pk: UUID) -> Answer:
    inspection = get_object_or_404(Inspection.visible_to(request.user), pk=pk)
    plan = get_object_or_404(Plan.objects.visible_to(request.user).current())
    return answer(inspection, plan, timezone.localdate())


def line_of(found: Answer, pk: UUID) -> AnswerLine | None:
    return next((line for line in found.lines if line.of.pk == pk), None)


@require_safe
@sees
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every recommendation and key finding, worst first, beside the clock."""
    found = answer_of(request, pk)
    log.viewed(request, "answer.page", found.inspection, [one.of.pk for one in found.lines])
    context = {
        "answer": found,
        "plan": found.plan,
        "inspection": found.inspection,
        "clock": _clock(found),
        "gaps": list(Gap),
        "heads": heads("The answer to the inspection"),
        "strands": {line.of.pk: _drawn(request, strand(line, found)) for line in found.lines},
        "who": matched_by(found).most_common(),
        "frozen": found.inspection.frozen.select_related("by").first(),
        "in_order": request.GET.get("order") == "inspection",
    }
    return render(request, "answers/answer.html", context)


def _drawn(request: HttpRequest, of: Strand) -> Strand:
    return of if request.user.may(Permission.MATCH_ANSWERS) else as_read(of)


def _clock(found: Answer) -> Clock | None:
    published, ends = found.inspection.published, found.inspection.answer_by
    if published is None or ends is None:
        return None
    accepted = Event("Plan accepted", timezone.localdate(found.plan.accepted_at))
    inside = [accepted] if published <= accepted.on <= ends else []
    known_as = "" if found.inspection.published_day_known else month(published)
    return Clock(Event("Published", published, known_as), Event("Twelve months", ends), timezone.localdate(), inside)


@require_safe
@sees
def line(request: HttpRequest, pk: UUID, line: UUID) -> HttpResponse:
    """One line: found, said, done, changed, evidence; and the matches put forward for it."""
    found = answer_of(request, pk)
    shown = line_of(found, line)
    if shown is None:
        return get_object_or_404(Inspection.visible_to(request.user).none())
    return _line_page(request, found, shown)


def _line_page(request: HttpRequest, found: Answer, shown: AnswerLine, refused: str = "") -> HttpResponse:
    put_forward = [one.line for one in shown.proposed]
    log.viewed(request, "answer.line", shown.of, [one.action.pk for one in (*shown.matched, *put_forward)])
    matched = {one.action.pk for one in shown.matched}
    context = {
        "answer": found,
        "plan": found.plan,
        "inspection": found.inspection,
        "line": shown,
        "strand": _drawn(request, strand(shown, found, here="#judge")),
        "heads": heads(shown.name),
        "proposals": [(p, marked(shown.of.text, p.stems), marked(p.line.action.text, p.stems)) for p in shown.proposed],
        "others": [one for one in found.actions if one.action.pk not in matched],
        "following": _following(found, shown),
        "may_judge": request.user.may(Permission.MATCH_ANSWERS),
        "refused": refused,
    }
    return render(request, "answers/line.html", context, status=422 if refused else 200)


def _following(found: Answer, shown: AnswerLine) -> AnswerLine | None:
    """The next line nobody has judged, so that forty can be judged one after another."""
    waiting = [one for one in found.undecided if one.of.pk != shown.of.pk]
    place = found.lines.index(shown)
    return next((one for one in waiting if found.lines.index(one) > place), waiting[0] if waiting else None)


def _words(request: HttpRequest) -> str:
    """What was typed beside a button, as far as the database can hold it."""
    return request.POST.get("words", "").replace("\0", "")


@require_POST
@judges
def match(request: HttpRequest, pk: UUID, line: UUID) -> HttpResponse:
    found = answer_of(request, pk)
    shown = line_of(found, line)
    verdict, key = request.POST.get("verdict", ""), request.POST.get("action", "")
    if shown is not None and not key:
        return _line_page(request, found, shown, "Choose the action that answers the line")
    chosen = next((one.action for one in found.actions if str(one.action.pk) == key), None)
    if chosen is None:
        raise Http404
    if shown is None or verdict not in Match.Verdict.values:
        raise Refused("Choose whether the action answers the line.")
    actions.match(
        shown.of,
        chosen,
        Match.Verdict(verdict),
        by=request.user,
        words=_words(request),
        at=timezone.now(),
    )
    says = "answers" if verdict == Match.Verdict.ANSWERS else "does not answer"
    messages.success(request, f"{chosen.ref} {says} {shown.name.lower()}, in your name.")
    return redirect("answer_line", pk=pk, line=line)


@require_POST
@judges
def judge(request: HttpRequest, pk: UUID, line: UUID) -> HttpResponse:
    """Say what is true of the whole line; once that is said, the next one comes."""
    found = answer_of(request, pk)
    shown = line_of(found, line)
    verdict = request.POST.get("verdict", "")
    if shown is None or verdict not in LineJudged.Verdict.values:
        raise Refused("Choose what is true of the line.")
    said = LineJudged.Verdict(verdict)
    actions.judge(
        shown.of,
        found.plan,
        said,
        by=request.user,
        words=_words(request),
        at=timezone.now(),
    )
    messages.success(request, f"{shown.name}: {said.label.lower()}, in your name.")
    following = _following(found, shown) if said in CLOSING else None
    return redirect("answer_line", pk=pk, line=following.of.pk if following else line)


@require_POST
@judges
def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    frozen = actions.freeze(answer_of(request, pk), by=request.user, on=timezone.localdate(), at=timezone.now())
    messages.success(request, f"The answer is frozen as number {frozen.number}.")
    return redirect("answer_frozen", pk=pk, number=frozen.number)


@require_safe
@sees
def frozen(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    inspection = get_object_or_404(Inspection.visible_to(request.user), pk=pk)
    found = get_object_or_404(inspection.frozen.select_related("by"), number=number)
    log.viewed(request, "answer.frozen", found)
    whole = actions.digest(found.content) == found.sha256
    return render(request, "answers/frozen.html", {"frozen": found, "inspection": inspection, "whole": whole})
