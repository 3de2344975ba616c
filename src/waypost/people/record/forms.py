"""A form for each kind of statement: what is said, then where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from waypost.kernel.ids import new_id
from waypost.kernel.words import day, listed, moment
from waypost.people.need_to_know.forms import KEEP_FROM, WhoMustNotRead
from waypost.people.record.actions import Source
from waypost.people.record.fields import (
    DEFAULT_BASIS,
    FILE,
    LASTING,
    OWN_WORDS,
    PERIOD,
    SOURCE,
    TIED,
    WHO,
    Asked,
    ChildOfOurs,
    Offered,
    OfTheChild,
    SeveralOfTheChild,
)
from waypost.people.record.models import ChildQuerySet, How, Statement
from waypost.people.record.people_actions import NewPerson
from waypost.ui.fields import DayField, PlainErrors

SOMEBODY_NEW = ("", "Somebody new: write their name below")


class StatementForm(WhoMustNotRead, PlainErrors, forms.Form):
    """Made of the fields of its kind; a hidden `once` makes two posts of it one statement.

    `tied` are the people already known to the child, (id, words), for a form that is about one of them; `children`
    those whom whoever types may open, any of whom it may be about.
    """

    once = forms.UUIDField(widget=forms.HiddenInput)
    other_words = False  # of the same writer, typed on another page into the same form

    def __init__(
        self,
        asked: Asked,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        on: date,
        agency: str,
        tied: Sequence[tuple[UUID, str]] = (),
        children: ChildQuerySet | None = None,
        old: Statement | None = None,
        walls: Sequence[str] = (),
        people: Sequence[UUID] = (),
    ) -> None:
        self.asked, self.old, self.children = asked, old, children
        initial = initial_of(asked, old) if old else self._at_first(on, agency)
        super().__init__(data, files, initial={"once": new_id()} | initial)
        for name, field in self._asks().items():
            self.fields[name] = deepcopy(field)
            if isinstance(self.fields[name], Offered):
                self.fields[name].offer(on)
            elif isinstance(self.fields[name], OfTheChild | SeveralOfTheChild):
                self.fields[name].offer_of([*people])
            elif isinstance(self.fields[name], ChildOfOurs) and children is not None:
                self.fields[name].offer_children(children, getattr(old, name, None))
        if "who" in self.fields:
            self.fields["who"].choices = [SOMEBODY_NEW, *((str(pk), words) for pk, words in tied)]
        if old is None and asked.key not in {*TIED, "document"}:
            self.offer_walls(walls)
        self.name_what_is_missing()

    def _at_first(self, on: date, agency: str) -> dict[str, Any]:
        found = {
            "how": How.OBSERVED,
            "agency": agency,
            "basis": DEFAULT_BASIS,
            "disclosure": self.asked.kind.disclosure,
        }
        return found | ({"since": on, "said_by": "child", "kind": "note"} if self.asked.key == "entry" else {})

    def _asks(self) -> dict[str, forms.Field]:
        about = self.asked.asks
        if self.old is None:
            about = (WHO if self.asked.key in TIED else {}) | about | (FILE if self.asked.key == "document" else {})
        if "own_words" in about:
            before = list(about).index("own_words") + 1
            pairs = list(about.items())
            about = dict([*pairs[:before], *OWN_WORDS.items(), *pairs[before:]])
        return about | {name: field for name, field in SOURCE.items() if name not in about}

    @property
    def what(self) -> list[forms.BoundField]:
        """The boxes about what is said; `source` has those about where it comes from."""
        apart = {*self._source_names(), *(bound.name for bound in self.period)}
        return [self[name] for name in self.fields if name not in apart]

    @property
    def period(self) -> list[forms.BoundField]:
        """The two days, folded away where a thing is mostly true for good."""
        return [self[name] for name in PERIOD] if self.asked.kind.key in LASTING else []

    @property
    def period_is_open(self) -> bool:
        return any(
            bound.errors or any(bound.field.widget.format_value(bound.value()).values()) for bound in self.period
        )

    @property
    def source(self) -> list[forms.BoundField]:
        return [self[name] for name in self._source_names()]

    def _source_names(self) -> list[str]:
        own = OWN_WORDS if "own_words" in self.fields else {}
        return [name for name in (*SOURCE, KEEP_FROM) if name in self.fields and name not in own]

    @property
    def source_in_words(self) -> str:
        """What the folded part would say, for whoever does not open it."""
        names = [name for name in ("how", "agency") if name in self.fields]
        return ", ".join(in_words(self.fields[name], self[name].value()) for name in names)

    @property
    def source_is_wrong(self) -> bool:
        """Whether the folded part must be opened: something in it is to be mended."""
        return any(bound.errors for bound in self.source) or bool(self.non_field_errors())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "who" in self.fields:
            self._find_who(typed)
        own_words_alone = "own_words" in self.fields and typed.get("how") != How.REPORTED
        if own_words_alone and not (typed.get("own_words") or "").strip():
            typed["said_by"] = typed["speaker"] = ""
        return typed

    def _find_who(self, typed: dict[str, Any]) -> None:
        if number := (typed.get("number") or "").strip():
            found = self.children.filter(number=number).first() if self.children is not None else None
            typed["who"] = str(found.pk) if found else ""
            if found is None:
                self.add_error("number", "No child with this number is open to you. Look at the number again")
        elif not any(typed.get(name) for name in ("who", "given", "family")):
            self.add_error("who", "Choose who it is, or write the name of somebody new")

    def said(self) -> dict[str, Any]:
        """As the rule and the model take it."""
        names = self.asked.asks
        kept = {} if self.old is None else self.asked.kind.said_of(self.old)
        if self.asked.kind.period:
            kept = {"since": None, "until": None} | kept
        return kept | {name: self.cleaned_data[name] for name in names} | dict(self.asked.fixed)

    def who(self) -> UUID | NewPerson:
        typed = self.cleaned_data
        return UUID(typed["who"]) if typed["who"] else NewPerson(typed["given"], typed["family"], typed["born"])

    def source_said(self) -> Source:
        typed = self.cleaned_data
        return Source(**{name: typed[name] for name in SOURCE} | {"how": How(typed["how"])})

    def beside(self, newer: Statement) -> Iterator[tuple[str, str, str]]:
        """Where what was typed differs from what somebody else has saved meanwhile: label, theirs, typed."""
        theirs = initial_of(self.asked, newer)
        for name in (*self.asked.asks, *SOURCE):
            field, typed = self.fields[name], self.cleaned_data.get(name)
            if (typed or "") != (theirs[name] or ""):
                yield str(field.label), in_words(field, theirs[name]), in_words(field, typed)


class EndForm(PlainErrors, forms.Form):
    """The last day, and what else its kind asks when it ends."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    other_words = False
    until = DayField(label="Last day")

    def __init__(self, asked: Asked, data: Mapping[str, Any] | None = None, *, on: date) -> None:
        super().__init__(data, initial={"once": new_id(), "until": on})
        for name, field in asked.ending.items():
            self.fields[name] = deepcopy(field)
            if isinstance(self.fields[name], Offered):
                self.fields[name].offer(on)
        self.name_what_is_missing()


def initial_of(asked: Asked, statement: Statement) -> dict[str, Any]:
    return asked.kind.said_of(statement) | {name: getattr(statement, name) for name in SOURCE}


def in_words(field: forms.Field, value: Any) -> str:
    """What was answered, as a page says it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, ""):
        return ""
    if isinstance(value, list):
        return listed([str(one) for one in value])
    if isinstance(field, Offered | ChildOfOurs):
        return field.words(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return day(value) if isinstance(value, date) else str(value)


def lines_of(asked: Asked, statement: Statement) -> list[tuple[str, str]]:
    """A statement as a list of labels and words, empty ones left out."""
    said = initial_of(asked, statement)
    return [(str(field.label), words) for name, field in asked.asks.items() if (words := in_words(field, said[name]))]


def source_of(statement: Statement) -> list[tuple[str, str]]:
    """Where a statement comes from, as a list of labels and words."""
    said = [(str(field.label), in_words(field, getattr(statement, name))) for name, field in SOURCE.items()]
    written = [("Written by", f"{statement.by.name}, {moment(statement.at)}")]
    return [*written, *((label, words) for label, words in said if words)]
