"""What stands behind the addresses at which lateness is explained and a case is said to be before the bench."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from tests.access.matrix_casework import who_writes
from tests.access.matrix_children import child
from tests.access.matrix_court import COURT
from tests.access.matrix_world import Asked, World, behind
from tests.casework.casework import say
from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.tasks import actions as tasks
from waypost.kernel.ids import new_id


@behind("task_late")
def task_that_is_late(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    as_seen_by(by)
    today = timezone.localdate()
    task = tasks.put(
        found.person,
        key="assessment",
        title="Assessment",
        due=today - timedelta(days=3),
        starts=today - timedelta(days=20),
        source=("person", None),
        by=by,
        at=timezone.now(),
        once=new_id(),
    )
    return Asked({"pk": found.pk, "task": task.pk}, {"reason": "child_missed"})


@behind("court_bench")
def case_of_today(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    made = say(found, "hearing", who_writes(world, state), clock=time(10, 0), court=COURT)
    return Asked({"pk": made.pk}, {"now": "yes"})
