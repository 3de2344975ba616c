"""Words typed and not yet part of the record."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, staff: Staff) -> DraftQuerySet:
        """A draft is its author's alone, whatever anybody's role."""
        return self.filter(staff=staff, ended_at__isnull=True)


class Draft(models.Model):
    """What one person has typed into one form: saved as typed, in no list and no measure, gone after thirty days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="drafts")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="drafts")  # whom it is about
    form = models.CharField(max_length=60)  # a kind of statement; with a colon and an id, the statement to correct
    typed = models.JSONField(default=dict)  # field → text, as typed
    revision = models.PositiveIntegerField(default=0)  # one more at each save; a save from an older one is refused
    page = models.UUIDField(null=True)  # the open page that saved last: it need not have heard that it did
    turn = models.PositiveBigIntegerField(default=0)  # which of that page's saves
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # became part of the record, thrown away, or too old

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(typed={}), name="draft_that_ended_holds_no_words"
            ),
            models.CheckConstraint(condition=Q(saved_at__gte=F("begun_at")), name="draft_saved_after_it_began"),
            models.UniqueConstraint(
                fields=["staff", "person", "form"], condition=Q(ended_at__isnull=True), name="one_open_draft_of_a_form"
            ),
        ]
        ordering = ["saved_at"]

    def __str__(self) -> str:
        return "draft"
