"""The list of children, and the child's page: who the child is, what to know first, who to call, what anyone did."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.log_panels import looked_at
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework import facts as casework
from waypost.casework.alongside.panels import read_from
from waypost.casework.due import due_about, worst_first
from waypost.casework.offences.panels import Beside, beside
from waypost.casework.plans import on_the_page as plan
from waypost.casework.seen import over_time
from waypost.casework.voice.panels import came_of
from waypost.casework.work import Work, work_of
from waypost.desk import held
from waypost.desk.thread import drawn, known_of
from waypost.people.matching.by_ethnicity import by_ethnicity
from waypost.people.need_to_know.reach import reach
from waypost.people.need_to_know.rules import OURS, SECTIONS
from waypost.people.need_to_know.views import or_with_a_reason
from waypost.people.record import facts, listed, panels
from waypost.people.record.due import alert_lines
from waypost.people.record.models import Child
from waypost.people.record.timeline import Event, timeline
from waypost.quality.readiness.panels import NEEDED, worst_of
from waypost.ui.listing import Column
from waypost.ui.thread import Thread

COLUMNS = [Column("Child"), Column("Age"), Column("Held by"), Column("Alerts"), Column("Last entry")]
ALERT_COLUMNS = [
    Column("Group"),
    Column("With an alert"),
    Column("What the child may do"),
    Column("What may happen to the child"),
]
DUE_COLUMNS = [Column("What"), Column("When"), Column("Why"), Column("Who"), Column("Do")]
opens = needs_children(Permission.OPEN_CHILDREN)


@require_safe
@opens
@or_with_a_reason
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    found = get_object_or_404(Child.objects.visible_to(request.user, now).select_related("person"), pk=pk)  # type: ignore[arg-type]
    record = panels.record(found, reach(request.user, found, now), at=now)  # type: ignore[arg-type]
    work = work_of([found], at=now, said=record.said)[found.pk] if "orders" in record.reach.reads else None
    ties = _ties(record, request.user, now)  # type: ignore[arg-type]
    besides = [*_decided(record, work), *(plan.events(record.people) if "plan" in record.reach.reads else [])]
    happened = timeline(record, request.GET.dict(), on=on, besides=besides)
    log.viewed(request, "child.page", found, listed=[*record.shown, *sorted(ties.open_to_reader)])
    context = {
        "thread": _thread(record, work, now),
        "came_of": came_of([one.pk for one in (*happened.page.rows, *happened.own, *happened.carers)]),
        "right": worst_of(found, now) if record.reach.reads >= NEEDED else None,
        "child": found,
        "record": record,
        "on": on,
        "happened": happened,
        "ties": ties,
        "looked": looked_at(found.pk, at=now),
        "section_names": SECTIONS,
        "read_from": read_from(record.people),
    }
    return render(request, "desk/child.html", context | _columns(record, on) | _work(record, work, ties, on))


def _thread(record: panels.Record, work: Work | None, at: datetime) -> Thread | None:
    """None where there is nothing to draw yet, or where this reader does not read what it is made of."""
    if work is None or not record.reach.reads >= NEEDED:
        return None
    known = known_of(record.child.pk, record.people, work.tasks, at)
    return None if known.is_empty else drawn(known, timezone.localdate(at))


def _ties(record: panels.Record, staff: Staff, at: datetime) -> Beside:
    if "orders" not in record.reach.reads:
        return Beside()
    return beside(record.people, record.said["co_accused"], staff, at)


def _decided(record: panels.Record, work: Work | None) -> list[Event]:
    if work is None or "entries" not in record.reach.reads:
        return []
    return [
        Event(
            "decided", one.day, one.at, OURS, one.pk, one, decision=True, title=f"Decided: {casework.step(work, one)}"
        )
        for one in work.decisions
    ]


def _work(record: panels.Record, work: Work | None, ties: Beside, on: date) -> dict[str, object]:
    """What was decided, how things stand and what is due, so far as this reader reads it."""
    if work is None:
        return {"work": None, "orders": [], "stands": [], "due": [], "seen": None, "purposes": {}, "over_time": None}
    reads = record.reach.reads
    due = due_about(work, on=on) if "entries" in reads else []
    due += [line for line in alert_lines(record.said["alert"], on) if "alerts" in reads]
    return {
        "work": work,
        "orders": casework.orders(work, on, ties),
        "stands": [*casework.stands(work, on), *_changed(record, work, on), *_plan(record)]
        if "entries" in reads
        else [],
        "due": worst_first(due, on),
        "due_columns": DUE_COLUMNS,
        "seen": work.diary if "entries" in reads else None,
        "purposes": casework.purposes(work) if "entries" in reads else {},
        "over_time": over_time(work, on) if "entries" in reads else None,
    }


def _plan(record: panels.Record) -> list[facts.Fact]:
    return plan.facts(record.child, record.people) if "plan" in record.reach.reads else []


def _changed(record: panels.Record, work: Work, on: date) -> list[facts.Fact]:
    """How many workers have held the child since the order was made, or else since the case was opened."""
    order = next((one for one in work.open_orders(on) if one.is_answered_for), None)
    case = work.case(on)
    if order is None and case is None:
        return []
    began, what = (order.given.made, "this order") if order else (case.since, "since the case was opened")
    return held.changes(held.turns_of(record.people), began, what)


def _columns(record: panels.Record, on: date) -> dict[str, object]:
    return {
        "care": [*facts.care(record, on), *facts.home(record, on)],
        "education": facts.education(record, on),
        "who": facts.who(record, on),
        "calls": list(facts.calls(record, on)),
        "lives": facts.lives(record, on),
        "alerts": panels.alerts(record, on),
        "urgent": panels.urgent(record, on),
    }


@require_safe
@needs_children(Permission.COUNT_ALERTS)
def alerts(request: HttpRequest) -> HttpResponse:
    found = by_ethnicity(request.user, at=timezone.now(), on=timezone.localdate())  # type: ignore[arg-type]
    log.viewed(request, "child.alerts_counted")
    return render(request, "desk/alerts.html", {"found": found, "columns": ALERT_COLUMNS})


@require_safe
@opens
def children(request: HttpRequest) -> HttpResponse:
    """Worst first: whose alerts are overdue for review."""
    found = listed.children(request.user, request.GET.dict(), at=timezone.now(), on=timezone.localdate())  # type: ignore[arg-type]
    log.viewed(request, "child.list", listed=[line.child.pk for line in found.lines])
    return render(request, "desk/children.html", {"found": found, "columns": COLUMNS})
