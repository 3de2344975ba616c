"""What is written, to whom and by which way; then the words themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from waypost.casework.letters import rules
from waypost.casework.letters.actions import Written
from waypost.casework.letters.definitions import CHANNELS, CHILD, DECISION, LANGUAGES, LetterType, load
from waypost.casework.letters.panels import Known, Line, Recipient, Subject
from waypost.kernel.ids import new_id
from waypost.people.record.fields import Asked, Words, line
from waypost.people.record.kinds import KINDS
from waypost.ui.fields import PlainErrors


class ChooseForm(PlainErrors, forms.Form):
    """Which letter it is, and whom it goes to. Nothing of it is anybody’s words."""

    letter = forms.ChoiceField(label="What to write", widget=forms.RadioSelect)
    about = forms.ChoiceField(label="What it is about", required=False)
    to = forms.ChoiceField(label="Who it goes to")
    channel = forms.ChoiceField(label="How", choices=[*CHANNELS.items()], widget=forms.RadioSelect)
    language = forms.ChoiceField(label="In which language", choices=[*LANGUAGES.items()], widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, known: Known, subjects: Sequence[Subject], on: date, about: str = ""
    ) -> None:
        self.known, self.subjects, self.on = known, {one.key: one for one in subjects}, on
        super().__init__(data, initial=self._first(about))
        self.fields["letter"].choices = [(key, one.name) for key, one in load().items()]
        self.fields["about"].choices = [
            ("", "Nothing in particular"),
            *((one.key, one.shown) for one in self.subjects.values()),
        ]
        self.fields["to"].choices = [
            (one.key, f"{one.name or 'No name that may be used'} ({one.who.lower()})") for one in known.recipients
        ]

    def _first(self, about: str) -> dict[str, Any]:
        found = {"about": about, "to": CHILD, "channel": "letter", "language": self._spoken()}
        subject = self.subjects.get(about)
        decided = subject.about if subject and subject.about.of == DECISION else None
        fitting = [
            key
            for key, one in load().items()
            if one.of == DECISION and rules.why_not_about(one, decided, today=self.on) is None
        ]
        return found | ({"letter": fitting[0]} if fitting else {})

    def _only_one_that_fits(self, letter: LetterType) -> str:
        """The one appointment in the diary, say; empty where nobody can tell which is meant."""
        if rules.why_not_about(letter, None, today=self.on) is None:
            return ""
        found = [
            key for key, one in self.subjects.items() if rules.why_not_about(letter, one.about, today=self.on) is None
        ]
        return found[0] if len(found) == 1 else ""

    def _spoken(self) -> str:
        firsts = [one.language for one in self.known.languages if one.first and one.person_id in self.known.people]
        return "welsh" if "welsh" in firsts else "english"

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors:
            return typed
        letter = load()[typed["letter"]]
        typed["about"] = typed["about"] or self._only_one_that_fits(letter)
        subject = self.subjects.get(typed["about"])
        if reason := rules.why_not_letter(letter, channel=typed["channel"], to_child=typed["to"] == CHILD):
            self.add_error("channel" if typed["channel"] not in letter.channels else "to", reason)
        elif reason := rules.why_not_about(letter, subject.about if subject else None, today=self.on):
            self.add_error("about", reason)
        return typed

    @property
    def chosen(self) -> LetterType:
        return load()[self.cleaned_data["letter"]]

    @property
    def recipient(self) -> Recipient:
        return next(one for one in self.known.recipients if one.key == self.cleaned_data["to"])

    @property
    def subject(self) -> Subject | None:
        return self.subjects.get(self.cleaned_data["about"])

    @property
    def lines(self) -> list[Line]:
        return self.recipient.on(self.cleaned_data["channel"])


class LetterForm(PlainErrors, forms.Form):
    """The words, filled in as far as the record knows, and the way they go. A draft stands behind it."""

    asked: Asked  # set below
    old = None
    CHOSEN = ("letter", "about", "to", "channel", "language")

    once = forms.UUIDField(widget=forms.HiddenInput)
    letter = forms.CharField(widget=forms.HiddenInput)
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    to = forms.CharField(widget=forms.HiddenInput)
    channel = forms.CharField(widget=forms.HiddenInput)
    language = forms.CharField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label="Where it goes", widget=forms.RadioSelect)
    title = line("Heading", 200, required=True)
    words = Words(label="What it says", required=True, max_length=rules.LONGEST)
    agreed = line("How it was agreed that this way is safe", 300)

    def __init__(self, data: Any = None, *, chosen: ChooseForm, words: str, title: str) -> None:
        self.chosen = chosen
        usable = [one for one in chosen.lines if one.why_not is None]
        first = {"way": usable[0].key} if len(usable) == 1 else {}
        said = {name: chosen.cleaned_data[name] for name in self.CHOSEN}
        super().__init__(data, initial={"once": new_id(), "words": words, "title": title} | first | said)
        self.fields["way"].choices = [(one.key, one.shown) for one in usable]
        self.fields["way"].error_messages["invalid_choice"] = rules.GONE
        if chosen.cleaned_data["channel"] == "text":
            self.fields["title"].required = False
            self.fields["title"].widget = forms.HiddenInput()

    @property
    def asks_first(self) -> bool:
        return any(rules.asks_first(one.way.safe) for one in self.chosen.lines if one.why_not is None)

    def written(self) -> Written:
        typed = self.cleaned_data
        return Written(
            type=self.chosen.chosen,
            language=typed["language"],
            channel=typed["channel"],
            to=typed["to"],
            way=typed["way"],
            title=typed["title"] or self.initial["title"],
            words=typed["words"],
            agreed=typed["agreed"],
            about=typed["about"],
        )


LetterForm.asked = Asked("letter", KINDS["entry"], "A letter", {}, page="letter_write", boxes=LetterForm.base_fields)
