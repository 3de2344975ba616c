"""What the record says of one open case, as far as a check asks. Pure.

Days are days; None: it never was, or nobody has said. Read for many children at once by `reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

HIGH = ("high", "very_high")
MATTERS = ("moderate", "strong")  # ratings of a factor


@dataclass(frozen=True, slots=True)
class FactorFact:
    """A factor that holds. `answered`: an objective of the plan that stands answers it."""

    root: UUID
    side: str
    rating: str
    since: date
    answered: bool


@dataclass(frozen=True, slots=True)
class ObjectiveFact:
    root: UUID
    part: str
    starts: date | None
    by_day: date
    answers: bool  # a factor that holds
    state: str = ""  # how far it has come; empty: nobody has said


@dataclass(frozen=True, slots=True)
class Assessed:
    """The latest assessments of the kinds that say what the work is for."""

    signed: date | None = None
    countersigned: date | None = None  # of the latest that is
    waits_since: date | None = None  # signed, and not yet countersigned
    review_due: date | None = None
    serious_harm: str = ""
    safety: str = ""
    screened: frozenset[str] = frozenset()  # forms filled in and signed, screenings among them
    asked_due: date | None = None  # the earliest day by which an agency was to answer, and has not


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan that stands: the latest that was signed."""

    begun: date
    signed: date | None = None
    countersigned: date | None = None
    waits_since: date | None = None
    says: frozenset[str] = frozenset()  # keys of what a plan says besides its objectives
    child_asked: bool = False  # agreed with the child, or why not
    carer_asked: bool = False
    objectives: tuple[ObjectiveFact, ...] = ()

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(one.part for one in self.objectives)


@dataclass(frozen=True, slots=True)
class Said:
    """When each was last written down in their own words."""

    child: date | None = None
    carer: date | None = None
    unanswered: tuple[date, ...] = ()  # what the child said of which nothing says what changed, the oldest first


@dataclass(frozen=True, slots=True)
class Met:
    last_seen: date | None = None
    next_seen: date | None = None
    kept: int = 0  # of the last four weeks
    expected: int | None = None  # None: nobody has said how often
    missed: date | None = None  # the earliest that nobody followed up


@dataclass(frozen=True, slots=True)
class WorkFact:
    """A piece of work that goes on, with its sessions up to today and those in the diary."""

    objective: UUID | None
    since: date  # its first day
    past: int = 0
    delivered: int = 0
    coming: int = 0


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One child with an open case."""

    child: UUID
    began: date  # the case, or the order that runs if that is later
    team: UUID | None = None
    worker: UUID | None = None
    born: date | None = None
    answered_for: bool = True  # an order or another outcome for which somebody here answers; else voluntary
    ends: date | None = None
    consent: bool = False
    exit_plan: bool = False
    harmed: bool = False
    looked_after: bool = False
    social_worker: bool = False
    nowhere_since: date | None = None  # no school, college or work
    alerts_due: tuple[date, ...] = ()  # past the day, the oldest first
    less_safe: date | None = None
    told_today: date | None = None
    tell_social_care: date | None = None  # by when, where it is not done
    late: date | None = None  # the oldest thing late of which nobody has said why
    oversight: date | None = None
    steps_to_18: bool = False
    imported: date | None = None
    factors: tuple[FactorFact, ...] = ()
    assessed: Assessed = Assessed()
    plan: Planned | None = None
    said: Said = Said()
    met: Met = Met()
    works: tuple[WorkFact, ...] = ()

    @property
    def eighteen(self) -> date | None:
        """The first day on which they are an adult."""
        if self.born is None:
            return None
        try:
            return self.born.replace(year=self.born.year + 18)
        except ValueError:
            return self.born.replace(year=self.born.year + 18, month=3, day=1)  # born on 29 February
