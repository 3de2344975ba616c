"""What is asked before words are removed, moved or held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from waypost.kernel.lists import load
from waypost.people.record.models import Child, ChildQuerySet
from waypost.ui.fields import PlainErrors

CHOOSE = ("", "---")


def reason(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea,
        max_length=2000,
        help_text="Who asked or decided, and what was checked. Do not repeat what is removed.",
    )


class RemoveForm(PlainErrors, forms.Form):
    rule = forms.ChoiceField(label="Under which rule")
    reason = reason("Why")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [CHOOSE, *load("removal_rules").choices(on)]


class EraseForm(RemoveForm):
    """Our number, typed, so that nobody erases by a slip of the hand."""

    also = forms.BooleanField(label="Remove as well those who are known only through this child", required=False)
    number = forms.CharField(label="Type the child’s number", max_length=20)

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child

    def clean_number(self) -> str:
        typed = str(self.cleaned_data["number"]).strip()
        if typed != self.child.number:
            raise forms.ValidationError(f"Type {self.child.number}, the number of the child whose record this is")
        return typed


class HoldForm(PlainErrors, forms.Form):
    reason = forms.CharField(
        label="Why nothing may be removed",
        widget=forms.Textarea,
        max_length=2000,
        help_text="The inquiry, claim or order, and who asked for the hold.",
    )


class MoveForm(PlainErrors, forms.Form):
    """The other child, by number or from one's own; asked again with their name before anything moves."""

    to = forms.ChoiceField(label="One of your children", required=False)
    number = forms.CharField(label="Or another child’s number", max_length=20, required=False, help_text="As 26-0417")
    reason = forms.CharField(
        label="Why it is moved", widget=forms.Textarea, max_length=2000, help_text="Do not repeat what it says."
    )
    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, visible: ChildQuerySet, own: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible = visible
        self.fields["to"].choices = [CHOOSE, *own]

    def clean(self) -> dict[str, Any]:
        """`child` is the one meant, among those open to whoever asks."""
        typed = super().clean() or self.cleaned_data
        number, chosen = typed.get("number", "").strip(), typed.get("to", "")
        if bool(number) == bool(chosen):
            raise forms.ValidationError("Choose one of your children, or give another child’s number: one of the two.")
        typed["child"] = self.visible.filter(**({"number": number} if number else {"pk": chosen})).first()
        if typed["child"] is None:
            raise forms.ValidationError(
                "No child that is open to you has this number. Open the record first, then move."
            )
        return typed

    @property
    def is_confirmed(self) -> bool:
        return bool(self.cleaned_data["confirmed"] == str(self.cleaned_data["child"].pk))
