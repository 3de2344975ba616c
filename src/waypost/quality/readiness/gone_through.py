"""Every check asked of every case. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waypost.quality.readiness import definitions, rules
from waypost.quality.readiness.definitions import Severity
from waypost.quality.readiness.facts import CaseFacts
from waypost.quality.readiness.rules import Check, Fires

QUIET = timedelta(days=14)  # after a child was read from another system: the first morning is no wall of flags


@dataclass(frozen=True, slots=True)
class Asked:
    """A check as it is asked on one day."""

    key: str
    check: Check
    past: date
    at_once: bool


def asked_on(on: date) -> tuple[Asked, ...]:
    return tuple(
        Asked(key, rules.CHECKS[key], check.past(on), check.severity is Severity.NOW)
        for key, check in definitions.load().items()
    )


def fires(case: CaseFacts, on: date, asked: Iterable[Asked]) -> Mapping[str, Fires]:
    """By check. Of a child who has just been read from another system only what cannot wait."""
    quiet = case.imported is not None and on < case.imported + QUIET
    return {
        one.key: found
        for one in asked
        if (one.at_once or not quiet) and (found := one.check(case, on, one.past)) is not None
    }
