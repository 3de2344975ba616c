"""What came of somebody’s own words: what was done because of them, or that they told of harm and somebody acts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.people.record.entries import Entry
from waypost.people.record.models import Person


class BecauseQuerySet(models.QuerySet[Any]):
    def current(self) -> BecauseQuerySet:
        return self.filter(replaced_at=None)


class Because(models.Model):
    """‘Because of this we …’: what was decided on words that stand in an entry, perhaps an objective of the plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="because")
    words = models.TextField(blank=True)
    objective = models.UUIDField(null=True)  # the root that names it in every plan
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)
    replaced_at = models.DateTimeField(null=True)

    objects = BecauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(replaced_at__isnull=True), name="because_of_words_once"
            ),
        ]

    def __str__(self) -> str:
        return "because of words"


class HarmTold(models.Model):
    """That somebody’s words told of harm, and that a manager was told by when to act."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="harm_told")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="harm_told")
    act_by = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return "harm told"
