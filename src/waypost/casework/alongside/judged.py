"""What of another system's facts the record could not take, asked before anything is written. Pure.

The reasons of the record's own rules name days and lengths; these go into a list of rows, so they name none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from waypost.casework.alongside.told import IDENTITY, Fact, Problem, Told
from waypost.casework.contacts import rules as contacts
from waypost.casework.offences import rules as offences
from waypost.casework.outcomes import definitions, rules
from waypost.casework.outcomes.rules import Given
from waypost.kernel.lists import load
from waypost.people.record import rules as record

TO_COME = (None, "to_come")
GONE_BY = (
    "The time of this appointment has gone by and nothing says what came of it, so it was left out. Record it there."
)


def why_not(fact: Fact, told: Told, *, now: datetime) -> str | None:
    rule = RULES.get(fact.kind)
    return rule(fact, told, now) if rule else None


def usable(told: Told, *, now: datetime) -> tuple[Told, list[Problem]]:
    """Without what the record could not take, and without what leads to it; without who they are, nothing is left."""
    wrong = {(fact.kind, fact.key): reason for fact in told.facts if (reason := why_not(fact, told, now=now))}
    kept = [fact for fact in told.facts if (fact.kind, fact.key) not in wrong]
    places = {(fact.kind, fact.key): fact.place for fact in told.facts}
    problems = [*told.problems, *(Problem(places[which], "", reason) for which, reason in wrong.items())]
    is_whole = told.is_whole and not any(kind in IDENTITY for kind, _ in wrong)
    there = {(fact.kind, fact.key) for fact in kept}
    facts = tuple(_leading_to(fact, there) for fact in kept if fact.kind != "contract" or ("order", fact.key) in there)
    return replace(told, facts=facts, problems=tuple(problems), is_whole=is_whole), problems


def _leading_to(fact: Fact, there: set[tuple[str, str]]) -> Fact:
    """Once an order can be used, its contacts say something new and are tied to it."""
    if fact.kind == "contact" and ("order", fact.said.get("order", "")) not in there:
        return replace(fact, said={name: value for name, value in fact.said.items() if name != "order"})
    if fact.kind == "order" and "offences" in fact.said:
        return replace(
            fact, said={**fact.said, "offences": [key for key in fact.said["offences"] if ("offence", key) in there]}
        )
    return fact


def _birth(fact: Fact, told: Told, now: datetime) -> str | None:
    wrong = record.why_not_birth({"born": fact.said["born"]}, now.date())
    return (
        "This is no birth date of a child: it is still to come, or very long ago. Look at how days are written."
        if wrong
        else None
    )


def _identifier(fact: Fact, told: Told, now: datetime) -> str | None:
    said = record.tidied_identifier(fact.said)
    if record.why_not_identifier(said, now.date()) is None:
        return None
    what = load("identifier_schemes").words(fact.said["scheme"])
    return f"This does not look like: {what}. It was left out; the child is read without it."


def _case(fact: Fact, told: Told, now: datetime) -> str | None:
    since, until = fact.said["since"], fact.said.get("until")
    if since > now.date() or (until and until < since):
        return "The case begins after today, or ends before it begins. Mend the days there."
    if bool(until) != bool(fact.said.get("ended_because")):
        return "A closed case has a day and a reason, an open one neither. Give both, or neither."
    return None


def _offence(fact: Fact, told: Told, now: datetime) -> str | None:
    if fact.said["day"] > now.date():
        return "This offence is still to come. Mend its day there."
    until = fact.said.get("until")
    if until and until < fact.said["day"]:
        return "This offence ends before it begins. Mend its days there."
    if offences.why_not_offence(fact.said["day"], born=_born(told)):
        return "On its day the child was under 10, or not yet born. Look at the day and at the birth date there."
    return None


def _order(fact: Fact, told: Told, now: datetime) -> str | None:
    given, today = given_of(fact, told), now.date()
    name, days = (
        given.type.name,
        [one.said["day"] for one in told.facts if one.kind == "offence" and _is_for(one, fact)],
    )
    if rules.why_not_days(given, today=today, offence_day=max(days, default=None)):
        return f"{name}: its days contradict each other, or one of them is still to come. Mend them there."
    if rules.why_not_in_law(given):
        return f"{name} could not be given on that day by the law of the day. Look at the day and the name there."
    if (born := _born(told)) and rules.why_not_age(given, born=born, persistent=_persistent(fact)):
        return (
            f"{name} could not be given to a child of that age. Look at the birth date and the day of conviction there."
        )
    if rules.why_not_length(given):
        version = given.version
        could = f"it can be {rules.allowed(version)}" if version and version.unit else "it has no length"
        return f"{name}: this length is not one that the law of its day knows: {could}. Mend it there."
    if rules.why_not_extension(given):
        return f"{name}: the months added are not such as the law of its day allows. Mend them there."
    return None


def _is_for(offence: Fact, order: Fact) -> bool:
    return offence.key in order.said.get("offences", ())


def _persistent(fact: Fact) -> bool | None:
    said = fact.said.get("persistent")
    return None if said is None else said == "yes"


def given_of(fact: Fact, told: Told) -> Given:
    """An order as the rules take it, with the day its contract was signed."""
    contract = next((one for one in told.facts if one.kind == "contract" and one.key == fact.key), None)
    said = fact.said
    return Given(
        type=definitions.load()[said["type"]],
        made=said["made"],
        length=said.get("length"),
        contract_signed=contract.said["since"] if contract else None,
        released=said.get("released"),
        ended=said.get("ended"),
        extended_months=said.get("extended") or 0,
        convicted=said.get("convicted"),
    )


def _contract(fact: Fact, told: Told, now: datetime) -> str | None:
    order = next((one for one in told.facts if one.kind == "order" and one.key == fact.key), None)
    if order is None:
        return "The order of this contract was left out, and so was the contract."
    given = given_of(order, replace(told, facts=()))
    wrong = rules.why_not_contract(given, signed=fact.said["since"], today=now.date(), has_open=False)
    return f"{given.type.name}: no contract of it could be signed on that day. Mend the day there." if wrong else None


def _contact(fact: Fact, told: Told, now: datetime) -> str | None:
    said = fact.said
    came, starts, minutes = said.get("came"), said["starts"], said.get("minutes", 30)
    if not 1 <= minutes <= contacts.LONGEST:
        return "A contact lasts from one minute to one day. Mend how long it is there."
    if came not in TO_COME and starts > now + contacts.EARLY:
        return "This is still to come, and yet something is said to have come of it. Mend one of them there."
    if came in TO_COME and starts > now + contacts.FURTHEST:
        return "This appointment is more than a year ahead, and was not read."
    if starts < now - timedelta(days=366 * 20):
        return "This contact is more than twenty years ago. Look at how days are written."
    return None


def has_gone_by(fact: Fact, *, now: datetime) -> bool:
    """An appointment of which nobody has said what came of it."""
    return fact.kind == "contact" and fact.said.get("came") in TO_COME and bool(fact.said["starts"] < now)


def _born(told: Told) -> date | None:
    birth = told.of("birth")
    return birth.said["born"] if birth else None


RULES: dict[str, Callable[[Fact, Told, datetime], str | None]] = {
    "birth": _birth,
    "identifier": _identifier,
    "case": _case,
    "offence": _offence,
    "order": _order,
    "contract": _contract,
    "contact": _contact,
}
