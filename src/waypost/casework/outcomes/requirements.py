"""What an order may ask of a child, and within which limits: `definitions/requirements.yaml`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.casework.outcomes.running import Given, end_due
from waypost.kernel.days import last_day_of_months
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, follow_on, in_order, one_of, whole
from waypost.kernel.school_age import age, birthday
from waypost.kernel.words import day as words

FILE = FOLDER / "requirements.yaml"
UNITS = {  # by key: one, several
    "days": ("day", "days"),
    "hours": ("hour", "hours"),
    "hours_a_day": ("hour a day", "hours a day"),
    "months": ("month", "months"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """For children of these ages, at conviction; both ends included."""

    least_age: int
    most_age: int
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementVersion:
    """The law from the first day of `since` to the last of `until`, by the day of conviction where it is known."""

    since: date
    until: date | None
    limits: tuple[Limits, ...]
    mark: str
    source: str
    most_a_week: int | None = None  # hours in any seven days
    most_months: int | None = None  # it is over so many months after it begins
    ends_before_18: bool = False
    persistent_under: int | None = None
    order_least: int | None = None  # the order that has it lasts so many months at least
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequirementType:
    key: str
    name: str
    about: str
    unit: str  # empty: it has no amount
    versions: tuple[RequirementVersion, ...]

    def version(self, day: date) -> RequirementVersion | None:
        """The law on that day; None where it could not be asked."""
        return next(
            (one for one in self.versions if one.since <= day and (one.until is None or day <= one.until)), None
        )


NEEDED: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "checked": date,
    "next_review": date,
    "requirements": list,
}
TYPE: dict[str, type] = {"key": str, "name": str, "about": str, "versions": list}
VERSION: dict[str, type] = {"since": date, "limits": list, "mark": str, "source": str}
VERSION_MAY: dict[str, type] = {
    "until": date,
    "most_a_week": int,
    "most_months": int,
    "ends_before_18": bool,
    "persistent_under": int,
    "order_least": int,
    "note": str,
}


@cache
def load() -> Mapping[str, RequirementType]:
    """Every kind by its key, in the order of the file."""
    return read(FILE)


def name_of(key: str) -> str:
    """What a person reads; a key that the file has not stands as it is."""
    return load()[key].name if key in load() else key


def read(path: Path) -> Mapping[str, RequirementType]:
    """The kinds in a file; Unreadable with the file and the key where it is not as it should be."""
    given = fields(path.name, whole(path, expected=NEEDED), NEEDED, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    found = [_type(f"{path.name}: requirement {n}", each) for n, each in enumerate(given["requirements"], start=1)]
    keys = [each.key for each in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise Unreadable(f"{path.name}: {', '.join(twice)} is given twice; a key has one meaning for good.")
    return MappingProxyType({each.key: each for each in found})


def _type(where: str, given: Any) -> RequirementType:
    found = fields(where, given, TYPE, {"unit": str})
    if not KEY.fullmatch(found["key"]):
        raise Unreadable(f"{where}: key must be small letters, digits and single underscores, and is {found['key']!r}.")
    where = f"{where}, {found['key']}"
    unit = one_of(where, "unit", found.pop("unit"), UNITS) if "unit" in found else ""
    versions = tuple(_version(where, each) for each in found.pop("versions"))
    for before, after in zip(versions, versions[1:], strict=False):
        follow_on(where, before.until, after.since)
    return RequirementType(unit=unit, versions=versions, **found)


def _version(where: str, given: Any) -> RequirementVersion:
    found = fields(where, given, VERSION, VERSION_MAY)
    in_order(where, found["since"], found.get("until"))
    one_of(where, "mark", found["mark"], MARKS)
    limits = tuple(
        Limits(**fields(where, each, {"least_age": int, "most_age": int}, {"least": int, "most": int}))
        for each in found.pop("limits")
    )
    return RequirementVersion(until=found.pop("until", None), limits=limits, **found)


def why_not_requirement(
    requirement: RequirementType,
    order: Given,
    *,
    amount: int | None,
    born: date | None,
    on: date,
    a_week: int | None = None,
    persistent: bool | None = None,
) -> str | None:
    """Whether that order may ask it of that child, from the day `on`; `amount` is in the requirement's unit."""
    convicted = order.convicted or order.made
    version = requirement.version(convicted)
    if requirement.key not in order.type.requirements:
        return f"{order.type.name} has no {requirement.name.lower()}. Choose another, or check the order."
    if version is None:
        return f"{requirement.name} could not be asked under the law of {words(convicted)}. Check the day."
    if on < order.made:
        return f"The order was made on {words(order.made)}. What it asks cannot begin before. Correct the day."
    return (
        _why_not_child(requirement, version, born, convicted, persistent)
        or _why_not_amount(requirement, version, amount, born, convicted)
        or _why_not_week(requirement, version, a_week)
        or _why_not_order(requirement, version, order)
        or _why_not_last_day(requirement, order, amount, on)
        or (_why_not_at_18(requirement, amount, born, on) if version.ends_before_18 else None)
    )


def _why_not_child(
    requirement: RequirementType,
    version: RequirementVersion,
    born: date | None,
    convicted: date,
    persistent: bool | None,
) -> str | None:
    if born is None:
        return None
    if convicted < born:
        return f"The child was born on {words(born)}, after {words(convicted)}. Correct one of them."
    years, name = age(born, convicted), requirement.name
    if _limits(version, years) is None:
        least = min(each.least_age for each in version.limits)
        if years < least:
            return f"{name} is for children of {least} and older. On {words(convicted)} the child was {years}."
        most = max(each.most_age for each in version.limits)
        return f"{name} is for children up to {most}. On {words(convicted)} they were {years}. Check the conviction."
    if version.persistent_under and years < version.persistent_under and not persistent:
        return f"Under {version.persistent_under}, {name.lower()} is only for a child the court found persistent."
    return None


def _limits(version: RequirementVersion, years: int) -> Limits | None:
    return next((each for each in version.limits if each.least_age <= years <= each.most_age), None)


def _why_not_amount(
    requirement: RequirementType, version: RequirementVersion, amount: int | None, born: date | None, convicted: date
) -> str | None:
    if not requirement.unit:
        return f"{requirement.name} has no amount. Leave it empty." if amount is not None else None
    limits = _limits(version, age(born, convicted)) if born else _widest(version)
    if limits is None:
        return None
    if amount is None:
        return f"Enter how many {UNITS[requirement.unit][1]}: {_allowed(limits, requirement.unit)}."
    if amount >= (limits.least or 1) and (limits.most is None or amount <= limits.most):
        return None
    return f"{requirement.name} is {_allowed(limits, requirement.unit)}, and {amount} here. Check the order."


def _widest(version: RequirementVersion) -> Limits:
    """What is allowed for a child of some age: all that can be asked where the birth date is not known."""
    mosts = [each.most for each in version.limits]
    return Limits(
        least_age=min(each.least_age for each in version.limits),
        most_age=max(each.most_age for each in version.limits),
        least=min(each.least or 1 for each in version.limits),
        most=None if None in mosts else max(most for most in mosts if most is not None),
    )


def _allowed(limits: Limits, unit: str) -> str:
    one, several = UNITS[unit]
    if limits.most is None:
        return f"at least {limits.least or 1} {one if (limits.least or 1) == 1 else several}"
    return f"{limits.least or 1} to {limits.most} {several}"


def _why_not_week(requirement: RequirementType, version: RequirementVersion, a_week: int | None) -> str | None:
    if a_week is None or version.most_a_week is None or a_week <= version.most_a_week:
        return None
    return f"{requirement.name} is {version.most_a_week} hours at most in any seven days, and {a_week} here."


def _why_not_order(requirement: RequirementType, version: RequirementVersion, order: Given) -> str | None:
    if version.order_least is None or order.length is None or order.length >= version.order_least:
        return None
    least = f"An order with {requirement.name.lower()} is {version.order_least} months at least"
    return f"{least}. This one is {order.length}. Check both."


def last_day(requirement: RequirementType, amount: int | None, on: date) -> date | None:
    """The last day of a requirement that is counted in months; None for the others."""
    return last_day_of_months(on, amount) if requirement.unit == "months" and amount else None


def done_by(requirement: RequirementType, order: Given, amount: int | None, on: date) -> date | None:
    """By when it is over, begun on that day: after its own months, the longest in law, or with the order."""
    version = requirement.version(order.convicted or order.made)
    longest = last_day_of_months(on, version.most_months) if version and version.most_months else None
    return min((day for day in (last_day(requirement, amount, on), longest, end_due(order)) if day), default=None)


def _why_not_last_day(requirement: RequirementType, order: Given, amount: int | None, on: date) -> str | None:
    last, order_ends = last_day(requirement, amount, on), end_due(order)
    if last is None or order_ends is None or last <= order_ends:
        return None
    return f"It would end on {words(last)}, after the order, which ends on {words(order_ends)}. Check both."


def _why_not_at_18(requirement: RequirementType, amount: int | None, born: date | None, on: date) -> str | None:
    last = last_day(requirement, amount, on)
    if last is None or born is None or last < (eighteen := birthday(born, 18)):
        return None
    return f"{requirement.name} ends by {words(eighteen - timedelta(days=1))}, before the child is 18. Make it shorter."
