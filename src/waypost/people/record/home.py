"""Where somebody lives, how they are reached, and who is who to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Upper

from waypost.people.organisations.models import Professional
from waypost.people.record.models import Person, Statement


def _without(pattern: str, text: Any, instead: str = "") -> Func:
    """Text less what fits the pattern. Kept by the database itself, so that it goes when the words go."""
    output = models.TextField()
    return Func(text, Value(pattern), Value(instead), Value("g"), function="regexp_replace", output_field=output)


class Address(Statement):
    """A period at an address. A confidential one is in the disclosure class of placements' addresses."""

    SECTION = "home"

    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    first_line = models.GeneratedField(  # small letters and digits alone: by what it is found
        expression=_without("[^[:alnum:]]", Lower(_without("[,\\n].*", F("lines")))),
        output_field=models.TextField(),
        db_persist=True,
    )
    plain_postcode = models.GeneratedField(
        expression=_without("[^A-Z0-9]", Upper("postcode")), output_field=models.TextField(), db_persist=True
    )
    accommodation = models.CharField(max_length=40)  # a key of the list of types
    suitability = models.CharField(max_length=20, blank=True)  # a key of the list

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | ~Q(suitability=""), name="address_says_whether_it_suits"
            ),
        ]
        indexes = [
            models.Index(fields=["first_line"], name="address_first_line"),
            models.Index(fields=["plain_postcode"], name="address_postcode"),
        ]

    def __str__(self) -> str:
        return "address"


class ContactDetail(Statement):
    """One way to reach somebody, and whether it is safe: every letter and text obeys that."""

    SECTION = "home"

    method = models.CharField(max_length=20)  # a key of the list of methods
    value = models.CharField(max_length=254, blank=True)
    safe = models.CharField(max_length=20, blank=True)  # a key of the list: yes, only as said, no
    words = models.CharField(max_length=300, blank=True)  # text first; nights; whose telephone it is
    digits = models.GeneratedField(  # of a telephone, as it is dialled from within the country: by what it is found
        expression=_without("^(00)?44(0)?", _without("[^0-9]", F("value")), "0"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta(Statement.Meta):
        indexes = [models.Index(fields=["digits"], name="contact_digits")]
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | ~Q(safe=""), name="contact_says_whether_it_is_safe"
            ),
        ]

    def __str__(self) -> str:
        return str(self.method)


class Relation(Statement):
    """That `other` is this to the person: mother, sibling, foster carer."""

    SECTION = "home"

    other = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="relation_to")
    relation = models.CharField(max_length=40)  # a key of the list of relations
    parental_responsibility = models.BooleanField(default=False)
    carer = models.BooleanField(default=False)
    household = models.BooleanField(default=False)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=~Q(other=F("person")), name="nobody_is_their_own_relation"),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | Q(other__isnull=False), name="relation_is_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.relation)


class WorksWith(Statement):
    """That somebody at another agency works with the child: the social worker, the teacher to ring."""

    SECTION = "home"

    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=100, blank=True)  # what they are to the child
    words = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return "works with"


class Harmed(Statement):
    """That this person was harmed by a child. Behind a wall: who it is, is known to those who must keep them safe.

    A role, not a kind of person: it may be one of our own children, a carer or a sibling.
    """

    SECTION = "harmed"

    child = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="harmed_by_them")
    keep_apart = models.BooleanField(default=False)
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=~Q(child=F("person")), name="nobody_is_harmed_by_themselves"),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | Q(child__isnull=False), name="harmed_by_somebody"
            ),
            models.CheckConstraint(condition=Q(wall__isnull=False), name="who_was_harmed_is_behind_a_wall"),
        ]

    def __str__(self) -> str:
        return "harmed"
