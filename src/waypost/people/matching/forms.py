"""What is typed to find a child, to enter one, and to say that two records are one child."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from waypost.kernel.ids import new_id
from waypost.people.matching.entering import Typed
from waypost.people.record import rules
from waypost.people.record.actions import Source
from waypost.people.record.fields import DEFAULT_BASIS, SOURCE, Listed, line, tick
from waypost.people.record.models import How
from waypost.ui.fields import DayField, PlainErrors

LONGEST = 200


class Anything(forms.CharField):
    """Text that may hold any sign: what no database keeps is left out, not refused."""

    def to_python(self, value: str | None) -> str:
        return super().to_python((value or "").replace("\x00", "")) or ""


class Ids(forms.Field):
    """Records named by the page itself; what is no record's is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> frozenset[UUID]:
        return frozenset(found for text in value or () if (found := _id(text)))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class FindForm(PlainErrors, forms.Form):
    what = Anything(
        label="What you know of the child",
        max_length=LONGEST,
        help_text="A name, or part of one; a birth date; a number; an address, a postcode or a telephone number",
        error_messages={"max_length": f"Type {LONGEST} letters at most"},
    )


class EnterForm(PlainErrors, forms.Form):
    """A hidden `once` makes two posts of it one child; `told` and `another` answer who may be the same."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    told = Ids(required=False)
    another = Ids(required=False)
    given = line("Given names", 100)
    family = line("Family name", 100)
    known_as = line("Known as", 100, help_text="What family and friends say, if it is another name")
    born = DayField(label="Birth date", required=False)
    estimated = tick("This is an estimate")
    scheme = Listed("identifier_schemes", label="Whose number", required=False)
    value = line(
        "Number", 60, help_text="One is enough to tell whether the child is here already. More can be added later"
    )

    def __init__(self, data: Mapping[str, Any] | None, *, on: date, agency: str) -> None:
        initial = {
            "once": new_id(),
            "how": How.REPORTED,
            "agency": agency,
            "basis": DEFAULT_BASIS,
            "disclosure": "child",
        }
        super().__init__(data, initial=initial)
        self.on = on
        for name, field in SOURCE.items():
            self.fields[name] = deepcopy(field)
        for field in self.fields.values():
            if isinstance(field, Listed):
                field.offer(on)
        self.name_what_is_missing()

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in ("given", "family", "known_as", "born", "estimated")]

    @property
    def number(self) -> list[forms.BoundField]:
        return [self["scheme"], self["value"]]

    @property
    def source(self) -> list[forms.BoundField]:
        return [self[name] for name in SOURCE]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        self._refuse("given", rules.why_not_name({name: typed.get(name, "") for name in ("given", "family")}, self.on))
        if "born" in typed:
            self._refuse("born", rules.why_not_birth({"born": typed["born"]}, self.on))
        if typed.get("value") and not typed.get("scheme"):
            self._refuse("scheme", "Choose whose number it is.")
        elif typed.get("value") and typed["scheme"]:
            said = rules.tidied_identifier(typed)
            self._refuse("value", rules.why_not_identifier(said, self.on))
            typed["value"] = said["value"]
        return typed

    def _refuse(self, name: str, reason: str | None) -> None:
        if reason is not None:
            self.add_error(name, reason)

    def typed(self) -> Typed:
        names = ("given", "family", "known_as", "born", "estimated", "scheme", "value")
        found = {name: self.cleaned_data[name] for name in names}
        return Typed(**found | ({} if found["value"] else {"scheme": ""}))

    def source_said(self) -> Source:
        typed = self.cleaned_data
        return Source(**{name: typed[name] for name in SOURCE} | {"how": How(typed["how"])})


class OtherRecordForm(PlainErrors, forms.Form):
    number = line("Number of the other record", 20, required=True, help_text="For example, 26-0417")


class CombineForm(PlainErrors, forms.Form):
    keep = forms.ChoiceField(label="Which record is kept?", widget=forms.RadioSelect)
    reason = forms.CharField(label="How do you know that they are one child?", widget=forms.Textarea, max_length=2000)

    def __init__(self, data: Mapping[str, Any] | None, *, records: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["keep"].choices = records  # type: ignore[attr-defined]


class PartForm(PlainErrors, forms.Form):
    reason = forms.CharField(
        label="How do you know that they are two children?", widget=forms.Textarea, max_length=2000
    )
