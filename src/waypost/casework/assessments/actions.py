"""An assessment begun and answered. Each is one checked, logged, indivisible write.

Those who write in one child’s assessments take turns.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.assessments import definitions, rules
from waypost.casework.assessments.answers import why_not_answer
from waypost.casework.assessments.factor_actions import keep_factors
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
    Evidence,
    Settled,
)
from waypost.casework.assessments.questions import PRACTITIONER, Form, Question, Type
from waypost.casework.assessments.standing import (
    factor_question,
    holding,
    pulled_through,
    row_of,
    standing_of,
)
from waypost.casework.assessments.turns import (
    asks_of,
    question_of,
    revised,
    row_for,
    turn_with,
    write,
)
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.record.entries import Document
from waypost.people.record.models import Child

TOLD_TODAY = "told_today"
ONE_SITTING = timedelta(minutes=15)  # between two saves of one page: after that, or on another page, it is said anew
NEWER = "Something newer was saved on another page. Both are shown: choose which stands."


class Newer(Refused):
    """The answer was changed elsewhere since the page was read: nothing is saved, and both are shown."""

    def __init__(self, row: Answered) -> None:
        super().__init__(NEWER)
        self.row = row


@dataclass(frozen=True, slots=True)
class Saved:
    """`beside`: what others answer to the same question, which stands as well."""

    row: Answered | None
    beside: list[Answered]


@transaction.atomic
def begin(
    child: Child,
    form: str,
    stage: str,
    reason: str,
    outcome: Outcome | None = None,
    *,
    agencies: Collection[str] = (),
    document: Document | None = None,
    by: Staff,
    at: datetime,
    once: UUID,
) -> Assessment:
    """What the last one said is pulled through, marked unchanged, with its author and day. Sent twice it is one."""
    child = turn_with(child, by, at)
    if (there := Assessment.objects.filter(once=once).first()) is not None:
        return there
    on = timezone.localdate(at)
    asked = definitions.latest(form, on=on) if form in definitions.load() else None
    if asked is None:
        raise NotFound
    of_form = Assessment.objects.of(child.person_ids()).filter(form=form)
    earlier = of_form.locked().order_by("-locked_at").first()
    is_open = of_form.standing().filter(locked_at=None).exists()
    refuse_if(
        rules.why_not_begin(asked, stage, reason, is_open=is_open, earlier=earlier is not None, on=on)
        or rules.why_not_together(agencies)
    )
    made = Assessment.objects.create(
        person=child.person,
        form=form,
        version=asked.number,
        stage=stage,
        reason=reason,
        outcome=outcome,
        previous=earlier,
        due=_due(outcome),
        agencies=sorted(set(agencies)),
        document=document,
        by=by,
        at=at,
        once=once,
    )
    _pull_through(made, earlier, asked, child, by, at)
    log.record(by, log.Verb.COLLECTED, "assessment.begun", child)
    return made


def _pull_through(
    made: Assessment, earlier: Assessment | None, form: Form, child: Child, by: Staff, at: datetime
) -> None:
    opened = pulled_through(standing_of(earlier), form)[0] if earlier else []
    asks, holds = factor_question(form), holding(child.person_ids())
    rows = [
        row_for(
            made, form[one.question], one.value, one.words, who=one.who, by_id=UUID(one.by), at=one.at, unchanged=True
        )
        for one in opened
        if asks is None or one.question != asks.key
    ]
    if asks and holds:  # as they are now, whatever the last assessment said of them
        last = max(holds, key=lambda one: one.at)
        value = [row_of(one) for one in holds]
        rows.append(row_for(made, asks, value, "", who=asks.who[0], by_id=last.by_id, at=last.at, unchanged=True))
    Answered.objects.bulk_create(rows)


def _due(outcome: Outcome | None) -> Any:
    """The day by which what the outcome asks for is done."""
    asked = outcome and Task.objects.open().filter(once__in=asks_of(outcome)).order_by("due").first()
    return asked.due if asked else None


@transaction.atomic
def answer(
    assessment: Assessment,
    question: str,
    value: Any,
    *,
    words: str = "",
    who: str,
    page: UUID | None = None,
    turn: int = 0,
    was: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Saved:
    """What somebody answers stands in the place of what they answered before; None takes it back.

    `was`: their answer as the page read it. An older save of the same page changes nothing.
    """
    child, assessment = write(assessment, by, at)
    asked = question_of(assessment, question)
    words = words.strip()
    speaks = rules.speakers(asked, by.agency)
    if who not in speaks:
        raise Refused(f"This is answered by {' or '.join(rules.who_words(each).lower() for each in asked.who)}.")
    rows = Answered.objects.filter(assessment=assessment, question=question)
    if page and rows.filter(page=page, by=by, turn__gte=turn).exists():
        return _saved(assessment, question, by, who)
    own = _own(assessment, asked, by, who)
    if own is not None and own.pk != was and own.page != page:
        raise Newer(own)
    return _put(child, assessment, asked, value, words, who, page, turn, own, by=by, at=at)


@transaction.atomic
def still(assessment: Assessment, question: str, *, by: Staff, at: datetime) -> Saved:
    """Somebody has looked at what was pulled through, and says that it still holds."""
    child, assessment = write(assessment, by, at)
    asked = question_of(assessment, question)
    row = Answered.objects.current().filter(assessment=assessment, question=question, unchanged=True).first()
    if row is None or row.value == []:
        raise Refused("Somebody has looked at this already. It is shown as it is now.")
    speaks = rules.speakers(asked, by.agency)
    who = row.who if row.who in speaks else next(iter(speaks), None)
    if who is None:
        raise Refused(f"This is answered by {' or '.join(rules.who_words(each).lower() for each in asked.who)}.")
    own = _own(assessment, asked, by, who)
    return _put(child, assessment, asked, row.value, row.words, who, None, 0, own, by=by, at=at)


def _put(
    child: Child,
    assessment: Assessment,
    asked: Question,
    value: Any,
    words: str,
    who: str,
    page: UUID | None,
    turn: int,
    own: Answered | None,
    *,
    by: Staff,
    at: datetime,
) -> Saved:
    taken_back = value is None
    if not taken_back:
        refuse_if(why_not_answer(asked, value, words=words, who=who, on=timezone.localdate(at)))
    if asked.type is Type.FACTORS:
        value = keep_factors(child, assessment, asked, value or [], by=by, at=at)
    kept = [] if taken_back else value
    if own is None and taken_back and not _unchanged(assessment, asked).exists():
        return _saved(assessment, asked.key, by, who)
    if own is not None and (own.value, own.words, own.by_id) == (kept, "" if taken_back else words, by.pk):
        own.page, own.turn = page or own.page, turn or own.turn
        own.save(update_fields=["page", "turn"])
        return _saved(assessment, asked.key, by, who)
    said_before = own is not None and bool(_choices(own.value) & set(asked.at_once))
    typing = own is not None and _still_typing(own, asked, page, by, at)
    if own is not None and typing:
        own.delete()
    elif own is not None:
        Answered.objects.filter(pk=own.pk).update(replaced_at=at)
    _unchanged(assessment, asked).update(replaced_at=at)
    row = row_for(
        assessment, asked, kept, "" if taken_back else words, who=who, by_id=by.pk, at=at, page=page, turn=turn
    )
    row.save(force_insert=True)
    Settled.objects.filter(assessment=assessment, question=asked.key, replaced_at=None).update(replaced_at=at)
    revised(assessment)
    if not said_before and _choices(kept) & set(asked.at_once):
        _tell_today(child, assessment, asked, who, by, at)
    if not typing:
        log.record(by, log.Verb.CHANGED, "assessment.answered", child)
    return _saved(assessment, asked.key, by, who)


def _still_typing(own: Answered, asked: Question, page: UUID | None, by: Staff, at: datetime) -> bool:
    """Words saved as they are typed are one answer, and not one for every few letters: of those the last is kept."""
    same = page is not None and own.page == page and own.by_id == by.pk and at - own.at < ONE_SITTING
    return same and asked.type in (Type.TEXT, Type.LONG_TEXT) and not Settled.objects.filter(holds=own.pk).exists()


def _own(assessment: Assessment, asked: Question, by: Staff, who: str) -> Answered | None:
    """What they answered; a list of factors is one, whoever wrote it."""
    rows = Answered.objects.current().filter(assessment=assessment, question=asked.key, who=who, unchanged=False)
    return (rows if asked.type is Type.FACTORS else rows.filter(by=by)).first()


def _unchanged(assessment: Assessment, asked: Question) -> Any:
    return Answered.objects.current().filter(assessment=assessment, question=asked.key, unchanged=True)


def _saved(assessment: Assessment, question: str, by: Staff, who: str) -> Saved:
    rows = Answered.objects.current().filter(assessment=assessment, question=question).select_related("by")
    stand = [row for row in rows if row.value != []]
    own = next((row for row in rows if (row.by_id, row.who) == (by.pk, who)), None)
    return Saved(own, [row for row in stand if own is None or row.pk != own.pk])


def _choices(value: Any) -> set[str]:
    return {each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)}


def _tell_today(child: Child, assessment: Assessment, asked: Question, who: str, by: Staff, at: datetime) -> None:
    """Who said it and in answer to what; never the words. Said again once it was done, it is told again."""
    today, once = timezone.localdate(at), uuid5(assessment.pk, f"{TOLD_TODAY} {asked.key}")
    said = f"{by.name} says so" if who == PRACTITIONER else f"{rules.who_words(who)} says so, to {by.name}"
    tasks.put(
        child.person,
        key=TOLD_TODAY,
        title="An answer in an assessment: be told today",
        why=f"{said}: ‘{asked.words.rstrip('?')}’. Speak to them now.",
        due=today,
        starts=today,
        role="manager",
        source=("assessment", assessment.pk),
        by=by,
        at=at,
        once=uuid5(once, at.isoformat()) if Task.objects.filter(once=once).exclude(done_at=None).exists() else once,
    )


@transaction.atomic
def rest_on(assessment: Assessment, question: str, kind: str, of: UUID, *, by: Staff, at: datetime) -> Evidence:
    """Something of the child’s own record; which it may be, the page offers. Twice it is once."""
    child, assessment = write(assessment, by, at)
    asked = question_of(assessment, question)
    there = Evidence.objects.filter(assessment=assessment, question=asked.key, of=of, removed_at=None).first()
    if there is not None:
        return there
    made = Evidence.objects.create(
        person_id=assessment.person_id, assessment=assessment, question=asked.key, kind=kind, of=of, by=by, at=at
    )
    log.record(by, log.Verb.CHANGED, "assessment.evidence", child)
    return made


@transaction.atomic
def rests_no_more(evidence: Evidence, *, by: Staff, at: datetime) -> None:
    child, _ = write(evidence.assessment, by, at)
    Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_at=at)
    log.record(by, log.Verb.CHANGED, "assessment.evidence", child)


@transaction.atomic
def settle(assessment: Assessment, question: str, holds: UUID, reason: str, *, by: Staff, at: datetime) -> Settled:
    """Which of two answers holds, and why; the other stays beside it."""
    child, assessment = write(assessment, by, at)
    asked, now = question_of(assessment, question), standing_of(assessment)
    rows = now.by_question.get(asked.key, [])
    pairs = [one for one in now.at_odds if one.question.key == asked.key]
    at_odds = {(answer.who, answer.by, answer.at) for one in pairs for answer in (one.one, one.other)}
    of = [row.pk for row in rows if (row.who, str(row.by_id), row.at) in at_odds]
    refuse_if(rules.why_not_settle(reason, holds=holds, of=of))
    Settled.objects.filter(assessment=assessment, question=asked.key, replaced_at=None).update(replaced_at=at)
    made = Settled.objects.create(
        person_id=assessment.person_id,
        assessment=assessment,
        question=asked.key,
        holds_id=holds,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    revised(assessment)
    log.record(by, log.Verb.CHANGED, "assessment.settled", child)
    return made
