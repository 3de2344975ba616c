"""The worst thing true of each line of the answer, and the clock it runs against. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waypost.governance.improvement.kinds import ActionKind


class Gap(StrEnum):
    """In the order the page shows them: worst first."""

    NOTHING = "nothing"
    ONLY_TALK = "only"
    NO_MEASURE = "unmeasured"
    MEASURED = "measured"
    STRENGTH = "strength"

    @property
    def words(self) -> str:
        return {
            "nothing": "Nothing answers it",
            "only": "Only training or a protocol",
            "unmeasured": "No measure",
            "measured": "Answered and measured",
            "strength": "A strength, nothing asked",
        }[self.value]


def worst(kinds: Collection[ActionKind], *, measured: bool, strength: bool) -> Gap:
    """`kinds` are those of the actions a person has said answer the line."""
    if not kinds:
        return Gap.STRENGTH if strength else Gap.NOTHING
    if ActionKind.CHANGE not in kinds:
        return Gap.ONLY_TALK
    return Gap.MEASURED if measured else Gap.NO_MEASURE


@dataclass(frozen=True, slots=True)
class Clock:
    """The twelve months an inspectorate gives, from publication."""

    published: date
    ends: date
    today: date

    @property
    def gone(self) -> int:
        return max(0, (self.today - self.published).days)

    @property
    def left(self) -> int:
        """Days left; below 0 when the time is up."""
        return (self.ends - self.today).days

    @property
    def share(self) -> float:
        """How much of the time has gone, 0 to 1."""
        whole = (self.ends - self.published).days
        return min(1.0, self.gone / whole) if whole else 1.0


def why_not_check(by: object, said_by: Collection[object]) -> str | None:
    """`said_by` are those whose word on the line stands; nobody checks their own judgement."""
    if not said_by:
        return "Nobody has judged this line yet, so there is nothing to check."
    return "You judged this line yourself. Somebody else checks it." if by in said_by else None


def why_not_strength(*, is_recommendation: bool) -> str | None:
    return "A recommendation always asks for something." if is_recommendation else None


def why_not_nothing(matched: Collection[object]) -> str | None:
    """'Nothing answers it' can only be said of a line to which no action is matched."""
    return "An action is matched to this line. Say ‘not this’ of it first." if matched else None
