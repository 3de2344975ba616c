"""An assessment: the form it is in, what anybody answered, what partners were asked, and the factors that came of it.

Answers are appended: a later one of the same author stands in the place of the earlier, which stays behind it. The form
is a file (`definitions`), pinned by its key and version.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.casework.assessments.definitions import version
from waypost.casework.assessments.questions import SIDES, Form
from waypost.casework.both import both_or_neither
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.ids import new_id
from waypost.people.record.entries import Document
from waypost.people.record.models import Person


class AssessmentQuerySet(models.QuerySet[Any]):
    def of(self, people: list[UUID]) -> AssessmentQuerySet:
        return self.filter(person__in=people)

    def standing(self) -> AssessmentQuerySet:
        """Not begun in error."""
        return self.filter(dropped_at=None)

    def being_written(self) -> AssessmentQuerySet:
        return self.standing().filter(signed_at=None)

    def to_countersign(self) -> AssessmentQuerySet:
        return self.standing().filter(signed_at__isnull=False, locked_at=None)

    def locked(self) -> AssessmentQuerySet:
        return self.filter(locked_at__isnull=False)


class Assessment(models.Model):
    """One assessment of a child at one stage, in one version of a form."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    form = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)  # a key of the list of reasons for an assessment
    outcome = models.ForeignKey(Outcome, null=True, on_delete=models.PROTECT, related_name="assessments")
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="next")
    due = models.DateField(null=True)  # the last day on which it is signed in time
    agencies = ArrayField(models.CharField(max_length=40), default=list)  # who make it together; none: ours alone
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="assessments")
    revision = models.PositiveIntegerField(default=0)  # of all its answers together
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assessments_begun")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    signed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="assessments_signed")
    signed_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="assessments_countersigned")
    locked_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="assessment_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form"],
                condition=Q(locked_at__isnull=True, dropped_at__isnull=True),
                name="one_open_assessment_of_a_form",
            ),
            models.CheckConstraint(
                condition=both_or_neither("signed_by", "signed_at"), name="assessment_signed_by_somebody"
            ),
            models.CheckConstraint(
                condition=both_or_neither("locked_by", "locked_at"), name="assessment_locked_by_somebody"
            ),
            models.CheckConstraint(
                condition=both_or_neither("dropped_by", "dropped_at"), name="assessment_dropped_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(signed_at__isnull=False) & ~Q(locked_by=F("signed_by")),
                name="assessment_countersigned_by_another",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(dropped_at__isnull=True), name="locked_assessment_stays"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"

    @property
    def of_form(self) -> Form:
        """The version it is in, however old."""
        return version(self.form, self.version)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be answered in it."""
        return self.signed_at is None and self.dropped_at is None


class AssessmentStep(models.Model):
    """That an assessment was signed, sent back, countersigned or dropped: who, when, and in what words."""

    class Kind(models.TextChoices):
        SIGNED = "signed", "signed"
        TAKEN_BACK = "taken_back", "taken back to be gone on with"
        SENT_BACK = "sent_back", "sent back by whoever was to countersign"
        COUNTERSIGNED = "countersigned", "countersigned"
        DROPPED = "dropped", "dropped: begun in error"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.step)


class AnsweredQuerySet(models.QuerySet[Any]):
    def current(self) -> AnsweredQuerySet:
        return self.filter(replaced_at=None)

    def on(self, moment: datetime) -> AnsweredQuerySet:
        """As they stood then."""
        return self.filter(Q(replaced_at=None) | Q(replaced_at__gt=moment), at__lte=moment)


class Answered(models.Model):
    """One answer to one question, by one person. An empty list: it was taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answered")
    question = models.CharField(max_length=60)
    who = models.CharField(max_length=40)  # practitioner, child, carer or an agency
    value = models.JSONField(default=list)
    words = models.TextField(blank=True)  # said beside a choice
    disclosure = models.CharField(max_length=40)
    unchanged = models.BooleanField(default=False)  # pulled through, and not looked at since
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="answers_given")
    at = models.DateTimeField()
    page = models.UUIDField(null=True)  # the open page that saved it, and which of its saves it was
    turn = models.PositiveBigIntegerField(default=0)
    replaced_at = models.DateTimeField(null=True)

    objects = AnsweredQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["assessment", "question"], name="answered_by_question")]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "who", "by"],
                condition=Q(replaced_at__isnull=True),
                name="one_answer_of_an_author",
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)


class Evidence(models.Model):
    """What an answer rests on: an entry, a contact or a document of the child, or what a partner sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="evidence")
    question = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)  # of statement; or contact, contribution
    of = models.UUIDField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "of"], condition=Q(removed_at__isnull=True), name="evidence_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind)


class Settled(models.Model):
    """Which of the answers that disagree holds, and why; until somebody answers otherwise."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="settled")
    question = models.CharField(max_length=60)
    holds = models.ForeignKey(Answered, on_delete=models.PROTECT, related_name="settled")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], condition=Q(replaced_at__isnull=True), name="settled_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)


class Contribution(models.Model):
    """What an agency was asked to tell for an assessment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="contributions")
    agency = models.CharField(max_length=40)  # a key of the list of agencies
    asked_of = models.CharField(max_length=150, blank=True)  # who there
    what = models.TextField(blank=True)
    due = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.agency)


class ContributionStep(models.Model):
    """What became of it: chased, received, nothing held there, or not needed any more."""

    class Kind(models.TextChoices):
        CHASED = "chased", "chased"
        RECEIVED = "received", "received"
        NOTHING_HELD = "nothing_held", "nothing held"
        NOT_NEEDED = "not_needed", "not needed any more"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(blank=True)  # what they told, where it is not in a document
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=~Q(step="chased"), name="contribution_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.step)


class FactorQuerySet(models.QuerySet[Any]):
    def of(self, people: list[UUID]) -> FactorQuerySet:
        return self.filter(person__in=people)

    def current(self) -> FactorQuerySet:
        """As each stands now, ended ones among them."""
        return self.filter(replaced_at=None)

    def holding(self) -> FactorQuerySet:
        return self.current().filter(ended_because="")


class Factor(models.Model):
    """Something in the child’s life that stands for or against change, as a worker sees it.

    `root` names it for good, in every later assessment and in the plan that answers it: it is never lost, only ended,
    with a reason.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factors")
    root = models.UUIDField()
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="factors")
    factor = models.CharField(max_length=40, blank=True)  # a key of the list of factors; empty: in words alone
    words = models.TextField(blank=True)
    side = models.CharField(max_length=10, choices=SIDES)
    category = models.CharField(max_length=40)
    rating = models.CharField(max_length=40)
    evidence = models.TextField(blank=True)
    disclosure = models.CharField(max_length=40)
    since = models.DateTimeField()  # when it was first seen
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_because = models.CharField(max_length=40, blank=True)  # a key of the list of ends of a factor
    ended_words = models.TextField(blank=True)
    replaced_at = models.DateTimeField(null=True)

    objects = FactorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person"], condition=Q(replaced_at__isnull=True), name="factor_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["root"], condition=Q(replaced_at__isnull=True), name="factor_stands_once"),
            models.CheckConstraint(condition=Q(side__in=[key for key, _ in SIDES]), name="factor_for_or_against"),
        ]

    def __str__(self) -> str:
        return str(self.factor or "factor")
