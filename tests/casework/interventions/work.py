"""Work with a child for tests: `aim(child, by, "thinking")`, `work(child, by, objective=…)`, `sessions(work, by)`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.assessments.models import Factor
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions import actions
from waypost.casework.interventions.actions import Planned, Series
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.interventions.ties import tie
from waypost.casework.plans.models import Objective, ObjectiveFactor, Plan
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child


def aim(child: Child, by: Staff, *factors: str, words: str = "Think before I act.") -> UUID:
    """An objective of the child’s plan that answers these factors; its root."""
    as_seen_by(by)
    now, root, person = timezone.now(), new_id(), child.person
    plan = Plan.objects.filter(person=person).first() or Plan.objects.create(
        person=person, number=1, by=by, at=now, once=new_id()
    )
    place = plan.objectives.count() + 1
    about = {"person": person, "plan": plan, "by": by, "at": now}
    until = timezone.localdate() + timedelta(days=90)
    Objective.objects.create(
        root=root, part="change", place=place, words=words, by_day=until, agency="youth_justice", **about
    )
    for key in factors:
        factor = Factor.objects.create(
            person=person,
            root=new_id(),
            factor=key,
            side="against",
            category="offending",
            rating="some",
            disclosure="child",
            since=now,
            by=by,
            at=now,
        )
        ObjectiveFactor.objects.create(objective=root, factor=factor.root, **about)
    return root


def planned(**given: Any) -> Planned:
    on = timezone.localdate()
    whole: dict[str, Any] = {
        "sessions": 8,
        "minutes": 45,
        "starts": on - timedelta(days=30),
        "ends": on + timedelta(days=60),
        "agency": "youth_justice",
        "format": "one_to_one",
        "programme": "anger_at_work",
        "why_no_objective": "" if given.get("objective") else "The plan is still to be written.",
    }
    return Planned(**whole | given)


def work(child: Child, by: Staff, **given: Any) -> Intervention:
    as_seen_by(by)
    run_by = {} if given.get("professional") else {"staff": by}
    return actions.plan(child, planned(**run_by | given), by=by, at=timezone.now(), once=new_id())


def held(of: Intervention, by: Staff, days_ago: int, came: str = "came", **given: Any) -> Contact:
    """A session that took place, or did not."""
    as_seen_by(by)
    starts = (timezone.localtime() - timedelta(days=days_ago)).replace(hour=16, minute=0, second=0, microsecond=0)
    said = {"less_safe": "nobody" if came in ("came", "late") else "", "words": "We talked."} | given
    kept = {"by": by, "at": timezone.now()}
    contact = contacts.record(of.person, Meeting(starts), Came(came, **said), once=new_id(), **kept)
    tie(contact, of, **kept)
    return contact


def sessions(of: Intervention, by: Staff, number: int = 2, **given: Any) -> list[InterventionSession]:
    """In the diary, from tomorrow on."""
    as_seen_by(by)
    series = {"starts": tomorrow(), "clock": time(16), "number": number} | given
    return actions.plan_sessions(of, Series(**series), by=by, at=timezone.now(), once=new_id())


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def at_four(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(16)))
