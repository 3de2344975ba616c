"""What is typed of a new action, and of who leads one."""

from __future__ import annotations

from typing import Any

from django import forms

from waypost.governance.improvement.forms import Typed
from waypost.governance.improvement.models import Plan, Recommendation
from waypost.governance.improvement.status import GAPS
from waypost.ui.fields import MonthField

ONE_EACH = "One on each line: a person, a team or an outside body; a role after a comma"


class AddForm(Typed):
    text = forms.CharField(label="What will be done", widget=forms.Textarea)
    outcome = forms.CharField(label="What will be different for children", required=False, widget=forms.Textarea)
    recommendation = forms.ChoiceField(label="Under which recommendation of the plan")
    leads = forms.CharField(label="Who leads it", widget=forms.Textarea, help_text=ONE_EACH)
    start = MonthField(label="Starts", required=False)
    finish = MonthField(label="Finishes", required=False)
    ongoing = forms.BooleanField(label="Ongoing, with no finish", required=False)
    cadence = forms.ChoiceField(
        label="Reviewed", required=False, choices=[("", "Not said"), *((name, name.capitalize()) for name in GAPS)]
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recommendations = {
            str(one.pk): one for one in Recommendation.objects.filter(area__plan=plan).select_related("area")
        }
        choices = [
            (key, f"{one.number}. {one.text}"[:120].strip(". ") or one.area.name)
            for key, one in self.recommendations.items()
        ]
        self.fields["recommendation"].choices = [("", "---"), *choices]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """What `adding.add_action` takes."""
        return self.cleaned_data | {"recommendation": self.recommendations[self.cleaned_data["recommendation"]]}


class LeadsForm(Typed):
    leads = forms.CharField(label="Who leads it", widget=forms.Textarea, help_text=ONE_EACH)
    why = forms.CharField(label="Why it changes", max_length=500)
