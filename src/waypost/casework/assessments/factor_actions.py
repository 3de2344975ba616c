"""Factors kept, added and ended: each has its name for good. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.assessments import rules
from waypost.casework.assessments.answers import ROOT, why_not_rows
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
    Factor,
)
from waypost.casework.assessments.questions import Question, Type
from waypost.casework.assessments.standing import (
    factor_question,
    factor_words,
    holding,
    roots_in,
    row_of,
)
from waypost.casework.assessments.turns import (
    revised,
    row_for,
    turn_with,
)
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load as list_of
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.record.models import Child, Person


def keep_factors(
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
    child = turn_with(child, by, at)
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
    child = turn_with(child, by, at)
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
        row_for(assessment, asks, value, "", who=row.who, unchanged=row.unchanged, **author).save(force_insert=True)
        revised(assessment)
