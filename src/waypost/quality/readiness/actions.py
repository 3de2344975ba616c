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
SAID = ("since", "told", "about", "team_id", "worker_id")  # of a result, besides whose and of which check
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
    standing = {
        (person, key): tuple(rest) for person, key, *rest in there.values_list("person", "check_key", *SAID, "pk")
    }
    new, changed = [], []
    for person, key, *now in _told(cases, on, asked):
        was = standing.pop((person, key), None)
        if was is None:
            new.append(_row(person, key, now, first_seen=at))
        elif [*was[:-1]] != now:
            changed.append(_row(person, key, now, pk=was[-1], first_seen=at))
    ReadinessResult.objects.bulk_create(new, batch_size=AT_ONCE)
    ReadinessResult.objects.bulk_update(changed, [name.removesuffix("_id") for name in SAID], batch_size=AT_ONCE)
    gone = [pk for *_, pk in standing.values()]
    ReadinessResult.objects.filter(pk__in=gone).update(gone_at=at)
    teams = Counter(str(case.team or "") for case in cases)
    run = ReadinessRun.objects.create(at=at, by=by, whole=whole, cases=len(cases), teams=teams)
    if by is not None:
        log.record(by, log.Verb.VIEWED, "readiness.gone_through", listed=[case.child for case in cases])
    return run


def _told(cases: Iterable[CaseFacts], on: date, asked: Any) -> Iterator[tuple[Any, ...]]:
    """Of each check that fires the child, its key, and what is kept of it in the order of `SAID`."""
    for case in cases:
        for key, found in fires(case, on, asked).items():
            yield case.child, key, found.since, dict(found.told), sorted(found.about), case.team, case.worker


def _row(person: UUID, key: str, said: Iterable[Any], **more: Any) -> ReadinessResult:
    return ReadinessResult(person_id=person, check_key=key, **dict(zip(SAID, said, strict=True)), **more)


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
