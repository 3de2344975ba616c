"""A child at court: hearings, and where the child is between them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.casework.court import rules
from waypost.kernel.ids import new_id
from waypost.people.record.models import Person, Statement


class Hearing(Statement):
    """One hearing, to come or heard, on the day in `since`."""

    SECTION = "orders"

    clock = models.TimeField(null=True, blank=True)
    court = models.CharField(max_length=100)
    purpose = models.CharField(max_length=40)  # a key of the list of purposes
    result = models.CharField(max_length=40, blank=True)  # a key of the list of results; empty: not heard yet
    proposed = models.CharField(max_length=40, blank=True)  # whether it is what we proposed: a key of that list
    words = models.TextField(blank=True)
    attends = models.JSONField(default=dict, blank=True)  # who → here, coming or missing
    attends_words = models.JSONField(default=dict, blank=True)  # who → their name, and in what role they come

    class Meta(Statement.Meta):
        indexes = [models.Index(fields=["since"], name="hearing_by_day")]
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="hearing_has_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.purpose)


class AtBench(models.Model):
    """Whose case a court hears at this moment, as somebody there said: one in each courtroom."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="at_bench")
    court = models.CharField(max_length=100)  # small letters: one courtroom, however it was typed
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["court"], condition=Q(ended_at__isnull=True), name="one_case_before_a_bench"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="at_bench_ends_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return "before the bench"


class Remand(Statement):
    """A period on bail or remanded; no two overlap. To local authority or youth detention accommodation, the child is
    looked after from that day to its end."""

    SECTION = "orders"

    kind = models.CharField(max_length=40)  # a key of definitions/remands.yaml
    conditions = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=Q(since__isnull=False), name="remand_has_a_start"),
        ]

    def __str__(self) -> str:
        return rules.name_of(self.kind)
