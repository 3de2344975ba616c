"""The line of a period that runs out: what has happened on it, today, what is still to come, its end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from waypost.kernel.words import count, day
from waypost.ui.words import short_day

WIDE, NARROW = 1180, 288
EDGE = 10
GAP = 4  # half of what must stay free between two names
PERIOD = 0.8  # what the period keeps of the line when today is past its end
LETTER = 8.2  # mean width of a bold letter at 15 pixels


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    on: date
    known_as: str = ""  # ‘May 2015’, where the day itself is not known

    @property
    def when(self) -> str:
        return self.known_as or day(self.on)


@dataclass(frozen=True, slots=True)
class Clock:
    """A period from its first day to its last, seen on a day."""

    begins: Event
    ends: Event
    today: date
    events: Sequence[Event] = ()

    @property
    def gone(self) -> int:
        return (self.today - self.begins.on).days

    @property
    def left(self) -> int:
        return (self.ends.on - self.today).days

    @property
    def sentence(self) -> str:
        """What the picture says, for a reader who does not see it."""
        begins = f"in {self.begins.known_as}" if self.begins.known_as else f"on {day(self.begins.on)}"
        name = f"From {self.begins.name.lower()} {begins} to {self.ends.when}."
        if self.left < 0:
            return f"{name} It ended {count(-self.left, 'day')} ago."
        return f"{name} {count(self.gone, 'day')} gone, {count(self.left, 'day')} left."

    def in_order(self) -> list[Event]:
        """Every date on the line, today among them: the list that stands for the picture where there is no room."""
        return sorted([self.begins, *self.events, Event("Today", self.today), self.ends], key=lambda event: event.on)


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    kind: str  # ok, here, next
    name: str = ""
    note: str = ""
    above: bool = False
    anchor: str = "middle"
    label_x: float = 0
    width: int = WIDE


@dataclass(frozen=True, slots=True)
class Drawn:
    width: int
    today: float
    ends: float
    marks: tuple[Mark, ...]


def drawn(clock: Clock, width: int = WIDE) -> Drawn:
    """The line at a width: ends and today always named, other events where their names do not meet."""
    marks = [
        _mark(clock, clock.begins, width, anchor="start", note=clock.begins.when),
        _mark(clock, clock.ends, width, anchor="end", note=clock.ends.when),
        _mark(clock, Event("Today", clock.today), width, above=True, anchor="end", note=_today(clock), here=True),
    ]
    for event in clock.events:
        marks.append(_fitted(marks, _mark(clock, event, width, note=event.known_as or short_day(event.on))))
    today, ends = _x(clock, clock.today, width), _x(clock, clock.ends.on, width)
    return Drawn(width, today, ends, tuple(sorted(marks, key=lambda mark: mark.x)))


def _today(clock: Clock) -> str:
    return f"{count(clock.gone, 'day')} gone" if clock.left >= 0 else f"{count(-clock.left, 'day')} past the end"


def _x(clock: Clock, on: date, width: int) -> float:
    return round(EDGE + _share(clock, on) * (width - 2 * EDGE), 1)


def _share(clock: Clock, on: date) -> float:
    """How far along the line a day stands, 0 to 1: the period has four fifths of it however long ago it ended."""
    period, after = max(1, (clock.ends.on - clock.begins.on).days), max(0, -clock.left)
    of_period = max(PERIOD, period / (period + after)) if after else 1
    gone = (on - clock.begins.on).days
    if gone <= period:
        return of_period * max(gone, 0) / period
    return of_period + (1 - of_period) * min(gone - period, after) / max(1, after)


def _mark(
    clock: Clock,
    event: Event,
    width: int,
    *,
    note: str,
    above: bool = False,
    anchor: str = "middle",
    here: bool = False,
) -> Mark:
    x = _x(clock, event.on, width)
    kind = "here" if here else "ok" if event.on <= clock.today else "next"
    half = max(len(event.name), len(note)) * LETTER / 2
    if x < half:
        anchor = "start"
    elif x > width - half:
        anchor = "end"
    return _anchored(Mark(x, kind, event.name, note, above, width=width), anchor, above=above)


def _anchored(mark: Mark, anchor: str, *, above: bool) -> Mark:
    label_x = {"start": mark.x - 8, "middle": mark.x, "end": mark.x + 8}[anchor]
    return replace(mark, anchor=anchor, above=above, label_x=min(max(label_x, 2), mark.width - 2))


def _fitted(others: list[Mark], mark: Mark) -> Mark:
    """The same mark with its name where it meets no other, below the line first; else without its name."""
    for anchor in (mark.anchor, "start", "end"):
        for above in (False, True):
            tried = _anchored(mark, anchor, above=above)
            if _inside(tried) and not any(_meet(tried, other) for other in others):
                return tried
    return replace(mark, name="", note="")


def _inside(mark: Mark) -> bool:
    begin, end = _span(mark)
    return begin > -GAP and end < mark.width + GAP


def _meet(a: Mark, b: Mark) -> bool:
    return bool(a.name and b.name) and a.above == b.above and _span(a)[0] < _span(b)[1] and _span(b)[0] < _span(a)[1]


def _span(mark: Mark) -> tuple[float, float]:
    long = max(len(mark.name), len(mark.note)) * LETTER
    begin = {"start": mark.label_x, "middle": mark.label_x - long / 2, "end": mark.label_x - long}[mark.anchor]
    return begin - GAP, begin + long + GAP
