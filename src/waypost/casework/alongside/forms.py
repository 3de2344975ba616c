"""How a system is read, files to read, and whether two children are one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from waypost.casework.alongside import mapping as mappings
from waypost.casework.alongside.rules import LARGEST_UPLOAD
from waypost.kernel.definition_files import Unreadable
from waypost.ui.fields import PlainErrors

MOST_FILES = 20


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(Files, self).clean(one, initial) for one in given or [None]]


class UploadForm(PlainErrors, forms.Form):
    export = Files(
        label="Files of the export",
        help_text="All that the mapping names: CSV, or Excel (.xlsx). Up to 50 MB each; larger ones from a folder.",
    )

    def clean_export(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["export"]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(f"Choose {MOST_FILES} files at most.")
        if large := [one.name for one in found if one.size > LARGEST_UPLOAD]:
            raise forms.ValidationError(f"{large[0]} is larger than 50 MB. Read it from a folder instead.")
        if len({one.name.casefold() for one in found}) < len(found):
            raise forms.ValidationError("Two of the files have one name. Choose each once.")
        return found


class MappingForm(PlainErrors, forms.Form):
    """The text is read as it will be used; what cannot be used is said with its place."""

    text = forms.CharField(
        label="How its exports are read",
        widget=forms.Textarea,
        max_length=mappings.LARGEST,
        strip=False,
        help_text="In YAML: which file, which column, which of their codes is which word of ours.",
    )

    def __init__(self, *args: Any, system: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.system = system

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            found = mappings.read(text)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        if self.system and found.system != self.system:
            raise forms.ValidationError(f"This is the mapping of {self.system}; system must stay that.")
        return text


class AnswerForm(PlainErrors, forms.Form):
    which = forms.ChoiceField(label="Is it one of these?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, children: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = [(str(pk), f"The same child as {name}") for pk, name in children]
        self.fields["which"].choices = [*same, ("another", "None of these: it is another child")]  # type: ignore[attr-defined]

    @property
    def same(self) -> UUID | None:
        which = self.cleaned_data["which"]
        return None if which == "another" else UUID(which)
