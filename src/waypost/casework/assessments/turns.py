"""Who may write in an assessment, in turn, and while it is being written."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.assessments import rules
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
)
from waypost.casework.assessments.questions import Question
from waypost.casework.assessments.rules import State
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks import actions as tasks
from waypost.kernel.refusal import NotFound, refuse_if
from waypost.people.need_to_know.reach import reach, require_writes
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.models import Child

SECTION = "assessment"
ASKED_BY = ("assessment", "assessment_referral_order", "assessment_out_of_court", "review", "review_three_months")


def state_of(assessment: Assessment) -> State:
    return rules.state_of(
        signed=assessment.signed_at is not None,
        locked=assessment.locked_at is not None,
        dropped=assessment.dropped_at is not None,
    )


def turn_with(child: Child, by: Staff, at: datetime) -> Child:
    require_writes(child.person, SECTION, by=by, at=at)
    return in_turn(child.pk, by=by, at=at)


def turn_of(person: UUID, by: Staff, at: datetime) -> Child:
    record = Child.objects.filter(pk=person).select_related("combined_into").first()
    if record is None:
        raise NotFound
    return turn_with(record.combined_into or record, by, at)


def turn_at(assessment: Assessment, by: Staff, at: datetime) -> tuple[Child, Assessment]:
    child = turn_of(assessment.person_id, by, at)
    return child, Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)


def write(assessment: Assessment, by: Staff, at: datetime) -> tuple[Child, Assessment]:
    """For whoever changes what it says: only while it is being written."""
    child, assessment = turn_at(assessment, by, at)
    refuse_if(rules.why_not_write(state_of(assessment)))
    return child, assessment


def countersigns(assessment: Assessment, by: Staff, at: datetime) -> tuple[Child, Assessment]:
    require(by, Permission.COUNTERSIGN)
    record = Child.objects.filter(pk=assessment.person_id).select_related("combined_into").first()
    if record is None:
        raise NotFound
    child = in_turn((record.combined_into or record).pk, by=by, at=at)
    if SECTION not in reach(by, child, at).reads:
        raise NotFound
    return child, Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)


def question_of(assessment: Assessment, question: str) -> Question:
    if question not in assessment.of_form:
        raise NotFound
    return assessment.of_form[question]


def revised(assessment: Assessment) -> None:
    assessment.revision += 1
    assessment.save(update_fields=["revision"])


def row_for(assessment: Assessment, asked: Question, value: Any, words: str, **given: Any) -> Answered:
    return Answered(
        person_id=assessment.person_id,
        assessment=assessment,
        question=asked.key,
        value=value,
        words=words,
        disclosure=asked.disclosure,
        **given,
    )


def asks_of(outcome: Outcome) -> list[UUID]:
    root = tasks.first_of(outcome)
    return [uuid5(root, key) for key in ASKED_BY]
