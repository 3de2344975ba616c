"""What is typed about an organisation and the people in it."""

from __future__ import annotations

from django import forms

from waypost.kernel.lists import load
from waypost.ui.fields import PlainErrors


class NewOrganisation(PlainErrors, forms.Form):
    name = forms.CharField(label="Its name", max_length=200, help_text="As people there say it.")
    agency = forms.ChoiceField(label="Which agency it belongs to")
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    address = forms.CharField(label="Address", max_length=500, required=False, widget=forms.Textarea)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "---"), *((code.key, code.words) for code in load("agencies"))]


class NewProfessional(PlainErrors, forms.Form):
    name = forms.CharField(label="Their name", max_length=150)
    job_title = forms.CharField(label="Their job", max_length=150, required=False)
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
