"""What came of somebody’s words; by when somebody acts on harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from waypost.casework.voice import rules
from waypost.kernel.ids import new_id
from waypost.kernel.words import LONDON
from waypost.people.record.fields import Words
from waypost.ui.fields import DayField, PlainErrors


class BecauseForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    words = Words(label="Because of this we …", help_text="What is different now: in the plan, at home, in what we do.")

    def __init__(self, data: Any = None, *, first: str = "") -> None:
        super().__init__(data, initial={"once": new_id(), "words": first})
        self.fields["words"].required = True


class HarmForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    day = DayField(label="By which day")
    clock = forms.TimeField(label="By what time", help_text="For example, 16:30")

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        first = timezone.localtime(rules.act_by_at_first(now))
        super().__init__(data, initial={"once": new_id(), "day": first.date(), "clock": first.strftime("%H:%M")})

    def act_by(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], tzinfo=LONDON)
