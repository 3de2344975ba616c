"""What happened, in the words of whoever wrote it down, and documents kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.files.models import StoredFile
from waypost.people.record.models import Statement


class Entry(Statement):
    """One thing that happened on a day: a note, a call, a visit; somebody's own words set apart."""

    SECTION = "entries"

    kind = models.CharField(max_length=40)  # a key of the list of kinds
    clock = models.TimeField(null=True, blank=True)  # on the day in `since`
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    own_words = models.TextField(blank=True)  # of `speaker`, who is the one named in `said_by`
    demeanour = models.CharField(max_length=300, blank=True)
    what_changed = models.TextField(blank=True)  # because of it: in the plan, at home, in what we do next

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="entry_has_a_day"),
        ]

    def __str__(self) -> str:
        return "entry"


class Document(Statement):
    """A file about somebody, by kind and source."""

    SECTION = "documents"

    kind = models.CharField(max_length=40)  # a key of the list of kinds
    title = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return "document"
