"""What stands behind each address of the court desk, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from datetime import time

from django.utils import timezone

from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.casework.casework import say
from tests.people import children
from waypost.access.models import Staff
from waypost.kernel.ids import new_id

COURT = "Alder Vale Youth Court, court 2"


@behind("court_add")
def somebody_on_the_list(world: World, asker: Staff, state: str) -> Asked:
    children.child(world.head)
    return Asked(posted={"what": "Ellis Marden"})


@behind("court_register")
def list_of_a_court(world: World, asker: Staff, state: str) -> Asked:
    children.child(world.head)
    lines = f"10:00, {COURT.replace(',', '')}, Ellis Marden, 2 11 2010, Plea\n10:30, Court 2, Nobody, , Plea\n"
    return Asked(posted=day("day", timezone.localdate()) | {"text": lines})


@behind("court_add_child", "court_result_of")
def child_for_the_list(world: World, asker: Staff, state: str) -> Asked:
    posted = day("day", timezone.localdate()) | {"court": COURT, "purpose": "plea", "once": new_id()}
    return Asked({"pk": child(world, asker, state).pk}, posted)


@behind("court_hearing", "court_attends", "court_result")
def hearing(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    writer = world.stranger if state == "sealed" else world.head
    made = say(found, "hearing", writer, clock=time(10, 0), court=COURT)
    posted = {"once": new_id(), "child": "here", "result": "ended", "less_safe": "nobody"}
    return Asked({"pk": made.pk}, posted)
