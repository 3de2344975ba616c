"""Assessments for tests: `begun(child, worker)`, `answered(assessment, worker, home_safe="yes")`, `whole(…)`, `signed(…)`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.assessments import actions, rules, signing
from waypost.casework.assessments.answers import applies
from waypost.casework.assessments.models import Answered, Assessment, AssessmentStep
from waypost.casework.assessments.questions import ONE_OF_SOME, Question, Type
from waypost.casework.assessments.standing import factor_question, holding, row_of, standing_of
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child

NOW = timezone.now
FRIENDS = {"factor": "friends", "side": "against", "rating": "strong", "evidence": "He says so."}
SKILLS = {"factor": "skills", "side": "for", "rating": "moderate"}
ROWS = {
    Type.FACTORS: [FRIENDS, SKILLS],
    Type.BEHAVIOURS: [{"what": "A fight at the park", "likelihood": "medium", "impact": "medium"}],
    Type.ADVERSE_OUTCOMES: [{"outcome": "exploited", "likelihood": "low", "impact": "high"}],
    Type.SUBSTANCES: [{"substance": "cannabis", "use": "weekly"}],
    Type.PLAN: [{"what": "Boxing on Tuesdays", "who": "Priya"}],
}


def begun(
    child: Child, by: Staff, form: str = "out_of_court", stage: str = "start", reason: str = "", **given: Any
) -> Assessment:
    as_seen_by(by)
    earlier = Assessment.objects.of(child.person_ids()).filter(form=form).locked().exists()
    reason = reason or ("period" if earlier else "first")
    return actions.begin(child, form, stage, reason, **{"by": by, "at": NOW(), "once": new_id()} | given)


def answered(assessment: Assessment, by: Staff, **values: Any) -> None:
    as_seen_by(by)
    for key, value in values.items():
        who = rules.speakers(assessment.of_form[key], by.agency)[0]
        actions.answer(assessment, key, value, who=who, was=_was(assessment, key, by), by=by, at=NOW())


def _was(assessment: Assessment, key: str, by: Staff) -> Any:
    row = assessment.answered.current().filter(question=key, unchanged=False, by=by).first()
    return row.pk if row else None


def likely(question: Question) -> Any:
    """An answer that fits, and tells nobody."""
    if question.type in ONE_OF_SOME or question.type is Type.CHOICES:
        plain = [one for one in question.offered_on(timezone.localdate()) if not one.needs_words]
        calm = next(one.key for one in plain if one.key not in question.at_once)
        return [calm] if question.type is Type.CHOICES else calm
    if question.type is Type.NUMBER:
        return question.least or 0
    if question.type is Type.DATE:
        return timezone.localdate().isoformat()
    return ROWS.get(question.type, "We talked about it.")


def whole(assessment: Assessment, by: Staff) -> Assessment:
    """Everything that its stage asks answered, as the worker or whoever is asked says it."""
    as_seen_by(by)
    asks = factor_question(assessment.of_form)
    for _ in range(4):  # what is answered may bring new questions
        for question in applies(assessment.of_form, standing_of(assessment).answers, stage=assessment.stage):
            there = standing_of(assessment).answers.get(question.key)
            if there is not None and not there.unchanged:
                continue
            value = likely(question)
            if asks and question.key == asks.key:
                held = holding([assessment.person_id])
                value = [row_of(one) for one in held] or value
            who = rules.speakers(question, by.agency)[0]
            words = "As I judge it." if question.judges else ""
            actions.answer(assessment, question.key, value, words=words, who=who, by=by, at=NOW())
    return assessment


def signed(assessment: Assessment, by: Staff) -> Assessment:
    as_seen_by(by)
    return signing.sign(assessment, by=by, at=NOW(), once=new_id())


def locked(assessment: Assessment, by: Staff, manager: Staff) -> Assessment:
    made = signed(filled(assessment, by), by)
    as_seen_by(manager)
    return signing.countersign(made, by=manager, at=NOW(), once=new_id())


def filled(assessment: Assessment, by: Staff) -> Assessment:
    """The same as `whole`, put straight into the rows."""
    asks = factor_question(assessment.of_form)
    for _ in range(4):
        now = standing_of(assessment).answers
        asked = applies(assessment.of_form, now, stage=assessment.stage)
        questions = [each for each in asked if each.key not in now and each != asks]
        Answered.objects.bulk_create(
            Answered(
                person_id=assessment.person_id,
                assessment=assessment,
                question=question.key,
                who=question.who[0],
                value=likely(question),
                words="As I judge it." if question.judges else "",
                disclosure=question.disclosure,
                by=by,
                at=NOW(),
            )
            for question in questions
        )
    there = standing_of(assessment).answers
    if asks and asks.key not in there:
        answered(
            assessment, by, **{asks.key: [row_of(one) for one in holding([assessment.person_id])] or ROWS[Type.FACTORS]}
        )
    return assessment


def as_if_signed(assessment: Assessment, by: Staff, countersigned_by: Staff | None = None) -> None:
    """Whatever is missing in it."""
    AssessmentStep.objects.create(
        person_id=assessment.person_id, assessment=assessment, step="signed", by=by, at=NOW(), once=new_id()
    )
    Assessment.objects.filter(pk=assessment.pk).update(signed_by=by, signed_at=NOW())
    if countersigned_by:
        Assessment.objects.filter(pk=assessment.pk).update(locked_by=countersigned_by, locked_at=NOW())
    assessment.refresh_from_db()
