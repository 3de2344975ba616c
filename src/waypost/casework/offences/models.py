"""What a child is said to have done, and with whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.casework.offences import definitions
from waypost.kernel.ids import new_id
from waypost.people.record.home import Harmed
from waypost.people.record.models import Person, Statement


class Offence(Statement):
    """One offence, on a day or between two; category and seriousness come from the definitions, as of that day."""

    SECTION = "orders"

    type = models.CharField(max_length=60)  # a key of definitions/offences.yaml
    local = models.CharField(max_length=100, blank=True)  # as the police or the court named it
    place = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=60, blank=True)  # of the police
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="offence_has_a_day"),
        ]

    def __str__(self) -> str:
        found = definitions.load().get(self.type)
        return found.words if found else self.type

    @property
    def category(self) -> str:
        """‘violence against the person, seriousness 4’: national, as of its day; the figure is to be confirmed."""
        found = definitions.load().get(self.type)
        if found is None or self.since is None:
            return ""
        score = found.score_on(self.since)
        words = definitions.categories()[found.category].lower()
        return f"{words}, seriousness {score} (to be confirmed)" if score is not None else words


class CoAccused(Statement):
    """Somebody who is said to have taken part: a child of ours, or a name."""

    SECTION = "orders"

    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="co_accused")
    other = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return "co-accused"


class OffenceHarmed(models.Model):
    """That an offence harmed somebody: ids alone. That there is one is told; who it is stands behind their wall."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="harmed")
    harmed = models.ForeignKey(
        Harmed, null=True, on_delete=models.PROTECT, related_name="+"
    )  # none once they are erased

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offence", "harmed"], name="harmed_once_by_an_offence")]

    def __str__(self) -> str:
        return "harmed by an offence"
