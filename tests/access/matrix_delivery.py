"""What stands behind the addresses of interventions and their sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.access.matrix_casework import who_writes
from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.casework import casework
from tests.casework.interventions import work as made
from tests.people import children
from waypost.access.models import Staff
from waypost.casework.interventions.models import Intervention
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child


@behind("interventions")
def all_work(world: World, asker: Staff, state: str) -> Asked:
    of, where = _work(world, asker, state)
    made.sessions(of, who_writes(world, state), 1)
    return Asked(where)


@behind("intervention_plan")
def to_be_planned(world: World, asker: Staff, state: str) -> Asked:
    found, on = child(world, asker, state), timezone.localdate()
    what = {"programme": "anger_at_work", "why_no_objective": "The plan is still to be written."}
    how: dict[str, Any] = {"sessions": "6", "minutes": "45", "format": "one_to_one", "agency": "education"}
    how |= {"professional": children.professional(world.head).pk}
    days = day("starts", on) | day("ends", on + timedelta(days=60))
    return Asked({"pk": found.pk}, what | how | days | {"once": new_id()})


@behind("intervention_sessions")
def sessions_to_be_planned(world: World, asker: Staff, state: str) -> Asked:
    of, where = _work(world, asker, state)
    series = {"clock": "16:00", "number": "2", "every": "1", "way": "office", "once": new_id()}
    return Asked(where | {"intervention": of.pk}, day("starts", made.tomorrow()) | series)


@behind("intervention_tie")
def contact_to_be_tied(world: World, asker: Staff, state: str) -> Asked:
    of, where = _work(world, asker, state)
    contact = casework.met(Child.objects.get(pk=of.person_id), who_writes(world, state), 2)
    return Asked(where | {"intervention": of.pk}, {"contact": contact.pk})


@behind("intervention_end")
def to_be_ended(world: World, asker: Staff, state: str) -> Asked:
    of, where = _work(world, asker, state)
    return Asked(where | {"intervention": of.pk}, day("on", timezone.localdate()) | {"because": "completed"})


@behind("session_move", "session_untie")
def to_be_moved(world: World, asker: Staff, state: str) -> Asked:
    of, where = _work(world, asker, state)
    (session,) = made.sessions(of, who_writes(world, state), 1)
    to = day("day", made.tomorrow() + timedelta(days=2)) | {"clock": "16:00", "because": "room", "once": new_id()}
    return Asked(where | {"session": session.pk}, to)


def _work(world: World, asker: Staff, state: str) -> tuple[Intervention, dict[str, Any]]:
    found = child(world, asker, state)
    return made.work(found, who_writes(world, state)), {"pk": found.pk}


@behind("delivery_file")
def as_a_file(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"kind": "csv"})
