"""Whose care a child is in, where they are placed, and what school they have."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.people.organisations.models import Organisation
from waypost.people.record.models import Statement


class CareStatus(Statement):
    """A period in care or on a plan. Looked after now, in the order and by the national count are three things."""

    SECTION = "care"

    care_basis = models.CharField(max_length=40)  # a key of the list of bases of care
    responsible = models.CharField(max_length=100, blank=True)  # authority
    placing = models.CharField(max_length=100, blank=True)
    host = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return str(self.care_basis)


class Placement(Statement):
    """A period in one placement; the database lets no two of a child's overlap."""

    SECTION = "care"

    kind = models.CharField(max_length=40)  # a key of the list of types
    provider = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    miles = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)  # from home, as the crow flies
    authority = models.CharField(max_length=100, blank=True)  # in whose area it is

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="placement_has_a_start"),
            models.CheckConstraint(
                condition=Q(miles__isnull=True) | Q(miles__gte=0), name="placement_is_some_miles_away"
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind)


class Education(Statement):
    """A period with one provider: hours a week offered and attended."""

    SECTION = "education"

    setting = models.CharField(max_length=40)  # a key of the list of settings
    provider = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hours_offered = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)  # a week
    hours_attended = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)  # a week
    special_needs_plan = models.BooleanField(default=False)  # an education, health and care plan, or its Welsh like
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(hours_offered__isnull=True) | Q(hours_offered__range=(0, 60)))
                & (Q(hours_attended__isnull=True) | Q(hours_attended__range=(0, 60))),
                name="education_hours_fit_in_a_week",
            ),
        ]

    def __str__(self) -> str:
        return str(self.setting)


class Exclusion(Statement):
    SECTION = "education"

    kind = models.CharField(max_length=40)  # a key of the list of kinds
    provider = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.kind)
