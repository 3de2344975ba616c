"""The actions of a plan as a page, a file or a board shows them: each with its status worked out as of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from waypost.governance.improvement.kinds import ActionKind, proposed_kind
from waypost.governance.improvement.models import (
    Action,
    ActionChange,
    ActionKindSaid,
    Bullet,
    Doubt,
    Evidence,
    Lead,
    MeasureReading,
    Note,
    Plan,
    Recommendation,
    Said,
    StatusSetByHand,
)
from waypost.governance.improvement.status import (
    WORST_FIRST,
    ActionFacts,
    ByHand,
    Explained,
    Spoken,
    Status,
    gap,
    status_of,
)
from waypost.governance.improvement.working import Working, working
from waypost.kernel.rates import Rate
from waypost.kernel.words import month

QUERIES = 11  # `lines` asks this many, whatever the size of the plan
DATE_DOUBTS = {
    "unreadable-date": (Doubt.Answer.OPEN, Doubt.Answer.KEPT),
    "conflict-between-duplicates": (Doubt.Answer.OPEN,),
}


class LineLead(NamedTuple):
    """A lead as a line shows it: of a large plan there are too many to make each a model."""

    name: str
    role: str
    kind: str
    staff_id: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    action: Action
    explained: Explained
    leads: tuple[LineLead, ...]
    last_note: date | None
    evidence: int
    said_kind: ActionKind | None  # what a person has said it is
    measures: tuple[Working, ...]  # of the measures that have a reading
    open_doubts: int = 0
    bullets: tuple[str, ...] = ()  # undated lines of the source, where they were asked for

    @property
    def status(self) -> Status:
        return self.explained.status

    @property
    def kind(self) -> ActionKind:
        """A person's word for it, else what its own words suggest."""
        return self.said_kind or proposed_kind(f"{self.action.text} {self.action.outcome}")

    @property
    def measured(self) -> bool:
        return bool(self.measures)

    @property
    def done_but_unmoved(self) -> bool:
        """Said to be done, and what it was meant to change has not changed for the better."""
        done = self.status in {Status.DONE, Status.EMBEDDED}
        return done and any(one.moved.is_unmoved for one in self.measures)

    @property
    def area(self) -> str:
        return self.action.recommendation.area.name

    @property
    def due(self) -> str:
        """‘June 2026’, ‘Ongoing’, or what it starts where no finish is given."""
        action = self.action
        if action.finish_month:
            return month(action.finish_month)
        if action.ongoing:
            return "Ongoing"
        return f"Start {month(action.start_month)}" if action.start_month else "Not given"

    def days_silent(self, on: date) -> int | None:
        return (on - self.last_note).days if self.last_note else None

    def is_silent(self, on: date) -> bool:
        """Nobody has added to its notes for longer than its cadence, and it is not done."""
        done = self.status in {Status.DONE, Status.EMBEDDED}
        return not done and self.last_note is not None and on > self.last_note + gap(self.action.cadence)


def lines(plan: Plan, on: date, *, bullets: bool = False) -> list[Line]:
    """Every action of the plan in its own order, as of a day; with its undated lines where `bullets` are wanted.

    A note, a word of being done and a measure's reading count from the day they speak of, so one added late changes a
    past day; dates changed, doubts settled, evidence, a sort and a status by hand count from when they were given.
    Leads are those of now, and so are the actions: one added since stands in a past day too.
    """
    of_plan = Recommendation.objects.filter(area__plan=plan).select_related("area")
    recommendations = {recommendation.pk: recommendation for recommendation in of_plan}
    actions = list(Action.objects.filter(plan=plan).defer("source", "where"))
    for action in actions:
        action.recommendation = recommendations[action.recommendation_id]
    known = _Known(plan, on)
    if bullets:
        words = Bullet.objects.filter(action__plan=plan).values_list("action", "words")
        known.bullets = _grouped(words, itemgetter(0), itemgetter(1))
    return _explained(actions, known, on)


def line(action: Action, on: date) -> Line:
    return _explained([action], _Known(action.plan, on, action), on)[0]


def worst_first(found: Iterable[Line]) -> list[Line]:
    return sorted(
        found, key=lambda line: (WORST_FIRST[line.status], line.action.finish_month or date.max, line.action.position)
    )


class _Known:
    """What is known of a plan's actions on a day, by action."""

    def __init__(self, plan: Plan, on: date, only: Action | None = None) -> None:
        of = {"action": only} if only else {"action__plan": plan}
        end = timezone.make_aware(datetime.combine(on, time.max))
        self.bullets: dict[object, list[str]] = {}
        leads = Lead.objects.filter(**of).values_list("action", "name", "role", "kind", "staff")
        self.leads = _grouped(leads, itemgetter(0), lambda row: LineLead(*row[1:]))
        self.notes = dict(
            Note.objects.filter(**of, dated__lte=on).values_list("action").annotate(Max("dated")).order_by()
        )
        self.first_evidence = dict(
            Evidence.objects.filter(**of, at__lte=end).values_list("action").annotate(Min("at")).order_by()
        )
        self.said = _grouped(Said.objects.filter(**of, dated__lte=on).select_related("by").order_by("dated", "at"))
        self.hand = _grouped(StatusSetByHand.objects.filter(**of, since__lte=on).select_related("by"))
        self.doubts = _grouped(_doubts(Doubt.objects.filter(**of), max(end, plan.accepted_at)))
        readings = (
            MeasureReading.objects.filter(**{f"measure__{k}": v for k, v in of.items()}, dated__lte=on)
            .select_related("measure")
            .order_by("dated")
        )
        by_measure = _grouped(readings, attrgetter("measure_id")).values()
        self.measures = _grouped(by_measure, lambda found: found[0].measure.action_id)
        changed = ActionChange.objects.filter(**of, at__gt=end)  # newest first: undone in that order
        self.later = _grouped(changed.exclude(field="leads"))
        self.kinds = _grouped(ActionKindSaid.objects.filter(**of, at__lte=end))


def _doubts(found: QuerySet[Doubt], until: datetime) -> list[Doubt]:
    """Those open or kept then: one that was settled later was open."""
    later = Q(answered_at__gt=until)
    doubts = list(found.filter(Q(answer__in=[Doubt.Answer.OPEN, Doubt.Answer.KEPT]) | later))
    for doubt in doubts:
        if doubt.answered_at and doubt.answered_at > until:
            doubt.answer = Doubt.Answer.OPEN
    return doubts


def _grouped(
    rows: Iterable[Any],
    key: Callable[[Any], object] = attrgetter("action_id"),
    value: Callable[[Any], Any] = lambda row: row,
) -> dict[object, list[Any]]:
    found: dict[object, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(value(row))
    return found


def _explained(actions: list[Action], known: _Known, on: date) -> list[Line]:
    return [_line(_as_it_was(action, known.later.get(action.pk, ())), known, on) for action in actions]


def _line(action: Action, known: _Known, on: date) -> Line:
    pk = action.pk
    said = known.kinds.get(pk)
    return Line(
        action=action,
        explained=status_of(_facts(action, known), on),
        leads=tuple(known.leads.get(pk, ())),
        last_note=known.notes.get(pk),
        evidence=int(pk in known.first_evidence),
        said_kind=ActionKind(said[0].kind) if said else None,
        measures=tuple(_working(readings) for readings in known.measures.get(pk, ())),
        open_doubts=sum(1 for doubt in known.doubts.get(pk, ()) if not doubt.answer),
        bullets=tuple(known.bullets.get(pk, ())),
    )


def _as_it_was(action: Action, later: Iterable[ActionChange]) -> Action:
    """Undo, newest first, what was changed after the day asked about."""
    for change in later:
        was = change.was
        if change.field in {"start_month", "finish_month", "review_month"}:
            setattr(action, change.field, date.fromisoformat(was) if was else None)
        else:
            setattr(action, change.field, was == "True" if change.field == "ongoing" else was)
    return action


def _facts(action: Action, known: _Known) -> ActionFacts:
    pk = action.pk
    said = known.said.get(pk, ())
    word = next((s for s in reversed(said) if s.what != Said.What.EMBEDDED), None)
    embedded = next((s for s in reversed(said) if s.what == Said.What.EMBEDDED), None)
    return ActionFacts(
        start=action.start_month,
        finish=action.finish_month,
        ongoing=action.ongoing,
        cadence=action.cadence,
        date_doubts=tuple(d.message for d in known.doubts.get(pk, ()) if d.answer in DATE_DOUBTS.get(d.kind, ())),
        notes=(known.notes[pk],) if pk in known.notes else (),
        evidence=(timezone.localdate(known.first_evidence[pk]),) if pk in known.first_evidence else (),
        done=Spoken(word.dated, word.by.name) if word and word.what == Said.What.DONE else None,
        embedded=Spoken(embedded.dated, embedded.by.name) if embedded else None,
        target_met=_steadiest(known.measures.get(pk, ())),
        by_hand=tuple(ByHand(Status(h.status), h.by.name, h.reason, h.since, h.until) for h in known.hand.get(pk, ())),
    )


def _steadiest(measures: Iterable[list[MeasureReading]]) -> tuple[tuple[date, bool], ...]:
    """Of several measures, one that met its target at its last two readings, if there is one."""
    by_measure = [tuple((r.dated, _met(r)) for r in readings) for readings in measures]
    return max(by_measure, key=lambda found: sum(met for _, met in found[-2:]), default=())


def _working(readings: list[MeasureReading]) -> Working:
    measure = readings[0].measure
    rates = [(r.dated, Rate(r.numerator, r.denominator)) for r in readings]
    return working(rates, target=measure.target, lower_is_better=measure.lower_is_better)


def _met(reading: MeasureReading) -> bool:
    """Compared as whole numbers: 4 of 5 meets 80 per cent exactly."""
    got, wanted = reading.numerator * 100, reading.measure.target * reading.denominator
    return got <= wanted if reading.measure.lower_is_better else got >= wanted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person filters the plan by; empty means all."""

    status: str = ""
    lead: str = ""
    area: str = ""
    due: str = ""
    note: str = ""
    words: str = ""
    mine: object = None
    on: date = field(default=date.max)

    def of(self, found: Iterable[Line]) -> list[Line]:
        return [line for line in found if self._wants(line)]

    def _wants(self, line: Line) -> bool:
        return (
            self._status(line)
            and (not self.area or str(line.action.recommendation.area.position) == self.area)
            and (not self.lead or any(lead.name == self.lead for lead in line.leads))
            and (self.mine is None or any(lead.staff_id == self.mine for lead in line.leads))
            and self._due(line)
            and self._silent(line)
            and self._says(line)
        )

    def _status(self, line: Line) -> bool:
        return not self.status or (
            line.status.needs_attention if self.status == "attention" else line.status.value == self.status
        )

    def _due(self, line: Line) -> bool:
        finish = line.action.finish_month
        this_month = self.on.replace(day=1)
        return {
            "": True,
            "past": finish is not None and finish < this_month,
            "month": finish == this_month,
            "later": finish is not None and finish > this_month,
            "ongoing": line.action.ongoing,
            "none": finish is None and not line.action.ongoing,
        }.get(self.due, True)

    def _silent(self, line: Line) -> bool:
        if not self.note.isdigit():
            return True
        silent = line.days_silent(self.on)
        return silent is None or silent >= int(self.note)

    def _says(self, line: Line) -> bool:
        if not self.words:
            return True
        action = line.action
        text = " ".join(
            (action.ref, action.text, action.outcome, action.recommendation.text, *(lead.name for lead in line.leads))
        )
        return all(word in text.casefold() for word in self.words.casefold().split())
