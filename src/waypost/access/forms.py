"""What an administrator types about a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms

from waypost.access import rules
from waypost.access.models import Staff, Team
from waypost.access.permissions import ROLES
from waypost.kernel.lists import load
from waypost.ui.fields import DayField, PlainErrors

CHOOSE = ("", "---")


class StaffChoice(forms.ChoiceField):
    """One of the colleagues offered; `chosen` is the person."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.people: dict[str, Staff] = {}

    def offer(self, people: Iterable[Staff]) -> None:
        self.people = {str(one.pk): one for one in people}
        self.choices = [CHOOSE, *((key, named(one)) for key, one in self.people.items())]

    def clean(self, value: Any) -> Any:
        return self.people.get(super().clean(value))


def named(one: Staff) -> str:
    return f"{one.name}, {one.job_title}" if one.job_title else one.name


class TeamChoice(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(Team.objects.order_by("name"), label="Team", required=False, empty_label="No team")


class AgencyChoice(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(label="Whose staff they are", help_text="Walls open and close by it.", **options)
        self.choices = [(code.key, code.words) for code in load("agencies") if rules.why_not_agency(code.key) is None]


class NewPerson(PlainErrors, forms.Form):
    name = forms.CharField(label="Their name", max_length=150, help_text="As colleagues know them.")
    email = forms.EmailField(label="Their e-mail", max_length=254, help_text="They sign in with it.")
    job_title = forms.CharField(label="Their job title", max_length=150, required=False)
    team = TeamChoice()
    agency = AgencyChoice(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = "Enter an e-mail address, like name@council.example"
        self.fields["job_title"].label = "Their job title (if you like)"

    def clean_agency(self) -> str:
        return self.cleaned_data["agency"] or rules.OURS


class GiveRole(PlainErrors, forms.Form):
    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, choices=[(key, r.name) for key, r in ROLES.items()]
    )
    until = DayField(label="Last day", required=False, help_text="Leave it empty for a role without one.")

    def __init__(self, *args: Any, held: Collection[str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["role"].choices = [(key, role.name) for key, role in ROLES.items() if key not in held]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if {"role", "until"} <= typed.keys() and (
            reason := rules.why_not_until(typed["role"], typed["until"], on=self.on)
        ):
            self.add_error("until", reason)
        return typed


class Move(PlainErrors, forms.Form):
    team = TeamChoice()
    agency = AgencyChoice(required=False)


class NewTeam(PlainErrors, forms.Form):
    name = forms.CharField(label="The team’s name", max_length=100)


class Deputise(PlainErrors, forms.Form):
    manager = StaffChoice(label="Who is away")
    to = StaffChoice(label="Who is the deputy")
    until = DayField(label="Last day", help_text="92 days from today at most.")

    def __init__(self, *args: Any, managers: Iterable[Staff], colleagues: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].offer(managers)
        self.fields["to"].offer(colleagues)
