"""An assessment signed, sent back, countersigned or dropped. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.deputies import acting_for
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.casework.assessments import reviews, rules
from waypost.casework.assessments.models import (
    Assessment,
    AssessmentStep,
)
from waypost.casework.assessments.questions import Judgement
from waypost.casework.assessments.rules import Step
from waypost.casework.assessments.standing import (
    holding,
    lacks_of,
    signatures,
    standing_of,
)
from waypost.casework.assessments.turns import (
    asks_of,
    countersigns,
    state_of,
    turn_at,
    write,
)
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.kernel.lists import load as list_of
from waypost.kernel.refusal import NotFound, refuse_if
from waypost.people.record.entries import Document
from waypost.people.record.models import Child, Person

REVIEW = "assessment_review"


@transaction.atomic
def sign(assessment: Assessment, *, by: Staff, at: datetime, once: UUID) -> Assessment:
    """By whoever made it; where two agencies did, it waits for somebody of each. Sent twice it is once."""
    child, assessment = turn_at(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    on, agencies = timezone.localdate(at), assessment.agencies
    now, signed = standing_of(assessment), {one.by.agency for one in signatures(assessment)}
    lacks = lacks_of(now, holding(child.person_ids()), on)
    refuse_if(rules.why_not_sign(state_of(assessment), lacks, agency=by.agency, agencies=agencies, signed=signed))
    _step(assessment, Step.SIGNED, "", by=by, at=at, once=once)
    if not rules.still_to_sign(agencies, {*signed, by.agency}):
        assessment.signed_by, assessment.signed_at = by, at
        assessment.save(update_fields=["signed_by", "signed_at"])
        for task in _done_by(child, assessment):
            tasks.done_with(task, words="The assessment was signed.", by=by, at=at)
    log.record(by, log.Verb.CHANGED, "assessment.signed", child)
    return assessment


@transaction.atomic
def take_back(assessment: Assessment, *, by: Staff, at: datetime, once: UUID) -> Assessment:
    child, assessment = turn_at(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    refuse_if(rules.why_not_take_back(state_of(assessment), signed_it=by.pk in _signers(assessment)))
    return _back(child, assessment, Step.TAKEN_BACK, "", by=by, at=at, once=once)


@transaction.atomic
def send_back(assessment: Assessment, words: str, *, by: Staff, at: datetime, once: UUID) -> Assessment:
    """With what is to be looked at again."""
    child, assessment = countersigns(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    refuse_if(rules.why_not_send_back(state_of(assessment), words, by=by.pk, signed=_signers(assessment)))
    return _back(child, assessment, Step.SENT_BACK, words, by=by, at=at, once=once)


@transaction.atomic
def countersign(assessment: Assessment, *, words: str = "", by: Staff, at: datetime, once: UUID) -> Assessment:
    """By somebody who did not sign. It is locked, and the next look at it is due."""
    child, assessment = countersigns(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    refuse_if(rules.why_not_countersign(state_of(assessment), by=by.pk, signed=_signers(assessment)))
    _step(assessment, Step.COUNTERSIGNED, words, by=by, at=at, once=once)
    assessment.locked_by, assessment.locked_at = by, at
    assessment.save(update_fields=["locked_by", "locked_at"])
    _ask_for_review(child, assessment, by, at)
    log.record(
        by,
        log.Verb.CHANGED,
        "assessment.countersigned",
        child,
        on_behalf_of=acting_for(by, Permission.COUNTERSIGN, at=at),
    )
    return assessment


@transaction.atomic
def drop(assessment: Assessment, reason: str, *, by: Staff, at: datetime, once: UUID) -> Assessment:
    """Begun in error: it stays, and counts for nothing."""
    child, assessment = turn_at(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    refuse_if(rules.why_not_drop(state_of(assessment), reason))
    _step(assessment, Step.DROPPED, reason, by=by, at=at, once=once)
    assessment.dropped_by, assessment.dropped_at = by, at
    assessment.previous = None  # the next one follows on the earlier instead
    assessment.save(update_fields=["dropped_by", "dropped_at", "previous"])
    log.record(by, log.Verb.CHANGED, "assessment.dropped", child)
    return assessment


@transaction.atomic
def file_document(assessment: Assessment, document: Document, *, by: Staff, at: datetime) -> Assessment:
    """The document whose ratings and factors are entered here."""
    child, assessment = write(assessment, by, at)
    if document.person_id not in child.person_ids() or not document.is_current:
        raise NotFound
    assessment.document = document
    assessment.save(update_fields=["document"])
    log.record(by, log.Verb.CHANGED, "assessment.document", child)
    return assessment


def review_because(
    person: Person, reason: str, what: str, *, since: date | None, source: tuple[str, UUID], by: Staff, at: datetime
) -> Task | None:
    """Part of the checked write that says what happened: an assessment made before it is looked at again."""
    child = Child.objects.filter(pk=person.pk).first()
    people = child.person_ids() if child else [person.pk]
    last = Assessment.objects.of(people).locked().order_by("-locked_at").first()
    if last is None or (since is not None and since < timezone.localdate(last.locked_at)):
        return None
    on = timezone.localdate(at)
    due = reviews.load().due_after(on)
    if Task.objects.open().of(people).filter(key=REVIEW, due__lte=due).exists():
        return None  # it is asked for already
    return tasks.put(
        person,
        key=REVIEW,
        title="Look at the assessment again",
        why=f"{what}: {list_of('assessment_reasons').words(reason).lower()}.",
        due=due,
        starts=on,
        source=source,
        by=by,
        at=at,
        once=uuid5(source[1], f"{REVIEW} {reason}"),
    )


def _ask_for_review(child: Child, assessment: Assessment, by: Staff, at: datetime) -> None:
    if not assessment.of_form.families:  # a screening, or what a child or a carer says: no clock of its own
        return
    level = assessment.of_form.judging(Judgement.LEVEL)
    answer = standing_of(assessment).answers.get(level.key) if level else None
    on = timezone.localdate(at)
    tasks.put(
        child.person,
        key=REVIEW,
        title="Look at the assessment again",
        why=f"Countersigned by {by.name}.",
        due=reviews.load().due(str(answer.value) if answer else "", on),
        starts=on,
        source=("assessment", assessment.pk),
        by=by,
        at=at,
        once=uuid5(assessment.pk, REVIEW),
    )


def _done_by(child: Child, assessment: Assessment) -> list[UUID]:
    """What asks for it: the clocks of its outcome, and that the last one is looked at again."""
    asks = asks_of(assessment.outcome) if assessment.outcome else []
    if not assessment.of_form.families:
        return asks
    rows = Task.objects.of(child.person_ids()).filter(key=REVIEW).exclude(from_id=assessment.pk)
    return [*asks, *rows.values_list("once", flat=True)]


def _signers(assessment: Assessment) -> set[UUID]:
    return {one.by_id for one in signatures(assessment)} | {pk for pk in (assessment.signed_by_id,) if pk}


def _back(
    child: Child, assessment: Assessment, step: Step, words: str, *, by: Staff, at: datetime, once: UUID
) -> Assessment:
    _step(assessment, step, words, by=by, at=at, once=once)
    if assessment.signed_at is not None:
        for task in _done_by(child, assessment):
            tasks.not_done_after_all(task, done_at=assessment.signed_at)
    assessment.signed_by, assessment.signed_at = None, None
    assessment.save(update_fields=["signed_by", "signed_at"])
    log.record(by, log.Verb.CHANGED, f"assessment.{step.value}", child)
    return assessment


def _step(assessment: Assessment, step: Step, words: str, *, by: Staff, at: datetime, once: UUID) -> None:
    AssessmentStep.objects.create(
        person_id=assessment.person_id, assessment=assessment, step=step, words=words.strip(), by=by, at=at, once=once
    )
