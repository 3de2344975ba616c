"""Files kept in the database in chunks, typed by what they hold, never served inline."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.kernel.ids import new_id

BY_ITS_RECORD = "BY_ITS_RECORD"  # in `needs`: whoever may open the record it belongs to, there, and nobody here


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)  # found in the content, not taken from the name
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # empty once its bytes were let go
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files_kept")
    kept_at = models.DateTimeField(default=timezone.now)
    # a permission's name, or BY_ITS_RECORD; empty: only whoever kept it may open it
    needs = models.CharField(max_length=40, blank=True)
    emptied_at = models.DateTimeField(null=True)  # its bytes were let go; that it was kept remains

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="file_is_not_empty")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, staff: Staff) -> models.QuerySet[StoredFile]:
        held = [permission.name for permission in Permission if staff.may(permission)]
        own = models.Q(needs="", kept_by=staff)
        return cls.objects.filter(own | models.Q(needs__in=held), emptied_at__isnull=True)


class FileChunk(models.Model):
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="chunk_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"chunk {self.number}"
