"""What was assessed, planned and done of many open cases, read together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from waypost.casework.assessments.definitions import load as forms
from waypost.casework.assessments.models import Answered, Assessment, Contribution, ContributionStep, Factor
from waypost.casework.assessments.questions import Judgement
from waypost.casework.contacts.panels import TOOK_PLACE
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.plans.models import Agreed, Objective, ObjectiveFactor, Plan, PlanWords, Progress
from waypost.casework.tasks.models import Task
from waypost.quality.readiness.cases import Cases, Row, day_of, rows_of
from waypost.quality.readiness.facts import Assessed, FactorFact, ObjectiveFact, Planned, WorkFact

SAYS_WHAT_FOR = ("full", "out_of_court", "filed_national", "asset")  # forms that say what the work is for


def assessed(cases: Cases) -> dict[UUID, Assessed]:
    signed = Assessment.objects.standing().filter(signed_at__isnull=False).order_by("-signed_at")
    made = cases.by(rows_of(cases, signed, "pk", "form", "version", "signed_at", "locked_at"))
    due = cases.by(rows_of(cases, Task.objects.open().filter(key="assessment_review").order_by("due"), "due"))
    asked = cases.by(rows_of(cases, _not_answered(), "due"))
    judged = _judged(cases)
    found = {}
    for child in {*made, *due, *asked}:
        mine = [row for row in made.get(child, ()) if row[2] in SAYS_WHAT_FOR]
        locked = [row for row in mine if row[5]]
        ratings = judged.get(mine[0][1], {}) if mine else {}
        found[child] = Assessed(
            signed=day_of(mine[0][4]) if mine else None,
            countersigned=day_of(locked[0][5]) if locked else None,
            waits_since=min((day_of(row[4]) for row in made.get(child, ()) if not row[5]), default=None),
            review_due=due[child][0][1] if child in due else None,
            serious_harm=ratings.get(Judgement.SERIOUS_HARM, ""),
            safety=ratings.get(Judgement.SAFETY, ""),
            screened=frozenset(row[2] for row in made.get(child, ())),
            asked_due=asked[child][0][1] if child in asked else None,
        )
    return found


def _not_answered() -> QuerySet[Any]:
    """What agencies were asked for assessments that are being written, the first due first."""
    ended = ContributionStep.objects.filter(contribution=OuterRef("pk")).exclude(step="chased")
    being_written = Assessment.objects.being_written().values("pk")
    return Contribution.objects.filter(~Exists(ended), assessment__in=being_written).order_by("due")


def _judged(cases: Cases) -> dict[UUID, dict[Judgement, str]]:
    """Of each signed assessment what a person judged of harm and safety: the latest of several answers."""
    asks = {
        question.key: question.judges
        for versions in forms().values()
        for form in versions
        for question in form
        if question.judges in (Judgement.SERIOUS_HARM, Judgement.SAFETY)
    }
    rows = Answered.objects.current().filter(question__in=asks, assessment__signed_at__isnull=False).order_by("at")
    found: dict[UUID, dict[Judgement, str]] = defaultdict(dict)
    for _, assessment, question, value in rows_of(cases, rows, "assessment", "question", "value"):
        if isinstance(value, str) and (judges := asks[question]):
            found[assessment][judges] = value
    return found


Answering = Mapping[UUID, frozenset[tuple[UUID, UUID]]]  # of each plan, which objective answers which factor


def answering(cases: Cases) -> Answering:
    rows = ObjectiveFactor.objects.current().filter(person__in=cases.people).order_by("plan")
    pairs = rows.values_list("plan", "objective", "factor")
    return {plan: frozenset(row[1:] for row in of) for plan, of in groupby(pairs, key=itemgetter(0))}


def plans(cases: Cases, answers: Answering) -> dict[UUID, Planned]:
    """The latest that was signed."""
    signed = Plan.objects.standing().filter(signed_at__isnull=False).order_by("-number")
    latest = {
        child: of[0] for child, of in cases.by(rows_of(cases, signed, "pk", "at", "signed_at", "locked_at")).items()
    }
    says = _of_plans(rows_of(cases, PlanWords.objects.current().exclude(words=""), "plan", "what"))
    asked = _of_plans(rows_of(cases, Agreed.objects.current(), "plan", "who"))
    states = {root: state for _, root, state in rows_of(cases, Progress.objects.current(), "objective", "state")}
    holding = {root for _, root in rows_of(cases, Factor.objects.holding(), "root")}
    objectives: dict[UUID, list[ObjectiveFact]] = defaultdict(list)
    for _, plan, root, part, starts, by_day in rows_of(
        cases, Objective.objects.current(), "plan", "root", "part", "starts", "by_day"
    ):
        answered = any(objective == root and factor in holding for objective, factor in answers.get(plan, ()))
        objectives[plan].append(ObjectiveFact(root, part, starts, by_day, answered, states.get(root, "")))
    return {
        child: Planned(
            begun=day_of(at),
            signed=day_of(signed_at),
            countersigned=day_of(locked_at) if locked_at else None,
            waits_since=None if locked_at else day_of(signed_at),
            says=says.get(plan, frozenset()),
            child_asked="child" in asked.get(plan, ()),
            carer_asked="carer" in asked.get(plan, ()),
            objectives=tuple(objectives.get(plan, ())),
        )
        for child, (_, plan, at, signed_at, locked_at) in latest.items()
    }


def _of_plans(rows: Iterable[Row]) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for _, plan, what in rows:
        found[plan].add(what)
    return {plan: frozenset(of) for plan, of in found.items()}


def factors(cases: Cases, answers: Answering) -> dict[UUID, list[FactorFact]]:
    """A factor is answered by an objective of any plan that has not been taken out, signed or still being written."""
    answered = {factor for pairs in answers.values() for _, factor in pairs}
    found: dict[UUID, list[FactorFact]] = defaultdict(list)
    for person, root, side, rating, since in rows_of(
        cases, Factor.objects.holding(), "root", "side", "rating", "since"
    ):
        found[cases.owner[person]].append(FactorFact(root, side, rating, day_of(since), root in answered))
    return found


def works(cases: Cases, at: datetime) -> dict[UUID, list[WorkFact]]:
    """Of the work that goes on: its sessions stand in what came of their contacts."""
    said = Q(contact__attendances__replaced_at=None)
    tied = InterventionSession.objects.tied().filter(said, intervention__ended_on=None)
    sessions: dict[UUID, Counter[str]] = defaultdict(Counter)
    for _, work, starts, came in rows_of(cases, tied, "intervention", "contact__starts", "contact__attendances__came"):
        sessions[work].update(
            {"past": starts < at, "delivered": (came or "") in TOOK_PLACE, "coming": starts >= at and not came}
        )
    found: dict[UUID, list[WorkFact]] = defaultdict(list)
    going = rows_of(cases, Intervention.objects.going(), "pk", "objective", "starts")
    for person, work, objective, since in going:
        counted = sessions[work]
        found[cases.owner[person]].append(
            WorkFact(objective, since, counted["past"], counted["delivered"], counted["coming"])
        )
    return found
