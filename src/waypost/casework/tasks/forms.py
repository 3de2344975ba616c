"""A task done, one put down by hand, and why one is late."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from waypost.kernel.ids import new_id
from waypost.people.record.fields import Listed, line
from waypost.ui.fields import DayField, PlainErrors


class DoneForm(PlainErrors, forms.Form):
    words = line("How it was done, in a few words", 300, required=True)


class PutForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    title = line("What is to be done", 200, required=True)
    due = DayField(label="By which day")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": new_id()})


class LateForm(PlainErrors, forms.Form):
    reason = Listed("late_reasons", label="Why is it late?", widget=forms.RadioSelect)
    words = line("More about it", 300)

    def __init__(self, data: Any = None, *, on: date, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        self.fields["reason"].offer(on)  # type: ignore[attr-defined]
        self.fields["reason"].choices = self.fields["reason"].choices[1:]  # type: ignore[attr-defined]
