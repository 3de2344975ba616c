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
    "orders": "offences, court and orders",
    "assessment": "the assessment",
    "plan": "the plan and what is done of it",
    "entries": "what happened",
    "documents": "documents",
    "harmed": "who was harmed",
}
ALL = frozenset(SECTIONS)
ENTERS = frozenset({"identity", "home", "care", "education", "orders"})
READS: dict[str, frozenset[str]] = {
    "practitioner": ALL,
    "manager": ALL,
    "duty_officer": ALL,
    "court_officer": ALL,
    "specialist": ALL,
    "victim_worker": ALL,
    "head_of_service": ALL,
    "business_support": frozenset({"identity", "home"}),
    "panel_coordinator": frozenset({"identity", "home", "needs", "alerts", "orders"}),
    "performance_officer": frozenset({"identity", "home", "care", "education", "needs", "orders"}),
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
OURS = "youth_justice"
HOLDABLE = frozenset({"health", "education", "needs", "entries", "documents"})  # what an agency may keep to itself
NEEDED, NOT_NEEDED, TO_ASK = "needed", "not_needed", "to_ask"  # verdicts on a reason
INSTEAD = "Share it with the case manager, or write what must be known in an entry of its own and keep the rest."
WORKING_DAYS_TO_ANSWER = 2  # who asks for what is held back
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
    return why_not_words(reason, "Say why you need it, so that a manager can see that you did: what happened.")


def why_not_words(words: str, ask: str) -> str | None:
    return ask if len(words.strip()) < SHORTEST_REASON else None


def why_not_review(verdict: str, words: str, *, is_own: bool, settled: bool, asked: bool) -> str | None:
    if is_own:
        return "Nobody reviews their own reason, and nobody does it in their name. Another manager will."
    if settled:
        return "Somebody has reviewed it already."
    if verdict == TO_ASK and asked:
        return "They have been asked already. Say now whether it was needed."
    if verdict == TO_ASK:
        return why_not_words(words, "Write what you ask them, in a sentence they can answer.")
    return why_not_words(words, "Say why not, and what happens now.") if verdict == NOT_NEEDED else None


def why_not_answer_reason(words: str, *, is_own: bool, asked: bool) -> str | None:
    if not is_own:
        return "Only the person who opened the record answers this."
    if not asked:
        return "Nobody is waiting for an answer to this."
    return why_not_words(words, "Answer in a sentence or two: what happened, and what you did.")


def why_not_allocate(
    *, works_with_children: bool, is_active: bool, holds_already: bool = False, stale: bool = False
) -> str | None:
    if not is_active:
        return "Their account has ended. Choose somebody who works here."
    if holds_already:
        return "They hold this child already. Choose somebody else, or leave it as it is."
    if stale:
        return "Somebody has given this child to another worker since you opened the page. See who, then decide again."
    return None if works_with_children else "Their role does not hold children. Choose a case manager."


def why_not_involve(
    *, is_active: bool, opens_children: bool, opens_any: bool, looks: bool, already: bool
) -> str | None:
    if not is_active:
        return "Their account has ended. Choose somebody who works here."
    if opens_any:
        return "Their role opens every record, so there is nothing to give."
    if looks and not already:
        return "An auditor or inspector is given a sample, with named sections and an end. Make a sample instead."
    if not opens_children:
        return "Their role opens no child’s record. Choose somebody whose role does."
    return "They are involved with this child already." if already else None


def why_not_cover(*, is_self: bool, is_active: bool, holds_children: bool, away_holds: bool) -> str | None:
    if is_self:
        return "Nobody covers for themselves. Choose a colleague."
    if not is_active:
        return "Their account has ended. Choose somebody who works here."
    if not holds_children:
        return "Their role does not hold children, so they cannot cover. Choose a case manager."
    return None if away_holds else "Whoever is away holds no children, so there is nothing to cover."


def why_not_list(*, listed: bool, on_duty: int) -> str | None:
    if listed:
        return "This child is on today’s list already."
    if not on_duty:
        return "Nobody is on duty or at court today. Ask an administrator to give somebody the role first."
    return None


def why_not_sample(*, looks: bool, children: int, named: Collection[str]) -> str | None:
    if not looks:
        return "A sample is for an auditor or an inspector. Choose one, or ask an administrator to give the role."
    if not children:
        return "Name at least one child, by number."
    return None if named and ALL.issuperset(named) else "Choose at least one section of the record."


def why_not_until(until: datetime | None, at: datetime, *, longest: timedelta = LONGEST_COVER) -> str | None:
    if until is None:
        return "Give the last day."
    if until <= at:
        return "The last day is already past. Choose today or a later day."
    return f"It may run for {longest.days} days at most; it can be given again." if until > at + longest else None


def why_not_sealed_by(*, named: int, sealers: int, holder: bool) -> str | None:
    """Whoever is named, the child must stay safe, and somebody must be able to open the record again."""
    if named < 2:
        return "Name at least two people, so that the child is safe when one of them is away."
    if not sealers:
        return "Name at least one manager, so that somebody can change the seal and take it off."
    return None if holder else "Name the worker who holds this child, or first give the child to somebody you name."


def why_not_seal(reason: str, *, sealed: bool) -> str | None:
    if sealed:
        return "This record is sealed already. Change who may open it."
    return why_not_words(reason, "Say why, so that whoever takes the seal off one day knows.")


def why_not_hold_back(
    *,
    agency: str,
    of_agency: str,
    section: str,
    is_walled: bool,
    must_share: Collection[str],
    bears_on_safety: bool | None,
) -> str | None:
    """`must_share`: what of the list of what must be shared it says, in words."""
    if agency == OURS:
        return "Only a specialist of another agency keeps something within it. What we know ourselves, we all know."
    if of_agency != agency:
        return "This is not your agency’s knowledge, so it is not yours to keep. Ask whose it is."
    if section not in HOLDABLE:
        return f"What is said of {SECTIONS[section]} keeps people safe, and is never held back."
    if is_walled:
        return "This stands behind a wall already."
    return why_not_keep(must_share=must_share, bears_on_safety=bears_on_safety)


def why_not_keep(*, must_share: Collection[str], bears_on_safety: bool | None) -> str | None:
    if must_share:
        return f"This must be shared: it speaks of {'; '.join(must_share)}. {INSTEAD}"
    if bears_on_safety is None:
        return "Say whether anything in it bears on somebody’s safety. Nobody can answer that for you."
    return f"What bears on somebody’s safety is never held back. {INSTEAD}" if bears_on_safety else None


def why_not_ask(reason: str, *, is_held: bool, reads_it: bool, asked_already: bool) -> str | None:
    if not is_held:
        return "This is not held back any more. Read it on the child’s page."
    if reads_it:
        return "Your agency keeps this, so you can read it."
    if asked_already:
        return "You have asked already, and the answer is still to come."
    return why_not_words(reason, "Say why you need it: what you must decide, and what you fear.")


def why_not_answer_ask(
    words: str,
    *,
    share: bool,
    of_the_agency: bool,
    answered: bool,
    must_share: Collection[str],
    bears_on_safety: bool | None,
) -> str | None:
    if not of_the_agency:
        return "Only the agency that keeps this answers. Ring one of its staff."
    if answered:
        return "This has been answered already."
    if share:
        return None
    return why_not_keep(must_share=must_share, bears_on_safety=bears_on_safety) or why_not_words(
        words, "Say why it stays within your agency, so that whoever asked can see that you weighed it."
    )


def why_not_wall(*, reads_it: bool) -> str | None:
    return None if reads_it else "You could not read this yourself afterwards. Ask somebody who may to write it down."
