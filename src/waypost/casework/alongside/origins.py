"""Where something here was read from, for those who show it or reckon with it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from waypost.casework.alongside.models import Origin
from waypost.casework.outcomes.models import Outcome


def read_since(person: UUID, kind: str, first: UUID) -> date | None:
    """The day on which an outcome was first read from another system; None where it was written here.

    What is read is said `once` under the id of its origin.
    """
    if kind != "outcome":
        return None
    once = Outcome.objects.filter(pk=first).values("once")
    at = Origin.objects.filter(person=person, kind="order", pk__in=once).values_list("at", flat=True).first()
    return timezone.localdate(at) if at else None
