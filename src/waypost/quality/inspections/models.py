"""Inspections over the years: judgements, scores, findings, recommendations and to whom (A10)."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.files.models import StoredFile
from waypost.kernel.ids import new_id


class Inspection(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.TextField()  # as long as the report has it, like every text that is read
    body = models.TextField(blank=True)
    published = models.DateField(null=True)  # the first of the month when only the month is known
    published_day_known = models.BooleanField(default=False)
    cases = models.PositiveIntegerField(null=True)
    months_to_answer = models.PositiveSmallIntegerField(default=12)  # what the inspectorate set, from publication
    source = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ["-published", "-accepted_at"]

    def __str__(self) -> str:
        return f"Inspection of {self.area}"

    @classmethod
    def visible_to(cls, staff: Staff) -> models.QuerySet[Inspection]:
        """A published report names no child: who may see the plan may see it."""
        return cls.objects.all() if staff.may(Permission.SEE_IMPROVEMENT) else cls.objects.none()

    @property
    def answer_by(self) -> date | None:
        """The day the clock ends: with no day of publication known, counted from the month's last day."""
        if self.published is None:
            return None
        begins = self.published if self.published_day_known else self.published + relativedelta(day=31)
        return begins + relativedelta(months=self.months_to_answer)


class Theme(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    name = models.TextField()
    stars = models.PositiveSmallIntegerField(null=True)
    word = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(null=True)  # per cent of work done well enough, where cases were scored

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="theme_once"),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__lte=100), name="score_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    where = models.JSONField(default=dict)

    class Meta:
        ordering = ["theme__number", "number"]
        constraints = [models.UniqueConstraint(fields=["theme", "number"], name="finding_once")]

    def __str__(self) -> str:
        return f"Finding {self.ref}"

    @property
    def ref(self) -> str:
        return f"{self.theme.number}.{self.number}"


class InspectionRecommendation(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    addressee = models.TextField(blank=True)
    where = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="inspection_recommendation_once")]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

    @property
    def ref(self) -> str:
        return str(self.number)
