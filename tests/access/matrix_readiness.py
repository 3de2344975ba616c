"""What stands behind each address of readiness and of voice, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.people.children import OURS, said
from waypost.access.models import Staff
from waypost.kernel.ids import new_id


@behind("child_readiness")
def of_a_child(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk})


@behind("child_readiness_snooze", "child_readiness_wake")
def a_check(world: World, asker: Staff, state: str) -> Asked:
    posted = day("until", timezone.localdate() + timedelta(days=3))
    posted |= {"reason": "The court is to say on Friday.", "once": new_id()}
    return Asked({"pk": child(world, asker, state).pk, "check": "no_assessment"}, posted)


@behind("words_because", "words_harm")
def words(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    source = replace(OURS, said_by="child")
    entry = said(found, "entry", world.head, source=source, own_words="I never go.", since=timezone.localdate())
    later = timezone.localtime() + timedelta(hours=3)
    posted = {"words": "His mornings are at the workshop now.", "once": new_id(), "clock": f"{later:%H:%M}"}
    return Asked({"pk": found.pk, "entry": entry.pk}, posted | day("day", later.date()))
