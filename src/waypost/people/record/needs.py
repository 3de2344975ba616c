"""Health, what a child needs of us to be able to take part, and alerts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.people.record.models import Statement


class Health(Statement):
    """A screening, a diagnosis or another thing about health that bears on the work."""

    SECTION = "health"

    kind = models.CharField(max_length=40)  # a key of the list of kinds
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.kind)


class Need(Statement):
    """A need of speech, language, learning, culture or another kind, and what helps."""

    SECTION = "needs"

    area = models.CharField(max_length=40)  # a key of the list of areas
    words = models.TextField(blank=True)
    what_helps = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.area)


class Alert(Statement):
    """What anybody who meets the child must know first; it rests on something, and is looked at again by a day."""

    SECTION = "alerts"

    kind = models.CharField(max_length=40)  # a key of the list of kinds
    words = models.CharField(max_length=300, blank=True)
    what_to_do = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(blank=True)
    review_by = models.DateField(null=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | Q(review_by__isnull=False), name="alert_is_looked_at_again"
            ),
        ]

    def __str__(self) -> str:
        return "alert"
