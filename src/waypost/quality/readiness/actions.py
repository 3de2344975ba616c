"""Open cases gone through, and a check quietened for a child. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.kernel.refusal import refuse_if
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record.models import Child
from waypost.quality.readiness import reading, sleep
from waypost.quality.readiness.facts import CaseFacts
from waypost.quality.readiness.gone_through import asked_on, fires
from waypost.quality.readiness.models import ReadinessResult, ReadinessRun, Snooze

AT_ONCE = 2000  # rows to a statement
TURN = 7_251_004  # of whoever goes through: one at a time


@transaction.atomic
def go_through(children: QuerySet[Child], *, at: datetime, by: Staff | None = None, whole: bool) -> ReadinessRun:
    """Ask every check of every open case among these children; keep what is new, and say of the rest that it is gone.

    `whole`: they are all of the service, as far as the database lets whoever asks read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    cases = reading.read(children, at)
    on, asked = timezone.localdate(at), asked_on(timezone.localdate(at))
    there = ReadinessResult.objects.standing()
    if not whole:
        there = there.filter(person__in=children.values("pk"))
    standing = {(one.person_id, one.check_key): one for one in there}
    new, changed = [], []
    for row in _rows(cases, on, asked, at):
        was = standing.pop((row.person_id, row.check_key), None)
        if was is None:
            new.append(row)
        elif _is_other(was, row):
            changed.append(_as(was, row))
    ReadinessResult.objects.bulk_create(new, batch_size=AT_ONCE)
    ReadinessResult.objects.bulk_update(changed, ["since", "told", "about", "team", "worker"], batch_size=AT_ONCE)
    gone = [one.pk for one in standing.values()]
    ReadinessResult.objects.filter(pk__in=gone).update(gone_at=at)
    teams = Counter(str(case.team or "") for case in cases)
    run = ReadinessRun.objects.create(at=at, by=by, whole=whole, cases=len(cases), teams=teams)
    if by is not None:
        log.record(by, log.Verb.VIEWED, "readiness.gone_through", listed=[case.child for case in cases])
    return run


def _rows(cases: Iterable[CaseFacts], on: date, asked: Any, at: datetime) -> Iterator[ReadinessResult]:
    for case in cases:
        for key, found in fires(case, on, asked).items():
            yield ReadinessResult(
                person_id=case.child,
                check_key=key,
                since=found.since,
                told=dict(found.told),
                about=[*found.about],
                team_id=case.team,
                worker_id=case.worker,
                first_seen=at,
            )


def _is_other(was: ReadinessResult, now: ReadinessResult) -> bool:
    names = ("since", "told", "team_id", "worker_id")
    return {*was.about} != {*now.about} or any(getattr(was, name) != getattr(now, name) for name in names)


def _as(was: ReadinessResult, now: ReadinessResult) -> ReadinessResult:
    for name in ("since", "told", "about", "team_id", "worker_id"):
        setattr(was, name, getattr(now, name))
    return was


@transaction.atomic
def snooze(child: Child, check: str, until: date, reason: str, *, by: Staff, at: datetime, once: UUID) -> Snooze:
    """Not shown until that day; sent twice it is one."""
    require_writes(child.person, "entries", by=by, at=at)
    if (there := Snooze.objects.filter(once=once).first()) is not None:
        return there
    refuse_if(sleep.why_not_snooze(check, until, reason, on=timezone.localdate(at)))
    Snooze.objects.filter(person=child.pk, check_key=check, ended_at=None).update(ended_at=at)
    made = Snooze.objects.create(
        person_id=child.pk, check_key=check, until=until, reason=reason.strip(), by=by, at=at, once=once
    )
    log.record(by, log.Verb.CHANGED, "readiness.snoozed", child)
    return made


@transaction.atomic
def wake(child: Child, check: str, *, by: Staff, at: datetime) -> None:
    """Shown again from now."""
    require_writes(child.person, "entries", by=by, at=at)
    if Snooze.objects.filter(person=child.pk, check_key=check, ended_at=None).update(ended_at=at):
        log.record(by, log.Verb.CHANGED, "readiness.woken", child)
