"""Whether an outcome may be as it is entered, and what falls due with it. Pure.

A rule returns the reason why not, None for yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waypost.casework.outcomes.definitions import Version
from waypost.casework.outcomes.requirements import why_not_requirement
from waypost.casework.outcomes.running import Given, begins, ends, is_in_custody, is_running, release_day
from waypost.kernel.school_age import age
from waypost.kernel.words import count, listed
from waypost.kernel.words import day as words

__all__ = [
    "Given",
    "Raised",
    "begins",
    "ends",
    "is_in_custody",
    "is_running",
    "release_day",
    "tasks_raised",
    "why_no_end",
    "why_not_contract",
    "why_not_outcome",
    "why_not_requirement",
]


@dataclass(frozen=True, slots=True)
class Raised:
    key: str
    words: str
    since: date  # the day it is counted from
    due: date
    for_role: str
    why: str


def why_not_outcome(
    given: Given, *, today: date, born: date | None, offence_day: date | None, persistent: bool | None = None
) -> str | None:
    """The first thing that cannot be as it is entered. `persistent`: what the court found, None: not known."""
    return (
        why_not_days(given, today=today, offence_day=offence_day)
        or why_not_in_law(given)
        or (why_not_age(given, born=born, persistent=persistent) if born else None)
        or why_not_length(given)
        or why_not_extension(given)
    )


def why_not_days(given: Given, *, today: date, offence_day: date | None) -> str | None:
    made = words(given.made)
    if given.made > today:
        return f"{made} is still to come. Enter the outcome once it has been given."
    if offence_day and offence_day > given.made:
        return f"The offence is dated {words(offence_day)}, after the outcome of {made}. Correct one of them."
    if given.convicted and given.convicted > given.made:
        return f"The conviction is dated {words(given.convicted)}, after the outcome of {made}. Correct one of them."
    if given.convicted and offence_day and offence_day > given.convicted:
        return f"The offence is dated {words(offence_day)}, after the conviction. Correct one of them."
    return _why_not_later_days(given, today)


def _why_not_later_days(given: Given, today: date) -> str | None:
    for what, day in (("contract", given.contract_signed), ("release", given.released), ("end", given.ended)):
        if day and day < given.made:
            return f"The {what} is dated {words(day)}, before the outcome of {words(given.made)}. Correct one of them."
        if day and day > today:
            return f"The {what} is dated {words(day)}, which is still to come. Enter it once it has happened."
    if given.contract_signed and given.type.starts != "contract":
        return f"{given.type.name} has no contract. Take its day out."
    if given.contract_signed and given.ended and given.ended < given.contract_signed:
        return "The contract is signed after the order ended. Correct one of them."
    return None


def why_not_in_law(given: Given) -> str | None:
    """Whether it could be given at all under the law of its day."""
    if given.version:
        return None
    type, day = given.type, given.law_day
    by_conviction = type.law_of == "convicted"
    which = "for a conviction on" if by_conviction else "on"
    when = f"until {words(type.until)}" if type.until and type.since < day else f"from {words(type.since)}"
    ask = "Check the day of conviction." if by_conviction else "Check the day, or choose what was given."
    return f"{type.name} could not be given {which} {words(day)}: only {when}. {ask}"


def why_not_age(given: Given, *, born: date, persistent: bool | None) -> str | None:
    """Age counts on the day of conviction where a court decides, otherwise on the day it was given."""
    day, version = given.convicted or given.made, given.version
    if version is None:
        return None
    if day < born:
        return f"The child was born on {words(born)}, after {words(day)}. Correct one of them."
    years, name = age(born, day), given.type.name
    if years < version.least_age:
        return f"{name} is for children of {version.least_age} and older. On {words(day)} the child was {years}."
    if years > version.most_age:
        return _too_old(given, years, day, version.most_age)
    return _why_not_persistent(name, years, version.persistent_under, persistent)


def _too_old(given: Given, years: int, day: date, most: int) -> str:
    said = f"{given.type.name} is for children up to {most}. On {words(day)} they were {years}."
    unknown = given.type.given_by == "court" and given.convicted is None
    return f"{said} If they were younger when convicted, enter the day of conviction." if unknown else said


def _why_not_persistent(name: str, years: int, under: int | None, persistent: bool | None) -> str | None:
    if under is None or years >= under or persistent:
        return None
    if persistent is None:
        return f"Under {under}, {name.lower()} is only for a child the court found persistent. Say whether it did."
    return f"Under {under}, {name.lower()} is only for a child the court found persistent. Check the order."


def why_not_length(given: Given) -> str | None:
    """Whether the law of its day allows the length."""
    version, length, name = given.version, given.length, given.type.name
    if version is None:
        return None
    if not version.unit:
        return f"{name} has no length. Leave it empty." if length is not None else None
    if length is None:
        return None if version.usual else f"Enter how many {version.unit} it is: {allowed(version)}."
    if _is_allowed(version, length):
        return None
    on = "" if version.until is None else f" on {words(given.law_day)}"
    return f"{name} could be {allowed(version)}{on}, and is {_length(length, version.unit)} here. Check the length."


def _is_allowed(version: Version, length: int) -> bool:
    if version.only:
        return length in version.only
    return (version.least or 1) <= length and (version.most is None or length <= version.most)


def allowed(version: Version) -> str:
    """'3 to 12 months', 'only 4, 6 or 8 months', 'at least 24 months'."""
    if version.only:
        return f"only {listed([str(each) for each in version.only], 'or')} {version.unit}"
    if version.most is None:
        return f"at least {_length(version.least or 1, version.unit)}"
    return f"{version.least} to {_length(version.most, version.unit)}"


def _length(number: int, unit: str) -> str:
    return count(number, unit.removesuffix("s"))


def why_not_extension(given: Given) -> str | None:
    """Whether the months added are such as the law of its day allows."""
    version, months = given.version, given.extended_months
    if version is None:
        return None
    if version.extension_least and months < version.extension_least:
        return (
            f"{given.type.name} has at least {_length(version.extension_least, 'months')} more on licence. Enter them."
        )
    if months < 0:
        return "Months added are 1 or more. Correct them."
    if months > (version.extension_most or 0):
        most = version.extension_most
        can = f"can be made longer by {_length(most, 'months')} at most" if most else "cannot be made longer"
        return f"{given.type.name} {can}. Check the months added."
    return _why_not_total(given, version)


def _why_not_total(given: Given, version: Version) -> str | None:
    total = (given.length or 0) + given.extended_months
    if given.extended_months and given.type.starts == "contract" and given.contract_signed is None:
        return "No contract is signed yet, so there is nothing to make longer. Enter the contract first."
    if version.total_most and total > version.total_most:
        is_now = f"With what was added it is {_length(total, 'months')}"
        return f"{is_now}: {version.total_most} at most. Check the months added."
    return None


def why_not_contract(given: Given, *, signed: date, today: date, has_open: bool) -> str | None:
    if given.type.starts != "contract":
        return f"{given.type.name} has no contract."
    if has_open or given.contract_signed:
        return "A contract is open already. End it before another is signed."
    if signed > today:
        return f"{words(signed)} is still to come. Enter the contract once it is signed."
    if signed < given.made:
        return f"The order was made on {words(given.made)}. Its contract cannot be signed before. Correct the day."
    if given.ended and signed > given.ended:
        return f"The order ended on {words(given.ended)}. Its contract cannot be signed after. Correct the day."
    return None


def why_no_end(given: Given) -> str:
    """Why there is no last day, for a page; empty where there is one."""
    if ends(given):
        return ""
    version = given.version
    if given.type.no_end or version is None:
        return given.type.no_end
    if given.length is None:
        return "How long it is has not been entered."
    if begins(given) is None:
        return f"Its {_length(given.length, version.unit)} start on the day the contract is signed."
    return "It has no last day."


def tasks_raised(given: Given) -> tuple[Raised, ...]:
    """What falls due with the outcome, earliest first: only what is counted from a day that is known."""
    return tuple(sorted(_tasks(given), key=lambda raised: (raised.due, raised.key)))


def _tasks(given: Given) -> Iterator[Raised]:
    moments = {
        "made": given.made,
        "contract": given.contract_signed,
        "release": release_day(given),
        "end": ends(given),
    }
    for rule in given.type.tasks:
        if (moment := moments.get(rule.counted_from)) is None:
            continue
        due = max(rule.due(moment), given.made)  # before a short order's end may be before its beginning
        yield Raised(rule.key, rule.words, moment, due, rule.for_role, rule.why(moment))
