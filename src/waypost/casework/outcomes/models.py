"""What the police, a prosecutor or a court decided, what it asks of the child, and what came of it.

Type, clock and length are rules of `definitions/outcomes`; no end is stored that a rule can work out.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.casework.offences.models import Offence
from waypost.casework.outcomes import definitions, requirements
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person, Statement


class Outcome(Statement):
    """`since` is the day it was given; `until` only where it ended otherwise than by its own clock."""

    SECTION = "orders"

    type = models.CharField(max_length=40)  # a key of definitions/outcomes
    length = models.PositiveSmallIntegerField(null=True, blank=True)  # in the unit of its type: months, mostly
    given_by = models.CharField(max_length=100, blank=True)  # which court, which force
    local = models.CharField(max_length=100, blank=True)  # as it was named there, beside our type
    persistent = models.BooleanField(default=False)  # found so by the court, where its law asks
    convicted = models.DateField(null=True, blank=True)  # where it was another day: some law is of that day
    extended_months = models.PositiveSmallIntegerField(
        default=0
    )  # added since by a court, or on licence from the first
    released = models.DateField(null=True, blank=True)  # from custody
    ended_because = models.CharField(max_length=40, blank=True)  # a key of the list of reasons
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="outcome_has_a_day"),
        ]

    def __str__(self) -> str:
        return definitions.name_of(self.type)


class OutcomeFor(models.Model):
    """For which offence an outcome was given."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="offences")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="outcomes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "offence"], name="outcome_once_for_an_offence")]

    def __str__(self) -> str:
        return "for an offence"


class Requirement(Statement):
    """One thing an order asks of the child."""

    SECTION = "orders"

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="requirements")
    type = models.CharField(max_length=40)  # a key of definitions/requirements.yaml
    amount = models.PositiveSmallIntegerField(null=True, blank=True)  # in the unit of its type: days, hours
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return requirements.name_of(self.type)


class Contract(Statement):
    """What a panel and the child agreed; signed on the day in `since`, from which a referral order runs."""

    SECTION = "orders"

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="contracts")
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="contract_has_a_day"),
            models.UniqueConstraint(
                fields=["outcome"],
                condition=Q(until__isnull=True, replaced_at__isnull=True, removed_on__isnull=True),
                name="one_open_contract",
            ),
        ]

    def __str__(self) -> str:
        return "contract"


class Appeal(Statement):
    """An appeal against an outcome, made on the day in `since`."""

    SECTION = "orders"

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="appeals")
    result = models.CharField(max_length=40)  # a key of the list of results
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return "appeal"
