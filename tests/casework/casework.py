"""Casework for tests: `order(child, worker)`, `met(child, worker, …)`, `missed(child, worker, …)`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.people.children import OURS, as_seen_by
from waypost.access.models import Staff
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.ids import new_id
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Statement

EXAMPLES: dict[str, dict[str, Any]] = {
    "case": {"kind": "order", "responsible": "Alder Vale", "home": "", "host": "", "ended_because": "", "words": ""},
    "transfer": {"kind": "out", "authority": "Marlow Deep", "words": ""},
    "consent": {"what_for": "work", "words": "He asked twice what it is for."},
    "expected_contact": {"level": "enhanced", "contacts": None, "weeks": 4},
    "exit_plan": {"words": "The club goes on.", "who_then": "Youth club"},
    "oversight": {"words": "Looked at the plan and the last visits.", "what_changed": ""},
    "transition": {"step": "told_child", "words": ""},
    "offence": {"type": "common_assault", "local": "", "place": "", "reference": "", "words": ""},
    "outcome": {
        "type": "youth_rehabilitation",
        "length": 12,
        "given_by": "Alder Vale Youth Court",
        "local": "",
        "convicted": None,
        "persistent": False,
        "extended_months": 0,
        "released": None,
        "ended_because": "",
        "words": "",
        "offences": [],
    },
    "hearing": {"clock": None, "court": "Alder Vale Youth Court", "purpose": "sentence", "result": "", "words": ""},
    "remand": {"kind": "bail_conditions", "conditions": "Live at home."},
}


def say(child: Child, kind: str, by: Staff, on: date | None = None, /, **given: Any) -> Any:
    """Said today, or on a day, with what is given instead of the example's."""
    as_seen_by(by)
    since = on or timezone.localdate()
    said = {**EXAMPLES.get(kind, {}), "since": since, "until": None} | given
    return record.say(child.person, KINDS[kind], said, source=OURS, by=by, at=timezone.now(), once=new_id())


def correct(statement: Statement, by: Staff, **given: Any) -> Any:
    said = KINDS[record.kind_of(statement).key].said_of(statement) | given
    return record.correct(statement, said, source=OURS, by=by, at=timezone.now())


def order(child: Child, by: Staff, on: date | None = None, **given: Any) -> Outcome:
    found: Outcome = say(child, "outcome", by, on or timezone.localdate() - timedelta(days=60), **given)
    return found


def at(days_ago: int, clock: int = 16) -> datetime:
    """That many days ago at an hour in London."""
    local = timezone.localtime() - timedelta(days=days_ago)
    return local.replace(hour=clock, minute=0, second=0, microsecond=0)


def met(child: Child, by: Staff, days_ago: int = 1, came: str = "came", **given: Any) -> Contact:
    """A contact recorded, planned unless `planned=False`."""
    as_seen_by(by)
    names = ("outcome", "requirement", "way", "who", "place", "purpose", "objective", "staff")
    meeting = {name: given.pop(name) for name in names if name in given}
    said = {"less_safe": "nobody" if came in ("came", "late") else "", "words": "We talked."} | given
    return actions.record(
        child.person,
        Meeting(starts=at(days_ago), **meeting),
        Came(came=came, **said),
        by=by,
        at=timezone.now(),
        once=new_id(),
    )


def missed(child: Child, by: Staff, days_ago: int = 1, acceptable: bool | None = None, **given: Any) -> Contact:
    reason = "not_known" if acceptable is None else "ill" if acceptable else "chose_not_to"
    return met(child, by, days_ago, "missed", **{"reason": reason, "acceptable": acceptable} | given)
