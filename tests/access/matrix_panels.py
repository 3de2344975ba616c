"""What stands behind each address of panels, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.casework import panels
from tests.factories import staff
from tests.people import children
from waypost.access import opening
from waypost.access.models import Staff
from waypost.casework.referral_panels.models import PanelMeeting
from waypost.kernel.ids import new_id


def of_a_child(world: World, asker: Staff, state: str) -> PanelMeeting:
    volunteers = [] if state == "sealed" else [staff("panel_volunteer")]
    return panels.panel(child(world, asker, state), world.head, volunteers=volunteers)


@behind("panel_arrange")
def to_be_arranged(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    order = panels.referral(found, world.head)
    when = day("day", timezone.localdate() + timedelta(days=9)) | {"clock": "17:00", "place": "Riverside library"}
    return Asked({"pk": found.pk, "order": order.pk}, when | {"kind": "first", "once": new_id()})


@behind("panel", "panel_change", "panel_cancel", "panel_papers")
def arranged(world: World, asker: Staff, state: str) -> Asked:
    meeting = of_a_child(world, asker, state)
    when = day("day", timezone.localdate() + timedelta(days=9)) | {"clock": "17:00", "place": "Hillside library"}
    posted = when | {"why": "The library is shut.", "once": new_id(), "revision": meeting.revision}
    return Asked({"pk": meeting.pk}, posted)


@behind("panel_result")
def over(world: World, asker: Staff, state: str) -> Asked:
    meeting = panels.held(of_a_child(world, asker, state))
    return Asked({"pk": meeting.pk}, {"result": "contract_agreed", "once": new_id()})


@behind("panel_paper")
def paper(world: World, asker: Staff, state: str) -> Asked:
    """Whoever the state says sits: put there as an action would, whatever their role."""
    found = children.held(world.stranger, entered_by=world.head)
    meeting = panels.panel(found, world.head)
    (chosen,) = panels.papers(meeting, world.head)
    sits, now = world.one_of(state, asker), timezone.now()
    meeting.members.create(person_id=found.pk, staff=sits, seat="volunteer", by=world.head, at=now)
    until = now + timedelta(days=7)
    opening.seat([sits], found.pk, meeting.pk, since=now - timedelta(hours=1), until=until, by=world.head)
    if state == "closed":
        opening.unseat(meeting.pk, at=now)
    if state == "sealed":
        children.sealed(found, world.stranger, world.head, by=world.head)
    return Asked({"pk": meeting.pk, "paper": chosen.pk})
