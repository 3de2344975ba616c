"""An intervention planned and ended, its sessions put into the diary and moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.catalogue import definitions as catalogue
from waypost.casework.contacts.forms import moment_of
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions.actions import Planned, Series
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.kernel.ids import new_id
from waypost.kernel.words import moment
from waypost.people.record.fields import Listed, ProfessionalChoice, Words, line
from waypost.ui.fields import DayField, PlainErrors
from waypost.ui.words import coded


class PlanForm(PlainErrors, forms.Form):
    """What, towards what, how often, and who runs it."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    objective = forms.ChoiceField(label="Towards which objective", required=False)
    why_no_objective = Words(label="Why it works towards none", help_text="Only where you chose none.")
    programme = forms.ChoiceField(label="Which programme of the catalogue", required=False)
    name = line("Or what it is, in your own words", 200, help_text="Where nothing in the catalogue fits")
    sessions = forms.IntegerField(label="How many sessions", min_value=1, max_value=60)
    minutes = forms.IntegerField(label="How long each is, in minutes", min_value=1, max_value=600)
    starts = DayField(label="From which day")
    ends = DayField(label="To which day")
    format = Listed("session_formats", label="How it is held")
    staff = forms.ModelChoiceField(
        Staff.objects.none(), label="Who of us runs it", required=False, empty_label="Nobody of us"
    )
    professional = ProfessionalChoice()
    agency = Listed("agencies", label="Whose work it is")
    fitted = Words(
        label="How it is made to fit this child",
        help_text="What is changed for this child: pictures, shorter sessions, somebody who interprets.",
    )

    def __init__(
        self, data: Any = None, *, objectives: Sequence[Any], factors: Any, staff: Sequence[Staff], on: date, asked: Any
    ) -> None:
        chosen = catalogue.load().get(asked.get("programme", ""))
        first = {"once": new_id(), "starts": on, "agency": "youth_justice", "staff": staff[0].pk if staff else None}
        super().__init__(data, initial=first | _of(chosen, on) | {"objective": asked.get("objective", "")})
        for name in ("format", "agency"):
            self.fields[name].offer(on)
        self.fields["objective"].choices = [("", "None"), *((str(one.root), _short(one.words)) for one in objectives)]
        self.fields["programme"].choices = _offered(factors)
        self.fields["staff"].queryset = Staff.objects.filter(pk__in=[one.pk for one in staff]).order_by("name")
        self.fields["professional"].label, self.fields["professional"].required = "Or who of another agency", False
        self.fields["professional"].empty_label = "Nobody else"
        self.name_what_is_missing()

    def planned(self) -> Planned:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        return Planned(**typed | {"objective": UUID(typed["objective"]) if typed["objective"] else None})


def _of(chosen: Any, on: date) -> dict[str, Any]:
    """What the catalogue says of it, to begin with."""
    if chosen is None:
        return {"sessions": 6, "minutes": 60}
    return {
        "programme": chosen.key,
        "sessions": chosen.sessions,
        "minutes": chosen.minutes,
        "ends": on + timedelta(weeks=chosen.weeks),
        "format": chosen.formats[0],
    }


def _offered(factors: frozenset[str]) -> list[Any]:
    """Those that answer what is behind the child's objectives stand first."""
    answering, others = catalogue.offered(factors)
    first = [(one.key, one.name) for one in answering]
    rest = [(one.key, one.name) for one in others]
    groups = [("Answers factors of this plan", first)] if first else []
    return [("", "None of these"), *groups, ("Others" if first else "All", rest)]


def _short(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:88].rsplit(' ', 1)[0]} …"


class SessionsForm(PlainErrors, forms.Form):
    """A series into the diary: on the same day of the week, at the same time."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    starts = DayField(label="The first on which day")
    clock = forms.TimeField(label="From what time", help_text="For example, 16:00")
    number = forms.IntegerField(label="How many", min_value=1, max_value=60)
    every = forms.IntegerField(
        label="How many weeks apart",
        min_value=1,
        max_value=8,
        help_text="1 is every week. A bank holiday gives way to the next working day.",
    )
    way = Listed("contact_ways", label="How")
    place = line("Where", 200, help_text="For example, Riverside office")

    def __init__(self, data: Any = None, *, of: Intervention, left: int, on: date) -> None:
        first = {"once": new_id(), "starts": max(of.starts, on), "clock": "16:00", "number": max(left, 1), "every": 1}
        super().__init__(data, initial=first | {"way": "office"})
        self.fields["way"].offer(on)
        self.name_what_is_missing()

    def series(self) -> Series:
        return Series(**{name: value for name, value in self.cleaned_data.items() if name != "once"})


class MoveForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    day = DayField(label="To which day")
    clock = forms.TimeField(label="At what time", help_text="For example, 16:00")
    because = Listed("moved_reasons", label="Why it is moved")

    def __init__(self, data: Any = None, *, of: InterventionSession, on: date) -> None:
        local = timezone.localtime(of.contact.starts)
        super().__init__(data, initial={"once": new_id(), "day": local.date(), "clock": local.time()})
        self.fields["because"].offer(on)
        self.name_what_is_missing()

    def starts(self) -> Any:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["clock"])


class ContactChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{moment(obj.starts)}: {obj.purpose or coded('contact_ways', obj.way)}"


class TieForm(PlainErrors, forms.Form):
    contact = ContactChoice(Contact.objects.none(), label="Which contact", empty_label="Choose")

    def __init__(self, data: Any = None, *, contacts: Any) -> None:
        super().__init__(data)
        self.fields["contact"].queryset = contacts
        self.name_what_is_missing()


class EndForm(PlainErrors, forms.Form):
    on = DayField(label="Its last day")
    because = Listed("intervention_endings", label="Why it ends")
    words = Words(label="More about it", help_text="What came of it, in two or three lines. The child may read this.")

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data, initial={"on": on})
        self.fields["because"].offer(on)
        self.name_what_is_missing()
