"""A document that has been read and is not yet a plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from waypost.access.models import Staff
from waypost.files.models import StoredFile
from waypost.kernel.ids import new_id


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, staff: Staff) -> ReadingQuerySet:
        """A reading is its reader's alone."""
        return self.filter(by=staff)

    def waiting_for(self, staff: Staff) -> ReadingQuerySet:
        """What this person has read and neither accepted nor thrown away."""
        return self.visible_to(staff).filter(accepted_at__isnull=True, thrown_away_at__isnull=True)


class Reading(models.Model):
    """A document read and waiting for its reader to accept it; no plan exists until then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    plan = models.JSONField(null=True)  # as reading.plan.PlanReading gives it, every row and where it stood
    inspection = models.JSONField(null=True)
    settled = models.JSONField(default=dict)  # answers to doubts so far: number → {choice, value, by, at}
    accepted_at = models.DateTimeField(null=True)
    thrown_away_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(thrown_away_at__isnull=True), name="reading_ends_one_way"
            )
        ]

    def __str__(self) -> str:
        return f"Reading of {self.file_id}"
