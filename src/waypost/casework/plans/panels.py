"""What pages show of plans: a fixed number of queries, however much a plan holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from waypost.casework.assessments.models import Answered, Assessment, Factor, Settled
from waypost.casework.assessments.questions import Judgement
from waypost.casework.offences.models import OffenceHarmed
from waypost.casework.plans import rules
from waypost.casework.plans.actions import state_of
from waypost.casework.plans.models import Agreed, NotNow, Objective, Plan, PlanStep, Progress, Undertaking
from waypost.casework.plans.rules import FactorSeen, Gap, Laid, ObjectiveSeen
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound
from waypost.people.record.beside import current
from waypost.people.record.home import Relation
from waypost.people.record.models import Child
from waypost.ui.words import coded

JUDGED = (Judgement.SERIOUS_HARM, Judgement.SAFETY)
FIRST = ("low", "medium", "high", "very_high")


@dataclass(frozen=True, slots=True)
class Aim:
    """One objective with what it answers, who does what and how far it has come."""

    of: Objective
    factors: list[FactorSeen] = field(default_factory=list)
    does: list[Undertaking] = field(default_factory=list)
    progress: Progress | None = None

    @property
    def root(self) -> UUID:
        return UUID(str(self.of.root))

    @property
    def ended(self) -> bool:
        return self.progress is not None and self.progress.state in (Progress.State.REACHED, Progress.State.STOPPED)

    @property
    def whose(self) -> str:
        return self.of.owner.name if self.of.owner else coded("agencies", self.of.agency)

    @property
    def seen(self) -> ObjectiveSeen:
        roots = frozenset(one.root for one in self.factors)
        of = self.of
        return ObjectiveSeen(self.root, of.part, of.words, of.by_day, roots, len(self.does), self.ended)


def by_whom(one: Undertaking) -> str:
    """‘Marged Pryce’, ‘Mental health: Dr Rao’, ‘The child’"""
    if one.who == Undertaking.Who.STAFF:
        return one.staff.name if one.staff else ""
    if one.who == Undertaking.Who.AGENCY:
        return ": ".join(part for part in (coded("agencies", one.agency), one.name) if part)
    return one.name or {"child": "The child", "carer": "A carer"}[one.who]


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as its page draws it."""

    plan: Plan
    child: Child
    aims: list[Aim]
    said: Mapping[str, str]  # what the plan says besides: key → words
    agreed: Mapping[str, Agreed]  # child and carer
    steps: list[PlanStep]
    factors: list[FactorSeen]
    ratings: Mapping[str, str]
    gaps: tuple[Gap, ...]
    taken_out: list[Objective]

    @property
    def state(self) -> str:
        return state_of(self.plan)

    @property
    def is_open(self) -> bool:
        return self.state == rules.WRITTEN

    @property
    def parts(self) -> list[tuple[str, str, list[Aim]]]:
        """Each part with its objectives, in the order in which the work is done."""
        return [(key, name, [one for one in self.aims if one.of.part == key]) for key, name in Objective.Part.choices]

    @property
    def also_said(self) -> list[tuple[str, str, str]]:
        """By the list of what a plan says: key, its heading, the words."""
        return [(code.key, code.words, self.said.get(code.key, "")) for code in load("plan_words")]

    @property
    def warning(self) -> str | None:
        return rules.too_many(sum(not one.ended for one in self.aims))

    @property
    def unanswered(self) -> list[FactorSeen]:
        """Factors against change that wait, with the reason."""
        return [one for one in self.factors if one.not_now]

    def aim(self, root: UUID) -> Aim | None:
        return next((one for one in self.aims if one.root == root), None)

    @property
    def reviewed(self) -> bool:
        return any(one.step == PlanStep.Kind.REVIEWED for one in self.steps)

    @property
    def back(self) -> PlanStep | None:
        """That it was sent back, while nobody has signed it again."""
        last = self.steps[-1] if self.steps else None
        return last if last and last.step == PlanStep.Kind.SENT_BACK else None


def plans_of(child: Child) -> list[Plan]:
    """The latest first, without those begun in error."""
    rows = (
        Plan.objects.of(child.person_ids())
        .standing()
        .select_related("person", "signed_by", "locked_by", "by", "outcome")
    )
    return list(rows.order_by("-number", "-at"))


def plan_of(child: Child, pk: UUID) -> Plan:
    rows = Plan.objects.of(child.person_ids()).select_related("person", "signed_by", "locked_by", "by")
    found: Plan | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def shown(plan: Plan, child: Child, at: datetime) -> Shown:
    on, people = timezone.localdate(at), child.person_ids()
    not_now = dict(NotNow.objects.current().filter(plan=plan).values_list("factor", "words"))
    factors = factors_of(people, not_now)
    aims = _aims(plan, factors)
    said = dict(plan.said.current().values_list("what", "words"))
    agreed = {one.who: one for one in Agreed.objects.current().filter(plan=plan).select_related("by")}
    ratings = ratings_of(people)
    laid = Laid(
        factors=factors,
        objectives=[one.seen for one in aims],
        ratings=ratings,
        said=said,
        agreed=agreed,
        harmed=OffenceHarmed.objects.filter(person__in=people).exists(),
        has_carer=current(Relation).filter(person__in=people, carer=True).exists(),
    )
    out = plan.objectives.exclude(taken_out="").select_related("by").order_by("replaced_at")
    steps = plan.steps.select_related("by").order_by("at")
    return Shown(plan, child, aims, said, agreed, list(steps), factors, ratings, rules.gaps(laid, on=on), list(out))


def _aims(plan: Plan, factors: Iterable[FactorSeen]) -> list[Aim]:
    by_root = {one.root: one for one in factors}
    answers: dict[UUID, list[FactorSeen]] = defaultdict(list)
    for objective, factor in plan.answering.current().values_list("objective", "factor"):
        answers[objective] += [by_root[factor]] * (factor in by_root)
    does: dict[UUID, list[Undertaking]] = defaultdict(list)
    for one in plan.undertakings.current().select_related("staff").order_by("by_day", "at"):
        does[one.objective].append(one)
    rows = list(plan.objectives.current().select_related("owner", "by").order_by("place", "at"))
    now = Progress.objects.current().filter(objective__in=[one.root for one in rows]).select_related("by")
    progress = {one.objective: one for one in now}
    return [Aim(one, answers[one.root], does[one.root], progress.get(one.root)) for one in rows]


def factors_of(people: Collection[UUID], not_now: Mapping[UUID, str]) -> list[FactorSeen]:
    """As they stand now, what weighs most first."""
    rows = Factor.objects.of([*people]).holding().order_by("since", "pk")
    order = [code.key for code in load("factor_ratings")][::-1]
    found = [
        FactorSeen(one.root, called(one), one.side, one.rating, not_now.get(one.root, ""))
        for one in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: order.index(one.rating) if one.rating in order else len(order))


def called(factor: Factor) -> str:
    """As the list of factors calls it; in the worker’s words where it is not on the list."""
    return coded("factors", factor.factor) if factor.factor else factor.words


def ratings_of(people: Collection[UUID]) -> dict[str, str]:
    """What the latest countersigned assessment rates of harm and safety, as a person judged it; nothing worked out.

    Where several answered and nobody has settled which answer holds, the highest does.
    """
    asked: dict[str, tuple[Assessment, str]] = {}
    for one in Assessment.objects.of([*people]).locked().order_by("-locked_at"):
        for judgement in JUDGED:
            question = one.of_form.judging(judgement)
            if question is not None:
                asked.setdefault(str(judgement), (one, question.key))
    wanted = Q(pk__in=())
    for of, key in asked.values():
        wanted |= Q(assessment=of, question=key)
    answers = list(Answered.objects.current().filter(wanted))
    held = set(
        Settled.objects.filter(holds__in=[one.pk for one in answers], replaced_at=None).values_list("holds", flat=True)
    )
    found: dict[str, str] = {}
    for judged, (of, key) in asked.items():
        there = [one for one in answers if (one.assessment_id, one.question) == (of.pk, key)]
        there = [one for one in there if one.pk in held] or there
        rated = [one.value for one in there if one.value in FIRST]
        if rated:
            found[judged] = max(rated, key=FIRST.index)
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """A factor as it was when the plan was begun, and as it is now."""

    words: str
    was: str
    now: str

    @property
    def has(self) -> bool:
        return self.was != self.now


def moved(plan: Plan, child: Child) -> list[Moved]:
    """Those that moved first. One query."""
    was: dict[UUID, Factor] = {}
    now: dict[UUID, Factor] = {}
    for one in Factor.objects.of(child.person_ids()).order_by("at"):
        if one.at <= plan.at:
            was[one.root] = one
        if one.replaced_at is None:
            now[one.root] = one
    found = [Moved(called(one), _stands(was.get(root)), _stands(one)) for root, one in now.items()]
    return sorted((one for one in found if one.was or one.now), key=lambda one: not one.has)


def _stands(factor: Factor | None) -> str:
    if factor is None:
        return "Not seen yet"
    if factor.ended_because:
        return f"Ended: {coded('factor_endings', factor.ended_because).lower()}"
    return f"{coded('factor_ratings', factor.rating)} {factor.side} change"


# Elsewhere -------------------------------------------------------------------------------------------------------


def objectives_now(people: Collection[UUID]) -> list[str]:
    """What a contact may work towards: of the plan that holds, else of the one being written, in order."""
    latest = Plan.objects.of([*people]).standing().order_by("-locked_at", "-number")
    plan = latest.filter(locked_at__isnull=False).first() or latest.first()
    if plan is None:
        return []
    ended = Progress.objects.current().of([*people]).filter(state__in=("reached", "stopped")).values("objective")
    rows = plan.objectives.current().exclude(root__in=ended).order_by("place")
    return [words for words in rows.values_list("words", flat=True) if words]


def entry_stays(entry: Any) -> str | None:
    """What a plan quotes, or once did, is not moved to another child."""
    return QUOTED if Objective.objects.filter(said_in=entry.pk, plan__dropped_at=None).exists() else None


QUOTED = "A plan of this child quotes it, and that stays. Write it anew on the other child."
