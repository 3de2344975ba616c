"""The page on which a contact is recorded, the one on which it is planned, and the one on which it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.contacts.actions import Came, Meeting, next_week
from waypost.casework.contacts.models import Came as CameChoices
from waypost.casework.contacts.models import Contact
from waypost.casework.contacts.panels import objectives_of
from waypost.casework.interventions.fields import InterventionChoice
from waypost.casework.outcomes.models import Outcome, Requirement
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.people.record.fields import Asked, Listed, OfTheChild, Words, line
from waypost.people.record.kinds import KINDS
from waypost.ui.fields import DayField, PlainErrors

GOOD, NOT_GOOD, NOT_YET = "good", "not_good", "not_yet"
ACCEPTABLE = {GOOD: True, NOT_GOOD: False, NOT_YET: None}
JUDGED = (
    (NOT_YET, "Not known yet: I will find out"),
    (GOOD, "Yes, it was a good reason"),
    (NOT_GOOD, "No, it was not a good reason"),
)
OBJECTIVES = "objectives"  # the id of the list that the page offers
NONE, SAME, ANOTHER = "none", "same", "another"
WHOSE = (("child", "The child"), ("carer", "A carer"))


class WhoChoice(forms.ModelMultipleChoiceField):
    """Those of ours who work with the child, and whoever writes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class MeetingForm(PlainErrors, forms.Form):
    """When, where, with whom and what for."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    day = DayField(label="Which day")
    clock = forms.TimeField(label="From what time", help_text="For example, 16:00")
    minutes = forms.IntegerField(label="How long, in minutes", min_value=1, max_value=1440)
    way = Listed("contact_ways", label="How")
    place = line("Where", 200, help_text="For example, Riverside office")
    who = forms.MultipleChoiceField(label="Who is met", widget=forms.CheckboxSelectMultiple)
    staff = WhoChoice(Staff.objects.none(), label="Who of us", required=False)
    purpose = line("What for", 200, help_text="For example, communication session 6 of 6")
    objective = line(
        "What it works towards", 200, help_text="In a few words. Those used last with this child are offered."
    )
    intervention = InterventionChoice()
    outcome = OfTheChild(Outcome, label="For which order or work", empty_label="None in particular")
    requirement = OfTheChild(Requirement, label="For which requirement of it", empty_label="None in particular")

    def __init__(
        self,
        data: Any = None,
        *,
        on: datetime,
        people: list[Any],
        staff: Sequence[Staff],
        contact: Contact | None = None,
        outcome: Outcome | None = None,
    ) -> None:
        super().__init__(data, initial={"once": new_id()} | self._first(on, staff, contact, outcome))
        for name in ("way", "reason", "cancelled", "less_safe"):
            if name in self.fields:
                self.fields[name].offer(on.date())
        self.fields["who"].choices = [(code.key, code.words) for code in load("contact_whos")]
        self.fields["staff"].queryset = Staff.objects.filter(pk__in=[one.pk for one in staff]).order_by("name")
        for name in ("outcome", "requirement"):
            self.fields[name].offer_of(people)
        self.initial["intervention"] = self.fields["intervention"].offer_to(people, contact)
        self.objectives = objectives_of(people)
        self.fields["objective"].widget.attrs["list"] = OBJECTIVES
        self.name_what_is_missing()

    def _first(
        self, on: datetime, staff: Sequence[Staff], contact: Contact | None, outcome: Outcome | None
    ) -> dict[str, Any]:
        if contact is None:
            began = rounded(on)
            return {
                "day": began.date(),
                "clock": began.time(),
                "minutes": 30,
                "way": "office",
                "who": ["child"],
                "staff": [staff[0].pk] if staff else [],
                "outcome": outcome,
            }
        local = timezone.localtime(contact.starts)
        return {
            "day": local.date(),
            "clock": local.time(),
            "minutes": contact.minutes,
            "way": contact.way,
            "place": contact.place,
            "who": contact.who,
            "staff": [one.staff_id for one in contact.workers.all() if one.staff_id],
            "purpose": contact.purpose,
            "objective": contact.objective,
            "outcome": contact.outcome_id,
            "requirement": contact.requirement_id,
        }

    @property
    def in_words(self) -> str:
        """What the folded part says, for whoever does not open it."""
        value = {name: self[name].value() for name in ("day", "clock", "way", "place", "purpose")}
        when = f"{value['day']:%A %-d %B}" if isinstance(value["day"], date) else "Another day"
        clock = f", {value['clock']:%H:%M}" if isinstance(value["clock"], time) else f", {value['clock'] or ''}"
        where = load("contact_ways").words(value["way"]) if value["way"] in load("contact_ways") else ""
        return ". ".join(part for part in (value["purpose"], f"{when}{clock}", where, value["place"]) if part)

    def meeting(self) -> Meeting:
        typed = self.cleaned_data
        return Meeting(
            starts=moment_of(typed["day"], typed["clock"]),
            minutes=typed["minutes"],
            way=typed["way"],
            place=typed["place"],
            who=typed["who"],
            purpose=typed["purpose"],
            objective=typed["objective"],
            intervention=typed["intervention"],
            outcome=typed["requirement"].outcome if typed["requirement"] else typed["outcome"],
            requirement=typed["requirement"],
            staff=list(typed["staff"]),
        )


class ContactForm(MeetingForm):
    """What the diary knows is filled in. Whether anyone is less safe never is."""

    asked: Asked  # set below: a draft stands behind it
    old = None

    came = forms.ChoiceField(label="Did they come?", choices=CameChoices.choices, widget=forms.RadioSelect)
    reason = Listed("missed_reasons", label="Why not, as far as it is known", required=False)
    reason_words = line("More about the reason", 300)
    acceptable = forms.ChoiceField(
        label="Was that a good reason?", choices=JUDGED, widget=forms.RadioSelect, required=False
    )
    cancelled = Listed("cancelled_reasons", label="Why we cancelled", required=False)
    cancelled_words = line("More about it", 300)
    less_safe = Listed(
        "safety_now", label="Is anyone less safe than you thought?", required=False, widget=forms.RadioSelect
    )
    words = Words(label="What happened?", help_text="Two or three lines. The child may read this.")
    own_words = Words(
        label="What was said, in their own words?", help_text="Leave empty if nothing stood out. Do not tidy it."
    )
    said_by = forms.ChoiceField(label="Whose words are they?", choices=WHOSE, required=False)
    demeanour = line("How did they seem? (optional)", 300)
    what_changed = Words(
        label="What changed because of it? (optional)",
        help_text="In the plan, at home, in what we do next. Leave it empty if nothing did.",
    )
    next = forms.ChoiceField(label="Next time", widget=forms.RadioSelect, required=False)
    next_day = DayField(label="Which day", required=False)
    next_clock = forms.TimeField(label="What time", required=False)

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        planned = given.get("contact")
        self.same = next_week(Meeting(planned.starts)) if planned else None
        same = [(SAME, f"{timezone.localtime(self.same):%A %-d %B, %H:%M}")] if self.same else []
        self.fields["next"].choices = [*same, (ANOTHER, "Another time"), (NONE, "None planned")]
        self.fields["less_safe"].choices = self.fields["less_safe"].choices[1:]
        following = self.fields["intervention"].following  # a series in the diary has its next session
        again = SAME if same and not following else NONE
        self.initial |= {"came": "came", "acceptable": NOT_YET, "said_by": "child", "next": again}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("next") == ANOTHER and not (typed.get("next_day") and typed.get("next_clock")):
            self.add_error("next_day", "Give the day and the time, or choose ‘None planned’")
        return typed

    def came_said(self) -> Came:
        typed = self.cleaned_data
        missed = typed["came"] == "missed"
        return Came(
            came=typed["came"],
            reason=typed["reason"] if missed else typed["cancelled"],
            reason_words=typed["reason_words"] if missed else typed["cancelled_words"],
            acceptable=ACCEPTABLE.get(typed["acceptable"]) if missed else None,
            less_safe=typed["less_safe"],
            words=typed["words"],
            own_words=typed["own_words"],
            said_by=typed["said_by"] or "child",
            demeanour=typed["demeanour"],
            what_changed=typed["what_changed"],
        )

    def next_starts(self) -> datetime | None:
        typed = self.cleaned_data
        if typed.get("next") == SAME:
            return self.same
        return moment_of(typed["next_day"], typed["next_clock"]) if typed.get("next") == ANOTHER else None


ContactForm.asked = Asked(
    "contact_made", KINDS["entry"], "A contact", {}, page="contact_record", boxes=ContactForm.base_fields
)


class JudgeForm(PlainErrors, forms.Form):
    """Why the child did not come, now that it is known."""

    reason = Listed("missed_reasons", label="Why they did not come")
    words = line("More about the reason", 300)
    acceptable = forms.ChoiceField(label="Was that a good reason?", choices=JUDGED, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, on: date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["reason"].offer(on)

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"reason": typed["reason"], "words": typed["words"], "acceptable": ACCEPTABLE[typed["acceptable"]]}


def moment_of(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def rounded(now: datetime) -> datetime:
    """The last half hour that has begun, half an hour ago: what somebody writes down has just ended."""
    local = timezone.localtime(now) - timedelta(minutes=30)
    return local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
