"""What is to be done about a child by a day: raised by what is recorded, or by hand; and why it is late."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person

NOT_NAMES = [field.name for field in Staff._meta.concrete_fields if field.name not in ("id", "name")]


class TaskQuerySet(models.QuerySet[Any]):
    def open(self) -> TaskQuerySet:
        return self.filter(done_at__isnull=True)

    def of(self, people: list[Any]) -> TaskQuerySet:
        return self.filter(person__in=people)

    def named(self) -> TaskQuerySet:
        """With the names of whose it is and of whoever put it down, and no more of them."""
        rows = self.select_related("staff", "by")
        return rows.defer(*(f"{who}__{field}" for who in ("staff", "by") for field in NOT_NAMES))


class Task(models.Model):
    """Done once a person says so, or once the thing it asks for is in the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=40)  # of the rule that raised it; by_hand where a person did
    title = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True)
    due = models.DateField()
    starts = models.DateField()  # the day from which its days are counted
    role = models.CharField(max_length=40, blank=True)  # for whom: a role, where nobody is named
    staff = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="tasks")
    from_kind = models.CharField(max_length=20)  # what raised it: outcome, remand, hearing, contact, person
    from_id = models.UUIDField(null=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="tasks_raised")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="tasks_done")
    done_words = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(unique=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "due"], condition=Q(done_at__isnull=True), name="open_task_by_person"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Lateness(models.Model):
    """Why something was not done by its day, as a person gave it: a new row each time somebody says otherwise."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="lateness")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)  # a key of the list of reasons
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(replaced_at__isnull=True), name="one_reason_why_a_task_is_late"
            )
        ]

    def __str__(self) -> str:
        return str(self.reason)
