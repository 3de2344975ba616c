"""Plans for tests: `plan = written(child, worker)`, with one objective that answers one factor; `ready`, `locked`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.assessments.models import Answered, Assessment, Factor
from waypost.casework.assessments.questions import Judgement
from waypost.casework.plans import actions, signing
from waypost.casework.plans.actions import Does, Put
from waypost.casework.plans.models import Objective, Plan
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child

NOW = timezone.now
SCHOOL = "Ellis is at school twelve hours a week"


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def factor(child: Child, by: Staff, key: str = "attendance", side: str = "against", rating: str = "strong") -> Factor:
    as_seen_by(by)
    found: Factor = Factor.objects.create(
        person=child.person,
        root=new_id(),
        factor=key,
        side=side,
        category="learning_work",
        rating=rating,
        disclosure="professionals",
        since=NOW(),
        by=by,
        at=NOW(),
    )
    return found


def rated(child: Child, by: Staff, other: Staff, **judged: str) -> Assessment:
    """A countersigned assessment that judges as given: `rated(ellis, worker, manager, serious_harm="high")`."""
    as_seen_by(by)
    made = Assessment.objects.create(
        person=child.person, form="full", version=1, stage="start", reason="order", by=by, at=NOW(), once=new_id()
    )
    for judgement, value in judged.items():
        question = made.of_form.judging(Judgement(judgement))
        Answered.objects.create(
            person=child.person, assessment=made, question=question.key, who="practitioner", value=value,
            disclosure="professionals", by=by, at=NOW(),
        )  # fmt: skip
    now = NOW()
    Assessment.objects.filter(pk=made.pk).update(signed_by=by, signed_at=now, locked_by=other, locked_at=now)
    made.refresh_from_db()
    return made


def begun(child: Child, by: Staff, **given: Any) -> Plan:
    as_seen_by(by)
    return actions.begin(child, **given, by=by, at=NOW(), once=given.pop("once", new_id()))


def put(plan: Plan, by: Staff, root: UUID | None = None, *, revision: int | None = None, **given: Any) -> Objective:
    as_seen_by(by)
    now = Plan.objects.get(pk=plan.pk)
    said = {
        "part": "change",
        "words": SCHOOL,
        "how_we_know": "The school’s register, on Fridays.",
        "by_day": in_days(60),
    } | given
    return actions.put_objective(
        now, root or new_id(), Put(**said), revision=now.revision if revision is None else revision, by=by, at=NOW()
    )


def does(plan: Plan, objective: UUID, by: Staff, **given: Any) -> Any:
    as_seen_by(by)
    now = Plan.objects.get(pk=plan.pk)
    said = {"who": "child", "what": "Comes to the first lesson each day."} | given
    kept = {"revision": now.revision, "by": by, "at": NOW(), "once": new_id()}
    return actions.undertake(now, objective, Does(**said), **kept)


def agreed(plan: Plan, by: Staff, who: str = "child", **given: Any) -> None:
    as_seen_by(by)
    now = Plan.objects.get(pk=plan.pk)
    said = {"day": timezone.localdate(), "why_not": "", "own_words": "Twelve is fine."} | given
    actions.agree(now, who, **said, revision=now.revision, by=by, at=NOW())


def written(child: Child, by: Staff) -> Plan:
    """One objective that answers one factor, and somebody does something."""
    about = factor(child, by)
    plan = begun(child, by)
    aim = put(plan, by, factors=[about.root])
    does(plan, aim.root, by)
    plan.refresh_from_db()
    return plan


def ready(child: Child, by: Staff) -> Plan:
    plan = written(child, by)
    agreed(plan, by)
    plan.refresh_from_db()
    return plan


def step(act: Any, plan: Plan, by: Staff, words: str = "", **given: Any) -> Plan:
    as_seen_by(by)
    now = Plan.objects.get(pk=plan.pk)
    if act in (signing.sign, signing.send_back, signing.countersign):
        given = {"revision": now.revision} | given
    return act(now, words=words, by=by, at=NOW(), **{"once": new_id()} | given)


def signed(child: Child, by: Staff) -> Plan:
    return step(signing.sign, ready(child, by), by)


def locked(child: Child, by: Staff, other: Staff) -> Plan:
    return step(signing.countersign, signed(child, by), other)
