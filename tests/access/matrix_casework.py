"""What stands behind each address of casework, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.casework import casework
from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.tasks import actions as tasks
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child


def who_writes(world: World, state: str) -> Staff:
    """Somebody to whom the record is open in every state."""
    return world.stranger if state == "sealed" else world.head


def meeting_posted(days: int) -> dict[str, object]:
    when = timezone.localdate() + timedelta(days=days)
    plain = {"once": new_id(), "clock": "09:00", "minutes": 30, "way": "office", "who": ["child"]}
    return plain | day("day", when)


@behind("contact_record")
def contact_recorded(world: World, asker: Staff, state: str) -> Asked:
    said = {"came": "came", "less_safe": "nobody", "words": "Bus times.", "acceptable": "not_yet", "next": "none"}
    return Asked({"pk": child(world, asker, state).pk}, meeting_posted(-1) | said)


@behind("contact_plan")
def contact_planned(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, meeting_posted(7))


@behind("contact")
def contact_judged(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    missed = casework.missed(found, who_writes(world, state), 3)
    posted = {"reason": "ill", "words": "", "acceptable": "good"}
    return Asked({"pk": found.pk, "contact": missed.pk}, posted)


@behind("contact_drop")
def contact_dropped(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    return Asked({"pk": found.pk, "contact": _planned(found, who_writes(world, state)).pk})


def _planned(found: Child, by: Staff) -> Contact:
    as_seen_by(by)
    now = timezone.now()
    return actions.plan(found.person, Meeting(now + timedelta(days=1)), by=by, at=now, once=new_id())


@behind("decide")
def decided(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    order = casework.order(found, by)
    casework.missed(found, by, 9, outcome=order)
    posted = {"once": new_id(), "step": "re_engage", "words": "Rang, and asked what got in the way."}
    return Asked({"pk": found.pk, "outcome": order.pk}, posted | day("day", timezone.localdate()))


@behind("task")
def task_done(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    as_seen_by(by)
    today = timezone.localdate()
    task = tasks.put_by_hand(
        found.person, title="Ring the school", due=today, today=today, by=by, at=timezone.now(), once=new_id()
    )
    return Asked({"pk": found.pk, "task": task.pk}, {"words": "Rang at ten."})


@behind("task_put")
def task_put(world: World, asker: Staff, state: str) -> Asked:
    posted = {"once": new_id(), "title": "Ring the school"} | day("due", timezone.localdate())
    return Asked({"pk": child(world, asker, state).pk}, posted)
