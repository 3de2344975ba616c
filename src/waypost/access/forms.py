"""What an administrator types about a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from waypost.access import rules
from waypost.access.models import Team
from waypost.access.permissions import ROLES
from waypost.kernel.lists import load
from waypost.ui.fields import DayField, PlainErrors


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
