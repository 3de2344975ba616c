"""What may not be said of a child beside what is in the record already: the rules, asked with the rows they need."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from waypost.casework.cases.models import ExpectedContact, Involvement
from waypost.casework.court import rules as court
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.offences import rules as offences
from waypost.casework.offences.models import Offence, OffenceHarmed
from waypost.casework.outcomes import definitions, requirements, rules
from waypost.casework.outcomes.models import Contract, Outcome, OutcomeFor
from waypost.casework.outcomes.rules import Given
from waypost.kernel.words import day, listed
from waypost.people.record.beside import current
from waypost.people.record.models import Person, Statement
from waypost.people.record.rules import Said
from waypost.people.record.who import Birth


def born_of(person: Person) -> date | None:
    found = current(Birth).filter(person=person).first()
    return found.born if found else None


def involvement(person: Person, said: Said, but: Statement | None) -> str | None:
    if said.get("until"):
        return None
    there = current(Involvement).filter(person=person, until=None).exclude(pk__in=_pks(but)).first()
    return (
        f"A case is open since {day(there.since or there.at.date())}. Close it first, or correct it." if there else None
    )


def offence(person: Person, said: Said, but: Statement | None) -> str | None:
    born = born_of(person)
    if born is None:
        return None
    return offences.why_not_offence(said["since"], born=born)


def given_of(said: Said, *, signed: date | None = None) -> Given:
    """A form's answers as the rules take them."""
    return Given(
        type=definitions.load()[said["type"]],
        made=said["since"],
        length=said["length"],
        contract_signed=signed,
        released=said["released"],
        ended=said.get("until"),
        extended_months=said["extended_months"] or 0,
        convicted=said["convicted"],
    )


def given(outcome: Any, signed: date | None) -> Given:
    """A row as the rules take it."""
    return Given(
        type=definitions.load()[outcome.type],
        made=outcome.since,
        length=outcome.length,
        contract_signed=signed,
        released=outcome.released,
        ended=outcome.until,
        extended_months=outcome.extended_months,
        convicted=outcome.convicted,
    )


def outcome(person: Person, said: Said, but: Statement | None) -> str | None:
    signed = signed_of([but.pk])[but.pk] if but and but.pk in signed_of([but.pk]) else None
    return rules.why_not_outcome(
        given_of(said, signed=signed),
        today=timezone.localdate(),
        born=born_of(person),
        offence_day=max((one.since for one in said["offences"]), default=None),
        persistent=said["persistent"],
    )


def offences_of(outcome: Any) -> list[Offence]:
    """For which it was given, the latest first."""
    links = OutcomeFor.objects.filter(outcome=outcome.pk).select_related("offence")
    return sorted((link.offence for link in links), key=lambda one: (one.since, one.pk), reverse=True)


def signed_of(outcomes: list[UUID]) -> dict[UUID, date]:
    """The day on which each order's first contract was signed."""
    rows = current(Contract).filter(outcome__in=outcomes).order_by("-since")
    return {outcome: since for outcome, since in rows.values_list("outcome", "since") if since}


def requirement(person: Person, said: Said, but: Statement | None) -> str | None:
    order: Outcome = said["outcome"]
    return rules.why_not_requirement(
        requirements.load()[said["type"]],
        given(order, None),
        amount=said["amount"],
        born=born_of(person),
        on=order.since or timezone.localdate(),
    )


def contract(person: Person, said: Said, but: Statement | None) -> str | None:
    order: Outcome = said["outcome"]
    others = current(Contract).filter(outcome=order, until=None).exclude(pk__in=_pks(but))
    has_open = others.exists() and not said.get("until")
    return rules.why_not_contract(
        given(order, None), signed=said["since"], today=timezone.localdate(), has_open=has_open
    )


def remand(person: Person, said: Said, but: Statement | None) -> str | None:
    others = current(Remand).filter(person=person).exclude(pk__in=_pks(but))
    rows = [court.Remand(one.kind, one.since, one.until) for one in others if one.since]
    new = court.Remand(said["kind"], said["since"], said.get("until"))
    return court.why_not_remand(new, rows, today=timezone.localdate())


def outcome_stays(outcome: Any) -> str | None:
    hanging = [
        name
        for name in ("requirements", "contracts", "appeals", "contacts", "decisions", "panels")
        if getattr(outcome, name).exists()
    ]
    if not hanging:
        return None
    return f"Its {listed(hanging)} would stay behind. Enter it on the other child, and end or remove it here."


def offence_stays(offence: Any) -> str | None:
    names = {"outcomes": "outcomes", "co_accused": "co-accused", "harmed": "ties to those harmed"}
    hanging = [words for name, words in names.items() if getattr(offence, name).exists()]
    if not hanging:
        return None
    return f"Its {listed(hanging)} would stay behind. Enter it on the other child, and correct or remove it here."


def offences_that_harmed(harmed: Any) -> list[Offence]:
    """By which somebody was harmed, the latest first."""
    links = OffenceHarmed.objects.filter(harmed=harmed.pk).select_related("offence")
    return sorted((link.offence for link in links), key=lambda one: (one.since, one.pk), reverse=True)


def co_accused(person: Person, said: Said, but: Statement | None) -> str | None:
    other = said.get("other")
    return "This is the child’s own number. Give the other child’s." if other and other.pk == person.pk else None


def hearing(person: Person, said: Said, but: Statement | None) -> str | None:
    others = current(Hearing).filter(person=person, since=said["since"], court__iexact=said["court"].strip())
    if others.filter(clock=said["clock"]).exclude(pk__in=_pks(but)).exists():
        return "This hearing is in the record already. Look at the day and the time again, or correct what is there."
    return None


def expected_contact(person: Person, said: Said, but: Statement | None) -> str | None:
    """One frequency at a time: the one before ends the day before the next begins."""
    others = current(ExpectedContact).filter(person=person).exclude(pk__in=_pks(but))
    until = said.get("until") or date.max
    there = others.filter(Q(until=None) | Q(until__gte=said["since"]), since__lte=until).order_by("since").first()
    if there is None:
        return None
    return (
        f"Another frequency holds since {day(there.since or said['since'])}. End that one the day before this begins."
    )


def _pks(but: Statement | None) -> list[UUID]:
    return [but.pk] if but else []
