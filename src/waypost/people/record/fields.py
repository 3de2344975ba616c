"""What each form asks: the fields of every kind of statement, and of where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from waypost.kernel.lists import load
from waypost.people.organisations.models import Organisation, Professional
from waypost.people.record import rules
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child, ChildQuerySet, How, Person, Statement
from waypost.people.record.who import Particular
from waypost.ui.fields import DayField

CHOOSE = ("", "---")
LARGEST_LINE = 254


class Offered(forms.ChoiceField):
    """An answer from the definitions, as they stand on the day the form is for; an old one stays readable."""

    def offer(self, on: date) -> None:
        self.choices = [CHOOSE, *self.offered(on)]

    def offered(self, on: date) -> list[tuple[str, str]]:
        raise NotImplementedError

    def words(self, key: str) -> str:
        raise NotImplementedError


class Listed(Offered):
    """From a list."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.name = name

    def offered(self, on: date) -> list[tuple[str, str]]:
        return load(self.name).choices(on)

    def words(self, key: str) -> str:
        found = load(self.name)
        return found.words(key) if key in found else key


class Words(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea, "max_length": 20_000, **options})


class ProviderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, label: str = "Where, or with whom") -> None:
        open_now = Organisation.objects.filter(ended_at__isnull=True)
        super().__init__(open_now, label=label, required=False, empty_label="Not said")


class ProfessionalChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self) -> None:
        working = Professional.objects.filter(ended_at__isnull=True, organisation__ended_at__isnull=True)
        super().__init__(working.select_related("organisation"), label="Who", empty_label="Choose")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.job_title or 'job not said'}, {obj.organisation}"


class OfTheChild(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the child's own statements of some kind: an offence, an order. Offered once it is known whose they are."""

    def __init__(self, model: type[Statement], **options: Any) -> None:
        self.model, rows = model, model.objects.none()
        super().__init__(rows, **{"required": False, "empty_label": "None", **options})

    def offer_of(self, people: list[UUID]) -> None:
        self.queryset = self.model.objects.current().of(people).order_by("-since", "pk")


class SeveralOfTheChild(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several of them; as a list, so that an answer can be laid beside another."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, model: type[Statement], **options: Any) -> None:
        self.model = model
        super().__init__(model.objects.none(), **{"required": False, **options})

    def offer_of(self, people: list[UUID]) -> None:
        self.queryset = self.model.objects.current().of(people).order_by("-since", "pk")

    def clean(self, value: Any) -> Any:
        return list(super().clean(value))


class ChildOfOurs(forms.CharField):
    """Another child of ours, by the number on their page: one whom whoever types may open, and nobody else.

    One whom they may not open, and who is in the record already, is not shown to them and stays.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 20, **options})
        self.children = Child.objects.none()
        self.hidden: Person | None = None

    def offer_children(self, children: ChildQuerySet, now: Person | None) -> None:
        self.children = children
        self.hidden = now if now and not children.filter(pk=now.pk).exists() else None

    def prepare_value(self, value: Any) -> Any:
        return self.words(value) if isinstance(value, Person) else value

    def words(self, value: Person) -> str:
        found = self.children.filter(pk=value.pk).first()
        return found.number if found else ""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return self.hidden
        found = self.children.select_related("person").filter(number=number).first()
        if found is None:
            raise ValidationError("No child with this number is open to you. Look at the number again")
        return found.person


def line(label: str, limit: int, **options: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": limit, "required": False, **options})


def tick(label: str, **options: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **options)


def number(label: str, most: int) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_value=most, decimal_places=1)


FIELDS: dict[str, dict[str, forms.Field]] = {
    "name": {
        "kind": Listed("name_kinds", label="What kind of name"),
        "given": line("Given names", 100),
        "family": line("Family name", 100),
    },
    "birth": {"born": DayField(label="Birth date", required=False), "estimated": tick("This is an estimate")},
    "identifier": {
        "scheme": Listed("identifier_schemes", label="Whose number"),
        "value": line("Number", 60, help_text="Spaces and small letters do not matter."),
    },
    "language": {
        "language": Listed("languages", label="Language"),
        "first": tick("Their first language"),
        "interpreter": tick("An interpreter is needed"),
    },
    "address": {
        "lines": Words(label="Address", max_length=500),
        "postcode": line("Postcode", 8),
        "accommodation": Listed("accommodation_types", label="What kind of place"),
        "suitability": Listed("suitability", label="Is it suitable?"),
    },
    "contact": {
        "method": Listed("contact_methods", label="How"),
        "value": line("Number or address", LARGEST_LINE),
        "safe": Listed(
            "safe_to_contact",
            label="Is it safe to use?",
            help_text="Every letter and text obeys this. Where it is not safe the number is not shown.",
        ),
        "words": line("Whose it is, and when to use it", 300),
    },
    "relation": {
        "relation": Listed("relations", label="What they are to the child"),
        "parental_responsibility": tick("Has parental responsibility"),
        "carer": tick("Looks after the child"),
        "household": tick("Lives with the child"),
    },
    "works_with": {
        "professional": ProfessionalChoice(),
        "role": line("What they are to the child", 100, help_text="For example, social worker"),
        "words": line("When to reach them, and what for", 300),
    },
    "care": {
        "care_basis": Listed("care_bases", label="On what basis"),
        "responsible": line("Responsible authority", 100),
        "placing": line("Placing authority", 100),
        "host": line("Host authority", 100),
    },
    "placement": {
        "kind": Listed("placement_types", label="What kind of placement"),
        "provider": ProviderChoice(),
        "miles": number("Miles from home", 999),
        "authority": line("In whose area", 100),
    },
    "education": {
        "setting": Listed("education_settings", label="What kind of place"),
        "provider": ProviderChoice(),
        "hours_offered": number("Hours a week offered", 60),
        "hours_attended": number("Hours a week attended", 60),
        "special_needs_plan": tick("There is a statutory plan for special needs"),
        "words": Words(label="What it is like"),
    },
    "exclusion": {
        "kind": Listed("exclusion_kinds", label="What kind"),
        "provider": ProviderChoice(label="From where"),
        "words": Words(label="What happened"),
    },
    "health": {"kind": Listed("health_kinds", label="What kind"), "words": Words(label="What is known")},
    "need": {
        "area": Listed("need_areas", label="What area"),
        "words": Words(label="What the need is"),
        "what_helps": Words(label="What helps"),
    },
    "alert": {
        "kind": Listed("alert_kinds", label="What kind"),
        "words": line("What somebody who meets the child must know first", 300),
        "what_to_do": line("What to do", 300),
        "evidence": Words(label="What it rests on", help_text="What happened, when, and who said so."),
        "review_by": DayField(label="To be looked at again by", required=False),
    },
    "entry": {
        "kind": Listed("entry_kinds", label="What kind"),
        "clock": forms.TimeField(label="At what time", required=False, help_text="For example, 16:00"),
        "title": line("In a few words", 200),
        "words": Words(label="What happened", help_text="Two or three lines. The child may read this."),
        "own_words": Words(
            label="What was said, in their own words", help_text="Leave it empty if nothing stood out. Do not tidy it."
        ),
        "demeanour": line("How they seemed", 300),
        "what_changed": Words(label="What changed because of it", help_text="Leave it empty if nothing did."),
    },
    "document": {
        "kind": Listed("document_kinds", label="What it is"),
        "title": line("In a few words", 200, help_text="Leave it empty to use the file’s name"),
    },
    "harmed": {
        "keep_apart": tick("Keep them apart from the child"),
        "words": Words(label="What somebody who works with them must know"),
    },
}
WHO: dict[str, forms.Field] = {
    "who": forms.ChoiceField(label="Who", required=False),
    "number": line("If they are a child of ours, their number", 20, help_text="As it stands on their page: 26-0417"),
    "given": line("Given names", 100),
    "family": line("Family name", 100),
    "born": DayField(label="Birth date", required=False, help_text="Leave it empty if it is not known"),
}
FILE: dict[str, forms.Field] = {
    "file": forms.FileField(
        label="File", help_text="Word, Excel, PDF, picture or text, up to 50 MB", allow_empty_file=True
    )
}
PERIOD: dict[str, forms.Field] = {
    "since": DayField(label="From which day", required=False),
    "until": DayField(label="Until which day", required=False, help_text="Leave it empty while it goes on"),
}
LASTING = ("name", "particular", "language", "contact", "relation", "works_with", "need", "health", "alert", "harmed")
ON_A_DAY: dict[str, dict[str, forms.Field]] = {  # kinds that happen on one day, and how that day is asked for
    "entry": {"since": DayField(label="On which day", required=False)},
    "document": {"since": DayField(label="Of which day it is", required=False)},
}
SOURCE: dict[str, forms.Field] = {
    "how": forms.ChoiceField(label="How do you know?", choices=How.choices, widget=forms.RadioSelect),
    "said_by": Listed("speakers", label="Who said it", required=False),
    "speaker": line("Their name", 150),
    "agency": Listed("agencies", label="Whose knowledge it is"),
    "basis": Listed("sharing_bases", label="On what basis it may be shared"),
    "disclosure": Listed("disclosure_classes", label="Who may be told"),
}
OWN_WORDS: dict[str, forms.Field] = {  # beside the words themselves, in the place of the same two of SOURCE
    "said_by": Listed("speakers", label="Whose words are they?", required=False),
    "speaker": line("Their name, if it is not the child", 150),
}
DEFAULT_BASIS = "crime_and_disorder_39"


@dataclass(frozen=True, slots=True)
class Asked:
    """One form: of which kind, what it is called, what it asks, and what it does not need to ask."""

    key: str  # as it stands in an address
    kind: Kind
    name: str
    fields: Mapping[str, forms.Field]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, forms.Field] | None = None  # where they are not asked for as others are
    page: str = ""  # the name of a page of its own, with `boxes`, by which it is said
    boxes: Mapping[str, forms.Field] = field(default_factory=dict)
    ending: Mapping[str, forms.Field] = field(default_factory=dict)  # what is asked besides the last day when it ends
    goes_on: str = (
        ""  # the page on which a draft goes on, where one child has several: what its key says after the colon
    )

    @property
    def asks(self) -> dict[str, forms.Field]:
        """In the order in which a person thinks of them: the day of what happened first, a period last."""
        first = self.kind.key == "entry" or self.days is not None
        return {**self.when, **self.fields} if first else {**self.fields, **self.when}

    @property
    def when(self) -> Mapping[str, forms.Field]:
        """The days it asks for."""
        if self.days is not None:
            return self.days
        if self.kind.key in ON_A_DAY:
            return ON_A_DAY[self.kind.key]
        return PERIOD if self.kind.period else {}


def _particular(which: str, name: str, list_name: str | None, words: str = "In their own words") -> Asked:
    asked: dict[str, forms.Field] = {"code": Listed(list_name, label="Answer", required=False)} if list_name else {}
    fixed = {"which": which} | ({} if list_name else {"code": ""})
    return Asked(which, KINDS["particular"], name, asked | {"words": line(words, 200)}, fixed)


ASKED: dict[str, Asked] = {
    asked.key: asked
    for asked in (
        Asked("entry", KINDS["entry"], "What happened", FIELDS["entry"]),
        Asked("alert", KINDS["alert"], "An alert", FIELDS["alert"]),
        Asked("document", KINDS["document"], "A document", FIELDS["document"]),
        Asked("name", KINDS["name"], "A name", FIELDS["name"]),
        Asked("birth", KINDS["birth"], "The birth date", FIELDS["birth"]),
        _particular("pronouns", "Pronouns", None, "Pronouns, as they say them"),
        _particular("gender", "Gender", None, "Gender, in their own words"),
        _particular("sex", "Sex", rules.PARTICULARS["sex"]),
        _particular("ethnicity", "Ethnicity", rules.PARTICULARS["ethnicity"]),
        _particular("nationality", "Nationality", None, "Nationality, as they say it"),
        _particular("immigration", "Immigration status", rules.PARTICULARS["immigration"], "What else is known of it"),
        _particular("religion", "Religion", rules.PARTICULARS["religion"]),
        Asked("language", KINDS["language"], "A language", FIELDS["language"]),
        Asked("identifier", KINDS["identifier"], "A number", FIELDS["identifier"]),
        *(
            Asked(key, KINDS[key], KINDS[key].name, FIELDS[key])
            for key in (
                "address",
                "contact",
                "relation",
                "works_with",
                "care",
                "placement",
                "education",
                "exclusion",
                "health",
                "need",
                "harmed",
            )
        ),
    )
}


def add(*forms_: Asked) -> None:
    """Forms for the kinds that another room brings."""
    ASKED.update({asked.key: asked for asked in forms_})


TIED = ("relation", "harmed")  # about somebody else besides the child: known here already, or entered with it


def asked_of(statement: Statement) -> Asked:
    """The form by which a statement is corrected: its own, and none that a page of its own says more with."""
    if isinstance(statement, Particular):
        return ASKED[statement.which]
    forms_ = (asked for asked in ASKED.values() if not asked.page)
    return next(asked for asked in forms_ if isinstance(statement, asked.kind.model))
