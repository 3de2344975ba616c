"""The service's work with a child from opening to closing, who answers for it elsewhere, and what was consented to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.people.record.models import Statement


class Involvement(Statement):
    """A period in which the service works with the child: one at a time is open."""

    SECTION = "orders"

    kind = models.CharField(max_length=40)  # a key of the list of kinds of case
    responsible = models.CharField(max_length=100, blank=True)  # authority: whose child it is
    home = models.CharField(max_length=100, blank=True)  # authority: where the family lives
    host = models.CharField(max_length=100, blank=True)  # authority: where the child is now
    ended_because = models.CharField(max_length=40, blank=True)  # a key of the list of reasons for closing
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="involvement_has_a_start"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True, replaced_at__isnull=True, removed_on__isnull=True),
                name="one_open_involvement",
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind)


class Transfer(Statement):
    """That the work goes to another service, comes from one, or is looked after for one meanwhile."""

    SECTION = "orders"

    kind = models.CharField(max_length=40)  # a key of the list of kinds of transfer
    authority = models.CharField(max_length=100, blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.kind)


class Consent(Statement):
    """That the child, or a carer, agrees to voluntary work: given on a day, perhaps withdrawn on one."""

    SECTION = "orders"

    what_for = models.CharField(max_length=40)  # a key of the list of things consented to
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.what_for)


class ExpectedContact(Statement):
    """How often the plan says that the child is seen; where it says nothing, the level’s own number stands in."""

    SECTION = "orders"

    level = models.CharField(max_length=40)  # a key of definitions/contact_levels.yaml
    contacts = models.PositiveSmallIntegerField(null=True, blank=True)  # as the plan says
    weeks = models.PositiveSmallIntegerField(default=4)  # in so many weeks

    def __str__(self) -> str:
        return str(self.level)


class ExitPlan(Statement):
    """Who goes on with what when voluntary work ends."""

    SECTION = "orders"

    words = models.TextField(blank=True)
    who_then = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return "exit plan"


class Oversight(Statement):
    """What a manager saw when they looked at the work, and what changed because of it."""

    SECTION = "entries"

    words = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)

    def __str__(self) -> str:
        return "oversight"


class TransitionStep(Statement):
    """One thing done so that a child who turns 18, or moves, does not fall between services."""

    SECTION = "orders"

    step = models.CharField(max_length=40)  # a key of the list of steps
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.step)
