"""Another system whose exports are read here, each reading of it, and where what was read of it stands here now."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person


class Readable(models.QuerySet[Any]):
    def visible_to(self, staff: Staff) -> Self:
        """Whoever reads caseloads sees every system and every reading; a child’s record has its own walls besides."""
        return self if staff.may(Permission.READ_CASELOAD) else self.none()


class System(models.Model):
    """The case system a service works in for now. Its owner is in whose name it is read at night."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)
    salt = models.UUIDField(default=new_id, editable=False)  # of the digests by which its numbers are known again
    original = models.CharField(max_length=300, blank=True)  # where a record stands there, with {number}
    folder = models.CharField(max_length=500, blank=True)  # read every night; set on the command line only
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="systems")
    at = models.DateTimeField()

    objects = Readable.as_manager()

    def __str__(self) -> str:
        return self.name

    def digest_of(self, kind: str, key: str) -> str:
        """By which a number is known again even after it was taken out of the record."""
        return hmac.new(self.salt.bytes, f"{kind}\t{key}".encode(), hashlib.sha256).hexdigest()


class SystemMapping(models.Model):
    """How its exports are read, as it was written: each change is a version more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="mappings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["system", "number"], name="mapping_version_once")]

    def __str__(self) -> str:
        return f"version {self.number}"


class CaseloadRead(models.Model):
    """One reading of an export: what it found, how far it came. A dry one writes nothing else."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to begin"
        GOING = "going", "going on"
        ENDED = "ended", "ended"
        CUT_OFF = "cut_off", "cut off before its end"
        REFUSED = "refused", "not read"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="readings")
    mapping = models.ForeignKey(SystemMapping, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dry = models.BooleanField()
    state = models.CharField(max_length=10, choices=State)
    ended_at = models.DateTimeField(null=True)
    children = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # of the children
    counts = models.JSONField(default=dict)  # what became of the facts: added, changed, unchanged …
    files = models.JSONField(default=list)  # name and digest of each, and where an uploaded one is kept
    words = models.CharField(max_length=1000, blank=True)  # why it was not read

    objects = Readable.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["system"], condition=Q(state="going"), name="one_reading_at_a_time"),
        ]

    def __str__(self) -> str:
        return "dry run" if self.dry else "reading"

    @property
    def kept_files(self) -> list[str]:
        """Ids of the files that were sent with a page and are still kept."""
        return [one["file"] for one in self.files if "file" in one]

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.GOING)


class OriginQuerySet(Readable):
    def missing(self) -> OriginQuerySet:
        return self.filter(missing_since__isnull=False)

    def asking(self) -> OriginQuerySet:
        """A child who may be here already: somebody must say."""
        return self.filter(kind="child", person__isnull=True, answer="").exclude(maybe=[])


class Origin(models.Model):
    """That something here was read from another system: which number it has there, and what was last read of it.

    A child is known again by theirs; a statement or a contact by its own, and a fact without one by the child's.
    """

    class Answer(models.TextChoices):
        SAME = "same", "the same child"
        ANOTHER = "another", "another child"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=450, blank=True)  # their number; empty once it was taken out
    key_digest = models.CharField(max_length=64)
    child_key = models.CharField(max_length=110, blank=True)  # their number for the child it is of
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="origins")
    became = models.UUIDField(null=True)  # the statement, contact or allocation; None: not written
    digest = models.CharField(max_length=64, blank=True)  # of what was read last
    written_at = models.DateTimeField(null=True)  # what somebody wrote here later is never written over
    differs = models.BooleanField(default=False)  # what stands here was written by hand, and theirs says otherwise
    read = models.ForeignKey(CaseloadRead, on_delete=models.PROTECT, related_name="+")  # in which it was seen last
    missing_since = models.DateField(null=True)
    maybe = ArrayField(models.UUIDField(), default=list)  # children who may be the same
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    objects = OriginQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="origin_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["system", "kind", "key_digest"], name="origin_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="origin_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"origin of a {self.kind}"


class RowProblem(models.Model):
    """A row that could not be used, or asks something: where, and what was expected. Never what stands in a cell."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    read = models.ForeignKey(CaseloadRead, on_delete=models.PROTECT, related_name="problems")
    file = models.CharField(max_length=255)
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=300, blank=True)
    sentence = models.CharField(max_length=600)
    asks = models.BooleanField(default=False)

    class Meta:
        ordering = ["-asks", "file", "line"]

    def __str__(self) -> str:
        return "problem"
