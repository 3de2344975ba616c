"""An assessment begun, answered, signed and countersigned. Each is one checked, logged, indivisible write.

Those who write in one child’s assessments take turns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.deputies import acting_for
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.assessments import definitions, reviews, rules
from waypost.casework.assessments.answers import ROOT, why_not_answer, why_not_rows
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
    AssessmentStep,
    Contribution,
    ContributionStep,
    Evidence,
    Factor,
    Settled,
)
from waypost.casework.assessments.questions import PRACTITIONER, Form, Judgement, Question, Type
from waypost.casework.assessments.rules import State, Step
from waypost.casework.assessments.standing import (
    factor_question,
    factor_words,
    holding,
    lacks_of,
    pulled_through,
    roots_in,
    row_of,
    signatures,
    standing_of,
)
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load as list_of
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.need_to_know.reach import reach, require_writes
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.entries import Document
from waypost.people.record.models import Child, Person

SECTION = "assessment"
ASKED_BY = ("assessment", "assessment_referral_order", "assessment_out_of_court", "review", "review_three_months")
TOLD_TODAY, REVIEW, CONTRIBUTION = "told_today", "assessment_review", "contribution"
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


# Beginning ------------------------------------------------------------------------------------------------------------


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
    child = _turn(child, by, at)
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
        _row(made, form[one.question], one.value, one.words, who=one.who, by_id=UUID(one.by), at=one.at, unchanged=True)
        for one in opened
        if asks is None or one.question != asks.key
    ]
    if asks and holds:  # as they are now, whatever the last assessment said of them
        last = max(holds, key=lambda one: one.at)
        value = [row_of(one) for one in holds]
        rows.append(_row(made, asks, value, "", who=asks.who[0], by_id=last.by_id, at=last.at, unchanged=True))
    Answered.objects.bulk_create(rows)


def _due(outcome: Outcome | None) -> Any:
    """The day by which what the outcome asks for is done."""
    asked = outcome and Task.objects.open().filter(once__in=_asks_of(outcome)).order_by("due").first()
    return asked.due if asked else None


def _asks_of(outcome: Outcome) -> list[UUID]:
    root = tasks.first_of(outcome)
    return [uuid5(root, key) for key in ASKED_BY]


# Answering ------------------------------------------------------------------------------------------------------------


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
    child, assessment = _write(assessment, by, at)
    asked = _asked(assessment, question)
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
    child, assessment = _write(assessment, by, at)
    asked = _asked(assessment, question)
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
        value = _keep_factors(child, assessment, asked, value or [], by=by, at=at)
    kept = [] if taken_back else value
    if own is None and taken_back and not _unchanged(assessment, asked).exists():
        return _saved(assessment, asked.key, by, who)
    if own is not None and (own.value, own.words, own.by_id) == (kept, "" if taken_back else words, by.pk):
        own.page, own.turn = page or own.page, turn or own.turn
        own.save(update_fields=["page", "turn"])
        return _saved(assessment, asked.key, by, who)
    said_before = own is not None and bool(_choices(own.value) & set(asked.at_once))
    if own is not None:
        Answered.objects.filter(pk=own.pk).update(replaced_at=at)
    _unchanged(assessment, asked).update(replaced_at=at)
    row = _row(assessment, asked, kept, "" if taken_back else words, who=who, by_id=by.pk, at=at, page=page, turn=turn)
    row.save(force_insert=True)
    Settled.objects.filter(assessment=assessment, question=asked.key, replaced_at=None).update(replaced_at=at)
    _revised(assessment)
    if not said_before and _choices(kept) & set(asked.at_once):
        _tell_today(child, assessment, asked, who, by, at)
    log.record(by, log.Verb.CHANGED, "assessment.answered", child)
    return _saved(assessment, asked.key, by, who)


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


def _row(assessment: Assessment, asked: Question, value: Any, words: str, **given: Any) -> Answered:
    return Answered(
        person_id=assessment.person_id,
        assessment=assessment,
        question=asked.key,
        value=value,
        words=words,
        disclosure=asked.disclosure,
        **given,
    )


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


# Factors --------------------------------------------------------------------------------------------------------------


def _keep_factors(
    child: Child, assessment: Assessment, asked: Question, rows: list[dict[str, Any]], *, by: Staff, at: datetime
) -> list[dict[str, Any]]:
    """The rows with the root of each: one that is new gets its name for good, one that says otherwise a new row."""
    there = {str(one.root): one for one in holding(child.person_ids())}
    stood: set[str] = set()
    for row in Answered.objects.current().filter(assessment=assessment, question=asked.key):
        stood |= roots_in(row.value)
    given = [row.get(ROOT) for row in rows if row.get(ROOT)]
    if len(set(given)) < len(given) or any(root not in there for root in given):
        raise Refused("One of these factors has ended, or stands here twice. Open the page again.")
    refuse_if(rules.why_not_lose(factor_words(there[root]) for root in stood & there.keys() if root not in given))
    kept = []
    for row in rows:
        row = {name: said for name, said in row.items() if name != "category" or "factor" not in row}
        root = row.get(ROOT) or str(new_id())
        _keep_factor(child.person, assessment, asked.disclosure, row, UUID(root), there.get(root), by=by, at=at)
        kept.append({name: said for name, said in row.items() if name != ROOT} | {ROOT: root})
    return kept


def _keep_factor(
    person: Person,
    assessment: Assessment | None,
    disclosure: str,
    row: Mapping[str, Any],
    root: UUID,
    now: Factor | None,
    *,
    by: Staff,
    at: datetime,
) -> None:
    if now is not None and {**row, ROOT: str(root)} == row_of(now):
        return
    if now is not None:
        Factor.objects.filter(pk=now.pk).update(replaced_at=at)
    key = row.get("factor", "")
    Factor.objects.create(
        person=now.person if now else person,
        root=root,
        assessment=assessment,
        factor=key,
        words=row.get("words", ""),
        side=row["side"],
        category=row.get("category") or list_of("factors")[key].text("category"),
        rating=row["rating"],
        evidence=row.get("evidence", ""),
        disclosure=now.disclosure if now else disclosure,
        since=now.since if now else at,
        by=by,
        at=at,
    )


@transaction.atomic
def add_factor(child: Child, row: Mapping[str, Any], *, by: Staff, at: datetime, once: UUID) -> Factor:
    """Seen outside any assessment; the next one asks for it. Sent twice it is one."""
    child = _turn(child, by, at)
    if (there := Factor.objects.filter(root=once).first()) is None:
        from_answers = {name: said for name, said in row.items() if name != ROOT}
        refuse_if(_why_not_factor(from_answers))
        _keep_factor(child.person, None, "professionals", from_answers, once, None, by=by, at=at)
        there = Factor.objects.current().get(root=once)
        log.record(by, log.Verb.COLLECTED, "factor.added", child)
    return there


def _why_not_factor(row: Mapping[str, Any]) -> str | None:
    from_rows = why_not_rows(Type.FACTORS, [dict(row)])
    return from_rows and from_rows.removeprefix("Row 1: ").capitalize()


@transaction.atomic
def end_factor(child: Child, root: UUID, because: str, words: str, *, by: Staff, at: datetime) -> Factor:
    """It stays in every assessment in which it was seen, and leaves the one that is being written."""
    child = _turn(child, by, at)
    now = Factor.objects.of(child.person_ids()).current().filter(root=root).first()
    if now is None:
        raise NotFound
    refuse_if(rules.why_not_end(because, words, ended=bool(now.ended_because)))
    Factor.objects.filter(pk=now.pk).update(replaced_at=at)
    said = {field.attname: getattr(now, field.attname) for field in Factor._meta.concrete_fields}
    said |= {"id": new_id(), "by_id": by.pk, "at": at, "ended_because": because, "ended_words": words.strip()}
    ended = Factor.objects.create(**said | {"replaced_at": None})
    for assessment in Assessment.objects.of(child.person_ids()).being_written():
        _leave_out(assessment, str(root), by=by, at=at)
    log.record(by, log.Verb.CHANGED, "factor.ended", child)
    return ended


def _leave_out(assessment: Assessment, root: str, *, by: Staff, at: datetime) -> None:
    asks = factor_question(assessment.of_form)
    rows = Answered.objects.current().filter(assessment=assessment, question=asks.key) if asks else []
    for row in rows:
        if asks is None or root not in roots_in(row.value):
            continue
        Answered.objects.filter(pk=row.pk).update(replaced_at=at)
        value = [one for one in row.value if one.get(ROOT) != root]
        author = {"by_id": row.by_id, "at": row.at} if row.unchanged else {"by_id": by.pk, "at": at}
        _row(assessment, asks, value, "", who=row.who, unchanged=row.unchanged, **author).save(force_insert=True)
        _revised(assessment)


# What answers rest on, and which of them holds ------------------------------------------------------------------------


@transaction.atomic
def rest_on(assessment: Assessment, question: str, kind: str, of: UUID, *, by: Staff, at: datetime) -> Evidence:
    """Something of the child’s own record; which it may be, the page offers. Twice it is once."""
    child, assessment = _write(assessment, by, at)
    asked = _asked(assessment, question)
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
    child, _ = _write(evidence.assessment, by, at)
    Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_at=at)
    log.record(by, log.Verb.CHANGED, "assessment.evidence", child)


@transaction.atomic
def settle(assessment: Assessment, question: str, holds: UUID, reason: str, *, by: Staff, at: datetime) -> Settled:
    """Which of two answers holds, and why; the other stays beside it."""
    child, assessment = _write(assessment, by, at)
    asked, now = _asked(assessment, question), standing_of(assessment)
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
    _revised(assessment)
    log.record(by, log.Verb.CHANGED, "assessment.settled", child)
    return made


# What others tell -----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    assessment: Assessment, agency: str, what: str, due: Any, *, asked_of: str = "", by: Staff, at: datetime, once: UUID
) -> Contribution:
    """An agency is asked; until it has told, it is among what is due."""
    child, assessment = _write(assessment, by, at)
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
    child = _turn_of(contribution.person_id, by, at)
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


# Signing --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def sign(assessment: Assessment, *, by: Staff, at: datetime, once: UUID) -> Assessment:
    """By whoever made it; where two agencies did, it waits for somebody of each. Sent twice it is once."""
    child, assessment = _turn_at(assessment, by, at)
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
    child, assessment = _turn_at(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    refuse_if(rules.why_not_take_back(state_of(assessment), signed_it=by.pk in _signers(assessment)))
    return _back(child, assessment, Step.TAKEN_BACK, "", by=by, at=at, once=once)


@transaction.atomic
def send_back(assessment: Assessment, words: str, *, by: Staff, at: datetime, once: UUID) -> Assessment:
    """With what is to be looked at again."""
    child, assessment = _countersigns(assessment, by, at)
    if AssessmentStep.objects.filter(once=once).exists():
        return assessment
    refuse_if(rules.why_not_send_back(state_of(assessment), words, by=by.pk, signed=_signers(assessment)))
    return _back(child, assessment, Step.SENT_BACK, words, by=by, at=at, once=once)


@transaction.atomic
def countersign(assessment: Assessment, *, words: str = "", by: Staff, at: datetime, once: UUID) -> Assessment:
    """By somebody who did not sign. It is locked, and the next look at it is due."""
    child, assessment = _countersigns(assessment, by, at)
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
    child, assessment = _turn_at(assessment, by, at)
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
    child, assessment = _write(assessment, by, at)
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
    asks = _asks_of(assessment.outcome) if assessment.outcome else []
    if not assessment.of_form.families:
        return asks
    rows = Task.objects.of(child.person_ids()).filter(key=REVIEW).exclude(from_id=assessment.pk)
    return [*asks, *rows.values_list("once", flat=True)]


# ----------------------------------------------------------------------------------------------------------------------


def state_of(assessment: Assessment) -> State:
    return rules.state_of(
        signed=assessment.signed_at is not None,
        locked=assessment.locked_at is not None,
        dropped=assessment.dropped_at is not None,
    )


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


def _asked(assessment: Assessment, question: str) -> Question:
    if question not in assessment.of_form:
        raise NotFound
    return assessment.of_form[question]


def _revised(assessment: Assessment) -> None:
    assessment.revision += 1
    assessment.save(update_fields=["revision"])


def _turn(child: Child, by: Staff, at: datetime) -> Child:
    require_writes(child.person, SECTION, by=by, at=at)
    return in_turn(child.pk, by=by, at=at)


def _turn_of(person: UUID, by: Staff, at: datetime) -> Child:
    record = Child.objects.filter(pk=person).select_related("combined_into").first()
    if record is None:
        raise NotFound
    return _turn(record.combined_into or record, by, at)


def _turn_at(assessment: Assessment, by: Staff, at: datetime) -> tuple[Child, Assessment]:
    child = _turn_of(assessment.person_id, by, at)
    return child, Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)


def _write(assessment: Assessment, by: Staff, at: datetime) -> tuple[Child, Assessment]:
    """For whoever changes what it says: only while it is being written."""
    child, assessment = _turn_at(assessment, by, at)
    refuse_if(rules.why_not_write(state_of(assessment)))
    return child, assessment


def _countersigns(assessment: Assessment, by: Staff, at: datetime) -> tuple[Child, Assessment]:
    require(by, Permission.COUNTERSIGN)
    record = Child.objects.filter(pk=assessment.person_id).select_related("combined_into").first()
    if record is None:
        raise NotFound
    child = in_turn((record.combined_into or record).pk, by=by, at=at)
    if SECTION not in reach(by, child, at).reads:
        raise NotFound
    return child, Assessment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assessment.pk)
