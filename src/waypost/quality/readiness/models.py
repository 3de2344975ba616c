"""What the checks saw of open cases: each from when it was first seen until it was gone. Any past day can be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff, Team
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person


class ReadinessRun(models.Model):
    """One going through of open cases, at night or when somebody asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")  # nobody: at night
    whole = models.BooleanField()  # of the whole service, not of some children
    cases = models.PositiveIntegerField()
    teams = models.JSONField(default=dict)  # how many open cases each team had, by its id; "" for no team

    class Meta:
        indexes = [models.Index(fields=["-at"], condition=Q(whole=True), name="whole_run_by_day")]

    def __str__(self) -> str:
        return "going through of open cases"


class ReadinessQuerySet(models.QuerySet[Any]):
    def standing(self) -> ReadinessQuerySet:
        return self.filter(gone_at=None)

    def on(self, moment: datetime) -> ReadinessQuerySet:
        """As it was known then."""
        return self.filter(Q(gone_at=None) | Q(gone_at__gt=moment), first_seen__lte=moment)

    def of(self, people: list[UUID]) -> ReadinessQuerySet:
        return self.filter(person__in=people)


class ReadinessResult(models.Model):
    """That a check fires for one child. `told` holds days and figures, never words of the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readiness")
    check_key = models.CharField(max_length=40)
    since = models.DateField(null=True)  # from when it has been so
    told = models.JSONField(default=dict)
    about = ArrayField(models.UUIDField(), default=list)  # factors and objectives, by root
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")  # who held the child
    first_seen = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["check_key", "first_seen"], name="readiness_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "check_key"], condition=Q(gone_at__isnull=True), name="a_check_fires_once"
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(gone_at__gte=F("first_seen")), name="readiness_gone_after_seen"
            ),
        ]

    def __str__(self) -> str:
        return str(self.check_key)


class Snooze(models.Model):
    """That a check is not shown for a child until a day, and why; the record of it stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    check_key = models.CharField(max_length=40)
    until = models.DateField()  # the last day on which it is quiet
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "check_key"], condition=Q(ended_at__isnull=True), name="snoozed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.check_key)
