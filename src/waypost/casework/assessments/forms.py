"""One question as a form, whatever its kind, and the short forms around an assessment.

The boxes of a question are named by its key; of rows, by key, number and cell: `factors-0-side`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from waypost.casework.assessments import rules
from waypost.casework.assessments.answers import LONGEST, LONGEST_TEXT, MOST_ROWS, ROOT, why_not_answer
from waypost.casework.assessments.models import ContributionStep
from waypost.casework.assessments.questions import FAMILY, ONE_OF_SOME, ROWS, Cell, Choice, Form, Question, Type
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load as list_of
from waypost.people.record.entries import Document
from waypost.people.record.fields import Listed, Words, line
from waypost.ui.fields import DayField, PlainErrors

WELSH, ENGLISH = "cy", "en"
SPARE_ROWS = 2  # empty ones below those that are filled
MORE = {ENGLISH: "Say more, if you like", WELSH: "Dywed fwy, os mynni"}
CHOOSE = ("", "---")


class QuestionForm(forms.Form):
    """What somebody answers to one question, with what the page knows of the answer that stood there."""

    def __init__(
        self,
        question: Question,
        data: Any = None,
        *,
        on: date,
        speakers: Sequence[str],
        value: Any = None,
        words: str = "",
        who: str = "",
        was: UUID | None = None,
        rows: Sequence[Mapping[str, Any]] = (),
        language: str = ENGLISH,
    ) -> None:
        super().__init__(data, auto_id="q-%s")
        self.question, self.on, self.speakers, self.language = question, on, speakers, language
        self.shown = (value, words)
        key = question.key
        self.fields[f"{key}-was"] = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=was)
        if question.type in ROWS:
            self._ask_rows(list(rows), data)
        else:
            self.fields[key] = self._field(value)
        if len(speakers) > 1:
            named = [(each, rules.who_words(each)) for each in speakers]
            self.fields[f"{key}-who"] = forms.ChoiceField(
                label="Who says so?", choices=named, required=False, initial=who or speakers[0]
            )
        if question.type in ONE_OF_SOME or question.type is Type.CHOICES:
            label = "Your reason" if question.judges else MORE[language]
            self.fields[f"{key}-words"] = forms.CharField(
                label=label, required=False, initial=words, max_length=LONGEST, widget=forms.Textarea
            )

    @property
    def label(self) -> str:
        return self.question.cy if self.language == WELSH and self.question.cy else self.question.words

    @property
    def guidance(self) -> str:
        welsh = self.language == WELSH and self.question.guidance_cy
        return self.question.guidance_cy if welsh else self.question.guidance

    @property
    def hints(self) -> dict[str, str]:
        """What the picture of each choice shows."""
        pictures = list_of("pictures")
        cy = self.language == WELSH
        return {
            each.key: pictures[each.picture].text("cy") if cy else pictures.words(each.picture)
            for each in self.question.choices
            if each.picture
        }

    def _field(self, value: Any) -> forms.Field:
        question = self.question
        common: dict[str, Any] = {"label": self.label, "required": False}
        if question.type in ONE_OF_SOME:
            given = value if isinstance(value, str) else ""
            return forms.ChoiceField(choices=self._choices([given]), widget=forms.RadioSelect, initial=given, **common)
        if question.type is Type.CHOICES:
            chosen = value if isinstance(value, list) else []
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=self._choices(chosen), widget=widget, initial=chosen, **common)
        if question.type is Type.NUMBER:
            return forms.IntegerField(initial=value, **common)
        if question.type is Type.DATE:
            return DayField(initial=date.fromisoformat(value) if value else None, **common)
        if question.type is Type.TEXT:
            return forms.CharField(initial=value, max_length=LONGEST_TEXT, **common)
        return forms.CharField(initial=value, max_length=LONGEST, widget=forms.Textarea, **common)

    def _choices(self, chosen: Iterable[str]) -> list[tuple[str, str]]:
        """Those of today, and what was chosen when it was offered."""
        today = self.question.offered_on(self.on)
        old = [each for each in self.question.offered if each.key in [*chosen] and each not in today]
        return [(each.key, self._said(each)) for each in (*today, *old)]

    def _said(self, choice: Choice) -> str:
        return choice.cy if self.language == WELSH and choice.cy else choice.words

    # Rows ------------------------------------------------------------------------------------------------------------

    @property
    def cells(self) -> tuple[Cell, ...]:
        family = any(each in FAMILY for each in self.speakers) and set(self.speakers) <= set(FAMILY)
        return tuple(cell for cell in ROWS[self.question.type] if not (family and cell.staff_only))

    def _ask_rows(self, rows: list[Mapping[str, Any]], data: Any) -> None:
        key = self.question.key
        posted = [
            n for n in range(MOST_ROWS) if data is not None and any(f"{key}-{n}-{c.name}" in data for c in self.cells)
        ]
        self.number_of_rows = max(len(rows) + SPARE_ROWS, len(posted))
        for n in range(self.number_of_rows):
            row = rows[n] if n < len(rows) else {}
            if self.question.type is Type.FACTORS:
                root = row.get(ROOT)
                self.fields[f"{key}-{n}-{ROOT}"] = forms.UUIDField(
                    required=False, widget=forms.HiddenInput, initial=root
                )
            for cell in self.cells:
                self.fields[f"{key}-{n}-{cell.name}"] = self._cell(cell, row.get(cell.name))

    def _cell(self, cell: Cell, said: Any) -> forms.Field:
        label = cell.cy if self.language == WELSH and cell.cy else cell.words
        common: dict[str, Any] = {"label": label, "required": False, "initial": said}
        if cell.kind == "choice":
            return forms.ChoiceField(choices=[CHOOSE, *cell.offered], **common)
        if cell.kind == "number":
            return forms.IntegerField(**common)
        if cell.kind == "day":
            return DayField(label=label, required=False, initial=date.fromisoformat(said) if said else None)
        return forms.CharField(max_length=LONGEST, **common)

    def boxes(self) -> list[list[forms.BoundField]]:
        """Row by row."""
        key = self.question.key
        return [[self[f"{key}-{n}-{cell.name}"] for cell in self.cells] for n in range(self.number_of_rows)]

    def roots(self) -> list[Any]:
        key = self.question.key
        named = self.question.type is Type.FACTORS
        return [self[f"{key}-{n}-{ROOT}"] if named else None for n in range(self.number_of_rows)]

    def is_filled(self, number: int) -> bool:
        return any(box.value() not in (None, "") for box in self.boxes()[number])

    # What was said ---------------------------------------------------------------------------------------------------

    def said(self) -> Any:
        """As JSON keeps it; None: nothing. Asked once the form is valid."""
        question, typed = self.question, self.cleaned_data
        if question.type in ROWS:
            return [row for n in range(self.number_of_rows) if (row := self._row(n))] or None
        value = typed[question.key]
        if question.type is Type.DATE:
            return value.isoformat() if value else None
        return value if value not in ("", [], None) else None

    def _row(self, n: int) -> dict[str, Any]:
        key, typed = self.question.key, self.cleaned_data
        row = {}
        for cell in self.cells:
            value = typed[f"{key}-{n}-{cell.name}"]
            if value not in ("", None):
                row[cell.name] = value.isoformat() if isinstance(value, date) else value
        root = typed.get(f"{key}-{n}-{ROOT}")
        return row | ({ROOT: str(root)} if root else {}) if row or root else {}

    def more(self) -> str:
        return str(self.cleaned_data.get(f"{self.question.key}-words", "")).strip()

    def who(self) -> str:
        said = self.cleaned_data.get(f"{self.question.key}-who", "")
        return str(said) or next(iter(self.speakers), "")

    def was(self) -> UUID | None:
        return self.cleaned_data[f"{self.question.key}-was"]

    def is_changed(self) -> bool:
        """Whether it says something else than the page showed."""
        value, words = self.shown
        if (self.said(), self.more()) == (value, words):
            return False
        return self.question.type in ROWS or bool({*self.changed_data} - {self._name("was"), self._name("who")})

    def _name(self, part: str) -> str:
        return f"{self.question.key}-{part}"

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or (value := self.said()) is None or not self.is_changed():
            return typed
        if reason := why_not_answer(self.question, value, words=self.more(), on=self.on):
            self.add_error(None, reason)
        return typed

    def reason(self) -> str:
        """The first thing that is wrong, in a sentence."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class BeginForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    form = forms.ChoiceField(label="Which form?", widget=forms.RadioSelect)
    stage = forms.ChoiceField(label="At which stage?", widget=forms.RadioSelect)
    reason = Listed("assessment_reasons", label="Why is it made now?")
    outcome = forms.ModelChoiceField(None, label="For which outcome?", required=False, empty_label="None of them")
    agencies = forms.MultipleChoiceField(
        label="Made together with",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Somebody of each signs",
    )

    def __init__(self, data: Any = None, *, forms_: Sequence[Form], on: date, outcomes: Any, form: str = "") -> None:
        super().__init__(data, initial={"once": new_id(), "form": form})
        self.fields["form"].choices = [(each.key, each.name) for each in forms_]  # type: ignore[attr-defined]
        stages = {stage.key: stage.words for each in forms_ if not form or each.key == form for stage in each.stages}
        self.fields["stage"].choices = [*stages.items()]  # type: ignore[attr-defined]
        self.fields["reason"].offer(on)  # type: ignore[attr-defined]
        self.fields["outcome"].queryset = outcomes  # type: ignore[attr-defined]
        others = [code for code in list_of("agencies").on(on) if code.flag("staff")]
        self.fields["agencies"].choices = [(code.key, code.words) for code in others]  # type: ignore[attr-defined]


class SettleForm(PlainErrors, forms.Form):
    holds = forms.ChoiceField(label="Which of them holds?", widget=forms.RadioSelect)
    reason = line("Why this one", 1000, required=True)

    def __init__(self, data: Any = None, *, offered: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["holds"].choices = offered  # type: ignore[attr-defined]


class EvidenceForm(PlainErrors, forms.Form):
    """From what is in the record, the latest first."""

    of = forms.ChoiceField(label="What does the answer rest on?")

    def __init__(self, data: Any = None, *, offered: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["of"].choices = [CHOOSE, *offered]  # type: ignore[attr-defined]


class AskForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    agency = forms.ChoiceField(label="Which agency?")
    asked_of = line("Who there", 150)
    what = line("What you ask them to tell", 1000, required=True)
    due = DayField(label="By which day")

    def __init__(self, data: Any = None, *, on: date, due: date) -> None:
        super().__init__(data, initial={"once": new_id(), "due": due})
        others = [code for code in list_of("agencies").on(on) if code.key != rules.OURS]
        self.fields["agency"].choices = [CHOOSE, *((code.key, code.words) for code in others)]  # type: ignore[attr-defined]


class ToldForm(PlainErrors, forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    step = forms.ChoiceField(
        label="What became of it?",
        widget=forms.RadioSelect,
        choices=[(key, f"{label[0].upper()}{label[1:]}") for key, label in ContributionStep.Kind.choices],
    )
    words = Words(label="What they told", help_text="In plain words; or choose the document below.")
    document = forms.ModelChoiceField(Document.objects.none(), required=False, empty_label="None")

    def __init__(self, data: Any = None, *, documents: Any) -> None:
        super().__init__(data, initial={"once": new_id()})
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]


class StepForm(PlainErrors, forms.Form):
    """Posted once, with words or without."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    words = Words(label="")

    def __init__(self, data: Any = None, *, label: str = "", hint: str = "") -> None:
        super().__init__(data, initial={"once": new_id()})
        self.fields["words"].label, self.fields["words"].help_text = label, hint


class LookForm(StepForm):
    """What whoever countersigns does."""

    what = forms.ChoiceField(
        label="What do you do?",
        widget=forms.RadioSelect,
        choices=[("countersign", "Countersign it"), ("send_back", "Send it back, to be looked at again")],
    )
    field_order = ("once", "what", "words")


class DocumentForm(PlainErrors, forms.Form):
    document = forms.ModelChoiceField(Document.objects.none(), label="Which document?", empty_label="Choose")

    def __init__(self, data: Any = None, *, documents: Any) -> None:
        super().__init__(data)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]


class FactorForm(PlainErrors, forms.Form):
    """A factor seen outside any assessment."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"once": new_id()})
        for cell in ROWS[Type.FACTORS]:
            if cell.kind == "choice":
                self.fields[cell.name] = forms.ChoiceField(
                    label=cell.words, choices=[CHOOSE, *cell.offered], required=cell.needed
                )
            else:
                self.fields[cell.name] = line(cell.words, 1000)
        self.fields["category"].help_text = "Only for one in your own words"
        self.name_what_is_missing()

    def row(self) -> dict[str, str]:
        return {name: said for name, said in self.cleaned_data.items() if name != "once" and said}


class EndFactorForm(PlainErrors, forms.Form):
    because = Listed("factor_endings", label="How does it end?", widget=forms.RadioSelect)
    words = line("More about it", 1000, required=True)

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        self.fields["because"].offer(on)  # type: ignore[attr-defined]
        self.fields["because"].choices = self.fields["because"].choices[1:]  # type: ignore[attr-defined]
