"""A plan begun and written: objectives, what they answer, who does what, what it says besides, that it was agreed.

Each is one checked, logged, indivisible write. What is posted twice is one: it says what is there already. What
somebody else has changed meanwhile is never written over unseen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.assessments.models import Assessment, Factor
from waypost.casework.outcomes.models import Outcome
from waypost.casework.plans import rules
from waypost.casework.plans.models import (
    Agreed,
    NotNow,
    Objective,
    ObjectiveFactor,
    Plan,
    PlanWords,
    Progress,
    Undertaking,
)
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.need_to_know.reach import child_behind, require_writes
from waypost.people.need_to_know.turn import in_turn, lock
from waypost.people.record.beside import current
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child

SECTION = "plan"
ENDED = (Progress.State.REACHED, Progress.State.STOPPED)
OPEN_ALREADY = "A plan is being written or waits to be countersigned. Go on with that one."
M = TypeVar("M", bound=models.Model)


class Stale(Refused):
    """Somebody else has changed the plan meanwhile: nothing is saved, and both texts are shown."""

    def __init__(self) -> None:
        super().__init__(rules.STALE)


@dataclass(frozen=True, slots=True)
class Put:
    """What an objective says. `factors` are roots."""

    part: str
    words: str
    how_we_know: str
    by_day: date
    starts: date | None = None
    own_words: str = ""
    said_in: Entry | None = None
    agency: str = "youth_justice"
    owner: Staff | None = None
    factors: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class Does:
    """Who does what towards an objective."""

    who: str
    what: str
    staff: Staff | None = None
    name: str = ""
    agency: str = ""
    by_day: date | None = None


# Beginning -------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin(
    child: Child,
    *,
    assessment: Assessment | None = None,
    outcome: Outcome | None = None,
    by: Staff,
    at: datetime,
    once: UUID,
) -> Plan:
    """What the plan before has not reached comes along, under the same roots. Sent twice it is one."""
    child = in_turn(child.pk, by=by, at=at)
    require_writes(child.person, SECTION, by=by, at=at)
    if (there := Plan.objects.filter(once=once).first()) is not None:
        return there
    people = child.person_ids()
    if any(one is not None and one.person_id not in people for one in (assessment, outcome)):
        raise NotFound
    plans = Plan.objects.of(people)
    refuse_if(OPEN_ALREADY if plans.standing().filter(locked_at=None).exists() else None)
    previous = plans.locked().order_by("-number").first()
    last = plans.aggregate(last=Max("number"))["last"] or 0
    about = {"person": child.person, "outcome": outcome, "assessment": assessment, "previous": previous}
    plan: Plan = Plan.objects.create(**about, number=last + 1, by=by, at=at, once=once)
    if previous is not None:
        _bring_along(previous, plan, people)
    log.record(by, log.Verb.COLLECTED, "plan.begun", child)
    return plan


def _bring_along(previous: Plan, plan: Plan, people: list[UUID]) -> None:
    """Not what was agreed, nor why a factor could wait: both are asked again."""
    ended = Progress.objects.current().of(people).filter(state__in=ENDED).values("objective")
    kept = list(previous.objectives.current().exclude(root__in=ended).order_by("place"))
    roots = [one.root for one in kept]
    _copy(kept, plan)
    _copy(previous.answering.current().filter(objective__in=roots), plan)
    _copy(previous.undertakings.current().filter(objective__in=roots), plan)
    _copy(previous.said.current(), plan)
    for place, row in enumerate(plan.objectives.current().order_by("place"), start=1):
        Objective.objects.filter(pk=row.pk).update(place=place)


def _copy(rows: Iterable[models.Model], plan: Plan) -> None:
    found = list(rows)
    now = {"plan_id": plan.pk, "person_id": plan.person_id, "by_id": plan.by_id, "at": plan.at}
    for model in {type(row) for row in found}:
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        model._default_manager.bulk_create(
            model(**{name: getattr(row, name) for name in names} | now) for row in found if type(row) is model
        )


# Objectives ------------------------------------------------------------------------------------------------------


@transaction.atomic
def put_objective(plan: Plan, root: UUID, put: Put, *, revision: int, by: Staff, at: datetime) -> Objective:
    """A new one, or one put differently: the page it is written on gave it its root."""
    plan, people = _turn(plan, by, at)
    there: Objective | None = plan.objectives.current().filter(root=root).first()
    said = _said(put, people)
    answers = set(plan.answering.current().filter(objective=root).values_list("factor", flat=True))
    if there is not None and _says(there, said) and answers == set(put.factors):
        return there
    _open(plan, revision)
    begun = timezone.localdate(plan.at)
    refuse_if(
        rules.why_not_objective(
            put.words,
            put.how_we_know,
            starts=put.starts,
            by_day=put.by_day,
            begun=begun,
            owned=put.owner is not None or put.agency in load("agencies"),
        )
    )
    _known(put.factors, people)
    place = there.place if there else plan.objectives.current().count() + 1
    plan.objectives.current().filter(root=root).update(replaced_at=at)
    made: Objective = plan.objectives.create(person_id=plan.person_id, root=root, place=place, by=by, at=at, **said)
    _answer(plan, root, answers, set(put.factors), by=by, at=at)
    _changed(plan, "plan.objective_put", by)
    return made


def _said(put: Put, people: list[UUID]) -> dict[str, Any]:
    if put.said_in is not None and not quotable(people).filter(pk=put.said_in.pk).exists():
        raise NotFound
    own = put.own_words.strip() or (put.said_in.own_words if put.said_in else "")
    return {
        "part": put.part,
        "words": put.words.strip(),
        "own_words": own,
        "said_in": put.said_in,
        "how_we_know": put.how_we_know.strip(),
        "starts": put.starts,
        "by_day": put.by_day,
        "agency": put.agency,
        "owner": put.owner,
    }


def quotable(people: list[UUID]) -> models.QuerySet[Any]:
    """What the child said that may stand in a plan they are given: nothing kept behind a wall."""
    said = current(Entry).filter(person__in=people, said_by="child", wall=None, disclosure__in=TO_THE_CHILD)
    return said.exclude(own_words="").order_by("-since", "-at")


TO_THE_CHILD = ("child", "professionals", "court")  # the child said it; what others told in confidence is not quoted


def _says(row: models.Model, said: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in said.items())


def _known(roots: Collection[UUID], people: list[UUID]) -> None:
    found = Factor.objects.of(people).holding().filter(root__in=roots).values_list("root", flat=True)
    if set(roots) - set(found):
        raise Refused("One of these factors has ended, or is another child’s. Open the page again, and choose anew.")


def _answer(plan: Plan, objective: UUID, was: set[UUID], now: set[UUID], *, by: Staff, at: datetime) -> None:
    plan.answering.current().filter(objective=objective, factor__in=was - now).update(replaced_at=at)
    ObjectiveFactor.objects.bulk_create(
        ObjectiveFactor(plan=plan, person_id=plan.person_id, objective=objective, factor=factor, by=by, at=at)
        for factor in now - was
    )


@transaction.atomic
def take_out(plan: Plan, root: UUID, *, reason: str, revision: int, by: Staff, at: datetime) -> None:
    """It stays behind the plan with the reason; what was to be done towards it goes with it."""
    plan, _ = _turn(plan, by, at)
    row = plan.objectives.current().filter(root=root).first()
    if row is None:
        if plan.objectives.filter(root=root, taken_out=reason.strip()).exists():
            return
        raise NotFound
    _open(plan, revision)
    refuse_if(rules.why_not_reason(reason, "it is taken out"))
    row.taken_out, row.replaced_at = reason.strip(), at
    row.save(update_fields=["taken_out", "replaced_at"])
    plan.answering.current().filter(objective=root).update(replaced_at=at)
    plan.undertakings.current().filter(objective=root).update(replaced_at=at)
    _place(plan, list(plan.objectives.current().order_by("place").values_list("root", flat=True)))
    _changed(plan, "plan.objective_taken_out", by)


@transaction.atomic
def order(plan: Plan, roots: Sequence[UUID], *, revision: int, by: Staff, at: datetime) -> None:
    """In which order the work is done: all of them, each once."""
    plan, _ = _turn(plan, by, at)
    now = list(plan.objectives.current().order_by("place").values_list("root", flat=True))
    if now == list(roots):
        return
    _open(plan, revision)
    if sorted(now) != sorted(roots):
        raise Refused("Give each objective a place of its own.")
    _place(plan, roots)
    _changed(plan, "plan.ordered", by)


def _place(plan: Plan, roots: Sequence[UUID]) -> None:
    for place, root in enumerate(roots, start=1):
        plan.objectives.current().filter(root=root).update(place=place)


# Who does what ---------------------------------------------------------------------------------------------------


@transaction.atomic
def undertake(
    plan: Plan, objective: UUID, does: Does, *, revision: int, by: Staff, at: datetime, once: UUID
) -> Undertaking:
    """Sent twice it is one."""
    plan, _ = _turn(plan, by, at)
    if (there := plan.undertakings.filter(pk=once).first()) is not None:
        return there
    _open(plan, revision)
    if not plan.objectives.current().filter(root=objective).exists():
        raise NotFound
    given: dict[str, Any] = {"who": does.who, "name": does.name.strip(), "agency": does.agency, "by_day": does.by_day}
    begun = timezone.localdate(plan.at)
    refuse_if(rules.why_not_undertake(does.what, **given, staff=does.staff is not None, begun=begun))
    made: Undertaking = plan.undertakings.create(
        pk=once,
        person_id=plan.person_id,
        objective=objective,
        staff=does.staff if does.who == Undertaking.Who.STAFF else None,
        what=does.what.strip(),
        by=by,
        at=at,
        **given,
    )
    _changed(plan, "plan.undertaken", by)
    return made


@transaction.atomic
def take_off(plan: Plan, undertaking: UUID, *, revision: int, by: Staff, at: datetime) -> None:
    plan, _ = _turn(plan, by, at)
    row = plan.undertakings.filter(pk=undertaking).first()
    if row is None:
        raise NotFound
    if row.replaced_at is None:
        _open(plan, revision)
        row.replaced_at = at
        row.save(update_fields=["replaced_at"])
        _changed(plan, "plan.undertaking_taken_off", by)


# What it says besides, and that it was agreed --------------------------------------------------------------------


@transaction.atomic
def say(plan: Plan, what: str, words: str, *, revision: int, by: Staff, at: datetime) -> None:
    """By the list of what a plan says. Nothing said takes back what was."""
    if what not in load("plan_words"):
        raise NotFound
    _put(plan, PlanWords, {"what": what}, {"words": words.strip()}, "plan.said", revision, by, at)


@transaction.atomic
def say_not_now(plan: Plan, factor: UUID, words: str, *, revision: int, by: Staff, at: datetime) -> None:
    """Why no objective answers a factor for now; nothing said takes it back."""
    _known([factor], _turn(plan, by, at)[1])
    refuse_if(rules.why_not_reason(words, "it can wait") if words.strip() else None)
    _put(plan, NotNow, {"factor": factor}, {"words": words.strip()}, "plan.not_now_said", revision, by, at)


@transaction.atomic
def agree(
    plan: Plan, who: str, *, day: date | None, why_not: str, own_words: str, revision: int, by: Staff, at: datetime
) -> None:
    begun, today = timezone.localdate(plan.at), timezone.localdate(at)
    refuse_if(rules.why_not_agree(on=day, why_not=why_not, today=today, begun=begun))
    said = {"day": day, "why_not": why_not.strip(), "own_words": own_words.strip()}
    _put(plan, Agreed, {"who": who}, said, "plan.agreed", revision, by, at)


def _put(
    plan: Plan,
    model: type[models.Model],
    which: dict[str, Any],
    said: dict[str, Any],
    event: str,
    revision: int,
    by: Staff,
    at: datetime,
) -> None:
    """In the place of what was said of the same before."""
    plan, _ = _turn(plan, by, at)
    rows = model._default_manager.filter(plan=plan, replaced_at=None, **which)
    there = rows.first()
    if (there is None and not any(said.values())) or (there is not None and _says(there, said)):
        return
    _open(plan, revision)
    rows.update(replaced_at=at)
    if any(said.values()):
        model._default_manager.create(plan=plan, person_id=plan.person_id, by=by, at=at, **which, **said)
    _changed(plan, event, by)


@transaction.atomic
def say_progress(
    child: Child, objective: UUID, state: str, words: str, day: date, *, by: Staff, at: datetime, once: UUID
) -> Progress:
    """How far it has come. A plan that is countersigned stays as it is, and this goes on. Sent twice it is one."""
    child = in_turn(child.pk, by=by, at=at)
    require_writes(child.person, SECTION, by=by, at=at)
    if (there := Progress.objects.filter(once=once).first()) is not None:
        return there
    people = child.person_ids()
    if not Objective.objects.of(people).current().filter(root=objective, plan__dropped_at=None).exists():
        raise NotFound
    refuse_if(rules.why_not_progress(state, words, on=day, today=timezone.localdate(at)))
    said = {"state": state, "words": words.strip(), "day": day}
    Progress.objects.current().filter(objective=objective).update(replaced_at=at)
    made: Progress = Progress.objects.create(person=child.person, objective=objective, by=by, at=at, once=once, **said)
    log.record(by, log.Verb.COLLECTED, "plan.progress_said", child)
    return made


# Turns -----------------------------------------------------------------------------------------------------------


def _turn(plan: Plan, by: Staff, at: datetime) -> tuple[Plan, list[UUID]]:
    """The plan as it is once whoever came first has done, and whose record it is in."""
    require_writes(plan.person, SECTION, by=by, at=at)
    lock(plan.person_id)
    people = child_behind(plan.person, by, at).person_ids()
    return Plan.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=plan.pk), people


def _open(plan: Plan, revision: int) -> None:
    refuse_if(rules.why_not_write(state_of(plan)))
    if plan.revision != revision:
        raise Stale


def state_of(plan: Plan) -> str:
    if plan.dropped_at:
        return rules.DROPPED
    if plan.locked_at:
        return rules.LOCKED
    return rules.SIGNED if plan.signed_at else rules.WRITTEN


def _changed(plan: Plan, event: str, by: Staff) -> None:
    plan.revision += 1
    plan.save(update_fields=["revision"])
    log.record(by, log.Verb.CHANGED, event, plan.person)
