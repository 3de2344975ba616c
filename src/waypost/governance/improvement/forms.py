"""What people type about an action."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from waypost.files.kept import why_not_keep
from waypost.governance.improvement.models import Action, Said
from waypost.governance.improvement.status import GAPS, Status
from waypost.ui.fields import DayField, MonthField, PlainErrors

MOST = 1_000_000_000


class Typed(PlainErrors, forms.Form):
    """A form of ours."""


def within_limit(upload: UploadedFile) -> None:
    """Refused by size before a byte of it is read."""
    reason = why_not_keep(upload.name or "The file", upload.size or 0)
    if reason is not None:
        raise forms.ValidationError(reason)


class NoteForm(Typed):
    words = forms.CharField(label="What has happened", widget=forms.Textarea)
    dated = DayField(label="The day it happened")


class EvidenceForm(Typed):
    file = forms.FileField(
        label="File",
        help_text="Word, Excel, PDF, picture or text, up to 50 MB",
        validators=[within_limit],
        allow_empty_file=True,
    )
    title = forms.CharField(
        label="What it shows", required=False, max_length=200, help_text="Leave empty to use the file’s name"
    )
    inspector_may_open = forms.BooleanField(label="An inspector may open it", required=False)


class SaidForm(Typed):
    what = forms.ChoiceField(label="What do you say of it?", choices=Said.What.choices, widget=forms.RadioSelect)
    dated = DayField(label="As of which day")
    words = forms.CharField(label="How you know", required=False, widget=forms.Textarea)


class ByHandForm(Typed):
    status = forms.ChoiceField(
        label="Status", choices=[("", "---"), *((s.value, s.words) for s in Status if s is not Status.DOUBT)]
    )
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea, help_text="It stands beside the status until it ends"
    )
    until = DayField(label="Until", help_text="Three months at most; then the rule speaks again")


class DatesForm(Typed):
    start = MonthField(label="Starts", required=False)
    finish = MonthField(label="Finishes", required=False)
    ongoing = forms.BooleanField(label="Ongoing, with no finish", required=False)
    review = MonthField(label="Next review", required=False)
    cadence = forms.ChoiceField(
        label="Reviewed", required=False, choices=[("", "Not said"), *((name, name.capitalize()) for name in GAPS)]
    )
    why = forms.CharField(label="Why they change", max_length=500)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, action: Action) -> DatesForm:
        return cls(
            initial={
                "start": action.start_month,
                "finish": action.finish_month,
                "ongoing": action.ongoing,
                "review": action.review_month,
                "cadence": action.cadence,
                "revision": action.revision,
            }
        )

    def changes(self) -> dict[str, object]:
        typed = self.cleaned_data
        return {
            "start_month": typed["start"],
            "finish_month": typed["finish"],
            "ongoing": typed["ongoing"],
            "review_month": typed["review"],
            "cadence": typed["cadence"],
        }


class MeasureForm(Typed):
    name = forms.CharField(
        label="What would show that it works?",
        max_length=300,
        help_text="A share of something, such as plans where every factor has an objective",
    )
    target = forms.IntegerField(label="Target, per cent", min_value=0, max_value=100)
    lower_is_better = forms.BooleanField(label="A lower figure is better", required=False)


class MeasureReadingForm(Typed):
    numerator = forms.IntegerField(label="How many", min_value=0, max_value=MOST)
    denominator = forms.IntegerField(label="Out of how many", min_value=1, max_value=MOST)
    dated = DayField(label="As of which day")


class ReadForm(Typed):
    file = forms.FileField(
        label="The document",
        help_text="Word, PDF, Excel, CSV, a web page or Markdown, up to 50 MB",
        validators=[within_limit],
        allow_empty_file=True,
    )
