"""What the page of one action shows besides its status: what happened to it, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from waypost.governance.improvement.models import Action, ActionChange, Doubt, Measure, Said
from waypost.governance.improvement.status import Status
from waypost.governance.improvement.working import Working, working
from waypost.kernel.rates import Rate
from waypost.kernel.words import day, month
from waypost.ui.charts import Line, Point

FIELDS = {
    "start_month": "the start",
    "finish_month": "the finish",
    "ongoing": "whether it is ongoing",
    "review_month": "the next review",
    "cadence": "how often it is reviewed",
    "leads": "the leads",
}
SAID = {
    Said.What.DONE: "Said to be done on {day}",
    Said.What.NOT_DONE: "Said on {day} not to be done after all",
    Said.What.EMBEDDED: "Said on {day} to be how we work now",
}


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    by: str
    what: str
    words: str = ""


def history(action: Action) -> list[Event]:
    """Everything people did to the action but its notes and evidence, which have places of their own."""
    events = [
        *(_changed(change) for change in action.changes.select_related("by")),
        *(
            Event(s.at, s.by.name, SAID[Said.What(s.what)].format(day=day(s.dated)), s.words)
            for s in action.said.select_related("by")
        ),
        *(
            Event(
                h.at,
                h.by.name,
                f"Status set by hand to {Status(h.status).words.lower()}, until {day(h.until)}",
                h.reason,
            )
            for h in action.set_by_hand.select_related("by")
        ),
        *(
            Event(k.at, k.by.name, f"Said to be: {k.get_kind_display().lower()}")
            for k in action.kind_said.select_related("by")
        ),
        *(
            Event(d.answered_at, d.answered_by.name, f"Doubt {d.number} {d.get_answer_display()}", d.message)
            for d in action.doubts.exclude(answer=Doubt.Answer.OPEN).select_related("answered_by")
            if d.answered_at and d.answered_by
        ),
        *(
            Event(m.at, m.by.name, f"Measure named, target {m.target}%", m.name)
            for m in action.measures.select_related("by")
        ),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def measures_of(action: Action) -> list[tuple[Measure, Working, Line | None]]:
    """Each measure, which way it went, and its line over time once there are two readings to draw."""
    return [(measure, *_drawn(action, measure)) for measure in action.measures.all()]


def _drawn(action: Action, measure: Measure) -> tuple[Working, Line | None]:
    readings = list(measure.readings.all())
    rates = [(r.dated, Rate(r.numerator, r.denominator)) for r in readings]
    found = working(rates, target=measure.target, lower_is_better=measure.lower_is_better)
    points = tuple(Point(r.dated, r.numerator, r.denominator) for r in readings)
    line = Line(measure.name, "Of how many", points, measure.target, action.start_month) if len(points) > 1 else None
    return found, line


def _changed(change: ActionChange) -> Event:
    what = f"Changed {FIELDS[change.field]} from {_shown(change.was)} to {_shown(change.became)}"
    return Event(change.at, change.by.name, what, change.why)


def _shown(stored: str) -> str:
    if stored in {"", "False"}:
        return "nothing" if not stored else "no"
    if stored == "True":
        return "yes"
    return month(date.fromisoformat(stored)) if stored[:1].isdigit() else stored.replace("\n", "; ")
