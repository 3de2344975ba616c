"""Agencies asked for an assessment, and what became of it. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.assessments import rules
from waypost.casework.assessments.models import (
    Assessment,
    Contribution,
    ContributionStep,
)
from waypost.casework.assessments.turns import (
    turn_of,
    write,
)
from waypost.casework.tasks import actions as tasks
from waypost.kernel.lists import load as list_of
from waypost.kernel.refusal import refuse_if
from waypost.people.record.entries import Document

CONTRIBUTION = "contribution"


@transaction.atomic
def ask(
    assessment: Assessment, agency: str, what: str, due: Any, *, asked_of: str = "", by: Staff, at: datetime, once: UUID
) -> Contribution:
    """An agency is asked; until it has told, it is among what is due."""
    child, assessment = write(assessment, by, at)
    if (there := Contribution.objects.filter(once=once).first()) is not None:
        return there
    today = timezone.localdate(at)
    refuse_if(rules.why_not_ask(agency, what, due, today=today))
    made = Contribution.objects.create(
        person_id=assessment.person_id,
        assessment=assessment,
        agency=agency,
        asked_of=asked_of.strip(),
        what=what.strip(),
        due=due,
        by=by,
        at=at,
        once=once,
    )
    tasks.put(
        child.person,
        key=CONTRIBUTION,
        title=f"Hear from {list_of('agencies').words(agency).partition(':')[0]} for the assessment",
        why=f"Asked by {by.name}.",
        due=due,
        starts=today,
        source=("assessment", assessment.pk),
        by=by,
        at=at,
        once=uuid5(made.pk, CONTRIBUTION),
    )
    log.record(by, log.Verb.COLLECTED, "assessment.asked", child)
    return made


@transaction.atomic
def told(
    contribution: Contribution,
    step: str,
    *,
    words: str = "",
    document: Document | None = None,
    by: Staff,
    at: datetime,
    once: UUID,
) -> ContributionStep:
    """Chased, received, nothing held there, or not needed any more."""
    child = turn_of(contribution.person_id, by, at)
    if (there := ContributionStep.objects.filter(once=once).first()) is not None:
        return there
    contribution = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    ended = contribution.steps.exclude(step=ContributionStep.Kind.CHASED).exists()
    refuse_if(rules.why_not_received(step, words, ended=ended, has_document=document is not None))
    made = ContributionStep.objects.create(
        person_id=contribution.person_id,
        contribution=contribution,
        step=step,
        words=words.strip(),
        document=document,
        by=by,
        at=at,
        once=once,
    )
    if step != ContributionStep.Kind.CHASED:
        said = ContributionStep.Kind(step).label
        tasks.done_with(uuid5(contribution.pk, CONTRIBUTION), words=f"{said[0].upper()}{said[1:]}.", by=by, at=at)
    log.record(by, log.Verb.CHANGED, "assessment.told", child)
    return made
