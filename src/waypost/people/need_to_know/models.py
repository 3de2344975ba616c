"""Walls that the database keeps, reasons with which a record was opened, and records held against removal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person


class Wall(models.Model):
    """What stands behind it is read only by those it opens to: whatever a query forgets, the database keeps."""

    class Kind(models.TextChoices):
        SEALED = "sealed", "sealed: named people only"
        VICTIM = "victim", "who was harmed"
        HELD_BACK = "held_back", "kept within an agency"
        INTELLIGENCE = "intelligence", "police intelligence"
        NOT_TO_POLICE = "not_to_police", "not to the police"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="walls")
    agency = models.CharField(max_length=40, blank=True)  # of a thing held back: whose staff still read it
    subject = models.CharField(max_length=60, blank=True)  # of a thing held back: what sort of thing, said to others
    bears_on_safety = models.BooleanField(null=True)  # of a thing held back: what the specialist said when asked
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="walls_made")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="walls_ended")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="held_back") | (~Q(agency="") & ~Q(subject="") & Q(bears_on_safety__isnull=False)),
                name="what_is_held_back_says_by_whom_and_what",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="sealed", ended_at__isnull=True), name="sealed_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="wall_was_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind)


class WallKey(models.Model):
    """That a named person reads what stands behind a wall."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="keys")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="wall_keys")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="wall_keys_given")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="key_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["wall", "staff"], condition=Q(until__isnull=True), name="one_open_key"),
        ]

    def __str__(self) -> str:
        return "key"


class OpenedWithReasonQuerySet(models.QuerySet["OpenedWithReason"]):
    def settled(self) -> OpenedWithReasonQuerySet:
        return self.filter(verdict__in=[OpenedWithReason.Verdict.NEEDED, OpenedWithReason.Verdict.NOT_NEEDED])

    def waiting(self) -> OpenedWithReasonQuerySet:
        """For a manager: nobody has looked, or the person has answered."""
        return self.filter(Q(verdict="") | Q(verdict=OpenedWithReason.Verdict.TO_ASK, answered_at__isnull=False))

    def waiting_for(self, staff: Staff) -> OpenedWithReasonQuerySet:
        """For the person themselves: a manager has asked."""
        return self.filter(staff=staff, verdict=OpenedWithReason.Verdict.TO_ASK, answered_at__isnull=True)


class OpenedWithReason(models.Model):
    """A record opened by somebody who does not work with the child, and what a manager said of it."""

    class Verdict(models.TextChoices):
        NEEDED = "needed", "It was needed"
        NOT_NEEDED = "not_needed", "It was not needed"
        TO_ASK = "to_ask", "Ask the person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="opened_with_reason")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="opened_with_reason")
    at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    reviewed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="reasons_reviewed")
    reviewed_at = models.DateTimeField(null=True)
    review_words = models.TextField(blank=True)
    question = models.TextField(blank=True)  # what a manager asked before they said whether it was needed
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = OpenedWithReasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(question="") | Q(answer=""),
                name="reason_answered_when_asked",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="opened_with_reason_for_a_while"),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | ~Q(verdict="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="reason_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("staff")),
                name="nobody_reviews_their_own_reason",
            ),
        ]
        ordering = ["at"]

    def __str__(self) -> str:
        return "opened with a reason"


class Allocation(models.Model):
    """Which worker holds a child, and when: a fact with an end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allocations")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="allocations")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="allocations_given")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_worker_holds_a_child"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="allocation_ends_after_it_starts"
            ),
        ]
        ordering = ["since"]

    def __str__(self) -> str:
        return "allocation"


class RunningQuerySet(models.QuerySet["Cover"]):
    def at(self, moment: datetime) -> RunningQuerySet:
        return self.filter(since__lte=moment, until__gt=moment)


class Cover(models.Model):
    """That a colleague sees the children of a worker who is away: what is open by it stands in the table of access."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covered")  # who is away
    colleague = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covers")
    since = models.DateTimeField()
    until = models.DateTimeField()
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covers_given")
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="covers_ended")

    objects = RunningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="cover_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(colleague=F("staff")), name="nobody_covers_for_themselves"),
        ]
        ordering = ["until"]

    def __str__(self) -> str:
        return "cover"


class AskQuerySet(models.QuerySet["Ask"]):
    def waiting(self) -> AskQuerySet:
        return self.filter(answer="")

    def overdue(self, on: date) -> AskQuerySet:
        return self.waiting().filter(due__lt=on)


class Ask(models.Model):
    """That somebody asked an agency for a thing it keeps to itself, why, and what it answered."""

    class Answer(models.TextChoices):
        SHARED = "shared", "shared with everyone who works with the child"
        KEPT = "kept", "kept within the agency"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="asks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asks")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="asks")
    at = models.DateTimeField()
    due = models.DateField()  # the last day on which it may be answered
    reason = models.TextField(blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="asks_answered")
    answered_at = models.DateTimeField(null=True)
    answer_words = models.TextField(blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wall", "by"], condition=Q(answer=""), name="asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="ask_answered_by_somebody",
            ),
        ]
        ordering = ["due", "at"]

    def __str__(self) -> str:
        return "ask"
