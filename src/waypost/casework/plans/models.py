"""A plan with a child: what is to change, what each objective answers, who does what, and that it was agreed.

One structure for what helps a child away from offending, keeps others safe and keeps the child safe. What a plan says
is appended: an objective put differently is a new row of the same root, which names it in every later plan.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.casework.assessments.models import Assessment
from waypost.casework.both import both_or_neither
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.ids import new_id
from waypost.people.record.entries import Entry
from waypost.people.record.models import Person


class ChildPlanQuerySet(models.QuerySet[Any]):
    def of(self, people: list[UUID]) -> ChildPlanQuerySet:
        return self.filter(person__in=people)

    def standing(self) -> ChildPlanQuerySet:
        """Not begun in error."""
        return self.filter(dropped_at=None)

    def being_written(self) -> ChildPlanQuerySet:
        return self.standing().filter(signed_at=None)

    def to_countersign(self) -> ChildPlanQuerySet:
        return self.standing().filter(signed_at__isnull=False, locked_at=None)

    def locked(self) -> ChildPlanQuerySet:
        return self.filter(locked_at__isnull=False)


class Plan(models.Model):
    """One version of a child’s plan: written, signed, countersigned by another, and then the plan that holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    outcome = models.ForeignKey(Outcome, null=True, on_delete=models.PROTECT, related_name="plans")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="plans")  # it rests on
    number = models.PositiveSmallIntegerField()  # of the child’s plans, from 1
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="next")
    revision = models.PositiveIntegerField(default=0)  # of all that it says together
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="plans_begun")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    signed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="plans_signed")
    signed_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="plans_countersigned")
    locked_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    objects = ChildPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="one_plan_of_a_number"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(locked_at__isnull=True, dropped_at__isnull=True),
                name="one_open_plan_of_a_child",
            ),
            models.CheckConstraint(condition=both_or_neither("signed_by", "signed_at"), name="plan_signed_by_somebody"),
            models.CheckConstraint(condition=both_or_neither("locked_by", "locked_at"), name="plan_locked_by_somebody"),
            models.CheckConstraint(
                condition=both_or_neither("dropped_by", "dropped_at"), name="plan_dropped_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(signed_at__isnull=False) & ~Q(locked_by=F("signed_by")),
                name="plan_countersigned_by_another",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | Q(dropped_at__isnull=True), name="locked_plan_stays"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether anything in it can still be changed."""
        return self.signed_at is None and self.dropped_at is None


class PlanStep(models.Model):
    """That a plan was signed, sent back, countersigned or dropped: who, when, and in what words."""

    class Kind(models.TextChoices):
        SIGNED = "signed", "signed"
        TAKEN_BACK = "taken_back", "taken back to be gone on with"
        SENT_BACK = "sent_back", "sent back by whoever was to countersign"
        COUNTERSIGNED = "countersigned", "countersigned"
        DROPPED = "dropped", "dropped: begun in error"
        REVIEWED = "reviewed", "reviewed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(step="reviewed"), name="plan_reviewed_once"),
        ]

    def __str__(self) -> str:
        return str(self.step)


class CurrentQuerySet(models.QuerySet[Any]):
    def current(self) -> CurrentQuerySet:
        return self.filter(replaced_at=None)

    def of(self, people: list[UUID]) -> CurrentQuerySet:
        return self.filter(person__in=people)


class PlanWords(models.Model):
    """One thing a plan says besides its objectives: what keeps victims safe, what happens if, which controls."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="said")
    what = models.CharField(max_length=40)  # a key of the list of what a plan says
    words = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "what"], condition=Q(replaced_at__isnull=True), name="plan_says_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.what)


class Objective(models.Model):
    """What is to be different, in words the child understands, with how we will know and by when."""

    SECTION = "plan"  # of the record: where a draft of it belongs

    class Part(models.TextChoices):
        CHANGE = "change", "Away from offending"
        OTHERS = "others", "Keeping others safe"
        SAFETY = "safety", "Keeping the child safe"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objectives")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    root = models.UUIDField()  # names it in every plan
    part = models.CharField(max_length=10, choices=Part)
    place = models.PositiveSmallIntegerField()  # in what order the work is done, from 1
    words = models.TextField(blank=True)
    own_words = models.TextField(blank=True)  # the child’s, beside the worker’s
    said_in = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="objectives")
    how_we_know = models.TextField(blank=True)
    starts = models.DateField(null=True)
    by_day = models.DateField()
    agency = models.CharField(max_length=40)  # whose it is: a key of the list of agencies
    owner = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="objectives")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)  # put differently, or taken out of this plan
    taken_out = models.TextField(blank=True)  # why: said of the last row of its root in this plan

    objects = CurrentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person"], condition=Q(replaced_at__isnull=True), name="objective_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "root"], condition=Q(replaced_at__isnull=True), name="objective_once_in_a_plan"
            ),
        ]

    def __str__(self) -> str:
        return "objective"


class ObjectiveFactor(models.Model):
    """That an objective answers a factor; both by the root that names them for good."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="answering")
    objective = models.UUIDField()
    factor = models.UUIDField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "objective", "factor"],
                condition=Q(replaced_at__isnull=True),
                name="objective_answers_once",
            ),
        ]

    def __str__(self) -> str:
        return "answers a factor"


class NotNow(models.Model):
    """Why no objective of a plan answers a factor for now. The next plan asks again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="not_now")
    factor = models.UUIDField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "factor"], condition=Q(replaced_at__isnull=True), name="not_now_said_once"
            ),
        ]

    def __str__(self) -> str:
        return "not now"


class Undertaking(models.Model):
    """Who does what towards an objective, from which agency, and by when."""

    class Who(models.TextChoices):
        STAFF = "staff", "one of us"
        AGENCY = "agency", "another agency"
        CHILD = "child", "the child"
        CARER = "carer", "a carer"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="undertakings")
    objective = models.UUIDField()
    who = models.CharField(max_length=10, choices=Who)
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="undertakings")
    name = models.CharField(max_length=150, blank=True)  # of whoever is none of our staff
    agency = models.CharField(max_length=40, blank=True)
    what = models.TextField(blank=True)
    by_day = models.DateField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(who="staff", staff__isnull=False) | ~Q(who="staff") & Q(staff__isnull=True),
                name="undertaken_by_one_of_us_or_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.who)


class Agreed(models.Model):
    """That a plan was agreed with the child or a carer, on which day; or why it was not."""

    class Who(models.TextChoices):
        CHILD = "child", "the child"
        CARER = "carer", "a carer"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreed")
    who = models.CharField(max_length=10, choices=Who)
    day = models.DateField(null=True)
    why_not = models.TextField(blank=True)
    own_words = models.TextField(blank=True)  # what they said of it
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "who"], condition=Q(replaced_at__isnull=True), name="agreed_once_with_each"
            ),
            models.CheckConstraint(condition=Q(day__isnull=True) | Q(why_not=""), name="agreed_on_a_day_or_why_not"),
        ]

    def __str__(self) -> str:
        return str(self.who)


class Progress(models.Model):
    """How far an objective has come, as somebody saw it on a day."""

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", "Not begun"
        GOING = "going", "Under way"
        REACHED = "reached", "Reached"
        PARTLY = "partly", "Partly reached"
        STOPPED = "stopped", "Stopped"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    objective = models.UUIDField()
    state = models.CharField(max_length=10, choices=State)
    words = models.TextField(blank=True)
    day = models.DateField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    replaced_at = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "objective"], name="progress_by_objective")]
        constraints = [
            models.UniqueConstraint(
                fields=["objective"], condition=Q(replaced_at__isnull=True), name="one_progress_of_an_objective"
            ),
        ]

    def __str__(self) -> str:
        return str(self.state)
