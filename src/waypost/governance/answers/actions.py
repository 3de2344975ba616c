"""Say what answers a line, that nothing does, that nothing is asked; freeze the whole."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.governance.answers.lines import Answer, AnswerLine
from waypost.governance.answers.models import FrozenAnswer, LineJudged, Match
from waypost.governance.answers.rules import why_not_check, why_not_nothing, why_not_strength
from waypost.governance.improvement.models import Action, Plan
from waypost.kernel.refusal import Refused, refuse_if
from waypost.kernel.words import LONDON, day
from waypost.quality.inspections.models import Finding, Inspection, InspectionRecommendation

LineOf = InspectionRecommendation | Finding


def _of(line: LineOf) -> dict[str, LineOf]:
    return {"recommendation" if isinstance(line, InspectionRecommendation) else "finding": line}


@transaction.atomic
def match(line: LineOf, action: Action, verdict: Match.Verdict, *, by: Staff, words: str, at: datetime) -> Match:
    """Say that an action answers a line, or does not; an earlier word on the pair stays in the history."""
    require(by, Permission.MATCH_ANSWERS)
    _take_turn(action.plan)
    said = Match.objects.filter(action=action, **_of(line)).first()
    if said and (said.verdict, said.by_id, said.words) == (verdict, by.pk, words.strip()):
        return said
    made = Match.objects.create(action=action, verdict=verdict, by=by, words=words.strip(), at=at, **_of(line))
    standing = _last(line, action.plan)
    if verdict == Match.Verdict.ANSWERS and standing and standing.verdict in _CLOSED:
        since = max(at, standing.at)  # it follows the word it takes back, whoever asked first
        LineJudged.objects.create(plan=action.plan, verdict=LineJudged.Verdict.REOPENED, by=by, at=since, **_of(line))
    log.record(by, log.Verb.CHANGED, f"answer.{verdict}", line, listed=[action.pk])
    return made


_CLOSED = {LineJudged.Verdict.NOTHING, LineJudged.Verdict.STRENGTH}


def _last(line: LineOf, plan: Plan) -> LineJudged | None:
    words = LineJudged.objects.filter(plan=plan, **_of(line)).exclude(verdict=LineJudged.Verdict.CHECKED)
    return words.order_by("at", "pk").last()


@transaction.atomic
def judge(line: LineOf, plan: Plan, verdict: LineJudged.Verdict, *, by: Staff, words: str, at: datetime) -> LineJudged:
    """Say of a whole line that nothing answers it, that nothing is asked, that it is checked, or judge it again."""
    require(by, Permission.MATCH_ANSWERS)
    _take_turn(plan)
    said = LineJudged.objects.filter(plan=plan, **_of(line)).first()
    if said and (said.verdict, said.by_id, said.words) == (verdict, by.pk, words.strip()):
        return said
    matched, closed = _matched(line, plan), _last(line, plan)
    standing = [*matched, *([closed] if closed and closed.verdict in _CLOSED else [])]
    if verdict in _CLOSED:
        refuse_if(why_not_nothing(matched))
    if verdict == LineJudged.Verdict.STRENGTH:
        refuse_if(why_not_strength(is_recommendation=isinstance(line, InspectionRecommendation)))
    if verdict == LineJudged.Verdict.CHECKED:
        refuse_if(why_not_check(by.pk, {one.by_id for one in standing}))
    judged = LineJudged.objects.create(plan=plan, verdict=verdict, by=by, words=words.strip(), at=at, **_of(line))
    log.record(by, log.Verb.CHANGED, f"answer.{verdict}", line)
    return judged


def _matched(line: LineOf, plan: Plan) -> list[Match]:
    """The newest word on each action of the plan, where it says that the action answers the line."""
    newest = {one.action_id: one for one in Match.objects.filter(action__plan=plan, **_of(line)).order_by("at", "pk")}
    return [one for one in newest.values() if one.verdict == Match.Verdict.ANSWERS]


def _take_turn(plan: Plan) -> None:
    plan.take_turn()
    if plan.replaced_at:
        raise Refused("This plan has been replaced. Judge the line against the present plan.")


@transaction.atomic
def freeze(answer: Answer, *, by: Staff, on: date, at: datetime) -> FrozenAnswer:
    """Keep every line as it stands, gaps as gaps, under the next number of this inspection.

    One person who freezes the same answer again on one day has frozen it once.
    """
    require(by, Permission.MATCH_ANSWERS)
    _take_turn(answer.plan)
    Inspection.objects.select_for_update(no_key=True).get(pk=answer.inspection.pk)
    content = {"as_of": on.isoformat(), "by": by.name, "lines": [_as_it_stands(line) for line in answer.lines]}
    last = FrozenAnswer.objects.filter(inspection=answer.inspection).first()
    if last and last.sha256 == digest(content):
        return last
    frozen = FrozenAnswer.objects.create(
        inspection=answer.inspection,
        plan=answer.plan,
        number=last.number + 1 if last else 1,
        by=by,
        at=at,
        content=content,
        sha256=digest(content),
    )
    log.record(by, log.Verb.CHANGED, "answer.frozen", frozen)
    return frozen


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content as sorted JSON: what proves later that the file was not changed."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _as_it_stands(line: AnswerLine) -> dict[str, Any]:
    word = line.judged
    return {
        "name": line.name,
        "text": line.of.text,
        "to": getattr(line.of, "addressee", ""),
        "gap": line.gap.words,
        "judged": f"{word.get_verdict_display()}: {word.by.name}, {_day(word.at)}" if word else "",
        "checked": f"{line.checked.by.name}, {_day(line.checked.at)}" if line.checked else "",
        "actions": [
            {
                "ref": found.action.ref,
                "text": found.action.text,
                "status": found.explained.words,
                "why": found.explained.why,
                "kind": found.kind.words,
                "matched_by": f"{who.by.name}, {_day(who.at)}",
                "evidence": [e.title for e in found.action.evidence.filter(inspector_may_open=True)],
            }
            for found, who in zip(line.matched, line.who, strict=True)
        ],
    }


def _day(at: datetime) -> str:
    return day(at.astimezone(LONDON).date())
