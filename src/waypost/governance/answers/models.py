"""The answer to the inspection: who said which action answers which line, and when (A12)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from waypost.governance.improvement.models import Action, Fact, Plan
from waypost.kernel.ids import new_id
from waypost.quality.inspections.models import Finding, Inspection, InspectionRecommendation

ONE_LINE = Q(recommendation__isnull=False, finding__isnull=True) | Q(recommendation__isnull=True, finding__isnull=False)


class OfALine(Fact):
    """A fact about one recommendation or one key finding of an inspection."""

    recommendation = models.ForeignKey(InspectionRecommendation, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def line(self) -> InspectionRecommendation | Finding:
        line = self.recommendation or self.finding
        if line is None:
            raise ValueError("The database holds no fact of no line.")
        return line

    @property
    def line_id(self) -> object:
        return self.recommendation_id or self.finding_id


class Match(OfALine):
    """That an action answers a line, or does not: the newest row for the pair stands."""

    class Verdict(models.TextChoices):
        ANSWERS = "answers", "This answers it"
        NOT_THIS = "not_this", "Not this"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="matches")
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=ONE_LINE, name="a_match_is_of_one_line")]

    def __str__(self) -> str:
        return self.verdict


class LineJudged(OfALine):
    """What a person says of a whole line after reading the plan: nothing answers it, or it asks for nothing."""

    class Verdict(models.TextChoices):
        NOTHING = "nothing", "Nothing in the plan answers it"
        STRENGTH = "strength", "A strength: nothing is asked"
        CHECKED = "checked", "Checked"
        REOPENED = "reopened", "To be judged again"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=ONE_LINE, name="a_judgement_is_of_one_line")]

    def __str__(self) -> str:
        return self.verdict


class FrozenAnswer(models.Model):
    """The re-inspection file: every line as it stood, gaps as gaps, under one number that cannot change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="frozen")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="frozen")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="frozen_number_once")]

    def __str__(self) -> str:
        return f"Answer as frozen, number {self.number}"
