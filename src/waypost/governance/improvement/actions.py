"""What people do to an action of the plan; each is one checked, logged, indivisible write.

Those who write to one plan take turns, and to say again what one has just said adds nothing: a form posted twice makes
one record.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Manager, QuerySet
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.files import actions as files
from waypost.files.kept import content_type, name_kept
from waypost.governance.improvement import rules
from waypost.governance.improvement.doubting import SETTLED_BY
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.models import (
    Action,
    ActionChange,
    ActionKindSaid,
    Bullet,
    BulletClassed,
    Doubt,
    Evidence,
    Fact,
    Measure,
    MeasureReading,
    Note,
    Said,
    StatusSetByHand,
)
from waypost.governance.improvement.status import Status
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if

Said_ = TypeVar("Said_", bound=Fact)
DATE_FIELDS = ("start_month", "finish_month", "ongoing", "review_month", "cadence")


def why_not_work_on(action: Action, staff: Staff) -> str | None:
    """Whether this person may add to this action: the same answer for the button and for the deed."""
    return rules.why_not_work_on(
        may_any=staff.may(Permission.WORK_ON_IMPROVEMENT),
        may_own=staff.may(Permission.NOTE_OWN_ACTION),
        leads_it=any(lead.staff_id == staff.pk for lead in action.leads.all()),
        plan_replaced=action.plan.replaced_at is not None,
    )


def require_work_on(action: Action, by: Staff) -> None:
    action.plan.take_turn()
    reason = why_not_work_on(action, by)
    if reason is not None:
        raise Refused(reason) if action.plan.replaced_at else NotAllowed(reason)


def _said_already(said: QuerySet[Said_] | Manager[Said_], **now: object) -> Said_ | None:
    """The newest of these facts, where it says the very same."""
    newest = said.order_by("-at", "-pk").first()
    return newest if newest and all(getattr(newest, name) == value for name, value in now.items()) else None


@transaction.atomic
def add_note(action: Action, *, by: Staff, dated: date, words: str, at: datetime) -> Note:
    require_work_on(action, by)
    refuse_if(rules.why_not_note(words, dated, timezone.localdate(at)))
    now: dict[str, Any] = {"dated": dated, "words": words.strip()}
    if said := _said_already(action.notes.filter(by=by), **now):
        return said
    note = Note.objects.create(action=action, by=by, at=at, **now)
    log.record(by, log.Verb.CHANGED, "improvement.note_added", action)
    return note


@transaction.atomic
def add_evidence(
    action: Action, name: str, data: bytes, *, by: Staff, title: str, inspector_may_open: bool, at: datetime
) -> Evidence:
    """Keep a file, typed by what is in it, as evidence; who may open it is said here."""
    require_work_on(action, by)
    found = content_type(data)
    if found is None:
        raise Refused(f"{name} is not a kind of file that can be kept. Save it as Word, Excel, PDF, a picture or text.")
    now: dict[str, Any] = {"title": title.strip() or name_kept(name, found), "inspector_may_open": inspector_may_open}
    sha256 = hashlib.sha256(data).hexdigest()
    if said := _said_already(action.evidence.filter(by=by, file__sha256=sha256), **now):
        return said
    needs = Permission.OPEN_SHOWN_EVIDENCE if inspector_may_open else Permission.OPEN_EVIDENCE
    file = files.keep(name, data, by=by, at=at, content_type=found, needs=needs)
    evidence = Evidence.objects.create(action=action, file=file, by=by, at=at, **now)
    log.record(by, log.Verb.CHANGED, "improvement.evidence_added", action, listed=[file.pk])
    return evidence


@transaction.atomic
def say(action: Action, what: Said.What, *, by: Staff, dated: date, words: str, at: datetime) -> Said:
    """Say of the whole action that it is done, is not done after all, or is how the service works now."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    require_work_on(action, by)
    if what == Said.What.DONE:
        refuse_if(rules.why_not_done(dated, timezone.localdate(at), action.start_month))
    elif what == Said.What.EMBEDDED:
        refuse_if(rules.why_not_embedded(done_on=done_on(action), dated=dated))
    now: dict[str, Any] = {"by": by, "what": what, "dated": dated, "words": words.strip()}
    if again := _said_already(action.said, **now):
        return again
    said = Said.objects.create(action=action, at=at, **now)
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
    require_work_on(action, by)
    refuse_if(rules.why_not_by_hand(reason, since, until))
    now: dict[str, Any] = {"by": by, "status": status.value, "reason": reason.strip(), "since": since, "until": until}
    if again := _said_already(action.set_by_hand, **now):
        return again
    hand = StatusSetByHand.objects.create(action=action, at=at, **now)
    log.record(by, log.Verb.CHANGED, "improvement.status_set_by_hand", action, reason=reason)
    return hand


@transaction.atomic
def change_dates(
    action: Action, changes: dict[str, object], *, by: Staff, why: str, at: datetime, revision: int
) -> None:
    """Change start, finish, review or cadence; refuse a form older than the record, which it would overwrite unseen."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    require_work_on(action, by)
    action = Action.objects.get(pk=action.pk)
    after = {field: changes.get(field, getattr(action, field)) for field in DATE_FIELDS}
    changed = {field: value for field, value in after.items() if value != getattr(action, field)}
    if changed and action.revision != revision:
        raise Refused(
            "Someone changed these dates while your form was open. Nothing of yours was saved; both are shown below."
        )
    refuse_if(_why_not_dates(**after))
    _write_changes(action, changed, by=by, why=why, at=at)


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
    settle_doubts(action, set(changed), by=by, at=at)
    log.record(by, log.Verb.CHANGED, "improvement.dates_changed", action, reason=why)


def settle_doubts(action: Action, fields: set[str], *, by: Staff, at: datetime) -> None:
    """Doubts still open about what was just changed have been answered by the change."""
    settled = [
        doubt for doubt in action.doubts.filter(answer=Doubt.Answer.OPEN) if SETTLED_BY.get(doubt.kind, set()) & fields
    ]
    for doubt in settled:
        doubt.answer, doubt.answered_by, doubt.answered_at = Doubt.Answer.CORRECTED, by, at
    Doubt.objects.bulk_update(settled, ["answer", "answered_by", "answered_at"])


def _stored(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value in (None, "") else str(value)


@transaction.atomic
def class_bullet(bullet: Bullet, kind: BulletClassed.Kind, *, by: Staff, at: datetime) -> None:
    """Say what an undated progress line is; whatever is said, it moves no status."""
    require_work_on(bullet.action, by)
    if _said_already(bullet.classed, by=by, kind=kind):
        return
    BulletClassed.objects.create(bullet=bullet, kind=kind, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "improvement.bullet_classed", bullet.action)


@transaction.atomic
def say_kind(action: Action, kind: ActionKind, *, by: Staff, at: datetime) -> None:
    require(by, Permission.MATCH_ANSWERS)
    require_work_on(action, by)
    if _said_already(action.kind_said, by=by, kind=kind.value):
        return
    ActionKindSaid.objects.create(action=action, kind=kind.value, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "improvement.kind_said", action)


@transaction.atomic
def name_measure(action: Action, *, by: Staff, name: str, target: int, lower_is_better: bool, at: datetime) -> Measure:
    require(by, Permission.WORK_ON_IMPROVEMENT)
    require_work_on(action, by)
    now: dict[str, Any] = {"name": name.strip(), "target": target, "lower_is_better": lower_is_better}
    if said := _said_already(action.measures.filter(by=by), **now):
        return said
    measure = Measure.objects.create(action=action, by=by, at=at, **now)
    log.record(by, log.Verb.CHANGED, "improvement.measure_named", action)
    return measure


@transaction.atomic
def add_reading(
    measure: Measure, *, by: Staff, dated: date, numerator: int, denominator: int, at: datetime
) -> MeasureReading:
    require_work_on(measure.action, by)
    refuse_if(rules.why_not_reading(numerator, denominator, dated, timezone.localdate(at)))
    of_that_day, now = measure.readings.filter(dated=dated), {"numerator": numerator, "denominator": denominator}
    if said := _said_already(of_that_day, by=by, **now):
        return said
    if of_that_day.exists():
        raise Refused("There is a reading for that day already. Give another day.")
    reading = MeasureReading.objects.create(measure=measure, by=by, dated=dated, at=at, **now)
    log.record(by, log.Verb.CHANGED, "improvement.measure_read", measure.action)
    return reading


@transaction.atomic
def answer_doubt(
    doubt: Doubt, answer: Doubt.Answer, *, by: Staff, at: datetime, changes: dict[str, object] | None = None
) -> None:
    """Settle a doubt after the plan was accepted; a correction changes the action's dates in the same write."""
    require(by, Permission.WORK_ON_IMPROVEMENT)
    doubt.plan.take_turn()
    if doubt.plan.replaced_at:
        raise Refused("This plan has been replaced. Settle the doubt in the present plan, if it is there.")
    doubt.refresh_from_db(fields=["answer", "answered_by"])
    if doubt.answer == answer and doubt.answered_by == by and not changes:
        return
    if doubt.answer:
        raise Refused("This doubt has been settled already. Open the action to see by whom.")
    if changes and doubt.action:
        change_dates(doubt.action, changes, by=by, why=f"doubt {doubt.number}", at=at, revision=doubt.action.revision)
    doubt.answer, doubt.answered_by, doubt.answered_at = answer, by, at
    doubt.save(update_fields=["answer", "answered_by", "answered_at"])
    log.record(by, log.Verb.CHANGED, "improvement.doubt_answered", doubt.action or doubt.plan)
