"""What an objective must say, what a plan still misses, and who may do what to it in which state. Pure.

What is missing is found by laying factors beside objectives: a cut can face either way. Nothing here rates anything:
how serious harm or the child’s safety is comes from the assessment, where a person judged it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from waypost.kernel.words import count, day

CHANGE, OTHERS, SAFETY = "change", "others", "safety"
SERIOUS_HARM, SAFETY_JUDGED = "serious_harm", "safety"  # what an assessment judges
HIGH = frozenset({"high", "very_high"})
WEIGHS = frozenset({"moderate", "strong"})  # a factor against change that a plan must answer, or say why not now
AT_ONCE = 5  # objectives a child can follow; more is said, not refused
SHORTEST = 10  # letters of an objective, or of how we will know
SHORTEST_REASON = 5
STALE = "Somebody has changed this plan since you opened it. Read theirs beside yours, then save again."
VAGUE = re.compile(
    r"^(?:\w+\s+)?(?:(?:to|will|should|must|needs? to|is to)\s+)?"
    r"(?:engage (?:with|in)|address|work (?:on|with)|explore|comply with|look (?:at|into)|participate in)\b",
    re.IGNORECASE,
)
SAYS_WHAT = re.compile(r"\b(?:so that|until|by which)\b", re.IGNORECASE)


def why_not_objective(
    words: str, how_we_know: str, *, starts: date | None, by_day: date | None, begun: date, owned: bool
) -> str | None:
    """`begun`: the day of the plan. `owned`: it names one of us, or the agency whose it is."""
    if len(words.strip()) < SHORTEST:
        return "Say in a sentence what will be different for the child, in words the child understands."
    if VAGUE.match(words.strip()) and not SAYS_WHAT.search(words):
        return "This says what somebody does, not what will be different. Say what: ‘… so that he sleeps at home’."
    if len(how_we_know.strip()) < SHORTEST:
        return "Say how you will both know that it is reached: what anybody could see or count."
    if by_day is None:
        return "Give the day by which it is to be reached."
    if by_day < begun:
        return f"The plan began on {day(begun)}, and an objective cannot be due before it. Choose a later day."
    if starts is not None and starts > by_day:
        return "It cannot begin after the day by which it is to be reached. Correct one of the two."
    return None if owned else "Say whose it is: one of us, or which agency."


def too_many(open_now: int) -> str | None:
    """A warning beside the plan; it refuses nothing."""
    if open_now <= AT_ONCE:
        return None
    return f"{count(open_now, 'objective')} at once is more than most children can follow. Which can begin later?"


def why_not_reason(reason: str, what: str) -> str | None:
    return None if len(reason.strip()) >= SHORTEST_REASON else f"Say why {what}, in a few words: it stays in the plan."


def why_not_undertake(
    what: str, *, who: str, staff: bool, name: str, agency: str, by_day: date | None, begun: date
) -> str | None:
    if len(what.strip()) < SHORTEST_REASON:
        return "Say what they do."
    if who == "staff" and not staff:
        return "Choose who of us does it."
    if who == "agency" and not agency:
        return "Choose which agency does it; name who there, if you know."
    if who == "carer" and not name.strip():
        return "Name the carer who does it."
    return "It cannot be due before the plan began. Choose a later day." if by_day and by_day < begun else None


def why_not_agree(*, on: date | None, why_not: str, today: date, begun: date) -> str | None:
    """A day, or why not; never both and never neither."""
    if on is None and not why_not.strip():
        return "Give the day on which it was agreed, or say why it was not."
    if on is not None and why_not.strip():
        return "It was agreed on a day, or it was not: leave one of the two empty."
    if on is None:
        return why_not_reason(why_not, "it was not agreed")
    if on > today:
        return "This day is still to come. Say that it is agreed once it is."
    return f"The plan was begun on {day(begun)}: it cannot have been agreed before." if on < begun else None


def why_not_progress(state: str, words: str, *, on: date, today: date) -> str | None:
    if on > today:
        return "This day is still to come. Say how far it has come by today."
    if state in ("stopped", "partly") and len(words.strip()) < SHORTEST:
        return "Say what came of it and why it ends here: the next plan begins from it."
    return None


# What is missing -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactorSeen:
    root: UUID
    words: str
    side: str  # for or against change
    rating: str
    not_now: str = ""  # why no objective answers it now


@dataclass(frozen=True, slots=True)
class ObjectiveSeen:
    root: UUID
    part: str
    words: str
    by_day: date
    factors: frozenset[UUID] = frozenset()
    done_by: int = 0  # how many undertake something towards it
    ended: bool = False  # reached or stopped


class Missing(StrEnum):
    FACTOR = "factor"  # without an objective
    HARM = "harm"  # rated high, and nothing keeps others safe
    SAFETY = "safety"
    VICTIMS = "victims"
    CONTINGENCY = "contingency"
    OBJECTIVE = "objective"  # without a factor
    NOBODY = "nobody"  # does anything towards it
    PAST = "past"  # due before today, and not said how far it came
    NONE = "none"
    CHILD = "child"  # has not been asked whether they agree
    CARER = "carer"


STOPS_SIGNING = frozenset({Missing.FACTOR, Missing.NONE, Missing.CHILD})


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: why it is, and what it is about."""

    what: Missing
    title: str
    why: str
    about: UUID | None = None
    stops: bool = False  # the plan cannot be signed while it is so


@dataclass(frozen=True, slots=True)
class Laid:
    """All that a plan is judged by, side by side."""

    factors: Sequence[FactorSeen] = ()
    objectives: Sequence[ObjectiveSeen] = ()
    ratings: Mapping[str, str] = field(default_factory=dict)  # judgement → how a person rated it
    said: Collection[str] = ()  # what the plan says besides, by key
    agreed: Collection[str] = ()  # of whom something is said: agreed, or why not
    harmed: bool = False  # somebody was, by an offence in the record
    has_carer: bool = False


def gaps(laid: Laid, *, on: date) -> tuple[Gap, ...]:
    """What keeps people safe first, then what stops the plan being signed, then the rest."""
    found = [*_unsafe(laid), *_cut(laid, on), *_not_agreed(laid)]
    return tuple(sorted(found, key=lambda gap: (gap.what not in KEEPS_SAFE, not gap.stops)))


KEEPS_SAFE = frozenset({Missing.HARM, Missing.SAFETY, Missing.VICTIMS, Missing.CONTINGENCY})


def _unsafe(laid: Laid) -> list[Gap]:
    found = []
    parts = {one.part for one in laid.objectives if not one.ended}
    high = {what for what in (SERIOUS_HARM, SAFETY_JUDGED) if laid.ratings.get(what) in HIGH}
    if SERIOUS_HARM in high and OTHERS not in parts:
        why = "The assessment rates the risk of serious harm to others high or very high."
        found.append(Gap(Missing.HARM, "Nothing keeps others safe", why))
    if SAFETY_JUDGED in high and SAFETY not in parts:
        why = "The assessment rates the risk to the child’s safety high or very high."
        found.append(Gap(Missing.SAFETY, "Nothing keeps the child safe", why))
    if laid.harmed and "victim_safety" not in laid.said:
        why = "Somebody was harmed by an offence in this record."
        found.append(Gap(Missing.VICTIMS, "Nothing says what keeps those who were harmed safe", why))
    if high and "contingency" not in laid.said:
        why = "A rating is high: whoever is on duty must know what to do when things get worse."
        found.append(Gap(Missing.CONTINGENCY, "Nothing says what happens if things get worse", why))
    return found


def _cut(laid: Laid, on: date) -> list[Gap]:
    answered = {root for one in laid.objectives for root in one.factors}
    known = {one.root for one in laid.factors}
    found = [
        Gap(Missing.FACTOR, f"No objective answers ‘{one.words}’", _weight(one), one.root, stops=one.rating in WEIGHS)
        for one in sorted(laid.factors, key=lambda one: one.rating not in WEIGHS)
        if one.side == "against" and one.root not in answered and not one.not_now
    ]
    if not laid.objectives:
        found.append(Gap(Missing.NONE, "There is no objective yet", "A plan says what is to change.", stops=True))
    for one in laid.objectives:
        if not one.factors & known:
            why = "A factor says why it matters. Link one, or take the objective out."
            found.append(Gap(Missing.OBJECTIVE, f"No factor is behind ‘{one.words}’", why, one.root))
        if not one.ended and not one.done_by:
            why = "Nobody has undertaken anything towards it."
            found.append(Gap(Missing.NOBODY, f"Nobody does anything for ‘{one.words}’", why, one.root))
        if not one.ended and one.by_day < on:
            why = f"It was to be reached by {day(one.by_day)}."
            found.append(Gap(Missing.PAST, f"‘{one.words}’ is past its day", why, one.root))
    return found


def _weight(factor: FactorSeen) -> str:
    how = {"strong": "strongly", "moderate": "clearly"}.get(factor.rating, "a little")
    return f"It is rated {how} against change."


def _not_agreed(laid: Laid) -> list[Gap]:
    found = []
    if "child" not in laid.agreed:
        why = "Say on which day it was agreed with the child, or why it was not."
        found.append(Gap(Missing.CHILD, "Nobody has said whether the child agrees", why, stops=True))
    if laid.has_carer and "carer" not in laid.agreed:
        why = "A carer is in the record. Say whether they agree, or why they were not asked."
        found.append(Gap(Missing.CARER, "Nobody has said whether a carer agrees", why))
    return found


def why_not_sign(found: Sequence[Gap]) -> str | None:
    """A list, so that whoever signs mends all of it at once."""
    stops = [gap.title for gap in found if gap.stops]
    return f"It cannot be signed yet. {'. '.join(stops)}." if stops else None


# Signing ---------------------------------------------------------------------------------------------------------

WRITTEN, SIGNED, LOCKED, DROPPED = "written", "signed", "locked", "dropped"  # the states of a plan
TRANSITIONS: Mapping[tuple[str, str], str] = {
    (WRITTEN, "signed"): SIGNED,
    (SIGNED, "taken_back"): WRITTEN,
    (SIGNED, "sent_back"): WRITTEN,
    (SIGNED, "countersigned"): LOCKED,
    (LOCKED, "reviewed"): LOCKED,
    (WRITTEN, "dropped"): DROPPED,
}
BY_ANOTHER = frozenset({"sent_back", "countersigned"})  # never by whoever signed it
NEEDS_WORDS = frozenset({"sent_back", "dropped", "reviewed"})
INSTEAD = {
    WRITTEN: "It is still being written. Sign it first.",
    SIGNED: "It is signed. Take it back first, or ask whoever is to countersign it to send it back.",
    LOCKED: "It is countersigned, and stays as it is. Begin the next plan from it.",
    DROPPED: "It was begun in error, and nothing is done with it any more.",
}


def why_not_step(state: str, step: str, *, words: str = "", signed_by_them: bool = False) -> str | None:
    """Whether somebody may do that to a plan in that state."""
    if (state, step) not in TRANSITIONS:
        return INSTEAD[state]
    if step in BY_ANOTHER and signed_by_them:
        return "Nobody countersigns what they signed, or sends it back to themselves. Take it back, or ask another."
    if step == "taken_back" and not signed_by_them:
        return "Only whoever signed it takes it back. Whoever is to countersign it can send it back."
    if step in NEEDS_WORDS and len(words.strip()) < SHORTEST:
        return "Say it in a sentence that helps whoever reads it: what is to be done, or what was seen."
    return None


def why_not_write(state: str) -> str | None:
    return None if state == WRITTEN else INSTEAD[state]
