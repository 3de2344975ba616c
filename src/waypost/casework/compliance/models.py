"""What a person decided after a child did not come. The rule proposes; nothing here is written by a rule."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from waypost.access.models import Staff
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person


class Decision(models.Model):
    """One step of an outcome's route, taken on a day, with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=40)  # a key of the route's steps
    day = models.DateField()
    about = ArrayField(
        models.DateField(), default=list, blank=True
    )  # the missed days it answers; none: all up to its own
    words = models.TextField(blank=True)
    proposed = models.CharField(max_length=40, blank=True)  # the step the rule proposed then
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    once = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.step)
