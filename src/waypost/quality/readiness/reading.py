"""What the record says of many open cases, read together: a fixed number of queries, however many cases there are.

Read as the database lets whoever asks read: of a sealed record nobody but those named on it learns anything here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from waypost.access.models import Access
from waypost.casework.assessments.definitions import load as forms
from waypost.casework.assessments.models import Answered, Assessment, Contribution, ContributionStep, Factor
from waypost.casework.assessments.questions import Judgement
from waypost.casework.cases.models import Consent, ExitPlan, ExpectedContact, Involvement, Oversight, TransitionStep
from waypost.casework.contacts import expected
from waypost.casework.contacts.models import Came, Contact
from waypost.casework.contacts.panels import SEEN, TOOK_PLACE
from waypost.casework.court.models import Remand
from waypost.casework.court.rules import Remand as RemandOf
from waypost.casework.court.rules import looked_after
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.models import Origin
from waypost.casework.outcomes.panels import Order, orders
from waypost.casework.plans.models import Agreed, Objective, ObjectiveFactor, Plan, PlanWords, Progress
from waypost.casework.tasks.models import Lateness, Task
from waypost.casework.voice.panels import changed_nothing
from waypost.kernel.lists import load
from waypost.kernel.words import LONDON
from waypost.people.record.beside import current
from waypost.people.record.care import CareStatus, Education
from waypost.people.record.entries import Entry
from waypost.people.record.home import Harmed, WorksWith
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert
from waypost.people.record.who import Birth
from waypost.quality.readiness.facts import (
    Assessed,
    CaseFacts,
    FactorFact,
    Met,
    ObjectiveFact,
    Planned,
    Said,
    WorkFact,
)

FOUR_WEEKS = timedelta(days=28)
LOOKED_BACK = timedelta(days=91)  # for what was missed and not followed up
WORDS_BACK = timedelta(days=183)
SAYS_WHAT_FOR = ("full", "out_of_court", "filed_national", "asset")  # forms that say what the work is for
SOCIAL_WORKER = "social worker"  # as a role is typed
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Cases:
    """Children with an open case. `owner`: each record’s child; `people`: the same as a question to the database."""

    owner: Mapping[UUID, UUID]
    people: Any

    def by(self, rows: Iterable[Row]) -> dict[UUID, list[Row]]:
        """Rows that begin with a person, by the child whose record that is."""
        found: dict[UUID, list[Row]] = defaultdict(list)
        for row in rows:
            if (child := self.owner.get(row[0])) is not None:
                found[child].append(row)
        return found

    def first(self, rows: Iterable[Row]) -> dict[UUID, Any]:
        """Of rows of a person and a value the first of each child."""
        return {child: found[0][1] for child, found in self.by(rows).items()}


def cases_of(children: QuerySet[Child]) -> Cases:
    """Those of these children who have an open case."""
    open_ = current(Involvement).filter(until=None).values("person")
    kept = children.filter(Q(pk__in=open_) | Q(combined__in=open_), combined_into=None).values("pk")
    people = Child.objects.filter(Q(pk__in=kept) | Q(combined_into__in=kept))
    owner = {pk: into or pk for pk, into in people.values_list("pk", "combined_into")}
    return Cases(owner, people.values("pk"))


def read(children: QuerySet[Child], at: datetime) -> list[CaseFacts]:
    """In some thirty queries. `children`: those whom whoever asks may see."""
    on, cases = timezone.localdate(at), cases_of(children)
    if not cases.owner:
        return []
    began = _earliest(cases, current(Involvement).filter(until=None))
    given = _orders(cases, on)
    births = cases.first(_rows(cases, current(Birth), "born"))
    holders, answers = _holders(cases, at), _answering(cases)
    planned, assessed = _plans(cases, answers), _assessed(cases, on)
    factors = _factors(cases, planned, answers)
    said, met, waiting = _said(cases, on), _met(cases, began, at), _waiting(cases, on)
    flags, works = _flags(cases, on), _works(cases, at)
    found = []
    for child in began:
        order = given.get(child)
        worker, team = holders.get(child, (None, None))
        found.append(
            CaseFacts(
                child=child,
                began=max(began[child], order.given.made) if order else began[child],
                team=team,
                worker=worker,
                born=births.get(child),
                answered_for=order is not None,
                ends=order.ends if order else None,
                factors=tuple(factors.get(child, ())),
                assessed=assessed.get(child, Assessed()),
                plan=planned.get(child),
                said=said.get(child, Said()),
                met=met.get(child, Met()),
                works=tuple(works.get(child, ())),
                **waiting.get(child, {}),
                **{name: of[child] for name, of in flags.items() if child in of},
            )
        )
    return found


def _rows(cases: Cases, rows: QuerySet[Any], *names: str) -> Iterator[Row]:
    """Of those people, the person first."""
    return rows.filter(person__in=cases.people).values_list("person", *names).iterator(chunk_size=5000)


def _earliest(cases: Cases, rows: QuerySet[Any]) -> dict[UUID, date]:
    found = cases.by(_rows(cases, rows, "since"))
    return {child: min(since for _, since in of) for child, of in found.items()}


def _orders(cases: Cases, on: date) -> dict[UUID, Order]:
    """The latest that is open and for which somebody here answers."""
    found: dict[UUID, Order] = {}
    for order in orders([*cases.owner], whole=False):
        if order.is_answered_for and order.is_open(on):
            found.setdefault(cases.owner[order.of.person_id], order)
    return found


def _holders(cases: Cases, at: datetime) -> dict[UUID, tuple[UUID, UUID | None]]:
    rows = Access.objects.at(at).filter(basis=Access.Basis.ALLOCATED, child__in=cases.people)
    return {child: (staff, team) for child, staff, team in rows.values_list("child", "staff", "staff__team")}


# Assessments and plans ------------------------------------------------------------------------------------------------


def _assessed(cases: Cases, on: date) -> dict[UUID, Assessed]:
    signed = Assessment.objects.standing().filter(signed_at__isnull=False).order_by("-signed_at")
    made = cases.by(_rows(cases, signed, "pk", "form", "version", "signed_at", "locked_at"))
    due = cases.by(_rows(cases, Task.objects.open().filter(key="assessment_review").order_by("due"), "due"))
    asked = cases.by(_rows(cases, _not_answered(), "due"))
    judged = _judged(cases)
    found = {}
    for child in {*made, *due, *asked}:
        mine = [row for row in made.get(child, ()) if row[2] in SAYS_WHAT_FOR]
        locked = [row for row in mine if row[5]]
        ratings = judged.get(mine[0][1], {}) if mine else {}
        found[child] = Assessed(
            signed=_day(mine[0][4]) if mine else None,
            countersigned=_day(locked[0][5]) if locked else None,
            waits_since=min((_day(row[4]) for row in made.get(child, ()) if not row[5]), default=None),
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
    for _, assessment, question, value in _rows(cases, rows, "assessment", "question", "value"):
        if isinstance(value, str) and (judges := asks[question]):
            found[assessment][judges] = value
    return found


Answering = Mapping[UUID, frozenset[tuple[UUID, UUID]]]  # of each plan, which objective answers which factor


def _answering(cases: Cases) -> Answering:
    rows = ObjectiveFactor.objects.current().filter(person__in=cases.people).order_by("plan")
    pairs = rows.values_list("plan", "objective", "factor")
    return {plan: frozenset(row[1:] for row in of) for plan, of in groupby(pairs, key=itemgetter(0))}


def _plans(cases: Cases, answers: Answering) -> dict[UUID, Planned]:
    """The latest that was signed."""
    signed = Plan.objects.standing().filter(signed_at__isnull=False).order_by("-number")
    latest = {
        child: of[0] for child, of in cases.by(_rows(cases, signed, "pk", "at", "signed_at", "locked_at")).items()
    }
    says = _of_plans(_rows(cases, PlanWords.objects.current().exclude(words=""), "plan", "what"))
    asked = _of_plans(_rows(cases, Agreed.objects.current(), "plan", "who"))
    states = {root: state for _, root, state in _rows(cases, Progress.objects.current(), "objective", "state")}
    holding = {root for _, root in _rows(cases, Factor.objects.holding(), "root")}
    objectives: dict[UUID, list[ObjectiveFact]] = defaultdict(list)
    for _, plan, root, part, starts, by_day in _rows(
        cases, Objective.objects.current(), "plan", "root", "part", "starts", "by_day"
    ):
        answered = any(objective == root and factor in holding for objective, factor in answers.get(plan, ()))
        objectives[plan].append(ObjectiveFact(root, part, starts, by_day, answered, states.get(root, "")))
    return {
        child: Planned(
            begun=_day(at),
            signed=_day(signed_at),
            countersigned=_day(locked_at) if locked_at else None,
            waits_since=None if locked_at else _day(signed_at),
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


def _factors(cases: Cases, plans: Mapping[UUID, Planned], answers: Answering) -> dict[UUID, list[FactorFact]]:
    """A factor is answered by an objective of any plan that has not been taken out, signed or still being written."""
    answered = {factor for pairs in answers.values() for _, factor in pairs}
    found: dict[UUID, list[FactorFact]] = defaultdict(list)
    for person, root, side, rating, since in _rows(cases, Factor.objects.holding(), "root", "side", "rating", "since"):
        found[cases.owner[person]].append(FactorFact(root, side, rating, _day(since), root in answered))
    return found


def _works(cases: Cases, at: datetime) -> dict[UUID, list[WorkFact]]:
    """Of the work that goes on: its sessions stand in what came of their contacts."""
    said = Q(contact__attendances__replaced_at=None)
    tied = InterventionSession.objects.tied().filter(said, intervention__ended_on=None)
    sessions: dict[UUID, Counter[str]] = defaultdict(Counter)
    for _, work, starts, came in _rows(cases, tied, "intervention", "contact__starts", "contact__attendances__came"):
        sessions[work].update(
            {"past": starts < at, "delivered": (came or "") in TOOK_PLACE, "coming": starts >= at and not came}
        )
    found: dict[UUID, list[WorkFact]] = defaultdict(list)
    going = _rows(cases, Intervention.objects.going(), "pk", "objective", "starts")
    for person, work, objective, since in going:
        counted = sessions[work]
        found[cases.owner[person]].append(
            WorkFact(objective, since, counted["past"], counted["delivered"], counted["coming"])
        )
    return found


# What was said, and who was seen --------------------------------------------------------------------------------------


def _said(cases: Cases, on: date) -> dict[UUID, Said]:
    own = current(Entry).exclude(own_words="").filter(said_by__in=("child", "carer"), person__in=cases.people)
    last: dict[UUID, dict[str, date]] = defaultdict(dict)
    for person, who, day in (
        own.values("person", "said_by").annotate(last=Max("since")).values_list("person", "said_by", "last")
    ):
        of = last[cases.owner[person]]
        of[who] = max(of.get(who, day), day)
    nothing = changed_nothing().filter(said_by="child", since__gte=on - WORDS_BACK).order_by("since")
    unanswered = cases.by(_rows(cases, nothing, "since"))
    return {
        child: Said(of.get("child"), of.get("carer"), tuple(day for _, day in unanswered.get(child, ())))
        for child, of in last.items()
    }


def _met(cases: Cases, began: Mapping[UUID, date], at: datetime) -> dict[UUID, Met]:
    seen, coming = _last_seen(cases, at), _next_seen(cases, at)
    often = cases.by(_rows(cases, current(ExpectedContact).order_by("-since"), "since", "level", "contacts", "weeks"))
    lately: dict[UUID, list[Row]] = cases.by(_lately(cases, at))
    on = timezone.localdate(at)
    return {
        child: Met(
            last_seen=seen.get(child),
            next_seen=coming.get(child),
            missed=_missed(lately.get(child, ())),
            **_kept(often[child], lately.get(child, ()), on) if child in often else {},
        )
        for child in began
    }


def _last_seen(cases: Cases, at: datetime) -> dict[UUID, date]:
    ways = [way.key for way in load("contact_ways") if way.flag("seen")]
    there = Q(attendances__replaced_at=None, attendances__came__in=TOOK_PLACE)
    rows = Contact.objects.filter(there, who__contains=["child"], way__in=ways, starts__lte=at, dropped_at=None)
    found = rows.filter(person__in=cases.people).values("person").annotate(last=Max("starts"))
    return _per_child(cases, found.values_list("person", "last"), max)


def _next_seen(cases: Cases, at: datetime) -> dict[UUID, date]:
    rows = Contact.objects.filter(who__contains=["child"], starts__gt=at, dropped_at=None, person__in=cases.people)
    return _per_child(cases, rows.values("person").annotate(next=Min("starts")).values_list("person", "next"), min)


def _per_child(cases: Cases, rows: Iterable[Row], which: Any) -> dict[UUID, date]:
    return {child: which(_day(moment) for _, moment in of) for child, of in cases.by(rows).items()}


def _lately(cases: Cases, at: datetime) -> Iterator[Row]:
    """Of the last three months what was recorded, the earliest first."""
    rows = Contact.objects.filter(
        attendances__replaced_at=None, attendances__isnull=False, starts__gte=at - LOOKED_BACK, starts__lte=at,
        dropped_at=None,
    )  # fmt: skip
    names = ("pk", "starts", "who", "attendances__came", "attendances__acceptable", "follows")
    return _rows(cases, rows.order_by("starts"), *names)


def _missed(lately: Iterable[Row]) -> date | None:
    """The earliest contact that the child missed and after which nobody reached the child or a carer."""
    rows = [*lately]
    followed = {row[6] for row in rows if row[6]}
    reached = max((row[2] for row in rows if row[4] in TOOK_PLACE and SEEN & {*row[3]}), default=None)
    for _, pk, starts, who, came, _, _ in rows:
        if came == Came.MISSED and "child" in who and pk not in followed and (reached is None or reached < starts):
            return _day(starts)
    return None


def _kept(often: list[Row], lately: Iterable[Row], on: date) -> dict[str, int]:
    began = min(since for _, since, *_ in often)
    plan = [expected.Planned(since, contacts, weeks) for _, since, _, contacts, weeks in often if contacts is not None]
    held = [
        expected.Contact(_day(starts), _held(came, acceptable))
        for _, _, starts, who, came, acceptable, _ in lately
        if "child" in who and _day(starts) > on - FOUR_WEEKS
    ]
    level = expected.load().get(often[0][2])
    seen = expected.seen(level, began, on - FOUR_WEEKS + timedelta(days=1), on, held, plan=plan)
    return {"kept": seen.kept + seen.excused, "expected": seen.expected}


def _held(came: str, acceptable: bool | None) -> expected.Held:
    if came in TOOK_PLACE:
        return expected.Held.KEPT
    if came == Came.CANCELLED:
        return expected.Held.CANCELLED_BY_US
    judged = {True: expected.Held.EXCUSED, False: expected.Held.MISSED, None: expected.Held.NOT_JUDGED}
    return judged[acceptable]


# What waits, and what is or is not there ------------------------------------------------------------------------------


def _waiting(cases: Cases, on: date) -> dict[UUID, dict[str, Any]]:
    """By the name of the fact: what is to be done, of the tasks that wait."""
    told = Exists(Lateness.objects.filter(task=OuterRef("pk"), replaced_at=None))
    rows = Task.objects.open().annotate(told=told).order_by("due", "at")
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for person, key, due, at, said in _rows(cases, rows, "key", "due", "at", "told"):
        of = found[cases.owner[person]]
        if key in ("less_safe", "told_today"):
            of.setdefault(key, _day(at))
        elif key == "tell_social_care":
            of.setdefault(key, due)
        if due < on and not said:
            of.setdefault("late", due)
    return found


def _flags(cases: Cases, on: date) -> dict[str, dict[UUID, Any]]:
    """By the name of the fact, the children of whom it is so."""
    nothing = [code.key for code in load("education_settings") if code.flag("nothing") and code.key != "not_known"]
    nowhere = current(Education).filter(on_day(on), setting__in=nothing).exclude(since=None)
    alerts = current(Alert).filter(until=None, review_by__lt=on).order_by("review_by")
    social = current(WorksWith).filter(on_day(on), role__icontains=SOCIAL_WORKER)
    harmed = current(Harmed).filter(child__in=cases.people).values_list("child")
    return {
        "consent": _there(cases, _rows(cases, current(Consent).filter(on_day(on)))),
        "exit_plan": _there(cases, _rows(cases, current(ExitPlan))),
        "harmed": _there(cases, harmed),
        "looked_after": _looked_after(cases, on),
        "social_worker": _there(cases, _rows(cases, social)),
        "nowhere_since": cases.first(_rows(cases, nowhere.order_by("since"), "since")),
        "alerts_due": {
            child: tuple(day for _, day in of) for child, of in cases.by(_rows(cases, alerts, "review_by")).items()
        },
        "oversight": cases.first(_rows(cases, current(Oversight).exclude(since=None).order_by("-since"), "since")),
        "steps_to_18": _there(cases, _rows(cases, current(TransitionStep))),
        "imported": _imported(cases),
    }


def _there(cases: Cases, rows: Iterable[Row]) -> dict[UUID, bool]:
    return dict.fromkeys(cases.by(rows), True)


def _looked_after(cases: Cases, on: date) -> dict[UUID, bool]:
    """By a care status, or because of a remand."""
    bases = [code.key for code in load("care_bases") if code.flag("looked_after")]
    found = _there(cases, _rows(cases, current(CareStatus).filter(on_day(on), care_basis__in=bases)))
    remands = cases.by(_rows(cases, current(Remand).exclude(since=None), "kind", "since", "until"))
    for child, rows in remands.items():
        periods = looked_after(RemandOf(kind, since, until) for _, kind, since, until in rows)
        if any(since <= on and (until is None or on <= until) for since, until in periods):
            found[child] = True
    return found


def _imported(cases: Cases) -> dict[UUID, date]:
    """When the child was first read from another system."""
    rows = Origin.objects.filter(kind="child", written_at__isnull=False).order_by("written_at")
    return {child: _day(moment) for child, moment in cases.first(_rows(cases, rows, "written_at")).items()}


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
