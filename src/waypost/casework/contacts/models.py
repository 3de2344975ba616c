"""Contacts: planned or not, with whom, by whom, and whether they took place.

What happened and what was said are words of the record, in an entry; a contact holds what can be counted.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.outcomes.models import Outcome, Requirement
from waypost.kernel.ids import new_id
from waypost.people.organisations.models import Professional
from waypost.people.record.entries import Entry
from waypost.people.record.models import Person


class Came(models.TextChoices):
    CAME = "came", "Came"
    LATE = "late", "Came late"
    MISSED = "missed", "Did not come"
    CANCELLED = "cancelled", "We cancelled"


class ContactQuerySet(models.QuerySet[Any]):
    def of(self, people: list[Any]) -> ContactQuerySet:
        return self.filter(person__in=people)

    def to_come(self, at: datetime) -> ContactQuerySet:
        return self.filter(attendances__isnull=True, starts__gte=at)

    def not_recorded(self, at: datetime) -> ContactQuerySet:
        return self.filter(attendances__isnull=True, starts__lt=at, dropped_at__isnull=True)


class Contact(models.Model):
    """One meeting, call or message with a child, a carer or about them; planned before, or written down after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    starts = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    way = models.CharField(max_length=40)  # a key of the list of ways
    place = models.CharField(max_length=200, blank=True)
    who = ArrayField(models.CharField(max_length=40))  # keys of the list of those met: child, carer, professional
    planned = models.BooleanField()
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    requirement = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    purpose = models.CharField(max_length=200, blank=True)
    objective = models.CharField(max_length=200, blank=True)  # words: no child’s plan is here yet to point into
    register = models.UUIDField(null=True, db_index=True)  # several children at once share it
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="contact")
    dropped_at = models.DateTimeField(null=True)  # planned, and taken out of the diary before its time
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="contacts_made")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-starts"], name="contact_by_person")]
        constraints = [models.CheckConstraint(condition=~Q(who=[]), name="contact_is_with_somebody")]

    def __str__(self) -> str:
        return "contact"

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts)


class ContactWorker(models.Model):
    """Who of ours, or of another agency, was there: one of the two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="workers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="contacts")
    professional = models.ForeignKey(Professional, null=True, on_delete=models.PROTECT, related_name="contacts")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, professional__isnull=True)
                | Q(staff__isnull=True, professional__isnull=False),
                name="contact_worker_is_one",
            ),
            models.UniqueConstraint(fields=["contact", "staff"], name="contact_worker_once"),
        ]

    def __str__(self) -> str:
        return "worker"


class Attendance(models.Model):
    """What came of a contact, and what somebody judged of it: a new row each time somebody says otherwise."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    came = models.CharField(max_length=10, choices=Came)
    acceptable = models.BooleanField(null=True)  # of a missed one, as a person judged it; None: nobody has yet
    reason = models.CharField(max_length=40, blank=True)  # a key of the list of reasons, of the child's or of ours
    words = models.CharField(max_length=300, blank=True)
    less_safe = models.CharField(max_length=10, blank=True)  # a key of the list; empty where nobody was seen
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(replaced_at__isnull=True), name="one_attendance_of_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(came="missed") | Q(acceptable__isnull=True), name="only_a_missed_contact_is_judged"
            ),
        ]

    def __str__(self) -> str:
        return str(self.came)
