"""Every kind of statement that casework brings to a record, and the form by which each is said and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from waypost.casework import beside, follows
from waypost.casework.cases import closing
from waypost.casework.cases import rules as cases
from waypost.casework.cases.models import (
    Consent,
    ExitPlan,
    ExpectedContact,
    Involvement,
    Oversight,
    Transfer,
    TransitionStep,
)
from waypost.casework.contacts.forms import ContactForm
from waypost.casework.court import forms as court_forms
from waypost.casework.court import rules as court
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.fields import LevelChoice, OffenceChoice, OutcomeChoice, RemandChoice, RequirementChoice, whole
from waypost.casework.letters import actions as letters
from waypost.casework.letters.forms import LetterForm
from waypost.casework.offences import rules as offences
from waypost.casework.offences.models import CoAccused, Offence
from waypost.casework.outcomes.models import Appeal, Contract, Outcome, Requirement
from waypost.casework.plans import panels as plans
from waypost.casework.plans.forms import ObjectiveForm, SaysForm
from waypost.people.record import fields, kinds
from waypost.people.record.fields import (
    ASKED,
    Asked,
    ChildOfOurs,
    Listed,
    OfTheChild,
    SeveralOfTheChild,
    Words,
    line,
    tick,
)
from waypost.people.record.kinds import Kind
from waypost.people.record.rules import Said, why_not_self, why_not_words
from waypost.ui.fields import DayField
from waypost.ui.words import coded

OPEN_ALREADY = "A case is open for this child. Close it first, or correct it."
OVERLAPS = "The child is on bail or remanded otherwise on some of these days. End that first, or correct the days."
CONTRACT_OPEN = "This order has a contract that is open. End that one first: a child has one contract at a time."


def _day(label: str, **options: Any) -> dict[str, forms.Field]:
    return {"since": DayField(label=label, required=False, **options)}


def _outcome_tidied(said: Said) -> Said:
    """A box left empty adds no month."""
    return {**said, "extended_months": said["extended_months"] or 0}


def _expected_tidied(said: Said) -> Said:
    """In how many weeks is asked only where the plan says how many contacts."""
    return said if said["contacts"] is not None else {**said, "weeks": said["weeks"] or 4}


def _needs_day(said: Said, today: date) -> str | None:
    return None if said["since"] else "Give the day."


INVOLVEMENT = Kind(
    "case",
    Involvement,
    "A case",
    ("kind", "responsible", "home", "host", "ended_because", "words"),
    cases.why_not_involvement,
    constraints={"one_open_involvement": OPEN_ALREADY},
    beside=closing.involvement,
    told=lambda one: f"Case opened: {coded('case_kinds', one.kind).lower()}",
)
TRANSFER = Kind(
    "transfer",
    Transfer,
    "A transfer",
    ("kind", "authority", "words"),
    cases.why_not_transfer,
    ahead=True,
    told=lambda one: f"{coded('transfer_kinds', one.kind)}{f', {one.authority}' if one.authority else ''}",
)
CONSENT = Kind(
    "consent",
    Consent,
    "Consent",
    ("what_for", "words"),
    cases.why_not_consent,
    "child",
    told=lambda one: f"Agreed: {coded('consent_kinds', one.what_for).lower()}",
)
EXPECTED = Kind(
    "expected_contact",
    ExpectedContact,
    "How often they are seen",
    ("level", "contacts", "weeks"),
    cases.why_not_expected,
    "child",
    ahead=True,
    tidied=_expected_tidied,
    beside=beside.expected_contact,
)
EXIT_PLAN = Kind("exit_plan", ExitPlan, "An exit plan", ("words", "who_then"), why_not_words, "child")
OVERSIGHT = Kind(
    "oversight",
    Oversight,
    "Oversight",
    ("words", "what_changed"),
    cases.why_not_oversight,
    period=True,
    told=lambda one: "Oversight" if one.what_changed else "Oversight: nothing changed because of it",
)
TRANSITION = Kind("transition", TransitionStep, "A step before 18", ("step", "words"), _needs_day, told=None)
OFFENCE = Kind(
    "offence",
    Offence,
    "An offence",
    ("type", "local", "place", "reference", "words"),
    _needs_day,
    "court",
    beside=beside.offence,
    after=follows.offence,
    why_not_move=beside.offence_stays,
    told=lambda one: f"Offence: {one}{f' ({one.category})' if one.category else ''}",
)
CO_ACCUSED = Kind(
    "co_accused",
    CoAccused,
    "Somebody accused with them",
    ("offence", "name", "other"),
    offences.why_not_co_accused,
    "third_party",
    beside=beside.co_accused,
    related=("offence", "other"),
)
OUTCOME = Kind(
    "outcome",
    Outcome,
    "An outcome",
    (
        "type",
        "length",
        "given_by",
        "local",
        "convicted",
        "persistent",
        "extended_months",
        "released",
        "ended_because",
        "words",
    ),
    _needs_day,
    "court",
    tidied=_outcome_tidied,
    beside=beside.outcome,
    apart={"offences": beside.offences_of},
    why_not_move=beside.outcome_stays,
    after=follows.outcome,
    told=lambda one: f"Outcome: {one}",
)
REQUIREMENT = Kind(
    "requirement",
    Requirement,
    "A requirement",
    ("outcome", "type", "amount", "words"),
    why_not_self,
    "court",
    beside=beside.requirement,
    related=("outcome",),
)
CONTRACT = Kind(
    "contract",
    Contract,
    "A contract",
    ("outcome", "words"),
    _needs_day,
    "child",
    beside=beside.contract,
    constraints={"one_open_contract": CONTRACT_OPEN},
    related=("outcome",),
    after=follows.contract,
    told=lambda one: "Contract signed",
)
APPEAL = Kind(
    "appeal",
    Appeal,
    "An appeal",
    ("outcome", "result", "words"),
    _needs_day,
    "court",
    told=lambda one: f"Appeal: {coded('appeal_results', one.result).lower()}",
)
HEARING = Kind(
    "hearing",
    Hearing,
    "A hearing",
    ("since", "clock", "court", "purpose", "result", "proposed", "words"),
    court.why_not_hearing,
    "court",
    period=False,  # on one day, which may be still to come
    beside=beside.hearing,
    carried=("attends", "attends_words"),
    moved=follows.hearing_moved,
    told=lambda one: f"{coded('hearing_purposes', one.purpose)} at {one.court}",
)
REMAND = Kind(
    "remand",
    Remand,
    "Bail or remand",
    ("kind", "conditions"),
    _needs_day,
    "court",
    beside=beside.remand,
    constraints={"remands_do_not_overlap": OVERLAPS},
    after=follows.remand,
    told=lambda one: str(one),
)
ALL = (
    INVOLVEMENT,
    TRANSFER,
    CONSENT,
    EXPECTED,
    EXIT_PLAN,
    OVERSIGHT,
    TRANSITION,
    OFFENCE,
    CO_ACCUSED,
    OUTCOME,
    REQUIREMENT,
    CONTRACT,
    APPEAL,
    HEARING,
    REMAND,
)
ORDER = OfTheChild(Outcome, label="Which order", required=True, empty_label="Choose")
FIELDS: dict[str, dict[str, forms.Field]] = {
    "case": {
        "kind": Listed("case_kinds", label="Why we work with them"),
        "responsible": line("Responsible authority", 100, help_text="Whose child it is"),
        "home": line("Home authority", 100, help_text="Where the family lives"),
        "host": line("Host authority", 100, help_text="Where the child is now, if it is somewhere else"),
        "ended_because": Listed("closing_reasons", label="If it is closed, why", required=False),
        "words": Words(label="What else is to be known"),
    },
    "transfer": {
        "kind": Listed("transfer_kinds", label="What happens"),
        "authority": line("Which other service", 100),
        "words": Words(label="What was agreed: who does what"),
    },
    "consent": {
        "what_for": Listed("consent_kinds", label="What they agree to"),
        "words": Words(label="How it was explained, and what they said"),
    },
    "expected_contact": {
        "level": LevelChoice(label="Level", help_text="What it expects holds only where the plan says nothing."),
        "contacts": whole(
            "Contacts that the plan says", 100, help_text="Leave it empty where the level’s own number holds."
        ),
        "weeks": whole("In how many weeks", 52, initial=4),
    },
    "exit_plan": {
        "words": Words(label="What goes on when the work with us ends"),
        "who_then": line("Who goes on with it", 300),
    },
    "oversight": {
        "words": Words(label="What you looked at, and what you saw"),
        "what_changed": Words(label="What changes because of it", help_text="Leave it empty if nothing does."),
    },
    "transition": {
        "step": Listed("transition_steps", label="What was done"),
        "words": Words(label="What else is to be known"),
    },
    "offence": {
        "type": OffenceChoice(label="What kind"),
        "local": line("As the police or the court named it", 100),
        "place": line("Where", 200),
        "reference": line("Number of the police", 60),
        "words": Words(label="What happened, in two or three lines"),
    },
    "co_accused": {
        "offence": OfTheChild(Offence, label="Which offence", required=True, empty_label="Choose"),
        "name": line("Their name", 150),
        "other": ChildOfOurs(
            label="If they are a child of ours, their number", help_text="As it stands on their page: 26-0417"
        ),
    },
    "outcome": {
        "type": OutcomeChoice(label="What was decided"),
        "offences": SeveralOfTheChild(Offence, label="For which offences"),
        "length": whole(
            "For how long", 999, help_text="Months; hours for a reparation order. Empty if it has no length."
        ),
        "given_by": line("By which court or force", 100),
        "local": line("As it was named there", 100),
        "convicted": DayField(label="Convicted on, if that was another day", required=False),
        "extended_months": forms.IntegerField(
            label="Months added to it, if any", min_value=0, max_value=120, required=False, initial=0
        ),
        "persistent": tick("The court found that the child offends persistently"),
        "released": DayField(label="Released from custody on", required=False),
        "ended_because": Listed("outcome_endings", label="If it ended before its time, how", required=False),
        "words": Words(label="What the court or the police said"),
    },
    "requirement": {
        "outcome": ORDER,
        "type": RequirementChoice(label="What is required"),
        "amount": whole("How much", 999, help_text="In days or hours, as the requirement is counted"),
        "words": Words(label="What it asks of the child, in plain words"),
    },
    "contract": {"outcome": ORDER, "words": Words(label="What the panel and the child agreed")},
    "appeal": {
        "outcome": ORDER,
        "result": Listed("appeal_results", label="What came of it"),
        "words": Words(label="What else is to be known"),
    },
    "hearing": {
        "clock": forms.TimeField(label="At what time", required=False, help_text="For example, 10:00"),
        "court": line("Which court", 100, required=True),
        "purpose": Listed("hearing_purposes", label="What for"),
        "result": Listed("hearing_results", label="What the court did", required=False),
        "proposed": Listed("proposal_kept", label="Is that what we proposed?", required=False),
        "words": Words(label="What was said"),
    },
    "remand": {
        "kind": RemandChoice(label="What kind"),
        "conditions": Words(label="Conditions, in plain words"),
    },
}
UNTIL = {"until": DayField(label="Until which day", required=False, help_text="Leave it empty while it goes on")}
DAYS: Mapping[str, Mapping[str, forms.Field]] = {
    "oversight": _day("On which day"),
    "transition": _day("On which day"),
    "offence": _day("On which day")
    | {"until": DayField(label="Until which day, if it was more than one", required=False)},
    "co_accused": {},
    "outcome": _day("On which day it was given")
    | {"until": DayField(label="If it ended before its time, on which day", required=False)},
    "requirement": {},
    "contract": _day("Signed on") | {"until": DayField(label="Ended on, if another took its place", required=False)},
    "appeal": _day("Made on"),
    "hearing": _day("On which day"),
    "consent": _day("Given on") | {"until": DayField(label="Withdrawn on", required=False)},
}


ENDING: Mapping[str, Mapping[str, forms.Field]] = {
    "case": {"ended_because": Listed("closing_reasons", label="Why it is closed")},
    "outcome": {"ended_because": Listed("outcome_endings", label="How it ended before its time", required=False)},
}


def _entry_stays(entry: Any) -> str | None:
    return letters.entry_stays(entry) or plans.entry_stays(entry)


def add_all() -> None:
    """Called once, when the room starts."""
    kinds.hang("entry", moved=follows.entry_moved, why_not_move=_entry_stays, after=follows.rested_on)
    kinds.hang("placement", after=follows.placement)
    kinds.hang("document", why_not_move=letters.document_stays, after=follows.rested_on)
    kinds.hang("harmed", apart={"offences": beside.offences_that_harmed}, after=follows.harmed)
    harmed = ASKED["harmed"]
    by_which = {"offences": SeveralOfTheChild(Offence, label="By which offences")}
    fields.add(replace(harmed, kind=kinds.KINDS["harmed"], fields={**by_which, **harmed.fields}))
    for kind in ALL:
        kinds.add(kind)
        days, ending = DAYS.get(kind.key), ENDING.get(kind.key, {})
        fields.add(Asked(kind.key, kind, kind.name, FIELDS[kind.key], days=days, ending=ending))
    fields.add(ContactForm.asked, LetterForm.asked, ObjectiveForm.asked, SaysForm.asked)
    fields.add(court_forms.asked_of(HEARING))  # after the form by which a hearing is corrected
