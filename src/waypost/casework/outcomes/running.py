"""An outcome as it was given: from when until when it runs, and where in it a child is in custody. Pure.

A day is the whole day: an order's last day is still inside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from waypost.casework.outcomes.definitions import OutcomeType, Version, law_day
from waypost.kernel.days import last_day_of_months

PARTS = {"half": (1, 2), "two_thirds": (2, 3)}


@dataclass(frozen=True, slots=True)
class Given:
    """One outcome as it was given; `length` is in the unit of the law of its day."""

    type: OutcomeType
    made: date
    length: int | None = None
    contract_signed: date | None = None
    released: date | None = None  # as recorded; otherwise the default is computed
    ended: date | None = None  # early: revoked, completed, withdrawn
    extended_months: int = 0
    convicted: date | None = None

    @property
    def law_day(self) -> date:
        return law_day(self.type, self.made, self.convicted)

    @property
    def version(self) -> Version | None:
        return self.type.version(self.law_day)


def begins(given: Given) -> date | None:
    """The first day on which its clock runs; None: not yet."""
    return given.contract_signed if given.type.starts == "contract" else given.made


def ends(given: Given) -> date | None:
    """The last day, inclusive; None: it has none, or none yet. A recorded end comes before the one computed."""
    due = end_due(given)
    return min(due, given.ended) if due and given.ended else given.ended or due


def end_due(given: Given) -> date | None:
    """The last day by its length, whatever was recorded since."""
    first, version = begins(given), given.version
    if first is None or version is None:
        return None
    if given.type.at_once:
        return first
    length = version.usual if given.length is None else given.length
    return _last_day(first, version, length, given.extended_months) if version.unit and length else None


def _last_day(first: date, version: Version, length: int, extended_months: int) -> date | None:
    if version.unit == "months":
        return last_day_of_months(first, length + extended_months)
    if version.unit == "weeks":
        return first + timedelta(weeks=length) - timedelta(days=1)
    return last_day_of_months(first, version.within_months) if version.within_months else None


def is_running(given: Given, on: date) -> bool:
    first, last = begins(given), ends(given)
    return first is not None and first <= on and (last is None or on <= last)


def release_day(given: Given) -> date | None:
    """The day a child came out, as recorded, or by default; None: not in custody, or somebody decides it."""
    if given.released:
        return given.released
    version = given.version
    if version is None or version.unit != "months" or version.released not in PARTS or not given.length:
        return None
    part, of = PARTS[version.released]
    days = (last_day_of_months(given.made, given.length) - given.made).days + 1
    return given.made + timedelta(days=-(-days * part // of) - 1)


def is_in_custody(given: Given, on: date) -> bool:
    """Inside until the day of release, that day included; without such a day as long as it runs."""
    if not (given.version and given.version.released and is_running(given, on)):
        return False
    out = release_day(given)
    return out is None or on <= out
