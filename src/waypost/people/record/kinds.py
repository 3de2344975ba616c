"""Every kind of statement there is: its model, what it says, and the rule it must pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from waypost.access.models import Staff
from waypost.people.record import rules
from waypost.people.record.care import CareStatus, Education, Exclusion, Placement
from waypost.people.record.entries import Document, Entry
from waypost.people.record.home import Address, ContactDetail, Harmed, Relation, WorksWith
from waypost.people.record.models import Person, Statement
from waypost.people.record.needs import Alert, Health, Need
from waypost.people.record.rules import Said
from waypost.people.record.who import Birth, Identifier, Language, Name, Particular
from waypost.ui.words import coded

Rule = Callable[[Said, date], str | None]
Beside = Callable[[Person, Said, Statement | None], str | None]  # the third is what is being corrected

After = Callable[[Any, Said, Staff, datetime], None]  # the statement, all that was said, by whom, when


def _as_said(said: Said) -> Said:
    return said


@dataclass(frozen=True, slots=True)
class Kind:
    """`fields` are the columns that hold what is said, in the order in which a person is asked."""

    key: str
    model: type[Statement]
    name: str  # as a page says it: "An alert"
    fields: tuple[str, ...]
    rule: Rule
    disclosure: str = "professionals"  # unless the person who writes it says otherwise
    period: bool = True  # true from a day, perhaps to a day
    ahead: bool = False  # it may be said before it begins
    tidied: Callable[[Said], Said] = _as_said  # as it is kept
    beside: Beside | None = None  # what cannot be true beside what is in the record already
    constraints: Mapping[str, str] = field(default_factory=dict)  # what the database refuses, and how that is said
    related: tuple[str, ...] = ()  # read with it
    carried: tuple[str, ...] = ()  # columns that no form asks for: a correction keeps them
    apart: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)  # kept elsewhere: how it is read
    after: After | None = None  # what follows from it, in the same transaction
    why_not_move: Callable[[Any], str | None] | None = None  # what hangs on it and would stay behind
    moved: Callable[[Any, Person], None] | None = None  # what goes along to the other person
    told: Callable[[Any], str] | None = None  # the title of its beginning on the timeline; None: not told

    @property
    def section(self) -> str:
        return self.model.SECTION

    def said_of(self, statement: Statement) -> dict[str, object]:
        """What a statement says, as the rule and the form take it."""
        names = (*self.fields, "since", "until") if self.period else self.fields
        return {name: self.apart.get(name, attrgetter(name))(statement) for name in (*names, *self.apart)}


def _told(what: str, listed: str, column: str) -> Callable[[Any], str]:
    """‘Care: child in need’"""
    return lambda one: f"{what}: {coded(listed, getattr(one, column))}"


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("name", Name, "A name", ("kind", "given", "family"), rules.why_not_name, "child"),
        Kind("birth", Birth, "The birth date", ("born", "estimated"), rules.why_not_birth, "child", period=False),
        Kind("particular", Particular, "A particular", ("which", "code", "words"), rules.why_not_particular, "child"),
        Kind(
            "identifier",
            Identifier,
            "A number",
            ("scheme", "value"),
            rules.why_not_identifier,
            period=False,
            tidied=rules.tidied_identifier,
        ),
        Kind("language", Language, "A language", ("language", "first", "interpreter"), rules.why_not_self, "child"),
        Kind(
            "address",
            Address,
            "An address",
            ("lines", "postcode", "accommodation", "suitability"),
            rules.why_not_address,
        ),
        Kind(
            "contact", ContactDetail, "A way to reach them", ("method", "value", "safe", "words"), rules.why_not_contact
        ),
        Kind(
            "relation",
            Relation,
            "Somebody in their life",
            ("other", "relation", "parental_responsibility", "carer", "household"),
            rules.why_not_self,
        ),
        Kind(
            "works_with",
            WorksWith,
            "Somebody who works with them",
            ("professional", "role", "words"),
            rules.why_not_self,
            related=("professional__organisation",),
        ),
        Kind(
            "care",
            CareStatus,
            "Whose care they are in",
            ("care_basis", "responsible", "placing", "host"),
            rules.why_not_self,
            told=_told("Care", "care_bases", "care_basis"),
        ),
        Kind(
            "placement",
            Placement,
            "A placement",
            ("kind", "provider", "miles", "authority"),
            rules.why_not_self,
            related=("provider",),
            told=_told("Placement", "placement_types", "kind"),
        ),
        Kind(
            "education",
            Education,
            "Education or work",
            ("setting", "provider", "hours_offered", "hours_attended", "special_needs_plan", "words"),
            rules.why_not_education,
            related=("provider",),
            told=_told("Education", "education_settings", "setting"),
        ),
        Kind(
            "exclusion",
            Exclusion,
            "An exclusion",
            ("kind", "provider", "words"),
            rules.why_not_self,
            related=("provider",),
            told=_told("Exclusion", "exclusion_kinds", "kind"),
        ),
        Kind(
            "health",
            Health,
            "Something about health",
            ("kind", "words"),
            rules.why_not_words,
            told=_told("Health", "health_kinds", "kind"),
        ),
        Kind("need", Need, "A need", ("area", "words", "what_helps"), rules.why_not_words, "child"),
        Kind(
            "alert",
            Alert,
            "An alert",
            ("kind", "words", "what_to_do", "evidence", "review_by"),
            rules.why_not_alert,
            told=_told("Alert", "alert_kinds", "kind"),
        ),
        Kind(
            "entry",
            Entry,
            "What happened",
            ("kind", "clock", "title", "words", "own_words", "demeanour", "what_changed"),
            rules.why_not_entry,
        ),
        Kind(
            "document",
            Document,
            "A document",
            ("kind", "title", "file"),
            rules.why_not_self,
            related=("file",),
            told=lambda one: f"Document: {one.title}",
        ),
        Kind("harmed", Harmed, "Somebody harmed", ("child", "keep_apart", "words"), rules.why_not_self, "victim"),
    )
}
OF_MODEL = {kind.model: kind for kind in KINDS.values()}


def hang(key: str, **hooks: Any) -> None:
    """What another room hangs on a kind that is here."""
    add(replace(KINDS[key], **hooks))


def add(kind: Kind) -> None:
    """A kind that another room brings, named by hand where that room starts; from then it is as those here are."""
    KINDS[kind.key] = OF_MODEL[kind.model] = kind


def kind_of(statement: Statement) -> Kind:
    return OF_MODEL[type(statement)]
