"""What people do to an action of the plan; each is one checked, logged, indivisible write."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.files.models import StoredFile
from waypost.governance.improvement import rules
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.models import (
    Action,
    ActionChange,
    ActionKindSaid,
    Bullet,
    BulletClassed,
    Doubt,
    Evidence,
    Measure,
    MeasureReading,
    Note,
    Said,
    StatusSetByHand,
)
from waypost.governance.improvement.status import Status
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if

DATE_FIELDS = ("start_month", "finish_month", "ongoing", "review_month", "cadence")


def why_not_work_on(action: Action, staff: Staff) -> str | None:
    """Whether this person may add to this action: the same answer for the button and for the deed."""
    return rules.why_not_work_on(
        may_any=staff.may(Permission.WORK_ON_IMPROVEMENT),
        may_own=staff.may(Permission.NOTE_OWN_ACTION),
        leads_it=any(lead.staff_id == staff.pk for lead in action.leads.all()),
        plan_replaced=action.plan.replaced_at is not None,
    )


def _require_work_on(action: Action, by: Staff) -> None:
    action.plan.refresh_from_db(fields=["replaced_at"])  # another may have accepted a plan since the page was drawn
    reason = why_not_work_on(action, by)
    if reason is not None:
        raise Refused(reason) if action.plan.replaced_at else NotAllowed(reason)


@transaction.atomic
def add_note(action: Action, *, by: Staff, dated: date, words: str, at: datetime, key: UUID) -> Note:
    """Add a dated note; the same key twice makes one note."""
    _require_work_on(action, by)
    refuse_if(rules.why_not_note(words, dated, at.date()))
    note, made = Note.objects.get_or_create(
        key=key, defaults=dict(action=action, by=by, dated=dated, words=words.strip(), at=at)
    )
    if made:
        log.record(by, log.Verb.CHANGED, "improvement.note_added", action)
    return note


@transaction.atomic
def add_evidence(
    action: Action, file: StoredFile, *, by: Staff, title: str, inspector_may_open: bool, at: datetime
) -> Evidence:
    _require_work_on(action, by)
    evidence = Evidence.objects.create(
        action=action, file=file, by=by, title=title.strip() or file.name, inspector_may_open=inspector_may_open, at=at
    )
    log.record(by, log.Verb.CHANGED, "improvement.evidence_added", action, listed=[file.pk])
    return evidence


@transaction.atomic
def say(action: Action, what: Said.What, *, by: Staff, dated: date, words: str, at: datetime) -> Said:
    """Say of the whole action that it is done, is not done after all, or is how the service works now."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    _require_work_on(action, by)
    if what == Said.What.DONE:
        refuse_if(rules.why_not_done(dated, at.date(), action.start_month))
    elif what == Said.What.EMBEDDED:
        refuse_if(rules.why_not_embedded(done_on=done_on(action), dated=dated))
    said = Said.objects.create(action=action, what=what, by=by, dated=dated, words=words.strip(), at=at)
    log.record(by, log.Verb.CHANGED, f"improvement.said_{what}", action)
    return said


def done_on(action: Action) -> date | None:
    """The day a person last said it was done, unless taken back since."""
    last = action.said.exclude(what=Said.What.EMBEDDED).first()
    return last.dated if last and last.what == Said.What.DONE else None


@transaction.atomic
def set_status(
    action: Action, status: Status, *, by: Staff, reason: str, since: date, until: date, at: datetime
) -> StatusSetByHand:
    require(by, Permission.SET_STATUS)
    _require_work_on(action, by)
    refuse_if(rules.why_not_by_hand(reason, since, until))
    hand = StatusSetByHand.objects.create(
        action=action, status=status.value, by=by, reason=reason.strip(), since=since, until=until, at=at
    )
    log.record(by, log.Verb.CHANGED, "improvement.status_set_by_hand", action, reason=reason)
    return hand


@transaction.atomic
def change_dates(
    action: Action, changes: dict[str, object], *, by: Staff, why: str, at: datetime, revision: int
) -> None:
    """Change start, finish, review or cadence; refuse a form older than the record, which it would overwrite unseen."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    _require_work_on(action, by)
    action = Action.objects.select_for_update().get(pk=action.pk)
    if action.revision != revision:
        raise Refused(
            "Someone changed these dates while your form was open. Nothing of yours was saved; both are shown below."
        )
    after = {field: changes.get(field, getattr(action, field)) for field in DATE_FIELDS}
    refuse_if(_why_not_dates(**after))
    _write_changes(action, {f: v for f, v in after.items() if v != getattr(action, f)}, by=by, why=why, at=at)


def _why_not_dates(*, start_month: Any, finish_month: Any, ongoing: Any, **rest: object) -> str | None:
    return rules.why_not_dates(start_month, finish_month, ongoing=bool(ongoing))


def _write_changes(action: Action, changed: dict[str, object], *, by: Staff, why: str, at: datetime) -> None:
    if not changed:
        return
    ActionChange.objects.bulk_create(
        ActionChange(
            action=action,
            field=field,
            was=_stored(getattr(action, field)),
            became=_stored(value),
            why=why.strip(),
            by=by,
            at=at,
        )
        for field, value in changed.items()
    )
    for field, value in changed.items():
        setattr(action, field, value)
    action.revision += 1
    action.save(update_fields=[*changed, "revision"])
    log.record(by, log.Verb.CHANGED, "improvement.dates_changed", action, reason=why)


def _stored(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value in (None, "") else str(value)


@transaction.atomic
def class_bullet(bullet: Bullet, kind: BulletClassed.Kind, *, by: Staff, at: datetime) -> None:
    """Say what an undated progress line is; whatever is said, it moves no status."""
    _require_work_on(bullet.action, by)
    BulletClassed.objects.create(bullet=bullet, kind=kind, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "improvement.bullet_classed", bullet.action)


@transaction.atomic
def say_kind(action: Action, kind: ActionKind, *, by: Staff, at: datetime) -> None:
    require(by, Permission.MATCH_ANSWERS)
    _require_work_on(action, by)
    ActionKindSaid.objects.create(action=action, kind=kind.value, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "improvement.kind_said", action)


@transaction.atomic
def name_measure(action: Action, *, by: Staff, name: str, target: int, lower_is_better: bool, at: datetime) -> Measure:
    require(by, Permission.WORK_ON_IMPROVEMENT)
    _require_work_on(action, by)
    measure = Measure.objects.create(
        action=action, by=by, name=name.strip(), target=target, lower_is_better=lower_is_better, at=at
    )
    log.record(by, log.Verb.CHANGED, "improvement.measure_named", action)
    return measure


@transaction.atomic
def add_reading(
    measure: Measure, *, by: Staff, dated: date, numerator: int, denominator: int, at: datetime
) -> MeasureReading:
    _require_work_on(measure.action, by)
    refuse_if(rules.why_not_reading(numerator, denominator, dated, at.date()))
    if measure.readings.filter(dated=dated).exists():
        raise Refused("There is a reading for that day already. Give another day.")
    reading = MeasureReading.objects.create(
        measure=measure, by=by, dated=dated, numerator=numerator, denominator=denominator, at=at
    )
    log.record(by, log.Verb.CHANGED, "improvement.measure_read", measure.action)
    return reading


@transaction.atomic
def answer_doubt(
    doubt: Doubt, answer: Doubt.Answer, *, by: Staff, at: datetime, changes: dict[str, object] | None = None
) -> None:
    """Settle a doubt after the plan was accepted; a correction changes the action's dates in the same write."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    if doubt.answer:
        raise Refused("This doubt has been settled already. Open the action to see by whom.")
    if changes and doubt.action:
        change_dates(doubt.action, changes, by=by, why=f"doubt {doubt.number}", at=at, revision=doubt.action.revision)
    doubt.answer, doubt.answered_by, doubt.answered_at = answer, by, at
    doubt.save(update_fields=["answer", "answered_by", "answered_at"])
    log.record(by, log.Verb.CHANGED, "improvement.doubt_answered", doubt.action or doubt.plan)
