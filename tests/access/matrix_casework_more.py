"""What stands behind the addresses of the register, the transitions and the handover."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.people import children
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.kernel.ids import new_id


@behind("child_handover")
def to_be_handed_over(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk})


@behind("group_register")
def a_group(world: World, asker: Staff, state: str) -> Asked:
    """One child whom the asker holds, in the one row."""
    if not asker.may(Permission.ENTER_CHILDREN):
        return Asked()
    found = children.held(asker, entered_by=world.head)
    yesterday = timezone.localdate() - timedelta(days=1)
    group = {"once": new_id(), "clock": "10:00", "minutes": "60", "way": "office", "did": "We cooked."}
    row = {"row1-came": "came", "row1-less_safe": "nobody", "row1-words": "Joined in."}
    return Asked(posted=day("day", yesterday) | group | row | {"child": found.pk, "save": "yes"})
