"""A person, a child, and what every statement about a person carries.

A fact is who, when and what kind. What it says stands in columns that a correction supersedes and a removal empties;
the row stays. Which column is which: `definitions/fields.yaml`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waypost.access.models import Staff, access_of
from waypost.access.permissions import Permission
from waypost.kernel.ids import new_id


class Person(models.Model):
    """Anybody we know of: a child, a carer, a sibling, somebody harmed, or several of these at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="people_entered")
    entered_at = models.DateTimeField()
    once = models.UUIDField(null=True, unique=True)  # of the form that entered them: posted twice, it is one person
    removed_on = models.DateField(null=True)  # all words about them were taken out on that day
    removed_rule = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_rule="")
                | Q(removed_on__isnull=False) & ~Q(removed_rule=""),
                name="person_removed_under_a_rule",
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, staff: Staff, at: datetime) -> ChildQuerySet:
        """Whom this person may open: the rule for list, count, search, page, export and job.

        Sealed records are kept back by the database besides, whatever is asked for here.
        """
        if staff.may(Permission.OPEN_ANY_CHILD):
            return self.filter(combined_into__isnull=True)
        if staff.may(Permission.OPEN_CHILDREN):
            return self.filter(pk__in=access_of(staff, at).values("child"), combined_into__isnull=True)
        return self.none()

    def findable_by(self, staff: Staff, at: datetime) -> ChildQuerySet:
        """Whom a search may name to this person: beyond those open, everybody they may open with a reason."""
        if staff.may(Permission.FIND_CHILDREN) and staff.may(Permission.OPEN_WITH_REASON):
            return self.filter(combined_into__isnull=True)
        return self.visible_to(staff, at)


class Child(models.Model):
    """A child the service works with or has worked with; its id is the person's."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="child")
    number = models.CharField(max_length=20, unique=True)  # ours, said on the telephone: 26-0417
    combined_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="combined")

    objects = ChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(combined_into=F("person")), name="child_is_not_combined_into_itself")
        ]

    def __str__(self) -> str:
        return self.number

    def person_ids(self) -> list[UUID]:
        """This record and those combined into it."""
        return [self.pk, *Child.objects.filter(combined_into=self).values_list("pk", flat=True)]


class How(models.TextChoices):
    OBSERVED = "observed", "seen or heard by the worker"
    REPORTED = "reported", "told to the worker"
    READ = "read", "read in a document"


def on_day(day: date) -> Q:
    """What had begun by then and not ended."""
    return (Q(until__isnull=True) | Q(until__gte=day)) & (Q(since__isnull=True) | Q(since__lte=day))


class StatementQuerySet(models.QuerySet[Any]):  # of whichever kind
    def current(self) -> StatementQuerySet:
        """Neither corrected since nor taken out."""
        return self.filter(replaced_at__isnull=True, removed_on__isnull=True)

    def of(self, people: list[UUID]) -> StatementQuerySet:
        return self.filter(person__in=people)

    def on(self, day: date) -> StatementQuerySet:
        """True on that day, as far as is known now."""
        return self.filter(on_day(day))


class Statement(models.Model):
    """Something said about a person: by whom, from where, on what basis it may be shared."""

    SECTION: ClassVar[str] = ""  # of the record: who reads which is in `need_to_know.rules`

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)s_of")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="%(class)s_by")
    at = models.DateTimeField()
    agency = models.CharField(max_length=40)  # whose knowledge it is: a key of the list of agencies
    said_by = models.CharField(max_length=40, blank=True)  # a key of the list of speakers; empty: nobody said it
    speaker = models.CharField(max_length=150, blank=True)  # their name, as far as it was given
    how = models.CharField(max_length=10, choices=How)
    basis = models.CharField(max_length=60)  # for sharing it: a key of the list of bases
    disclosure = models.CharField(max_length=40)  # who may be told: a key of the list of disclosure classes
    wall = models.ForeignKey("people.Wall", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    once = models.UUIDField(null=True, unique=True)  # of the form that said it: posted twice, it is one statement
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    replaced_at = models.DateTimeField(null=True)
    removed_on = models.DateField(null=True)
    removed_rule = models.CharField(max_length=40, blank=True)  # a key of the list of rules of removal

    objects = StatementQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_rule="")
                | Q(removed_on__isnull=False) & ~Q(removed_rule=""),
                name="%(class)s_removed_under_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False)
                | ~Q(agency="") & ~Q(basis="") & ~Q(disclosure="") & Q(how__in=How.values),
                name="%(class)s_says_where_it_comes_from",
            ),
        ]

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None and self.removed_on is None

    def is_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)
