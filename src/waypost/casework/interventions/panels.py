"""What pages show of interventions: a fixed number of queries each, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone

from waypost.casework.assessments.models import Factor
from waypost.casework.catalogue import definitions as catalogue
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions import rules
from waypost.casework.interventions.actions import name_of
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.interventions.rules import Counted, Held, Overlap, Run
from waypost.casework.plans.models import Objective, ObjectiveFactor, Plan, Progress
from waypost.kernel.days import midnight_after
from waypost.kernel.refusal import NotFound
from waypost.kernel.words import LONDON
from waypost.people.record.models import Child
from waypost.ui.words import coded

BEFORE = timedelta(days=14)  # work begins before anybody has planned it
OVER = frozenset({Progress.State.REACHED, Progress.State.STOPPED})


@dataclass(frozen=True, slots=True)
class Session:
    """One session as the page shows it."""

    pk: UUID
    contact: UUID
    number: int
    starts: datetime  # in London
    way: str
    came: str
    reason: str
    moved: bool  # it stands instead of one that was moved

    def can_move(self, now: datetime) -> bool:
        return not self.came and self.starts >= now

    @property
    def because(self) -> str:
        """Why it was lost; empty where it was not."""
        lists = {"missed": "missed_reasons", "cancelled": "cancelled_reasons"}
        return coded(lists[self.came], self.reason) if self.came in lists and self.reason else ""


@dataclass(frozen=True, slots=True)
class Work:
    """One intervention with its sessions, counted."""

    of: Intervention
    sessions: tuple[Session, ...]
    counted: Counted
    factors: frozenset[str]

    @property
    def name(self) -> str:
        return name_of(self.of)

    @property
    def is_going(self) -> bool:
        return self.of.ended_on is None

    @property
    def left(self) -> int:
        return self.counted.not_in_diary


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective of the plan, and what is done towards it."""

    objective: Any
    works: list[Work] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """No session towards it took place, and none is in the diary."""
        return not any(one.counted.delivered or one.counted.in_diary or one.counted.not_recorded for one in self.works)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Of one child: what is done towards which objective, what it overlaps with, what is missing."""

    aims: list[Aim]
    others: list[Work]  # towards no objective of the plan as it stands
    overlaps: list[Overlap]

    @property
    def works(self) -> list[Work]:
        return [one for aim in self.aims for one in aim.works] + self.others

    @property
    def aimless(self) -> list[Work]:
        return [one for one in self.others if one.is_going and one.of.objective is None]

    @property
    def bare(self) -> list[Aim]:
        return [one for one in self.aims if one.is_bare]

    @property
    def counted(self) -> Counted:
        return sum((one.counted for one in self.works), Counted())


def delivery(child: Child, at: datetime) -> Delivery:
    people = child.person_ids()
    works = works_of(Intervention.objects.of(people).named().order_by("starts", "at"), people, at)
    by_root: dict[UUID | None, list[Work]] = defaultdict(list)
    for one in works:
        by_root[one.of.objective].append(one)
    aims = [Aim(one, by_root.pop(one.root, [])) for one in objectives(people)]
    others = [one for found in by_root.values() for one in found]
    return Delivery(aims, others, overlaps(works, timezone.localdate(at)))


def works_of(rows: Iterable[Intervention], people: Collection[UUID], at: datetime) -> list[Work]:
    interventions = list(rows)
    sessions = sessions_of([one.pk for one in interventions])
    factors = factors_behind(people)
    return [
        Work(
            one,
            found := tuple(sessions.get(one.pk, ())),
            counted_of(one, found, at),
            factors_of(one, factors.get(one.objective, frozenset()) if one.objective else frozenset()),
        )
        for one in interventions
    ]


def counted_of(one: Intervention, sessions: Iterable[Session], at: datetime) -> Counted:
    held = [Held(each.came, each.reason, is_past=each.starts < at) for each in sessions]
    by_partner = one.professional_id is not None
    return rules.counted(one.sessions, held, ended_because=one.ended_because, by_partner=by_partner)


def sessions_of(interventions: Collection[UUID]) -> dict[UUID, list[Session]]:
    """By the intervention, in the order of their days. One query."""
    said = FilteredRelation("contact__attendances", condition=Q(contact__attendances__replaced_at=None))
    rows = InterventionSession.objects.tied().filter(intervention__in=interventions).annotate(now=said)
    values = rows.order_by("contact__starts", "number").values_list(
        "intervention", "pk", "contact", "number", "contact__starts", "contact__way", "now__came", "now__reason",
        "instead_of",
    )  # fmt: skip
    found: dict[UUID, list[Session]] = defaultdict(list)
    for intervention, pk, contact, number, starts, way, came, reason, instead in values:
        moved = instead is not None
        found[intervention].append(
            Session(pk, contact, number, starts.astimezone(LONDON), way, came or "", reason or "", moved)
        )
    return found


def objectives(people: Collection[UUID]) -> list[Any]:
    """Of the latest plan, in the order of the work, without those that are reached or were stopped."""
    plan = Plan.objects.of([*people]).standing().order_by("-at").first()
    if plan is None:
        return []
    over = Progress.objects.filter(person__in=people, replaced_at=None, state__in=OVER).values("objective")
    return list(Objective.objects.current().filter(plan=plan).exclude(root__in=over).order_by("place", "at"))


def factors_behind(people: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """By the root of an objective: the keys of the factors it answers."""
    keys = dict(Factor.objects.holding().of([*people]).exclude(factor="").values_list("root", "factor"))
    found: dict[UUID, set[str]] = defaultdict(set)
    for objective, factor in ObjectiveFactor.objects.current().of([*people]).values_list("objective", "factor"):
        if factor in keys:
            found[objective].add(keys[factor])
    return {root: frozenset(factors) for root, factors in found.items()}


def factors_of(one: Intervention, behind: frozenset[str]) -> frozenset[str]:
    """Which factors it works on: those behind its objective that its programme addresses, as far as either is known."""
    programme = catalogue.load().get(one.programme)
    addressed = frozenset(programme.addresses) if programme else frozenset()
    return behind & addressed or behind or addressed


def overlaps(works: Iterable[Work], on: date) -> list[Overlap]:
    """Among those that go on; what is over needs nobody to settle it."""
    return rules.overlaps(
        Run(one.of.pk, one.name, one.of.worker, one.of.programme, one.factors, one.of.starts, one.of.last_day)
        for one in works
        if one.is_going and one.of.ends >= on
    )


def offered(factors: Collection[str], hard: Collection[tuple[str, str]]) -> list[tuple[Any, list[str]]]:
    """Programmes that answer any of the factors, the most first, each with what it asks too much of this child."""
    answering, _ = catalogue.offered(factors)
    return [(one, rules.asks_too_much(one.name, one.asks(), hard)) for one in answering]


def intervention_of(child: Child, pk: UUID) -> Intervention:
    """One of that child's; NotFound for any other."""
    found = Intervention.objects.of(child.person_ids()).named().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def not_tied(one: Intervention, people: Collection[UUID]) -> Any:
    """Contacts with the child since shortly before the work began that are a session of nothing, the latest first."""
    since = midnight_after(one.starts - BEFORE)
    rows = Contact.objects.filter(person__in=people, dropped_at=None, starts__gte=since, who__contains=["child"])
    tied = InterventionSession.objects.filter(contact=OuterRef("pk"), untied_at=None)
    return rows.exclude(Exists(tied)).order_by("-starts")


def session_of(child: Child, pk: UUID) -> InterventionSession:
    rows = InterventionSession.objects.select_related("intervention__person", "contact__person")
    found = rows.filter(person__in=child.person_ids(), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def going(people: Collection[UUID]) -> list[Intervention]:
    """To which a contact may be tied."""
    return list(Intervention.objects.of([*people]).going().named().order_by("starts", "at"))
