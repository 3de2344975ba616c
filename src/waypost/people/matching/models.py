"""Keys by which a person is found, and records that were said to be one child."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child, Person
from waypost.people.record.who import Name


class NameKey(models.Model):
    """One part of a name, plain, with one of its sounds. Made from a name and gone with it.

    A sound without a part is that of two parts written as one. `start` stands in a column of its own because the walls
    let an index be asked only whether something is equal, never whether it begins so.
    """

    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="keys")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys")
    part = models.CharField(max_length=100)
    sound = models.CharField(max_length=100)
    start = models.CharField(max_length=3, blank=True)  # the part's first letters

    class Meta:
        indexes = [
            models.Index(fields=["sound", "person"], name="name_key_sound"),
            models.Index(fields=["start", "part", "person"], name="name_key_start"),
        ]

    def __str__(self) -> str:
        return "key of a name"


class Combined(models.Model):
    """That two records are one child, as somebody said and may take back: nothing in either is changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="combinings_kept")
    gone = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="combinings_gone")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="combinings")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    carried = ArrayField(models.UUIDField(), default=list)  # rows of access given on the record kept, by this alone
    parted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="partings")
    parted_at = models.DateTimeField(null=True)
    parted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="combined_with_another"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(parted_at__isnull=True), name="combined_into_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True, parted_by__isnull=True)
                | Q(parted_at__isnull=False, parted_by__isnull=False),
                name="parted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return "combined"
