"""A check quietened for a child."""

from __future__ import annotations

from typing import Any

from django import forms

from waypost.kernel.ids import new_id
from waypost.people.record.fields import Words
from waypost.ui.fields import DayField, PlainErrors


class SnoozeForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    until = DayField(label="Until which day")
    reason = Words(label="Why it can wait")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": new_id()})
        self.fields["reason"].required = True
