"""Other agencies' offices, schools, homes and the people in them whom a worker rings."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from waypost.access.models import Staff
from waypost.kernel.ids import new_id


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=40)  # a key of the list of agencies
    telephone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="organisations_entered")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "agency", condition=models.Q(ended_at__isnull=True), name="organisation_once"
            )
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Professional(models.Model):
    """Somebody at another agency: never signs in, is rung."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="professionals")
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="professionals_entered")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
