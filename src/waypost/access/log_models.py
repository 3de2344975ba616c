"""The log's rows. No column can hold a person's words: names, ids, numbers, times and digests, by constraint."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

DOTTED_NAME = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
REFUSED, NOT_FOUND = "refused", "not_found"  # how the event of a page begins that was asked for and not shown
IN_VAIN = Q(event__startswith=f"{REFUSED}.") | Q(event__startswith=f"{NOT_FOUND}.")


class Verb(models.TextChoices):
    COLLECTED = "collected", "collected"
    CHANGED = "changed", "changed"
    VIEWED = "viewed", "viewed"
    DISCLOSED = "disclosed", "disclosed"
    COMBINED = "combined", "combined"
    ERASED = "erased", "erased"


class LogQuerySet(models.QuerySet["LogEntry"]):
    def since(self, moment: datetime) -> LogQuerySet:
        return self.filter(at__gte=moment)

    def that(self, verb: str) -> LogQuerySet:
        """What was done, by its verb; what was refused, or not found, is no viewing and is asked for by itself."""
        return self.filter(IN_VAIN) if verb == REFUSED else self.filter(~IN_VAIN, verb=verb)

    def of_person(self, staff: UUID) -> LogQuerySet:
        """What a person did, and what another did on their behalf."""
        return self.filter(Q(actor=staff) | Q(on_behalf_of=staff))

    def that_showed(self, subject: UUID) -> LogQuerySet:
        """Rows about a thing, lists, searches and exports in which it stood, and who asked for it in vain."""
        return self.filter(Q(subject=subject) | Q(listed__contains=[subject]))

    def newest_first(self) -> LogQuerySet:
        return self.order_by("-at", "-lane", "-number")


class LogEntry(models.Model):
    """One thing done, by whom, to what. The database gives lane, number, time and both hashes, whatever was asked for.

    People and subjects are ids without foreign keys: a check of a key would lock the row it points at, and the log
    outlives what it speaks of.
    """

    pk = models.CompositePrimaryKey("lane", "number")
    lane = models.SmallIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)  # null: the system itself
    on_behalf_of = models.UUIDField(null=True)
    verb = models.CharField(max_length=10, choices=Verb)
    event = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100, null=True)
    subject = models.UUIDField(null=True)
    listed = ArrayField(models.UUIDField(), default=list)
    request = models.UUIDField(null=True)
    digest_key = models.SmallIntegerField(null=True)
    salt = models.BinaryField(null=True)
    reason_digest = models.BinaryField(null=True)
    detail_digest = models.BinaryField(null=True)
    prev = models.BinaryField(null=True)
    hash = models.BinaryField()

    objects = LogQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="log_at"),
            models.Index(fields=["actor", "at"], name="log_actor"),
            models.Index(fields=["subject", "at"], name="log_subject"),
            GinIndex(fields=["listed"], name="log_listed"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="log_verb_is_known"),
            models.CheckConstraint(condition=Q(event__regex=DOTTED_NAME), name="log_event_is_a_name"),
            models.CheckConstraint(
                condition=Q(subject__isnull=True, subject_kind__isnull=True)
                | Q(subject__isnull=False, subject_kind__isnull=False, subject_kind__regex=DOTTED_NAME),
                name="log_subject_has_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(
                    digest_key__isnull=True, salt__isnull=True, reason_digest__isnull=True, detail_digest__isnull=True
                )
                | Q(digest_key__isnull=False, salt__isnull=False) & ~Q(reason_digest=None, detail_digest=None),
                name="log_digests_are_salted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lane}/{self.number} {self.event}"

    @property
    def in_vain(self) -> bool:
        """Whether somebody asked for this and was not shown it."""
        return self.event.partition(".")[0] in (REFUSED, NOT_FOUND)
