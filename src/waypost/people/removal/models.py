"""Records held against removal, what was removed and under which rule, and what was moved away."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.kernel.ids import new_id
from waypost.people.need_to_know.models import Wall
from waypost.people.record.models import Person


class Hold(models.Model):
    """While it runs nothing said about the person is removed: an inquiry, a claim, a court's order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="holds")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="holds_ended")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hold_was_ended_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return "hold"


class Removal(models.Model):
    """That words were taken out, by whom and why: one statement's, or everything about a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="removals")
    statement = models.UUIDField(null=True)  # null: everything
    kind = models.CharField(max_length=40, blank=True)  # of statement
    day = models.DateField(null=True)  # of what the statement spoke of; else the day it was written down
    wall = models.ForeignKey(Wall, null=True, on_delete=models.PROTECT, related_name="+")  # that it stood behind
    rule = models.CharField(max_length=40)  # a key of the list of rules of removal
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="removals")
    at = models.DateTimeField()
    versions = models.PositiveIntegerField()  # rows emptied
    elsewhere = ArrayField(models.UUIDField(), default=list)  # statements about others that named the person

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(rule=""), name="removal_is_under_a_rule"),
            models.CheckConstraint(
                condition=Q(statement__isnull=True, kind="") | Q(statement__isnull=False) & ~Q(kind=""),
                name="removal_of_a_statement_says_its_kind",
            ),
        ]
        ordering = ["at"]

    def __str__(self) -> str:
        return "removal"


class Moved(models.Model):
    """That a statement stood on the wrong person: what is left there is this row, without what it said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.UUIDField()
    kind = models.CharField(max_length=40)  # of statement
    day = models.DateField(null=True)  # of what it speaks of; else the day it was written down
    wall = models.ForeignKey(Wall, null=True, on_delete=models.PROTECT, related_name="+")  # that it stood behind
    left = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moved_away")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moved_here")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(left=F("to")), name="moved_to_another")]
        ordering = ["at"]

    def __str__(self) -> str:
        return "moved"
