"""Who reads and writes which part of a child's record, and why not. Pure.

A role opens sections; a row of access opens the child, perhaps only some sections of it. Both must hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

SECTIONS = {
    "identity": "who the child is",
    "home": "home, family and how to reach them",
    "care": "care and placements",
    "education": "education",
    "health": "health",
    "needs": "what the child needs of us",
    "alerts": "alerts",
    "entries": "what happened",
    "documents": "documents",
    "harmed": "who was harmed",
}
ALL = frozenset(SECTIONS)
ENTERS = frozenset({"identity", "home", "care", "education"})
READS: dict[str, frozenset[str]] = {
    "practitioner": ALL,
    "manager": ALL,
    "duty_officer": ALL,
    "court_officer": ALL,
    "specialist": ALL,
    "victim_worker": ALL,
    "head_of_service": ALL,
    "business_support": frozenset({"identity", "home"}),
    "panel_coordinator": frozenset({"identity", "home", "needs", "alerts"}),
    "performance_officer": frozenset({"identity", "home", "care", "education", "needs"}),
    "auditor": ALL,
    "inspector": ALL,
}
WRITES: dict[str, frozenset[str]] = {
    "practitioner": ALL,
    "manager": ALL,
    "duty_officer": ALL,
    "court_officer": ALL,
    "specialist": ALL,
    "victim_worker": ALL,
    "head_of_service": ALL,
    "business_support": ENTERS | {"documents"},
}
LONGEST_REASONED = timedelta(days=1)  # a record opened with a reason closes a day later; a new reason opens it again
SHORTEST_REASON = 15  # letters: "handover" is no reason
LONGEST_COVER = timedelta(days=92)


def sections(
    table: dict[str, frozenset[str]], roles: Iterable[str], rows: Collection[Collection[str]]
) -> frozenset[str]:
    """What the roles open, of what the rows of access name; one that names none names all."""
    opened = frozenset().union(*(table.get(role, frozenset()) for role in roles))
    if rows and all(rows):
        return opened & frozenset().union(*rows)
    return opened


def why_not_write(section: str, written: frozenset[str]) -> str | None:
    if section in written:
        return None
    return f"Your role does not write about {SECTIONS[section]}. Ask the child’s case manager to add it."


def why_not_open_with_reason(reason: str, *, may: bool, open_already: bool) -> str | None:
    if open_already:
        return "This record is open to you already."
    if not may:
        return "Your role does not open a record with a reason. Ask the child’s case manager or a manager."
    if len(reason.strip()) < SHORTEST_REASON:
        return "Say why you need it, so that a manager can see that you did: what happened, and what you will do."
    return None


def why_not_review(*, is_own: bool, reviewed: bool) -> str | None:
    if is_own:
        return "Nobody reviews their own reason. Another manager will."
    return "Somebody has reviewed it already." if reviewed else None


def why_not_allocate(*, works_with_children: bool, is_active: bool) -> str | None:
    if not is_active:
        return "Their account has ended. Choose somebody who works here."
    return None if works_with_children else "Their role does not work with children. Choose a case manager."


def why_not_until(until: datetime | None, at: datetime, *, longest: timedelta = LONGEST_COVER) -> str | None:
    if until is None:
        return "Give the last day."
    if until <= at:
        return "The last day is already past. Choose today or a later day."
    return f"It may run for {longest.days} days at most; it can be given again." if until > at + longest else None


def why_not_seal(*, sealed: bool, named: int) -> str | None:
    if sealed:
        return "This record is sealed already. Change who may open it."
    return None if named >= 2 else "Name at least two people, so that the child is safe when one of them is away."
