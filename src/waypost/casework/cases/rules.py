"""What may be said of a case: opened, transferred, agreed to, overseen, closed; and what is done before 18. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from waypost.kernel.lists import Code, load
from waypost.kernel.school_age import birthday
from waypost.kernel.words import listed

Said = Mapping[str, Any]
SHORTEST = 15  # letters: a word is no account of what a manager saw
GROWN_UP = 18
BEFORE = relativedelta(months=6)  # how long before 18 the transition is looked at


def why_not_involvement(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day on which the case was opened."
    if said.get("until") and not said["ended_because"]:
        return "Say why the case was closed."
    if said["ended_because"] and not said.get("until"):
        return "Give the day on which the case was closed."
    return None


def why_not_close(because: str, still_open: Sequence[str]) -> str | None:
    """`still_open`: orders that somebody answers for, as a sentence names them."""
    if not still_open or load("closing_reasons")[because].flag("goes_on"):
        return None
    are, them = ("is", "it") if len(still_open) == 1 else ("are", "them")
    return (
        f"{listed([*still_open])} {are} still open. End {them} first; or say who took the work over, if somebody did."
    )


def why_not_transfer(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day from which it holds."
    return None if said["authority"].strip() else "Name the other service."


def why_not_consent(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day on which it was given."
    if said.get("until") and said["until"] > today:
        return "It can be withdrawn today, not on a day to come. Write it down when it happens."
    return None


def why_not_oversight(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day."
    return None if len(said["words"].strip()) >= SHORTEST else "Say what you looked at and what you saw, in a sentence."


def why_not_expected(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day from which it holds."
    if said["contacts"] is not None and not said["weeks"]:
        return "Say in how many weeks."
    return None


def eighteenth(born: date) -> date:
    """From whose first moment they are 18; born on 29 February, 1 March of another year."""
    return birthday(born, GROWN_UP)


def seventeen_and_a_half(born: date) -> date:
    """Six months before the 18th birthday, on the same day of the month; its last where the month has no such day.

    The children of 31 August are listed from 28 or 29 February.
    """
    return eighteenth(born) - BEFORE


def is_near_18(born: date, on: date) -> bool:
    return seventeen_and_a_half(born) <= on


def runs_beyond_18(ends: date | None, born: date) -> bool:
    """Whether an order's last day finds them 18 already; one that has no last day yet may."""
    return ends is None or ends >= eighteenth(born)


def steps_that_apply(*, beyond_18: bool, leaving_care: bool) -> tuple[Code, ...]:
    """Of the list of steps, in its order: those of every transition, of one to probation, of one out of care."""
    wanted = {"any"} | ({"probation"} if beyond_18 else set()) | ({"leaving_care"} if leaving_care else set())
    return tuple(code for code in load("transition_steps") if code.text("for") in wanted)


def next_step(steps: Sequence[Code], done: Collection[str]) -> Code | None:
    """The first that nobody has said is done."""
    return next((step for step in steps if step.key not in done), None)
