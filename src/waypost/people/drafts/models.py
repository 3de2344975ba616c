"""Words typed and not yet part of the record."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person


class Draft(models.Model):
    """What one person has typed into one form: saved as typed, in no list and no measure, gone after thirty days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="drafts")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="drafts")  # whom it is about
    form = models.CharField(max_length=60)  # which form: a kind of statement
    typed = models.JSONField(default=dict)  # field → text, as typed
    revision = models.PositiveIntegerField(default=0)  # one more at each save; a save from an older one is refused
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # became part of the record, thrown away, or too old

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(typed={}), name="draft_that_ended_holds_no_words"
            ),
            models.CheckConstraint(condition=Q(saved_at__gte=F("begun_at")), name="draft_saved_after_it_began"),
        ]
        ordering = ["saved_at"]

    def __str__(self) -> str:
        return "draft"
