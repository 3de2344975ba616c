"""Who may do what to an action, and when not: each rule answers None for yes, or the reason. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

LONGEST_BY_HAND = relativedelta(months=3)


def why_not_work_on(*, may_any: bool, may_own: bool, leads_it: bool, plan_replaced: bool) -> str | None:
    """Managers work on any action of the present plan; others on those they lead."""
    if plan_replaced:
        return "This plan has been replaced. Work on the same action in the present plan."
    if may_any or (may_own and leads_it):
        return None
    if may_own:
        return "You are not among this action’s leads. Ask one of them, or a manager, to add it."
    return "Your role lets you read the plan, not add to it. Ask a manager or the action’s lead."


def same_before(ref: str, text: str, before: Sequence[tuple[str, str]]) -> list[int]:
    """Which actions (reference, text) of the version before this one is, by index.

    Those of the same words; of several, the one that has the same reference too. Where the words were changed nobody
    can tell but a person, and it is none.
    """
    words = _bare(text)
    same = [n for n, (_, other) in enumerate(before) if words and _bare(other) == words]
    return [n for n in same if before[n][0].casefold() == ref.casefold()] or same


def _bare(text: str) -> str:
    """The letters and figures alone: two documents rarely agree on spaces, capitals and stops."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def why_not_note(words: str, dated: date, today: date) -> str | None:
    if not words.strip():
        return "Write what has happened, even in a few words."
    return "A note cannot be dated in the future. Give the day it happened." if dated > today else None


def why_not_add(text: str, same_ref: str | None, *, plan_replaced: bool) -> str | None:
    if plan_replaced:
        return "This plan has been replaced. Add the action to the present plan."
    if not text.strip():
        return "Write what will be done."
    return f"The plan has this action already: {same_ref}. Work on that one." if same_ref else None


def why_not_done(dated: date, today: date, start: date | None) -> str | None:
    if dated > today:
        return "It cannot be done on a day that has not come. Give the day it was finished."
    if start is not None and dated < start:
        return "That is before the action was to start. Correct the start first, or give a later day."
    return None


def why_not_embedded(*, done_on: date | None, dated: date) -> str | None:
    """‘It is how we work now’ can only be said of what has been done."""
    if done_on is None:
        return "Say first that the action is done, and on what day."
    return "That is before it was done. Give a later day." if dated < done_on else None


def why_not_by_hand(reason: str, since: date, until: date) -> str | None:
    """A status set by hand has a reason and an end within three months."""
    if not reason.strip():
        return "Give the reason: it stands beside the status until it ends."
    if until <= since:
        return "It must end after today. Give the day the rule should speak again."
    if until > since + LONGEST_BY_HAND:
        return "It may stand for three months at most. Give an earlier end; it can be set again with a new reason."
    return None


def why_not_dates(start: date | None, finish: date | None, *, ongoing: bool) -> str | None:
    if ongoing and finish:
        return "Give a finish, or say it is ongoing; not both."
    if start and finish and finish < start:
        return "The finish is before the start. Correct one of them."
    return None


def why_not_reading(numerator: int, denominator: int, dated: date, today: date) -> str | None:
    if denominator < 1 or numerator > denominator:
        return "The first number is part of the second: 17 of 27, for example."
    return "A reading cannot be dated in the future." if dated > today else None
