"""The columns on the child's page that say what was decided, and how things stand."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from waypost.casework.compliance import definitions as routes
from waypost.casework.compliance.models import Decision
from waypost.casework.compliance.rules import Step, warned_periods
from waypost.casework.contacts import expected as levels
from waypost.casework.offences.panels import Beside
from waypost.casework.outcomes.panels import Order
from waypost.casework.work import Work
from waypost.kernel.words import count, day, listed, moment
from waypost.people.record.facts import Fact
from waypost.ui.words import coded

NO_TIES = Beside()  # where a page does not say who is tied to an offence
NO_WARNINGS = "This is voluntary: there is nothing to warn of"


def orders(work: Work, on: date, ties: Beside = NO_TIES) -> list[Fact]:
    """Those that are open, the latest first; else that there is none."""
    found: list[Fact] = []
    for order in work.open_orders(on):
        found += _order(work, order, on, ties)
    if remand := work.remand(on):
        since = f"since {day(remand.since)}"
        found.append(Fact("Bail or remand", str(remand), remand.pk, "remand", quiet=since))
        found += [Fact("Conditions", remand.conditions)] * bool(remand.conditions)
    if hearing := work.next_hearing(on):
        what = coded("hearing_purposes", hearing.purpose)
        found.append(Fact("Next at court", f"{day(hearing.since)}, {hearing.court}", hearing.pk, "hearing", quiet=what))
    return found or [Fact("Order", "None is open")]


def _order(work: Work, order: Order, on: date, ties: Beside) -> list[Fact]:
    of, found = order.of, []
    length = (
        f", {count(of.length, 'month')}"
        if of.length and order.given.version and order.given.version.unit == "months"
        else ""
    )
    local = f"as named there: {of.local}" if of.local else ""
    found.append(
        Fact(
            "Order" if not order.type.voluntary else "Voluntary work",
            f"{order.type.name}{length}",
            of.pk,
            "outcome",
            quiet=local,
        )
    )
    found.append(Fact("Made", ", ".join(part for part in (day(order.given.made), of.given_by) if part)))
    if order.ends:
        left = (order.ends - on).days
        found.append(Fact("Ends", day(order.ends), quiet=count(left, "day") if left >= 0 else ""))
    elif order.why_no_end:
        found.append(
            Fact(
                "Ends", "No last day yet" if order.type.starts == "contract" else "No last day", quiet=order.why_no_end
            )
        )
    if order.offences:
        found.append(Fact("For", listed([_offence(one, ties) for one in order.offences])))
    if meeting := work.panel(order, on):
        what = coded("panel_kinds", meeting.kind).lower()
        href = reverse("panel", kwargs={"pk": meeting.pk})
        found.append(Fact("Next panel", f"{moment(meeting.starts)}, {meeting.place}", quiet=what, href=href))
    if order.requirements:
        found.append(Fact("Must", listed([_requirement(one) for one in order.requirements])))
    return found + _warnings(work, order, on)


def _offence(one: Any, ties: Beside) -> str:
    """‘Robbery, 3 May 2026 (1 person harmed)’"""
    harmed = ties.harmed_words(one.pk)
    return f"{one}, {day(one.since)}{f' ({harmed})' if harmed else ''}"


def _requirement(one: object) -> str:
    amount = getattr(one, "amount", None)
    return f"{one} ({amount})" if amount else str(one)


def _warnings(work: Work, order: Order, on: date) -> list[Fact]:
    route = routes.load()[order.type.route]
    if route.warned_months is None:
        return []
    steps = [Step(one.step, one.day) for one in work.decisions if one.outcome_id == order.of.pk]
    running = [(since, until) for since, until in warned_periods(route, steps=steps, on=on) if on <= until]
    if not running:
        return [Fact("Warnings", "None running")]
    since, until = running[0]
    return [Fact("Warnings", count(len(running), "warning"), quiet=f"the first of {day(since)} runs to {day(until)}")]


def _expected(work: Work, on: date) -> list[Fact]:
    seen = work.seen(on)
    if seen is None:
        return [Fact("Expected", "Nobody has said how often the child is seen")]
    now = next(one for one in work.frequencies)
    level = levels.load()[now.level].words if now.level in levels.load() else now.level
    rate = seen.of_expected
    says = f"the plan says {now.contacts} in {count(now.weeks, 'week')}" if now.contacts is not None else "by its level"
    quiet = f"{level}; {says}"
    return [
        Fact("Expected", f"{rate.numerator} of {rate.denominator} in 4 weeks", now.pk, "expected_contact", quiet=quiet)
    ]


def step(work: Work, decision: Decision) -> str:
    """What was decided, as its order’s route calls it."""
    order = next((one for one in work.orders if one.of.pk == decision.outcome_id), None)
    words = routes.load()[order.type.route].step(decision.step).words if order else decision.step
    return f"{words[:1].lower()}{words[1:]}"


def purposes(work: Work) -> dict[UUID, str]:
    """By the entry in which a contact’s words stand, what it was for: a requirement, and what it works towards."""
    requirements = {one.pk: str(one) for order in work.orders for one in order.requirements}
    found = {met.entry: [requirements.get(met.requirement, ""), met.objective] for met in work.diary.past}
    return {entry: ": ".join(filter(None, parts)) for entry, parts in found.items() if entry and any(parts)}


def stands(work: Work, on: date) -> list[Fact]:
    """How things stand: the case, contacts kept, care by remand."""
    found = []
    if case := work.case(on):
        found.append(
            Fact("Case", coded("case_kinds", case.kind), case.pk, "case", quiet=f"open since {day(case.since)}")
        )
        for term, words in (("Responsible", case.responsible), ("Home", case.home), ("Host", case.host)):
            found += [Fact(term, words)] * bool(words)
    kept, of = work.diary.kept(on)
    found.append(
        Fact("Contacts", f"{kept} of {of} kept" if of else "None planned", quiet="in 4 weeks, kept or rightly excused")
    )
    found += _expected(work, on)
    if lost := sum(one.came == "cancelled" and (on - one.day).days < 28 for one in work.diary.past):
        found.append(Fact("Lost by us", count(lost, "session"), quiet="in 4 weeks"))
    if since := work.looked_after_by_remand(on):
        found.append(Fact("Looked after", "Because of the remand", quiet=f"since {day(since)}, to its end"))
    return found
