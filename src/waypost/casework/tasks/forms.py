"""A task done, and one put down by hand."""

from __future__ import annotations

from typing import Any

from django import forms

from waypost.kernel.ids import new_id
from waypost.people.record.fields import line
from waypost.ui.fields import DayField, PlainErrors


class DoneForm(PlainErrors, forms.Form):
    words = line("How it was done, in a few words", 300, required=True)


class PutForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    title = line("What is to be done", 200, required=True)
    due = DayField(label="By which day")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": new_id()})
