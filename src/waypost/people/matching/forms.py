"""What is typed to find a child."""

from __future__ import annotations

from django import forms

from waypost.ui.fields import PlainErrors

LONGEST = 200


class Typed(forms.CharField):
    """Text that may hold anything: what no database keeps is left out, not refused."""

    def to_python(self, value: str | None) -> str:
        return super().to_python((value or "").replace("\x00", "")) or ""


class FindForm(PlainErrors, forms.Form):
    what = Typed(
        label="What you know of the child",
        max_length=LONGEST,
        help_text="A name, or part of one; a birth date; a number; an address, a postcode or a telephone number",
        error_messages={"max_length": f"Type {LONGEST} letters at most"},
    )
