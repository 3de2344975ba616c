"""One form for each kind of statement: what is said, then where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms

from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.people.need_to_know.forms import KEEP_FROM, WhoMustNotRead
from waypost.people.organisations.models import Organisation
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import How, Statement
from waypost.people.record.who import Particular
from waypost.ui.fields import DayField, PlainErrors

CHOOSE = ("", "---")


class Listed(forms.ChoiceField):
    """An answer from a list in the definitions, as it stands on the day the form is for."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.name = name

    def offer(self, on: date) -> None:
        self.choices = [CHOOSE, *load(self.name).choices(on)]


class Words(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea, "max_length": 20_000, **options})


def line(label: str, limit: int, **options: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": limit, "required": False, **options})


def tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ProviderChoice(forms.ModelChoiceField):
    def __init__(self) -> None:
        open_now = Organisation.objects.filter(ended_at__isnull=True)
        super().__init__(open_now, label="Where, or with whom", required=False, empty_label="Not said")


FIELDS: dict[str, dict[str, forms.Field]] = {
    "name": {
        "kind": Listed("name_kinds", label="What kind of name"),
        "given": line("Given names", 100),
        "family": line("Family name", 100),
    },
    "birth": {"born": DayField(label="Birth date", required=False), "estimated": tick("This is an estimate")},
    "particular": {
        "which": forms.ChoiceField(label="What about", choices=[CHOOSE, *Particular.Which.choices]),
        "code": line("Answer", 40),
        "words": line("In their own words", 200),
    },
    "identifier": {"scheme": Listed("identifier_schemes", label="Whose number"), "value": line("Number", 60)},
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
        "value": line("Number or address", 254),
        "safe": Listed("safe_to_contact", label="Is it safe to use?"),
        "words": line("Whose it is, and when to use it", 300),
    },
    "relation": {
        "relation": Listed("relations", label="What they are to the child"),
        "parental_responsibility": tick("Has parental responsibility"),
        "carer": tick("Looks after the child"),
        "household": tick("Lives with the child"),
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
        "miles": forms.DecimalField(
            label="Miles from home", required=False, min_value=0, max_value=999, decimal_places=1
        ),
        "authority": line("In whose area", 100),
    },
    "education": {
        "setting": Listed("education_settings", label="What kind of place"),
        "provider": ProviderChoice(),
        "hours_offered": forms.DecimalField(
            label="Hours a week offered", required=False, min_value=0, max_value=60, decimal_places=1
        ),
        "hours_attended": forms.DecimalField(
            label="Hours a week attended", required=False, min_value=0, max_value=60, decimal_places=1
        ),
        "special_needs_plan": tick("There is a statutory plan for special needs"),
        "words": Words(label="What it is like"),
    },
    "exclusion": {
        "kind": Listed("exclusion_kinds", label="What kind"),
        "provider": ProviderChoice(),
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
        "evidence": Words(label="What it rests on"),
        "review_by": DayField(label="To be looked at again by", required=False),
    },
    "entry": {
        "kind": Listed("entry_kinds", label="What kind"),
        "clock": forms.TimeField(label="At what time", required=False, help_text="For example, 16:00"),
        "title": line("In a few words", 200),
        "words": Words(label="What happened"),
        "own_words": Words(label="Their own words", help_text="As they said them. Choose below whose they are."),
        "demeanour": line("How they were", 300),
    },
}
PERIOD: dict[str, forms.Field] = {
    "since": DayField(label="From which day", required=False),
    "until": DayField(label="Until which day", required=False, help_text="Leave it empty while it goes on"),
}
ENTRY_DAY: dict[str, forms.Field] = {"since": DayField(label="On which day", required=False)}
SOURCE: dict[str, forms.Field] = {
    "how": forms.ChoiceField(label="How do you know?", choices=How.choices, widget=forms.RadioSelect),
    "said_by": Listed("speakers", label="Who said it", required=False),
    "speaker": line("Their name", 150),
    "agency": Listed("agencies", label="Whose knowledge it is"),
    "basis": Listed("sharing_bases", label="On what basis it may be shared"),
    "disclosure": Listed("disclosure_classes", label="Who may be told"),
}
DEFAULT_BASIS = "crime_and_disorder_39"


class StatementForm(WhoMustNotRead, PlainErrors, forms.Form):
    """Made of the fields of its kind; a hidden `once` makes two posts of it one statement."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, kind: Kind, data: Mapping[str, Any] | None, *, on: date, agency: str, **options: Any) -> None:
        initial = {
            "once": new_id(),
            "how": How.OBSERVED,
            "agency": agency,
            "basis": DEFAULT_BASIS,
            "disclosure": kind.disclosure,
        } | (options.pop("initial", None) or {})
        walls = options.pop("walls", ())
        super().__init__(data, initial=initial, **options)
        self.kind = kind
        for name, field in (FIELDS[kind.key] | self._period() | SOURCE).items():
            self.fields[name] = deepcopy(field)
            if isinstance(self.fields[name], Listed):
                self.fields[name].offer(on)
        self.offer_walls(walls)
        self.name_what_is_missing()

    def _period(self) -> dict[str, forms.Field]:
        if self.kind.key == "entry":
            return ENTRY_DAY
        return PERIOD if self.kind.period else {}

    @property
    def what(self) -> list[forms.BoundField]:
        """The boxes about what is said; `source` has those about where it comes from."""
        return [self[name] for name in self.fields if name not in {*SOURCE, KEEP_FROM}]

    @property
    def source(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SOURCE, KEEP_FROM) if name in self.fields]

    def said(self) -> dict[str, Any]:
        """As the rule and the model take it."""
        names = (*FIELDS[self.kind.key], *self._period())
        return {name: self.cleaned_data[name] for name in names}

    def source_said(self) -> Source:
        typed = self.cleaned_data
        return Source(**{name: typed[name] for name in SOURCE} | {"how": How(typed["how"])})


def initial_of(kind: Kind, statement: Statement) -> dict[str, Any]:
    return kind.said_of(statement) | {name: getattr(statement, name) for name in SOURCE}


TYPED = tuple(kind for kind in KINDS.values() if kind.key in FIELDS)  # the others are said on pages of their own
