"""Looking for who is on the list, putting a hearing on it, who attends, and what the court did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from waypost.casework.court import rules
from waypost.casework.court.actions import Decided, Listed
from waypost.casework.court.models import Hearing
from waypost.casework.court.rules import Result
from waypost.casework.fields import OutcomeChoice, RemandChoice, RequirementChoice, whole
from waypost.casework.offences.models import Offence
from waypost.casework.outcomes import definitions as outcomes
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.people.record.fields import ASKED, Asked, SeveralOfTheChild, Words, line, tick
from waypost.people.record.fields import Listed as Chosen
from waypost.people.record.kinds import Kind
from waypost.ui.fields import DayField, PlainErrors

RESULT = "court_result"
REQUIREMENTS = (1, 2, 3)
WORDS = "_words"  # after the key of somebody who attends: the box that says who they are
YES, NO = "yes", "no"
NOT_SAID = ("", "Nobody has said")
ATTENDS = ((rules.HERE, "Here"), (rules.COMING, "On the way"), (rules.MISSING, "Missing"), NOT_SAID)


class HearingForm(PlainErrors, forms.Form):
    """One line of a court's list."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    day = DayField(label="On which day")
    clock = forms.TimeField(
        label="At what time", required=False, help_text="For example, 10:00. Empty if the court gave none"
    )
    court = line("Which court", 100, required=True, help_text="For example, Alder Vale Youth Court, court 2")
    purpose = Chosen("hearing_purposes", label="What for")
    words = Words(label="What else is to be known", help_text="For example, held overnight")

    def __init__(self, data: Any = None, *, on: date, court: str = "") -> None:
        super().__init__(data, initial={"once": new_id(), "day": on, "court": court})
        self.fields["purpose"].offer(on)

    def listed(self) -> Listed:
        typed = self.cleaned_data
        return Listed(**{name: typed[name] for name in ("day", "clock", "court", "purpose", "words")})


class AttendsForm(PlainErrors, forms.Form):
    """Of each who should be there: here, on the way, missing; and who they are."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, attends: dict[str, str], words: dict[str, str]) -> None:
        named = {f"{key}{WORDS}": text for key, text in words.items()}
        super().__init__(data, initial={"once": new_id()} | attends | named)
        for code in load("attends_court"):
            self.fields[code.key] = forms.ChoiceField(
                label=code.words, choices=ATTENDS, widget=forms.RadioSelect, required=False
            )
            self.fields[f"{code.key}{WORDS}"] = line(f"{code.words}: who, and in what role", 100)

    @property
    def who(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[code.key], self[f"{code.key}{WORDS}"]) for code in load("attends_court")]

    def said(self) -> dict[str, str]:
        return {code.key: said for code in load("attends_court") if (said := self.cleaned_data[code.key])}

    def words(self) -> dict[str, str]:
        return {code.key: self.cleaned_data[f"{code.key}{WORDS}"] for code in load("attends_court")}


class ResultForm(PlainErrors, forms.Form):
    """What the court did. Whether anyone is less safe is never filled in."""

    old = None

    once = forms.UUIDField(widget=forms.HiddenInput)
    hearing = forms.UUIDField(widget=forms.HiddenInput, required=False)
    result = Chosen("hearing_results", label="What did the court do?", widget=forms.RadioSelect)
    outcome = OutcomeChoice(label="What was given", required=False)
    length = whole("For how long", 999, help_text="Months; hours for a reparation order. Empty if it has no length")
    offences = SeveralOfTheChild(Offence, label="For which offences")
    requirement_1 = RequirementChoice(label="It asks of the child", required=False)
    amount_1 = whole("How much", 999, help_text="Days or hours, as it is counted")
    requirement_2 = RequirementChoice(label="It also asks", required=False)
    amount_2 = whole("How much of that", 999)
    requirement_3 = RequirementChoice(label="And it asks", required=False)
    amount_3 = whole("How much of the third", 999)
    convicted = DayField(label="Convicted on, if that was another day", required=False)
    persistent = tick("The court found that the child offends persistently")
    extended_months = whole("Months added to it, if any", 120)
    remand = RemandChoice(label="What kind of bail or remand", required=False)
    conditions = Words(label="Conditions, as the bench said them")
    ends_remand = forms.ChoiceField(
        label="Does the bail or remand that runs now end with this?",
        choices=((YES, "Yes, it ends today"), (NO, "No, it goes on")),
        widget=forms.RadioSelect,
        required=False,
    )
    next_day = DayField(label="Next at court, if the court gave a day", required=False)
    next_clock = forms.TimeField(label="At what time", required=False, help_text="For example, 10:00")
    next_purpose = Chosen("hearing_purposes", label="What for", required=False)
    report = tick("The court asked us for a report")
    proposed = Chosen("proposal_kept", label="Is that what we proposed?", required=False, widget=forms.RadioSelect)
    less_safe = Chosen(
        "safety_now", label="Is anyone less safe than an hour ago?", required=False, widget=forms.RadioSelect
    )
    words = Words(label="What was said, in two or three lines")
    own_words = Words(label="What does the child say they were told, in their own words?")

    def __init__(self, data: Any = None, *, hearing: Hearing, people: list[Any], on: date) -> None:
        super().__init__(data, initial={"once": new_id(), "hearing": hearing.pk})
        day = hearing.since or on
        for field in self.fields.values():
            if isinstance(field, Chosen | OutcomeChoice | RemandChoice | RequirementChoice):
                field.offer(day)
        for name in ("result", "proposed", "less_safe"):
            self.fields[name].choices = self.fields[name].choices[1:]
        self.fields["outcome"].choices = [("", "---"), *_by_a_court(day)]
        self.fields["remand"].choices = [("", "As it was"), *_open_kinds(day)]
        self.fields["offences"].offer_of(people)

    @property
    def asked(self) -> Asked:
        """Behind which a draft may stand."""
        return ASKED[RESULT]

    @property
    def asks(self) -> bool:
        """Whether what the order asks must be in sight: something stands there, or is to be mended."""
        return self._in_sight(f"{name}_{n}" for n in REQUIREMENTS for name in ("requirement", "amount"))

    @property
    def needs(self) -> bool:
        return self._in_sight(("convicted", "persistent", "extended_months"))

    def _in_sight(self, names: Iterable[str]) -> bool:
        """A day is a dictionary of its boxes, perhaps all empty."""
        values = [(self[name].errors, self[name].value()) for name in names]
        return any(errors or (any(v.values()) if isinstance(v, dict) else v) for errors, v in values)

    def decided(self) -> Decided:
        """Of what was typed, the part that belongs to what the court did."""
        typed = self.cleaned_data
        sentenced = typed["result"] == rules.SENTENCED
        goes_on = typed["result"] in (rules.BAIL, rules.REMAND, rules.PUT_OFF)
        return Decided(
            rule=Result(
                result=typed["result"],
                less_safe=typed["less_safe"],
                proposed=typed["proposed"] if typed["result"] in rules.PROPOSED else "",
                has_outcome=sentenced and bool(typed["outcome"]),
                remand=typed["remand"] if goes_on else "",
                conditions=typed["conditions"] if goes_on else "",
                next_day=typed["next_day"],
                report=typed["report"] and not sentenced,
            ),
            outcome=self._outcome() if sentenced else {},
            offences=tuple(typed["offences"]) if sentenced else (),
            requirements=self._requirements() if sentenced else (),
            ends_remand={YES: True, NO: False}.get(typed["ends_remand"]),
            next_clock=typed["next_clock"],
            next_purpose=typed["next_purpose"],
            words=typed["words"],
            own_words=typed["own_words"],
        )

    def _outcome(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = ("length", "convicted", "persistent")
        return {name: typed[name] for name in names} | {
            "type": typed["outcome"],
            "extended_months": typed["extended_months"] or 0,
        }

    def _requirements(self) -> tuple[tuple[str, int | None], ...]:
        typed = self.cleaned_data
        return tuple(
            (typed[f"requirement_{n}"], typed[f"amount_{n}"]) for n in REQUIREMENTS if typed[f"requirement_{n}"]
        )


def asked_of(kind: Kind) -> Asked:
    return Asked(RESULT, kind, "What a court did", {}, page="court_result_of", boxes=ResultForm.base_fields)


def _by_a_court(day: date) -> list[tuple[str, str]]:
    """What the law of the day knows comes first; an older one stays on offer, and its rule says why it cannot be."""
    now = [one.key for one in outcomes.on(day)]
    found = [one for one in outcomes.load().values() if one.given_by == "court"]
    return [(one.key, one.name) for one in sorted(found, key=lambda one: one.key not in now)]


def _open_kinds(day: date) -> list[tuple[str, str]]:
    return [(key, one.name) for key, one in rules.kinds().items() if one.is_open(day)]


class RegisterForm(PlainErrors, forms.Form):
    """A court's list, pasted or as a file."""

    day = DayField(label="Of which day is the list")
    text = Words(
        label="Paste the list",
        max_length=None,  # how long it may be is said where it is read
        help_text="A line for each child: time, court, name, birth date, what for",
    )
    file = forms.FileField(label="Or choose it as a file", required=False, help_text="Comma-separated or plain text")

    def __init__(self, data: Any = None, files: Any = None, *, on: date) -> None:
        super().__init__(data, files, initial={"day": on})
