"""A panel arranged or changed, its papers, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.contacts.forms import WhoChoice, moment_of
from waypost.casework.referral_panels import rules
from waypost.casework.referral_panels.actions import Planned
from waypost.casework.referral_panels.panels import Meeting
from waypost.kernel.ids import new_id
from waypost.people.record.entries import Document
from waypost.people.record.fields import Listed, Words, line
from waypost.ui.fields import DayField, PlainErrors
from waypost.ui.words import coded


class OneOfUs(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.job_title[:1].lower()}{obj.job_title[1:]}" if obj.job_title else str(obj.name)


class SeatsForm(PlainErrors, forms.Form):
    """When, where, and who sits. Fewer than a whole panel may be kept while it is arranged."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    day = DayField(label="Which day")
    clock = forms.TimeField(label="At what time", help_text="For example, 17:00")
    place = line("Where", 200, required=True, help_text="Somewhere the child can get to, and not a court")
    adviser = OneOfUs(Staff.objects.none(), label="Who of the service", required=False, empty_label="Nobody yet")
    volunteers = WhoChoice(Staff.objects.none(), label="Which volunteers", required=False)

    def __init__(
        self, data: Any = None, *, advisers: Sequence[Staff], volunteers: Sequence[Staff], first: dict[str, Any]
    ) -> None:
        super().__init__(data, initial={"once": new_id()} | first)
        for name, staff in (("adviser", advisers), ("volunteers", volunteers)):
            self.fields[name].queryset = Staff.objects.filter(pk__in=[one.pk for one in staff]).order_by("name")

    def planned(self) -> Planned:
        typed = self.cleaned_data
        starts = moment_of(typed["day"], typed["clock"])
        return Planned(starts, typed["place"], typed["adviser"], list(typed["volunteers"]))


class ArrangeForm(SeatsForm):
    kind = Listed("panel_kinds", label="What it meets for")
    field_order = ("once", "kind", "day", "clock", "place", "adviser", "volunteers")

    def __init__(self, data: Any = None, *, on: date, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["kind"].offer(on)


class ChangeForm(SeatsForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    why = line("Why it changes", 300, help_text="Needed for another day, time or place; not for who sits")

    def __init__(self, data: Any = None, *, meeting: Meeting, **given: Any) -> None:
        super().__init__(data, first=_as_it_is(meeting), **given)

    def again(self, newer: Meeting) -> None:
        """Once somebody else’s change stands beside what was typed, it may be saved over theirs."""
        self.data = self.data.copy()
        self.data["revision"] = str(newer.of.revision)


def _as_it_is(meeting: Meeting) -> dict[str, Any]:
    local = timezone.localtime(meeting.of.starts)
    seats = [(one.of.seat, one.of.staff_id) for one in meeting.sitting]
    return {
        "revision": meeting.of.revision,
        "day": local.date(),
        "clock": f"{local:%H:%M}",
        "place": meeting.of.place,
        "adviser": next((pk for seat, pk in seats if seat == rules.ADVISER), None),
        "volunteers": [pk for seat, pk in seats if seat == rules.VOLUNTEER],
    }


class CancelForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    why = line("Why it is cancelled", 300, required=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": new_id()})


class PaperChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class PapersForm(PlainErrors, forms.Form):
    """Which of those that may go to a panel do."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    documents = PaperChoice(Document.objects.none(), label="Which of these does the panel read?", required=False)

    def __init__(self, data: Any = None, *, meeting: Meeting, documents: Sequence[Document]) -> None:
        chosen = [one.of.document_id for one in meeting.papers]
        super().__init__(data, initial={"revision": meeting.of.revision, "documents": chosen})
        self.fields["documents"].queryset = Document.objects.filter(pk__in=[one.pk for one in documents])
        self.fields["documents"].queryset = self.fields["documents"].queryset.select_related("file", "wall")
        self.fields["documents"].label_from_instance = _called

    def again(self, newer: Meeting) -> None:
        self.data = self.data.copy()
        self.data["revision"] = str(newer.of.revision)


def _called(document: Any) -> str:
    kind = coded("document_kinds", document.kind)
    return kind if document.title in ("", kind) else f"{kind}: {document.title}"


class ResultForm(PlainErrors, forms.Form):
    """Nothing is chosen for anybody."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)
    result = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    words = Words(label="What was said", help_text="In plain words. The child may read this.")

    def __init__(self, data: Any = None, *, meeting: Meeting, on: date) -> None:
        there = meeting.result
        first = {"result": there.result, "words": there.words, "instead_of": str(there.pk)} if there else {}
        super().__init__(data, initial={"once": new_id()} | first)
        self.fields["result"].choices = rules.results(meeting.of.kind, on)

    def again(self, newer: Meeting) -> None:
        self.data = self.data.copy()
        self.data["instead_of"] = str(newer.result.pk) if newer.result else ""
