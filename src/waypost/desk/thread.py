"""A child’s thread: what they said, what was assessed, what the plan answers, what was done, and the review.

A strand for each factor that holds, for each objective that answers none, and for each of the child’s latest words on
which nothing hangs. Where the thing that should come next is missing the strand is cut, and says how to mend it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from textwrap import shorten
from typing import Any
from uuid import UUID

from django.utils import timezone

from waypost.casework.assessments.definitions import load as forms
from waypost.casework.assessments.models import Evidence, Factor
from waypost.casework.interventions.models import Intervention
from waypost.casework.interventions.panels import works_of
from waypost.casework.interventions.rules import Counted
from waypost.casework.plans.models import Objective, ObjectiveFactor, Plan
from waypost.casework.voice.panels import changed_nothing
from waypost.kernel.lists import load
from waypost.kernel.words import day
from waypost.people.record.beside import current
from waypost.people.record.entries import Entry
from waypost.ui.addresses import url
from waypost.ui.thread import Kind, Knot, Stage, Strand, Thread
from waypost.ui.words import capital

STAGES = (
    Stage("said", "What was said"),
    Stage("factor", "Factors"),
    Stage("objective", "Objectives"),
    Stage("sessions", "Sessions"),
    Stage("review", "Review"),
)
WORDS_BACK = timedelta(days=183)
LOOSE = 3  # of words on which nothing hangs, the latest
MOST = 60  # words of the child that are read, the latest
LONGEST = 90  # letters of words on a knot


@dataclass(frozen=True, slots=True)
class Words:
    """Something the child said."""

    pk: UUID
    words: str
    day: date
    to: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An objective of the plan that stands, with how many of its sessions took place."""

    root: UUID
    words: str
    by_day: date
    owner: str
    said_in: UUID | None = None
    took_place: int = 0
    planned: int = 0  # up to today
    to_come: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A factor that holds."""

    root: UUID
    words: str
    category: str
    since: date


@dataclass(frozen=True)
class Known:
    """What the thread of one child is made of; `answering`: which objective answers which factor."""

    child: UUID
    said: Mapping[UUID, Words] = field(default_factory=dict)  # the latest first
    factors: tuple[Seen, ...] = ()
    objectives: Mapping[UUID, Answered] = field(default_factory=dict)  # in the plan’s order
    answering: frozenset[tuple[UUID, UUID]] = frozenset()
    rests_on: Mapping[UUID, UUID] = field(default_factory=dict)  # of a factor, the words behind it
    review: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.factors or self.objectives)


# Pure -----------------------------------------------------------------------------------------------------------------


def drawn(known: Known, on: date) -> Thread:
    """Cut strands first."""
    found = [*_of_factors(known, on), *_of_objectives(known, on), *_of_words(known, on)]
    return Thread("The thread of this child", STAGES, tuple(found)).cut_first()


def _of_factors(known: Known, on: date) -> Iterator[Strand]:
    for factor in known.factors:
        answers: list[Answered | None] = [
            one for root, one in known.objectives.items() if (root, factor.root) in known.answering
        ]
        words = known.said.get(known.rests_on.get(factor.root, UUID(int=0)))
        for objective in answers or [None]:
            said = words or (known.said.get(objective.said_in) if objective and objective.said_in else None)
            yield Strand((
                _said(known, said),
                Knot("factor", factor.words, _plan(known), note=f"{factor.category}. Seen {day(factor.since)}"),
                *_from_objective(known, objective, on),
            ))  # fmt: skip


def _of_objectives(known: Known, on: date) -> Iterator[Strand]:
    """Those that answer no factor that holds."""
    holding = {factor.root for factor in known.factors}
    answers = {objective for objective, factor in known.answering if factor in holding}
    for root, objective in known.objectives.items():
        if root not in answers:
            gap = Knot("factor", "No factor behind this", kind=Kind.MISSING, mend="Link a factor", href=_plan(known))
            said = known.said.get(objective.said_in) if objective.said_in else None
            before = (_said(known, said), gap) if said else (gap,)
            yield Strand((*before, *_from_objective(known, objective, on)))


def _of_words(known: Known, on: date) -> Iterator[Strand]:
    """The child’s latest words of which nothing says what changed, and on which nothing hangs."""
    hangs = {*known.rests_on.values(), *(one.said_in for one in known.objectives.values())}
    loose = [one for one in known.said.values() if one.pk not in hangs and not one.changed]
    for words in [one for one in loose if on - one.day <= WORDS_BACK][:LOOSE]:
        mend = url("words_because", pk=known.child, entry=words.pk)
        yield Strand((
            _said(known, words),
            Knot("factor", "Nothing hangs on it yet", kind=Kind.MISSING, mend="Say what changed", href=mend),
        ))  # fmt: skip


def _said(known: Known, words: Words | None) -> Knot:
    if words is None:
        ask = url("contact_record", pk=known.child)
        return Knot("said", "No words of the child", kind=Kind.MISSING, mend="Ask, and write it down", href=ask)
    href = url("child_correct", pk=known.child, kind="entry", statement=words.pk)
    return Knot("said", _short(words.words), href, Kind.SAID, note=f"{day(words.day)}, to {words.to}")


def _from_objective(known: Known, objective: Answered | None, on: date) -> Iterator[Knot]:
    if objective is None:
        yield Knot("objective", "No objective answers this", _plan(known), Kind.MISSING, mend="Add an objective")
        return
    owner = f"Owner: {objective.owner}" if objective.owner else ""
    note = ". ".join(part for part in (f"By {day(objective.by_day)}", owner) if part)
    yield Knot("objective", _short(objective.words), f"{_plan(known)}#o-{objective.root}", note=note)
    sessions = _sessions(known, objective)
    yield sessions
    if sessions.kind.holds:
        yield _review(known, on)


def _sessions(known: Known, objective: Answered) -> Knot:
    href, coming = _done(known), f"{objective.to_come} to come" if objective.to_come else ""
    if objective.planned and not objective.took_place:
        return Knot("sessions", f"None of {objective.planned} took place", href, Kind.MISSING, note=coming, mend="Look")
    if objective.planned:
        done = f"{objective.took_place} of {objective.planned} took place"
        return Knot("sessions", done, href, note=coming)
    if objective.to_come:
        return Knot("sessions", capital(coming), href, Kind.NEXT)
    return Knot("sessions", "No session planned", href, Kind.MISSING, mend="Plan the work")


def _review(known: Known, on: date) -> Knot:
    if known.review is None:
        return Knot("review", "Its day comes with the assessment", kind=Kind.WAIT)
    late = known.review < on
    words = f"Review {'was ' if late else ''}due {day(known.review)}"
    return Knot(
        "review", words, url("assessments", pk=known.child), Kind.NEXT, joins="review", mark="Late:" if late else ""
    )


def _short(words: str) -> str:
    return shorten(words, LONGEST, placeholder="…")


def _plan(known: Known) -> str:
    return url("child_plan", pk=known.child)


def _done(known: Known) -> str:
    return url("interventions", pk=known.child)


# Read -----------------------------------------------------------------------------------------------------------------


def known_of(child: UUID, people: Collection[UUID], tasks: Iterable[Any], at: datetime) -> Known:
    """Eleven queries. `tasks`: those that wait, as the page has them. For whoever reads all that it is made of."""
    people = [*people]
    said = _words(people)
    factors = list(Factor.objects.holding().of(people).order_by("since"))
    plan = Plan.objects.standing().of(people).order_by("-number").first()
    rows = list(Objective.objects.current().filter(plan=plan).select_related("owner").order_by("place")) if plan else []
    pairs = ObjectiveFactor.objects.current().filter(plan=plan).values_list("objective", "factor") if plan else ()
    done = _done_towards(people, at)
    return Known(
        child=child,
        said=said,
        factors=tuple(
            Seen(
                one.root,
                load("factors").words(one.factor) if one.factor else one.words,
                load("factor_categories").words(one.category),
                timezone.localdate(one.since),
            )
            for one in factors
        ),
        objectives={
            one.root: Answered(
                one.root,
                one.words,
                one.by_day,
                one.owner.name if one.owner else "",
                one.said_in_id,
                done[one.root].delivered,
                _up_to_today(done[one.root]),
                done[one.root].in_diary,
            )
            for one in rows
        },
        answering=frozenset((objective, factor) for objective, factor in pairs),
        rests_on=_behind(people, factors, said),
        review=next((task.due for task in tasks if task.key == "assessment_review"), None),
    )


def _done_towards(people: Collection[UUID], at: datetime) -> dict[UUID | None, Counted]:
    """Of each objective by its root, how many of its sessions took place, were lost, or are to come."""
    found: dict[UUID | None, Counted] = defaultdict(Counted)
    for work in works_of(Intervention.objects.of([*people]).named(), people, at):
        found[work.of.objective] += work.counted
    return found


def _up_to_today(counted: Counted) -> int:
    return counted.delivered + counted.missed + counted.cancelled + counted.not_recorded


def _words(people: Collection[UUID]) -> dict[UUID, Words]:
    rows = current(Entry).filter(person__in=people, said_by="child").exclude(own_words="").order_by("-since", "-at")
    found = rows.values_list("pk", "own_words", "since", "by__name")[:MOST]
    nothing = set(changed_nothing().filter(person__in=people, said_by="child").values_list("pk", flat=True))
    return {pk: Words(pk, words, day, to, pk not in nothing) for pk, words, day, to in found if day}


def _behind(people: Collection[UUID], factors: Iterable[Factor], said: Collection[UUID]) -> dict[UUID, UUID]:
    """Of each factor the child’s words on which an answer about it rests."""
    about = {question.key: question.factor for versions in forms().values() for form in versions for question in form}
    rests: dict[str, list[UUID]] = defaultdict(list)
    rows = Evidence.objects.filter(person__in=people, kind="entry", removed_at=None).order_by("-at")
    for question, entry in rows.values_list("question", "of"):
        if entry in said and about.get(question):
            rests[about[question]].append(entry)
    return {one.root: rests[one.factor][0] for one in factors if one.factor and one.factor in rests}
