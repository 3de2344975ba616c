"""A referral order's panel: when it meets, who sits on it, what it is given and what came of it.

The row of a meeting is as it stands; how it came to be so is appended beside it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from waypost.access.models import Staff, seats_of
from waypost.casework.outcomes.models import Outcome
from waypost.casework.referral_panels import rules
from waypost.kernel.ids import new_id
from waypost.people.record.entries import Document
from waypost.people.record.models import Person


class PanelMeetingQuerySet(models.QuerySet[Any]):
    def of(self, people: list[Any]) -> PanelMeetingQuerySet:
        return self.filter(person__in=people)

    def standing(self) -> PanelMeetingQuerySet:
        """Neither cancelled nor with what came of it."""
        return self.filter(cancelled_at=None).exclude(pk__in=PanelResult.objects.current().values("meeting"))

    def open_to(self, staff: Staff, at: datetime) -> PanelMeetingQuerySet:
        """Those whose papers this person may read now, because they sit on them: the rule for page, file and job."""
        rows = self.filter(pk__in=seats_of(staff, at).values("meeting"), person__removed_on=None)
        return rows.filter(members__staff=staff, members__off_at=None, cancelled_at=None)


class PanelMeeting(models.Model):
    """One meeting of the panel of one referral order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panels")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="panels")
    root = models.UUIDField()  # the first version of the order, by which its tasks are known
    kind = models.CharField(max_length=40)  # a key of the list of panel meetings
    starts = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of the meeting, who sits and its papers together
    cancelled_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="panels_arranged")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    objects = PanelMeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-starts"], name="panel_by_person")]

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts)


class PanelChange(models.Model):
    """That a meeting was changed or cancelled: what it was before, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="changes")
    was_starts = models.DateTimeField()
    was_place = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return "change of a panel"


class TakenOffQuerySet(models.QuerySet[Any]):
    def now(self) -> TakenOffQuerySet:
        """Those that have not been taken off."""
        return self.filter(off_at=None)


class PanelMember(models.Model):
    """That somebody sits on a panel, from a moment and perhaps to one. What is open to them by it stands in the table
    of access."""

    class Seat(models.TextChoices):
        ADVISER = rules.ADVISER, "of the service"
        VOLUNTEER = rules.VOLUNTEER, "volunteer"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="members")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="panels")
    seat = models.CharField(max_length=10, choices=Seat)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    off_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    off_at = models.DateTimeField(null=True)

    objects = TakenOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "staff"], condition=Q(off_at__isnull=True), name="sits_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(off_at__isnull=True, seat=rules.ADVISER), name="one_adviser_of_a_panel"
            ),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_by__isnull=True) | Q(off_at__isnull=False, off_by__isnull=False),
                name="member_taken_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.seat)


class PanelPaper(models.Model):
    """That a document of the child was chosen for a panel, from a moment and perhaps to one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="panel_papers")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    off_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    off_at = models.DateTimeField(null=True)

    objects = TakenOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "document"], condition=Q(off_at__isnull=True), name="paper_once"
            ),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_by__isnull=True) | Q(off_at__isnull=False, off_by__isnull=False),
                name="paper_taken_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return "paper"


class ResultQuerySet(models.QuerySet[Any]):
    def current(self) -> ResultQuerySet:
        return self.filter(replaced_at=None)


class PanelResult(models.Model):
    """What came of a meeting, as a person said it: a new row each time somebody says otherwise."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="results")
    result = models.CharField(max_length=40)  # a key of the list of what comes of a panel meeting
    words = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    replaced_at = models.DateTimeField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(replaced_at__isnull=True), name="one_result_of_a_panel"
            ),
        ]

    def __str__(self) -> str:
        return str(self.result)
