"""Why an account or a role may not be given, changed or ended; None means that it may. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from waypost.access.permissions import ROLES
from waypost.kernel.lists import load

OURS = "youth_justice"  # the agency that the service is
ADMINISTRATOR = "administrator"
SOON = 14  # days before its end that a role is worth a look
LONGEST_DEPUTY = 92  # days
SETTLING_IN = 7  # days in which nobody need have signed in


def why_not_add(*, taken_by: str | None, ended: date | None) -> str | None:
    if taken_by is None:
        return None
    if ended is None:
        return f"{taken_by} already has an account with this e-mail. Give them roles there."
    return f"{taken_by} had an account with this e-mail, which has ended. Open that account again instead."


def why_not_give(
    role: str, *, until: date | None, on: date, held: Collection[str], is_self: bool, is_active: bool
) -> str | None:
    """`until` is the last day on which the role is held; None: until somebody ends it."""
    if not is_active:
        return "This account has ended. Open it again before giving it a role."
    if is_self:
        return "You cannot give yourself a role. Ask another administrator."
    if role in held:
        return f"{ROLES[role].name} is a role they hold already. End it first to give it for other dates."
    return why_not_until(role, until, on=on)


def why_not_until(role: str, until: date | None, *, on: date) -> str | None:
    if until is None and ROLES[role].until_a_date:
        return f"{ROLES[role].name} is a visiting role. Say the last day on which it is held."
    if until is not None and until < on:
        return "The last day is already past. Choose today or a later day."
    return None


def why_not_take(role: str, *, other_administrators: int) -> str | None:
    if role == ADMINISTRATOR and not other_administrators:
        return "No administrator would be left. Give the role to another person first."
    return None


def why_not_end(*, is_self: bool, is_active: bool, held: Collection[str], other_administrators: int) -> str | None:
    if not is_active:
        return "This account has already ended."
    if is_self:
        return "You cannot end your own account. Ask another administrator."
    return why_not_take(ADMINISTRATOR, other_administrators=other_administrators) if ADMINISTRATOR in held else None


def why_not_reopen(*, is_active: bool) -> str | None:
    return "This account is open." if is_active else None


def why_not_help_to_sign_in(*, is_active: bool) -> str | None:
    return None if is_active else "This account has ended. Open it again first."


def worth_a_look(
    *,
    roles: Collection[str],
    soonest_end: date | None,
    second_factor: bool,
    last_login: date | None,
    joined: date,
    on: date,
) -> str | None:
    """The one thing most worth an administrator's eye about an open account."""
    if not roles:
        return "no role"
    if soonest_end is not None and (soonest_end - on).days <= SOON:
        return "a role ends soon"
    if last_login is None:
        return "has never signed in" if (on - joined).days >= SETTLING_IN else None
    return None if second_factor else "no second factor"


def why_not_agency(agency: str) -> str | None:
    """Only an agency whose people may be seconded to the service, or the service itself, has staff here."""
    agencies = load("agencies")
    if agency not in agencies:
        return "Choose an agency."
    code = agencies[agency]
    return None if agency == OURS or code.flag("staff") else f"{code.words}: none of its people are staff here."


def why_not_deputise(
    *, manages: bool, is_self: bool, names_self: bool, works: bool, already: bool, until: date, on: date
) -> str | None:
    if not manages:
        return "Only a manager has a deputy, and a deputy names no other. Choose a manager."
    if is_self:
        return "Nobody is their own deputy. Choose a colleague."
    if names_self:
        return "Nobody makes themselves a deputy. Ask the manager, or another administrator."
    if not works:
        return "A deputy works with children’s records here. Choose somebody whose role does."
    if already:
        return "They are the deputy already. End that first to name them for other dates."
    if until < on:
        return "The last day is already past. Choose today or a later day."
    if (until - on).days > LONGEST_DEPUTY:
        return f"A deputy is named for {LONGEST_DEPUTY} days at most; for longer, give the role itself."
    return None
