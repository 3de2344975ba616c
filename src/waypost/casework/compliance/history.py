"""What had been missed, and what had been decided about it, by the end of a day. Pure.

A missed contact is known by its day: two on one day stand and fall together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from waypost.casework.compliance.definitions import CHANGE_PLAN, END, EXCUSE, RE_ENGAGE, WARN, Route


@dataclass(frozen=True, slots=True)
class Missed:
    """A contact at which the child was expected and was not seen, as it is known on the day asked about."""

    day: date
    acceptable: bool | None  # None: nobody has judged the reason yet
    followed_up: date | None  # when somebody asked the child what got in the way


@dataclass(frozen=True, slots=True)
class Step:
    """What a person decided on a day, about these missed days; with none named, about every one up to that day."""

    key: str
    day: date
    about: tuple[date, ...] = ()

    def is_about(self, missed: date) -> bool:
        return missed <= self.day and (not self.about or missed in self.about)


@dataclass(frozen=True, slots=True)
class Known:
    """What had happened and been decided by the end of a day, of the steps that the route provides for."""

    route: Route
    on: date
    missed: tuple[Missed, ...]
    steps: tuple[Step, ...]

    def unexcused(self) -> list[Missed]:
        return [one for one in self.missed if one.acceptable is not True and not self._decided(one.day, EXCUSE, END)]

    def not_followed_up(self) -> tuple[date, ...]:
        return _days(one.day for one in self.unexcused() if not self._was_followed_up(one))

    def not_judged(self) -> tuple[date, ...]:
        return _days(one.day for one in self.unexcused() if one.acceptable is None)

    def failures(self) -> tuple[date, ...]:
        """Days missed without an acceptable reason, of which nobody has decided what follows."""
        answering = [step.key for step in self.route.steps if step.answers]
        unexcused = [one.day for one in self.unexcused() if one.acceptable is False]
        return _days(missed for missed in unexcused if not self._decided(missed, *answering))

    def since_last_plan(self) -> tuple[date, ...]:
        """In voluntary work: days missed since the plan was last changed."""
        return _days(one.day for one in self.unexcused() if not self._decided(one.day, CHANGE_PLAN))

    def warnings(self) -> tuple[date, ...]:
        return _days(step.day for step in self.steps if step.key == WARN)

    def _decided(self, missed: date, *keys: str) -> bool:
        return any(step.key in keys and step.is_about(missed) for step in self.steps)

    def _was_followed_up(self, one: Missed) -> bool:
        asked = one.followed_up is not None and one.followed_up <= self.on
        return asked or self._decided(one.day, RE_ENGAGE)


def known_on(route: Route, missed: Sequence[Missed], steps: Sequence[Step], on: date) -> Known:
    return Known(
        route,
        on,
        tuple(one for one in missed if one.day <= on),
        tuple(step for step in steps if step.day <= on and step.key in route.keys),
    )


def _days(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))
