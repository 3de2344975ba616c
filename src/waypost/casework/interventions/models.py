"""A piece of work with a child towards an objective, and the contacts that are its sessions.

Whether a session took place stands in what came of its contact, and nowhere else.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.casework.contacts.models import Contact
from waypost.kernel.ids import new_id
from waypost.people.organisations.models import Professional
from waypost.people.record.models import Child, Person


class InterventionQuerySet(models.QuerySet[Any]):
    def of(self, people: list[UUID]) -> InterventionQuerySet:
        return self.filter(person__in=people)

    def open_to(self, visible: models.QuerySet[Child]) -> InterventionQuerySet:
        """Of those children, also where it stands on a record that was combined with theirs."""
        return self.filter(Q(person__child__in=visible) | Q(person__child__combined_into__in=visible))

    def going(self) -> InterventionQuerySet:
        return self.filter(ended_on=None)

    def named(self) -> InterventionQuerySet:
        return self.select_related("staff", "professional__organisation", "by", "ended_by")


class Intervention(models.Model):
    """What is done with a child, how often it was meant to be, who runs it, and why it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interventions")
    objective = models.UUIDField(null=True)  # the root that names it in every plan
    why_no_objective = models.TextField(blank=True)
    programme = models.CharField(max_length=40, blank=True)  # a key of the catalogue; empty: in own words
    name = models.CharField(max_length=200, blank=True)
    sessions = models.PositiveSmallIntegerField()  # as planned when it began
    minutes = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField()  # the last day it is planned to have a session on
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="interventions")
    professional = models.ForeignKey(Professional, null=True, on_delete=models.PROTECT, related_name="interventions")
    agency = models.CharField(max_length=40)  # whose it is: a key of the list of agencies
    format = models.CharField(max_length=40)  # a key of the list of formats
    fitted = models.TextField(blank=True)  # how it is made to fit what the child needs
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="interventions_planned")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)  # a key of the list of ends
    ended_words = models.TextField(blank=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "starts"], name="intervention_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, professional__isnull=True)
                | Q(staff__isnull=True, professional__isnull=False),
                name="intervention_run_by_one",
            ),
            models.CheckConstraint(condition=Q(programme="") | Q(name=""), name="intervention_of_one_name"),
            models.CheckConstraint(
                condition=Q(objective__isnull=True) | Q(why_no_objective=""), name="intervention_objective_or_why_not"
            ),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="intervention_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(sessions__gte=1), name="intervention_has_sessions"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="", ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_because=""),
                name="intervention_ended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return "intervention"

    @property
    def last_day(self) -> date:
        return self.ended_on or self.ends

    @property
    def worker(self) -> str:
        return self.staff.name if self.staff else str(self.professional)


class SessionQuerySet(models.QuerySet[Any]):
    def tied(self) -> SessionQuerySet:
        """Those that count: their contact is neither moved away nor out of the diary."""
        return self.filter(untied_at=None, contact__dropped_at=None)


class InterventionSession(models.Model):
    """That a contact is a session of an intervention: the first, the second and so on."""

    class Untied(models.TextChoices):
        MOVED = "moved", "moved to another time"
        NOT_A_SESSION = "not_a_session", "was no session of it"
        ENDED = "ended", "the work had ended"
        DROPPED = "dropped", "taken out of the diary"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="tied")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    untied_at = models.DateTimeField(null=True)
    untied_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    untied_because = models.CharField(max_length=20, choices=Untied, blank=True)
    moved_because = models.CharField(max_length=40, blank=True)  # a key of the list of reasons to move a session

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["intervention"], name="session_by_intervention")]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(untied_at__isnull=True), name="contact_is_one_session"
            ),
            models.UniqueConstraint(
                fields=["intervention", "number"], condition=Q(untied_at__isnull=True), name="session_number_once"
            ),
            models.CheckConstraint(
                condition=Q(untied_at__isnull=True, untied_by__isnull=True, untied_because="")
                | Q(untied_at__isnull=False, untied_by__isnull=False) & ~Q(untied_because=""),
                name="session_untied_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(moved_because="") | Q(untied_because="moved"), name="only_a_moved_session_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.number}"
