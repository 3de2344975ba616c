"""What somebody types about who may see a child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from waypost.access.forms import StaffChoice, named
from waypost.access.models import Staff
from waypost.kernel.lists import load
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.models import OpenedWithReason, Wall
from waypost.ui.fields import DayField, PlainErrors

LONGEST = 2_000
CHOOSE = ("", "---")
KEEP_FROM = "keep_from"
KEPT_FROM = {
    "": "Nobody in particular",
    Wall.Kind.NOT_TO_POLICE.value: "The police",
    Wall.Kind.INTELLIGENCE.value: "Anybody but those who may read police intelligence",
}


class SeveralStaff(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.people: dict[str, Staff] = {}

    def offer(self, people: Iterable[Staff]) -> None:
        self.people = {str(one.pk): one for one in people}
        self.choices = [(key, named(one)) for key, one in self.people.items()]

    def clean(self, value: Any) -> Any:
        return [self.people[key] for key in super().clean(value)]


def words(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea)


class Offered(PlainErrors, forms.Form):
    """A form whose first choice is among colleagues."""

    who = "staff"

    def __init__(self, *args: Any, people: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.who].offer(people)


class Allocate(Offered):
    who = "to"
    to = StaffChoice(label="Who holds the child from now")
    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)


class Involve(Offered):
    staff = StaffChoice(label="Who works with the child too")
    until = DayField(label="Last day", required=False, help_text="Leave it empty until somebody ends it.")


class Covering(PlainErrors, forms.Form):
    away = StaffChoice(label="Who is away")
    colleague = StaffChoice(label="Who covers")
    until = DayField(label="Last day", help_text=f"{rules.LONGEST_COVER.days} days from today at most.")

    def __init__(self, *args: Any, away: Iterable[Staff], colleagues: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["away"].offer(away)
        self.fields["colleague"].offer(colleagues)


class ListChild(PlainErrors, forms.Form):
    number = forms.CharField(label="The child’s number", max_length=20, help_text="For example, 26-0417")


class Sampling(Offered):
    who = "auditor"
    auditor = StaffChoice(label="Who looks")
    numbers = forms.CharField(
        label="The children’s numbers", widget=forms.Textarea, max_length=4_000, help_text="One to a line."
    )
    sections = forms.MultipleChoiceField(
        label="Which sections they see",
        choices=[(key, text[:1].upper() + text[1:]) for key, text in rules.SECTIONS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    until = DayField(label="Last day", help_text=f"{rules.LONGEST_COVER.days} days from today at most.")

    def clean_numbers(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["numbers"].replace(",", "\n").splitlines() if line.strip()]


class GiveReason(PlainErrors, forms.Form):
    reason = words("Why do you need to open this record?", "What happened, and what you will do. Your words are kept.")


class Review(PlainErrors, forms.Form):
    verdict = forms.ChoiceField(
        label="Was it needed?", choices=OpenedWithReason.Verdict.choices, widget=forms.RadioSelect
    )
    words = words("What you say to them", "Needed when you ask, or when it was not needed.")

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked:
            self.fields["verdict"].choices = [
                choice for choice in OpenedWithReason.Verdict.choices if choice[0] != rules.TO_ASK
            ]


class AnswerReason(PlainErrors, forms.Form):
    words = words("Your answer", "What happened, and what you did.")


class Seal(PlainErrors, forms.Form):
    named = SeveralStaff(label="Who may open it", help_text="At least two, one of them a manager.")
    reason = words("Why it is sealed", "Only those named read this.")

    def __init__(self, *args: Any, people: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].offer(people)


class NameOnSeal(Offered):
    staff = StaffChoice(label="Who may open it too")


class Unseal(PlainErrors, forms.Form):
    reason = words("Why it may be open again")


class Safety(PlainErrors, forms.Form):
    """What must be shared is shown first; the question of safety is never filled in for anybody."""

    must_share = forms.MultipleChoiceField(
        label="Does it say anything of these?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick each that it says anything of. What is ticked must be shared.",
    )
    bears_on_safety = forms.ChoiceField(
        label="Does anything in it bear on the safety of the child or of anyone else?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["must_share"].choices = load("must_share").choices(on)

    def safety(self) -> dict[str, Any]:
        bears = {"yes": True, "no": False}.get(self.cleaned_data["bears_on_safety"])
        return {"must_share": self.cleaned_data["must_share"], "bears_on_safety": bears}


class HoldBack(Safety):
    subject = forms.ChoiceField(label="What kind of thing is it?", help_text="Colleagues are told this, and no more.")
    field_order = ["must_share", "bears_on_safety", "subject"]

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["subject"].choices = [CHOOSE, *load("held_back_subjects").choices(on)]


class AskHeldBack(PlainErrors, forms.Form):
    reason = words("Why do you need it?", "What you must decide, and what you fear.")


class AnswerAsk(Safety):
    answer = forms.ChoiceField(
        label="What do you do?",
        choices=[("share", "Share it with everyone who works with the child"), ("keep", "Keep it within the agency")],
        widget=forms.RadioSelect,
    )
    words = words("What you say to whoever asked", "Needed when you keep it.")
    field_order = ["answer", "must_share", "bears_on_safety", "words"]


class WhoMustNotRead:
    """For a form that says something about a child: a wall for it, chosen of those the writer could read behind."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def offer_walls(self, open_to_writer: Iterable[str]) -> None:
        offered = [(key, text) for key, text in KEPT_FROM.items() if not key or key in set(open_to_writer)]
        if len(offered) == 1:
            return
        self.fields[KEEP_FROM] = forms.ChoiceField(
            label="Who must not read this", choices=offered, widget=forms.RadioSelect, required=False, initial=""
        )

    def wall_kind(self) -> str:
        return str(self.cleaned_data.get(KEEP_FROM) or "")
