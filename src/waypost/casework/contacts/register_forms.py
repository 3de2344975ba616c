"""A register: whom and when, then one row for each child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from waypost.access.models import Staff
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.forms import WhoChoice, moment_of, rounded
from waypost.casework.contacts.models import Came as CameChoices
from waypost.casework.contacts.register_actions import Row
from waypost.casework.contacts.register_panels import Known, Offer
from waypost.casework.contacts.rules import MOST_IN_A_GROUP
from waypost.kernel.ids import new_id
from waypost.people.record.fields import Listed, Words, line
from waypost.ui.fields import DayField, PlainErrors


class Ticked(forms.MultipleChoiceField):
    """Those ticked, of those offered at this moment: a record closed meanwhile is left out, and not spoken of."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        return [one for one in self.to_python(value) if self.valid_value(one)]


class GroupForm(PlainErrors, forms.Form):
    """Once for all of them: who, when, where, and what the group did."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    held = Ticked(label="Children you hold", required=False)
    others = Ticked(label="Other children open to you", required=False)
    numbers = line("Somebody else, by number", 200, help_text="For example, 26-0417, 26-0431")
    day = DayField(label="Which day")
    clock = forms.TimeField(
        label="From what time", help_text="For example, 16:00", widget=forms.TimeInput(format="%H:%M")
    )
    minutes = forms.IntegerField(label="How long, in minutes", min_value=1, max_value=1440)
    way = Listed("contact_ways", label="How")
    place = line("Where", 200, help_text="For example, Riverside office")
    purpose = line("What for", 200, help_text="For example, session 2 of 6: knives")
    staff = WhoChoice(Staff.objects.none(), label="Who of us", required=False)
    did = Words(
        label="What the group did",
        help_text="It goes into every child’s record: name nobody in it.",
        max_length=4_000,
    )

    def __init__(self, data: Any = None, *, on: datetime, offer: Offer, by: Staff) -> None:
        began = rounded(on)
        first = {"day": began.date(), "clock": began.time(), "minutes": 60, "way": "office", "staff": [by.pk]}
        super().__init__(data, initial={"once": new_id()} | first)
        self.fields["way"].offer(on.date())  # type: ignore[attr-defined]
        self.fields["held"].choices, self.fields["others"].choices = offer.held, offer.others  # type: ignore[attr-defined]
        ours = Staff.objects.filter(is_active=True, team=by.team_id) if by.team_id else Staff.objects.none()
        self.fields["staff"].queryset = (ours | Staff.objects.filter(pk=by.pk)).order_by("name")  # type: ignore[attr-defined]
        self.name_what_is_missing()

    @property
    def asked_numbers(self) -> list[str]:
        return [one for one in self.cleaned_data["numbers"].replace(",", " ").split() if one]

    def picked(self) -> list[UUID]:
        return [UUID(one) for one in (*self.cleaned_data["held"], *self.cleaned_data["others"])]

    def why_not_chosen(self, children: int) -> str | None:
        if not children:
            return "Choose at least one child"
        return f"Choose {MOST_IN_A_GROUP} children at most" if children > MOST_IN_A_GROUP else None

    def meeting(self) -> Meeting:
        typed = self.cleaned_data
        return Meeting(
            starts=moment_of(typed["day"], typed["clock"]),
            minutes=typed["minutes"],
            way=typed["way"],
            place=typed["place"],
            purpose=typed["purpose"],
            staff=list(typed["staff"]),
        )


class RowForm(PlainErrors, forms.Form):
    """What came of it for one child. Whether anyone is less safe is never filled in."""

    came = forms.ChoiceField(label="Did they come?", choices=CameChoices.choices, widget=forms.RadioSelect)
    missed = Listed("missed_reasons", label="Why not, as far as it is known", required=False)
    missed_more = line("More about the reason", 300)
    cancelled = Listed("cancelled_reasons", label="Why we cancelled", required=False)
    cancelled_more = line("More about it", 300)
    less_safe = Listed(
        "safety_now", label="Is anyone less safe than you thought?", required=False, widget=forms.RadioSelect
    )
    words = line("About this child", 500)
    own_words = Words(label="In their own words", max_length=2_000)
    counts_for = forms.ChoiceField(label="For which order or work", required=False)

    def __init__(self, data: Any = None, *, known: Known, on: date) -> None:
        super().__init__(data, prefix=f"row{known.place}")
        self.known = known
        for name in ("missed", "cancelled", "less_safe"):
            self.fields[name].offer(on)  # type: ignore[attr-defined]
        self.fields["less_safe"].choices = self.fields["less_safe"].choices[1:]  # type: ignore[attr-defined]
        if len(known.orders) > 1:
            offered = [(str(one.of.pk), one.type.name) for one in known.orders]
            self.fields["counts_for"].choices = [("", "None in particular"), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["counts_for"]

    def row(self) -> Row:
        typed, known = self.cleaned_data, self.known
        order = known.order
        if "counts_for" in self.fields:
            order = next((one for one in known.orders if str(one.of.pk) == typed["counts_for"]), None)
        why = {name: (typed[name], typed[f"{name}_more"]) for name in ("missed", "cancelled")}
        reason, more = why.get(typed["came"], ("", ""))
        came = Came(
            came=typed["came"],
            reason=reason,
            reason_words=more,
            less_safe=typed["less_safe"],
            words=typed["words"],
            own_words=typed["own_words"],
        )
        return Row(known.child.person, came, order.of if order else None)


def errors_in(rows: Sequence[RowForm]) -> list[dict[str, str]]:
    """Every error of every row, which it names, with the address of the box to mend."""
    return [
        {"text": f"Row {row.known.place}, {row.known.name}: {error}", "href": f"#{_first_box(row, name)}"}
        for row in rows
        for name, errors in row.errors.items()
        for error in errors
    ]


def _first_box(row: RowForm, name: str) -> str:
    """What is wrong with a row as a whole leads to its first question."""
    return str(row["came" if name == "__all__" else name].auto_id)
