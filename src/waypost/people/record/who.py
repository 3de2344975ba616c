"""Who somebody is: names, birth, particulars, numbers, languages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from waypost.people.record.models import Statement

CURRENT = Q(replaced_at__isnull=True, removed_on__isnull=True)


class Name(Statement):
    SECTION = "identity"

    kind = models.CharField(max_length=20)  # a key of the list of kinds of name
    given = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100, blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | ~Q(given="", family=""), name="name_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Birth(Statement):
    SECTION = "identity"

    born = models.DateField(null=True)
    estimated = models.BooleanField(default=False)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | Q(born__isnull=False), name="birth_has_a_day"
            ),
            models.UniqueConstraint(fields=["person"], condition=CURRENT, name="one_birth"),
        ]
        indexes = [models.Index(fields=["born"], name="birth_born")]

    def __str__(self) -> str:
        return "birth date"


class Particular(Statement):
    """One thing about somebody that a list answers, with their own words where they gave any."""

    SECTION = "identity"

    class Which(models.TextChoices):
        SEX = "sex", "Sex"
        GENDER = "gender", "Gender"
        PRONOUNS = "pronouns", "Pronouns"
        ETHNICITY = "ethnicity", "Ethnicity"
        NATIONALITY = "nationality", "Nationality"
        IMMIGRATION = "immigration", "Immigration status"
        RELIGION = "religion", "Religion"

    which = models.CharField(max_length=20, choices=Which)
    code = models.CharField(max_length=40, blank=True)  # a key of that list; gender, pronouns and nationality have none
    words = models.CharField(max_length=200, blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(fields=["person", "which"], condition=CURRENT, name="one_particular"),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | ~Q(code="", words=""), name="particular_says_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.which)


class Identifier(Statement):
    """A number by which others know them; one number is one person's."""

    SECTION = "identity"

    scheme = models.CharField(max_length=40)  # a key of the list of schemes
    value = models.CharField(max_length=60, blank=True)  # as the scheme writes it, so that equal numbers are equal

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(fields=["scheme", "value"], condition=CURRENT, name="identifier_is_one_persons"),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | ~Q(value=""), name="identifier_says_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.scheme)


class Language(Statement):
    SECTION = "identity"

    language = models.CharField(max_length=20, blank=True)  # a key of the list of languages
    first = models.BooleanField(default=False)
    interpreter = models.BooleanField(default=False)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False) | ~Q(language=""), name="language_says_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.language)
