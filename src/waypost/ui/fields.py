"""Form fields of ours (a day, a month), and what the form macros ask of a bound field."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


YEARS = range(1900, 2201)  # nothing a service plans or records is outside
EMPTY: Mapping[str, str] = MappingProxyType({})


class PlainErrors:
    """A form that says 'Enter the outcome' where Django says that this field is required."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_what_is_missing()

    def name_what_is_missing(self) -> None:
        for name, field in self.fields.items():
            label = str(field.label or name.replace("_", " "))
            verb = (
                "Choose" if isinstance(field, (forms.ChoiceField, forms.FileField, forms.ModelChoiceField)) else "Enter"
            )
            plain = f"{verb} {label[:1].lower()}{label[1:]}"
            field.error_messages["required"] = f"Answer ‘{label}’" if label.endswith("?") else plain


class PartsInput(forms.Widget):
    """Several boxes for one date, named `finish-day`, `finish-month`, `finish-year`."""

    parts: tuple[str, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: (data.get(f"{name}-{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.parts)

    def format_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, date):
            return {part: str(getattr(value, part)) for part in self.parts}
        return value or dict.fromkeys(self.parts, "")


class DayInput(PartsInput):
    parts = ("day", "month", "year")


class MonthInput(PartsInput):
    parts = ("month", "year")


class PartsField(forms.Field):
    """A date typed in boxes; each refusal names what is missing or wrong, in the words a person used for the label."""

    def to_python(self, value: dict[str, str] | date | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        missing = [part for part, text in value.items() if not text]
        if len(missing) == len(value):
            return None
        if missing:
            raise ValidationError(f"{self._name()} must include a {' and '.join(missing)}", code="incomplete")
        return self._date(value)

    def _date(self, value: dict[str, str]) -> date:
        if len(value["year"]) != 4:
            raise ValidationError(f"{self._name()} must have a year of four figures", code="year")
        try:
            found = date(int(value["year"]), _month(value["month"]), int(value.get("day", "1")))
        except (ValueError, OverflowError):
            raise ValidationError(f"{self._name()} must be a real {self._thing()}", code="invalid") from None
        if found.year not in YEARS:
            between = f"{YEARS[0]} and {YEARS[-1]}"
            raise ValidationError(f"{self._name()} must have a year between {between}", code="year")
        return found

    def _name(self) -> str:
        return str(self.label or "The date")

    def _thing(self) -> str:
        return "date, like 27 3 2026" if "day" in self.widget.parts else "month, like 3 2026"

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.widget.format_value(initial) != self.widget.format_value(data))


class DayField(PartsField):
    """A calendar day."""

    widget = DayInput


class MonthField(PartsField):
    """A month of a year, as its first day."""

    widget = MonthInput


def _month(text: str) -> int:
    return MONTHS.get(text.lower()) or int(text)


KINDS: tuple[tuple[type[forms.Widget], str], ...] = (  # a subclass before its base: the first that fits
    (forms.HiddenInput, "hidden"),
    (DayInput, "day"),
    (MonthInput, "month"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.widgets.Input, "input"),
)


def kind_of(bound: BoundField) -> str:
    """Which macro draws the field."""
    return next(kind for widget, kind in KINDS if isinstance(bound.field.widget, widget))


def options_of(bound: BoundField, hints: Mapping[str, str] = EMPTY, first: bool = False) -> list[dict[str, object]]:
    """The choices as GOV.UK's macros take them; Django's row of dashes for nothing chosen reads 'Choose'.

    `first`: the keyboard is on the chosen one when the page opens.
    """
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()))
    return [
        {
            "value": option["value"],
            "text": "Choose" if option["value"] == "" and set(str(option["label"])) <= {"-"} else str(option["label"]),
            "selected": option["selected"],
            "checked": option["selected"],
            "attributes": {"autofocus": True} if first and option["selected"] else {},
            "hint": {"text": hints[str(option["value"])]} if str(option["value"]) in hints else None,
        }
        for _, options, _ in groups
        for option in options
    ]


def labelled(bound: BoundField, label: str | None, hint: str | None, size: str | None) -> dict[str, object]:
    """What every GOV.UK field macro takes: identity, label, hint, error; what is not given is the form field's own."""
    weight = "s" if size is None else size
    return _common(bound, hint) | {
        "label": {"text": label or bound.label, "classes": weight and f"govuk-label--{weight}"}
    }


def in_fieldset(bound: BoundField, label: str | None, hint: str | None, size: str | None) -> dict[str, object]:
    """The same for several boxes under one legend."""
    legend = {"text": label or bound.label, "classes": f"govuk-fieldset__legend--{size or 's'}"}
    return _common(bound, hint) | {"idPrefix": bound.auto_id, "fieldset": {"legend": legend}}


def text_of(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _common(bound: BoundField, hint: str | None) -> dict[str, object]:
    hint = hint or str(bound.help_text)
    errors = " ".join(str(error) for error in bound.errors)
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "hint": {"text": hint} if hint else None,
        "errorMessage": {"text": errors} if errors else None,
    }


def example_of(bound: BoundField) -> str:
    return "For example, 27 3 2026" if "day" in bound.field.widget.parts else "For example, 3 2026"


def parts_of(bound: BoundField) -> list[dict[str, object]]:
    """The boxes of a date, those to mend marked."""
    typed = bound.field.widget.format_value(bound.value())
    wrong = [part for part in bound.field.widget.parts if not typed[part]] or list(bound.field.widget.parts)
    return [
        {
            "name": f"{bound.html_name}-{part}",
            "id": f"{bound.auto_id}-{part}",
            "label": part.capitalize(),
            "value": typed[part],
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if bound.errors and part in wrong else ""),
        }
        for part in bound.field.widget.parts
    ]


def errors_of(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every error in the order of the fields, with the address of the box to mend."""
    found = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        found += [{"text": str(error), "href": f"#{_first_box(bound)}"} for error in bound.errors]
    return found


def _first_box(bound: BoundField) -> str:
    widget = bound.field.widget
    if not isinstance(widget, PartsInput):
        return str(bound.auto_id)
    typed = widget.format_value(bound.value())
    return f"{bound.auto_id}-{next((part for part in widget.parts if not typed[part]), widget.parts[0])}"


FOR_TEMPLATES = (kind_of, options_of, labelled, in_fieldset, text_of, parts_of, example_of, errors_of)
