"""What a person decides, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from waypost.casework.compliance.definitions import Route
from waypost.kernel.ids import new_id
from waypost.people.record.fields import Words
from waypost.ui.fields import DayField, PlainErrors


class DecideForm(PlainErrors, forms.Form):
    """The proposal first, then what may be decided instead. Nothing is chosen for anybody."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    step = forms.ChoiceField(label="What do you decide?", widget=forms.RadioSelect)
    words = Words(label="Why", help_text="What you weighed. The child may read this, and so may a court.")
    day = DayField(label="Decided on")

    def __init__(self, data: Any = None, *, route: Route, first: Sequence[str], on: date) -> None:
        super().__init__(data, initial={"once": new_id(), "day": on})
        keys = [*first, *(key for key in route.keys if key not in first)]
        self.fields["step"].choices = [(key, route.step(key).words) for key in keys]
