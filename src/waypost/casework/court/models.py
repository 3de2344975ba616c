"""A child at court: hearings, and where the child is between them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.casework.court import rules
from waypost.people.record.models import Statement


class Hearing(Statement):
    """One hearing, to come or heard, on the day in `since`."""

    SECTION = "orders"

    clock = models.TimeField(null=True, blank=True)
    court = models.CharField(max_length=100)
    purpose = models.CharField(max_length=40)  # a key of the list of purposes
    result = models.CharField(max_length=40, blank=True)  # a key of the list of results; empty: not heard yet
    proposed = models.CharField(max_length=40, blank=True)  # whether it is what we proposed: a key of that list
    words = models.TextField(blank=True)
    attends = models.JSONField(default=dict, blank=True)  # who → here, coming or missing

    class Meta(Statement.Meta):
        indexes = [models.Index(fields=["since"], name="hearing_by_day")]
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="hearing_has_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.purpose)


class Remand(Statement):
    """A period on bail or remanded; no two overlap. To local authority or youth detention accommodation, the child is
    looked after from that day to its end."""

    SECTION = "orders"

    kind = models.CharField(max_length=40)  # a key of definitions/remands.yaml
    conditions = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="remand_has_a_start"),
        ]

    def __str__(self) -> str:
        return rules.name_of(self.kind)
