"""What is asked of a plan: an objective, who does what, what it says besides, that it was agreed, and its steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from waypost.access.models import Staff
from waypost.casework.assessments.models import Assessment
from waypost.casework.outcomes.models import Outcome
from waypost.casework.plans.actions import Does, Put, quotable
from waypost.casework.plans.models import Agreed, Objective, Plan, Progress, Undertaking
from waypost.casework.plans.panels import Aim, Shown
from waypost.casework.plans.rules import FactorSeen
from waypost.kernel.ids import new_id
from waypost.kernel.words import day
from waypost.people.record.entries import Entry
from waypost.people.record.fields import Asked, Listed, OfTheChild, Words, line
from waypost.people.record.kinds import Kind
from waypost.ui.fields import DayField, PlainErrors

WHO = [(key, f"{name[:1].upper()}{name[1:]}") for key, name in Undertaking.Who.choices]
LONGEST_SHOWN = 70  # letters of what a child said, in a list to choose from


@dataclass(frozen=True, slots=True)
class Which:
    """What a draft is of: an objective by its root, or what a plan says by its key."""

    pk: object


class SaidIn(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        words = obj.own_words if len(obj.own_words) <= LONGEST_SHOWN else f"{obj.own_words[:LONGEST_SHOWN]}…"
        return f"{day(obj.since)}: “{words}”"


class OneOfUs(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.job_title[:1].lower()}{obj.job_title[1:]}" if obj.job_title else str(obj.name)


class AssessmentChoice(OfTheChild):
    def offer_of(self, people: list[UUID]) -> None:
        self.queryset = Assessment.objects.of(people).standing().order_by("-at")

    def label_from_instance(self, obj: Any) -> str:
        state = "countersigned" if obj.locked_at else "signed" if obj.signed_at else "being written"
        return f"{obj.of_form.name}, begun {day(obj.at.date())}, {state}"


class BeginForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    assessment = AssessmentChoice(Assessment, label="Which assessment it rests on")  # type: ignore[type-var]
    outcome = OfTheChild(Outcome, label="For which order or work", empty_label="None in particular")

    def __init__(self, data: Any = None, *, people: list[UUID]) -> None:
        super().__init__(data, initial={"once": new_id()})
        for name in ("assessment", "outcome"):
            self.fields[name].offer_of(people)
        latest = self.fields["assessment"].queryset.filter(signed_at__isnull=False).first()
        self.initial["assessment"] = latest.pk if latest else None


class PlanForm(PlainErrors, forms.Form):
    """Over one revision of the plan; once somebody else’s change stands beside it, it may be saved over theirs."""

    plan = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, of: Plan, first: dict[str, Any] | None = None) -> None:
        self.over = {"plan": str(of.pk), "revision": of.revision}
        super().__init__(data, initial=self.over | {"once": new_id()} | (first or {}))

    def again(self, newer: Plan) -> None:
        self.data = self.data.copy()
        self.data |= {"plan": str(newer.pk), "revision": str(newer.revision)}


class ObjectiveForm(PlanForm):
    asked: Asked  # set below: a draft stands behind it

    part = forms.ChoiceField(label="What it is for", choices=Objective.Part.choices, widget=forms.RadioSelect)
    said_in = SaidIn(
        Entry.objects.none(), label="Where the child spoke of it", required=False, empty_label="Nowhere yet"
    )
    own_words = Words(
        label="In the child’s own words",
        help_text="As they said it. Leave it empty to take the words of the entry you chose.",
    )
    words = Words(
        label="What will be different",
        required=True,
        help_text="In one sentence the child understands. For example, ‘Ellis is at school twelve hours a week’.",
    )
    how_we_know = Words(
        label="How we will know", required=True, help_text="What anybody could see or count, and who looks."
    )
    starts = DayField(label="When work on it begins, if not now", required=False)
    by_day = DayField(label="By which day")
    owner = OneOfUs(Staff.objects.none(), label="Who of us answers for it", required=False, empty_label="Nobody of us")
    agency = Listed("agencies", label="Which agency’s it is")
    factors = forms.TypedMultipleChoiceField(
        label="Which factors it answers", coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        root: UUID,
        aim: Aim | None,
        factors: Sequence[FactorSeen],
        people: list[UUID],
        staff: Sequence[Staff],
        on: date,
        by: Staff,
        about: Collection[UUID] = (),
        part: str = "",
        **given: Any,
    ) -> None:
        self.old = Which(root)
        new = {"agency": "youth_justice", "owner": by.pk, "factors": [str(one) for one in about], "part": part}
        super().__init__(data, first=_as_it_is(aim) if aim else new, **given)
        self.fields["agency"].offer(on)
        self.fields["said_in"].queryset = quotable(people)
        self.fields["owner"].queryset = Staff.objects.filter(pk__in=[one.pk for one in staff]).order_by("name")
        self.fields["factors"].choices = [(str(one.root), f"{one.words}: {one.side} change") for one in factors]

    def put(self) -> Put:
        typed = self.cleaned_data
        names = ("part", "words", "own_words", "said_in", "how_we_know", "starts", "by_day", "agency", "owner")
        return Put(**{name: typed[name] for name in names}, factors=typed["factors"])


def _as_it_is(aim: Aim) -> dict[str, Any]:
    of = aim.of
    names = ("part", "words", "own_words", "how_we_know", "starts", "by_day", "agency")
    found = {name: getattr(of, name) for name in names}
    return found | {"said_in": of.said_in_id, "owner": of.owner_id, "factors": [str(one.root) for one in aim.factors]}


class TakeOutForm(PlanForm):
    reason = line("Why it is taken out", 500, required=True, help_text="It stays behind the plan, with this reason.")


class DoesForm(PlanForm):
    once = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label="Who does it", choices=WHO, widget=forms.RadioSelect)
    staff = OneOfUs(Staff.objects.none(), label="Who of us", required=False, empty_label="Choose")
    agency = Listed("agencies", label="Which agency", required=False)
    name = line("Their name", 150, help_text="Of a carer, or of somebody at the agency")
    what = Words(label="What they do", required=True, help_text="For example, ‘Rings the college about a place’.")
    by_day = DayField(label="By which day, if there is one", required=False)

    def __init__(self, data: Any = None, *, staff: Sequence[Staff], on: date, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["staff"].queryset = Staff.objects.filter(pk__in=[one.pk for one in staff]).order_by("name")
        self.fields["agency"].offer(on)

    def does(self) -> Does:
        """What is asked of another kind of person is not kept."""
        typed = self.cleaned_data
        who = typed["who"]
        return Does(
            who,
            typed["what"],
            staff=typed["staff"] if who == "staff" else None,
            name=typed["name"] if who in ("agency", "carer") else "",
            agency=typed["agency"] if who == "agency" else "",
            by_day=typed["by_day"],
        )


class OrderForm(PlanForm):
    """A place for each objective."""

    def __init__(self, data: Any = None, *, shown: Shown, **given: Any) -> None:
        super().__init__(data, **given)
        places = [(str(place), str(place)) for place in range(1, len(shown.aims) + 1)]
        for aim in shown.aims:
            self.fields[str(aim.root)] = forms.ChoiceField(
                label=aim.of.words, choices=places, initial=str(aim.of.place)
            )
        self.name_what_is_missing()

    def roots(self) -> list[UUID]:
        """Two in one place stand as they stood."""
        names = [name for name in self.fields if name not in ("plan", "revision")]
        return [UUID(name) for name in sorted(names, key=lambda name: int(self.cleaned_data[name]))]


class SaysForm(PlanForm):
    asked: Asked

    words = Words(label="In plain words")

    def __init__(self, data: Any = None, *, what: str, **given: Any) -> None:
        self.old = Which(what)
        super().__init__(data, **given)


class NotNowForm(PlanForm):
    words = line("Why no objective answers it now", 500, help_text="Empty it to take the reason back.")


class AgreedForm(PlanForm):
    day = DayField(label="On which day it was agreed", required=False)
    why_not = Words(label="If it was not agreed, why not")
    own_words = Words(label="What they said of it", help_text="In their own words. Do not tidy it.")

    def __init__(self, data: Any = None, *, there: Agreed | None, **given: Any) -> None:
        first = {name: getattr(there, name) for name in ("day", "why_not", "own_words")} if there else {}
        super().__init__(data, first=first, **given)


class ProgressForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label="How far has it come?", choices=Progress.State.choices, widget=forms.RadioSelect)
    words = Words(label="What you or the child saw")
    day = DayField(label="On which day")

    def __init__(self, data: Any = None, *, there: Progress | None, on: date) -> None:
        first = {"state": there.state} if there else {}
        super().__init__(data, initial={"once": new_id(), "day": on} | first)


class StepForm(PlainErrors, forms.Form):
    """Signing, taking back, dropping. `plan` and `revision`: what was read is what is signed."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    words = Words(label="What whoever reads this should know (optional)")

    def __init__(self, data: Any = None, *, of: Plan) -> None:
        super().__init__(data, initial={"once": new_id(), "revision": of.revision})

    def again(self, newer: Plan) -> None:
        self.data = self.data.copy()
        self.data["revision"] = str(newer.revision)


class CountersignForm(StepForm):
    step = forms.ChoiceField(
        label="What do you decide?",
        choices=[("countersigned", "Countersign it: this is the plan"), ("sent_back", "Send it back")],
        widget=forms.RadioSelect,
    )
    words = Words(label="What is to be done, if you send it back; or what you want to be known")
    field_order = ("once", "revision", "step", "words")


class ReviewForm(StepForm):
    """How far each objective came, together; then what the review says of the whole."""

    def __init__(self, data: Any = None, *, of: Plan, aims: Sequence[Aim]) -> None:
        super().__init__(data, of=of)
        self.aims = aims
        self.fields["words"].label = "What changed, and what the next plan is for"
        self.fields["words"].required = True
        for aim in aims:
            state, words = names_of(aim)
            self.fields[state] = forms.ChoiceField(
                label="How far has it come?",
                choices=Progress.State.choices,
                widget=forms.RadioSelect,
                initial=aim.progress.state if aim.progress else None,
            )
            self.fields[words] = Words(label="What changed")
            self.initial[words] = aim.progress.words if aim.progress else ""
        self.name_what_is_missing()

    def states(self) -> dict[UUID, tuple[str, str]]:
        """By root: how far it came, and what changed."""
        typed = self.cleaned_data
        return {aim.root: (typed[names_of(aim)[0]], typed[names_of(aim)[1]]) for aim in self.aims}


def names_of(aim: Aim) -> tuple[str, str]:
    return f"state-{aim.root}", f"words-{aim.root}"


def _boxes(form: type[PlanForm]) -> dict[str, forms.Field]:
    return {name: box for name, box in form.base_fields.items() if name not in ("plan", "revision")}


def _no_rule(said: Any, on: date) -> str | None:
    return None


OF_A_PLAN = Kind("plan", Objective, "The plan", (), _no_rule, "child", period=False)  # type: ignore[arg-type]
ObjectiveForm.asked = Asked(
    "plan_objective",
    OF_A_PLAN,
    "An objective of the plan",
    {},
    page="child_plan",
    boxes=_boxes(ObjectiveForm),
    goes_on="child_plan_objective",
)
SaysForm.asked = Asked(
    "plan_words",
    OF_A_PLAN,
    "What the plan says of safety",
    {},
    page="child_plan",
    boxes=_boxes(SaysForm),
    goes_on="child_plan_says",
)
