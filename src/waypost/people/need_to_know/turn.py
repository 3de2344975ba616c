"""Those who change who may see a child take turns, and start from what is open to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from waypost.access.models import Staff
from waypost.kernel.refusal import NotFound
from waypost.people.record.models import Child, Person


def in_turn(child: UUID, *, by: Staff, at: datetime) -> Child:
    """The child as it is once whoever came first has done; NotFound where the record is not open to whoever asks."""
    lock(child)
    found = Child.objects.visible_to(by, at).filter(pk=child).first()
    if found is None:
        raise NotFound
    return found


def lock(child: UUID) -> None:
    """Asked for by itself: a wall that went up while we waited is seen only by the next question."""
    if not Person.objects.select_for_update(no_key=True).filter(pk=child).exists():
        raise NotFound
