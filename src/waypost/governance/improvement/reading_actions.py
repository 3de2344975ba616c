"""A document becomes a plan: keep its reading, settle doubts, accept in one write, or throw it away."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.files import actions as files
from waypost.governance.improvement import doubting
from waypost.governance.improvement.models import Action, Area, Bullet, Doubt, Lead, Plan, Recommendation
from waypost.governance.improvement.reading_models import Reading
from waypost.kernel.refusal import Refused, refuse_if
from waypost.quality.inspections import actions as inspections
from waypost.quality.inspections.models import Inspection

Read = dict[str, Any]
BATCH = 500


@transaction.atomic
def keep_reading(
    name: str, data: bytes, *, content_type: str, plan: Read | None, inspection: Read | None, by: Staff, at: datetime
) -> Reading:
    """Keep what was read, for its reader alone; the same file read twice by one person is one reading."""
    require(by, Permission.BRING_IN_PLAN)
    digest = hashlib.sha256(data).hexdigest()
    Staff.objects.select_for_update(no_key=True).get(pk=by.pk)  # what one person sends twice comes one after the other
    waiting = Reading.objects.waiting_for(by).filter(file__sha256=digest).first()
    if waiting is not None:
        return waiting
    file = files.keep(name, data, by=by, at=at, content_type=content_type)
    reading = Reading.objects.create(by=by, at=at, file=file, plan=plan, inspection=inspection)
    log.record(by, log.Verb.COLLECTED, "improvement.document_read", reading)
    return reading


def accepted_before(sha256: str) -> Plan | None:
    """The plan already made from the very same file."""
    return Plan.objects.filter(source__sha256=sha256).first()


@transaction.atomic
def settle(reading: Reading, number: int, *, key: str, value: str, by: Staff, at: datetime) -> None:
    """Answer one doubt of a reading; an answer may be changed until the reading is accepted."""
    require(by, Permission.BRING_IN_PLAN)
    reading = _held(reading)
    if not 1 <= number <= len(_doubts_of(reading)):
        raise Refused("There is no such doubt in this reading.")
    _answer(reading, {number}, key, value, by, at)


@transaction.atomic
def settle_all(reading: Reading, kind: str, *, key: str, by: Staff, at: datetime) -> int:
    """Give one answer to every open doubt of a kind; how many it settled."""
    require(by, Permission.BRING_IN_PLAN)
    reading = _held(reading)
    open_ones = {
        number
        for number, doubt in enumerate(_doubts_of(reading), 1)
        if doubt["kind"] == kind and str(number) not in reading.settled
    }
    _answer(reading, open_ones, key, "", by, at)
    return len(open_ones)


def _held(reading: Reading) -> Reading:
    """The reading as it stands now, until this write is done."""
    reading = Reading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    _refuse_if_ended(reading)
    return reading


def _doubts_of(reading: Reading) -> list[Read]:
    return reading.plan["doubts"] if reading.plan else []


def _answer(reading: Reading, numbers: set[int], key: str, value: str, by: Staff, at: datetime) -> None:
    if not numbers:
        return
    by_ref = {action["ref"]: action for action in (reading.plan or {"actions": []})["actions"]}
    who = {"by": by.name, "by_id": str(by.pk), "at": at.isoformat()}
    for number in sorted(numbers):
        doubt = _doubts_of(reading)[number - 1]
        action = by_ref.get(doubt["ref"])
        refuse_if(doubting.why_not_settle(doubt, action, key, value))
        reading.settled[str(number)] = doubting.settle(doubt, action, key, value) | who
    reading.save(update_fields=["settled"])
    log.record(by, log.Verb.CHANGED, "improvement.doubt_settled", reading)


@transaction.atomic
def throw_away(reading: Reading, *, by: Staff, at: datetime) -> None:
    """Let go of a reading, its words with it; that it was read remains."""
    require(by, Permission.BRING_IN_PLAN)
    reading = _held(reading)
    reading.thrown_away_at, reading.plan, reading.inspection, reading.settled = at, None, None, {}
    reading.save()
    files.empty(reading.file, by=by, at=at)
    log.record(by, log.Verb.ERASED, "improvement.reading_thrown_away", reading)


@transaction.atomic
def accept(reading: Reading, *, by: Staff, at: datetime) -> Plan | None:
    """Make the inspection and the plan of a reading in one write; the present plan becomes its earlier version."""
    require(by, Permission.BRING_IN_PLAN)
    reading = _held(reading)
    _one_plan_at_a_time()
    inspection = _inspection(reading, by, at)
    plan = _plan(reading, reading.plan, inspection, by, at) if reading.plan else None
    files.open_to(reading.file, Permission.SEE_IMPROVEMENT, by=by)
    reading.accepted_at = at
    reading.save(update_fields=["accepted_at"])
    log.record(by, log.Verb.COLLECTED, "improvement.reading_accepted", plan or inspection)
    return plan


def _one_plan_at_a_time() -> None:
    """Hold back whoever else accepts one until this transaction ends: before the first plan there is no row to hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('governance_plan.one_current_plan'))")


def _refuse_if_ended(reading: Reading) -> None:
    if reading.accepted_at:
        raise Refused("This reading was accepted already. Open the plan.")
    if reading.thrown_away_at:
        raise Refused("This reading was thrown away. Read the document again.")


def _inspection(reading: Reading, by: Staff, at: datetime) -> Inspection | None:
    if reading.inspection is None:
        return Inspection.objects.first()
    return inspections.take_in(reading.inspection, source=reading.file, by=by, at=at)


def _plan(reading: Reading, as_read: Read, inspection: Inspection | None, by: Staff, at: datetime) -> Plan:
    before = Plan.objects.current().in_turn().first()
    if before:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    plan = Plan.objects.create(
        title=_title(as_read),
        inspection=inspection,
        version=(before.version + 1) if before else 1,
        source=reading.file,
        accepted_by=by,
        accepted_at=at,
        key=reading.pk,
    )
    read = doubting.corrected(as_read, reading.settled)
    actions = _actions(plan, read, _recommendations(plan, read))
    _doubts(plan, as_read, reading.settled, {action.ref: action for action in actions})
    return plan


def _title(plan: Read) -> str:
    return str(plan.get("title") or "Improvement plan")[:200]


def _recommendations(plan: Plan, read: Read) -> dict[object, Recommendation]:
    """Areas and recommendations in their order; an action under none gets one with no words, in its own area."""
    wanted = {rec["number"]: rec for rec in read["recommendations"]}
    for action in read["actions"]:
        wanted.setdefault(_under(action), {"number": None, "area": action.get("area"), "text": ""})
    names = dict.fromkeys([area["name"] for area in read["areas"]] + [rec["area"] or "" for rec in wanted.values()])
    used = [name for name in names if any((rec["area"] or "") == name for rec in wanted.values())]
    areas = {name: Area(plan=plan, position=n, name=name) for n, name in enumerate(used, 1)}
    made = {
        key: Recommendation(
            area=areas[rec["area"] or ""],
            position=n,
            number="" if rec["number"] is None else str(rec["number"]),
            text=rec["text"],
        )
        for n, (key, rec) in enumerate(wanted.items(), 1)
    }
    Area.objects.bulk_create(areas.values())
    Recommendation.objects.bulk_create(made.values())
    return made


def _under(action: Read) -> object:
    """What the action stands under: its recommendation's number, or its area where it has none."""
    number = action["recommendation"]
    return ("area", action.get("area")) if number is None else number


def _actions(plan: Plan, read: Read, recommendations: dict[object, Recommendation]) -> list[Action]:
    actions = [
        _action(plan, item, recommendations[_under(item)], position) for position, item in enumerate(read["actions"], 1)
    ]
    Action.objects.bulk_create(actions, batch_size=BATCH)
    staff = {person.name.casefold(): person.pk for person in Staff.objects.working()}
    leads, bullets = [], []
    for action, item in zip(actions, read["actions"], strict=True):
        leads += [
            Lead(action_id=action.pk, position=n, name=lead["name"][:200], role=(lead["role"] or "")[:200],
                 kind=lead.get("kind") or "", staff_id=staff.get(lead["name"].casefold()))
            for n, lead in enumerate(item["leads"], 1)
        ]  # fmt: skip
        bullets += [Bullet(action_id=action.pk, position=n, words=words) for n, words in enumerate(item["progress"], 1)]
    Lead.objects.bulk_create(leads, batch_size=BATCH)
    Bullet.objects.bulk_create(bullets, batch_size=BATCH)
    return actions


def _action(plan: Plan, item: Read, recommendation: Recommendation, position: int) -> Action:
    start, finish, review = item["start"], item["finish"], item["review"]
    return Action(
        plan=plan,
        recommendation=recommendation,
        position=position,
        ref=item["ref"],
        text=item["text"],
        outcome=item["outcome"] or "",
        start_text=(start["text"] or "")[:200],
        start_month=_first(start["month"]),
        finish_text=(finish["text"] or "")[:200],
        finish_month=None if finish["ongoing"] else _first(finish["month"]),
        ongoing=finish["ongoing"],
        review_text=(review["text"] or "")[:200],
        review_month=_first(review["month"]),
        cadence=review["cadence"] or "",
        rag_in_source=item["rag"] or "",
        source=item["cells"],
        where=item["where"],
    )


def _first(month: str | None) -> date | None:
    return date.fromisoformat(f"{month}-01") if month else None


def _doubts(plan: Plan, as_read: Read, settled: dict[str, Read], by_ref: dict[str, Action]) -> None:
    """Every doubt goes in: those settled with their answer, the others open, as work for the action's lead."""
    Doubt.objects.bulk_create(
        _doubt(plan, number, item, by_ref.get(item["ref"]), settled.get(str(number)))
        for number, item in enumerate(as_read["doubts"], 1)
    )


def _doubt(plan: Plan, number: int, item: Read, action: Action | None, answer: Read | None) -> Doubt:
    doubt = Doubt(
        plan=plan, action=action, number=number, kind=item["kind"], message=item["message"], where=item["where"]
    )
    if answer:
        doubt.answer, doubt.answered_by_id = answer["answer"], answer["by_id"]
        doubt.answered_at = datetime.fromisoformat(answer["at"])
    return doubt
