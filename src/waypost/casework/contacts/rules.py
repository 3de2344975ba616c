"""What may be said of a contact: planned, recorded, judged, followed up. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from waypost.kernel.lists import load

FURTHEST = timedelta(days=366)
OLDEST = timedelta(days=366)
LONGEST = 24 * 60  # minutes
EARLY = timedelta(hours=1)  # somebody may come early
TOOK_PLACE = frozenset({"came", "late"})
FOLLOWS_UP = frozenset({"missed", "cancelled"})


def why_not_plan(starts: datetime | None, minutes: int, who: Collection[str], *, now: datetime) -> str | None:
    if starts is None:
        return "Give the day and the time."
    if starts < now:
        return "This time has gone by. To write down what took place, record it instead."
    if starts > now + FURTHEST:
        return "Plan at most a year ahead."
    return _why_not_shape(minutes, who)


def _why_not_shape(minutes: int, who: Collection[str]) -> str | None:
    if not 1 <= minutes <= LONGEST:
        return "Give how long it is, in minutes: at most a day."
    return None if who else "Say who is met: the child, a carer or somebody else."


def why_not_record(
    came: str,
    *,
    reason: str,
    words: str,
    acceptable: bool | None,
    less_safe: str,
    starts: datetime,
    minutes: int,
    who: Collection[str],
    way: str,
    now: datetime,
    recorded_by: str = "",
) -> str | None:
    """`reason` is of a list: of the child's where they did not come, of ours where we cancelled."""
    if recorded_by:
        return f"{recorded_by} has recorded this contact already. Read what is there, then correct it if it is wrong."
    if came in TOOK_PLACE and starts > now + EARLY:
        return "This is still to come. Record it when it has taken place."
    if starts < now - OLDEST:
        return "This was more than a year ago. Write it down as what happened."
    return (
        _why_not_shape(minutes, who)
        or _why_not_reason(came, reason, words)
        or why_not_judge(came, reason, acceptable)
        or _why_not_safety(came, less_safe, way)
    )


def _why_not_reason(came: str, reason: str, words: str) -> str | None:
    if came in TOOK_PLACE:
        return None
    if not reason:
        return "Say why they did not come, as far as it is known." if came == "missed" else "Say why we cancelled."
    codes = load("missed_reasons" if came == "missed" else "cancelled_reasons")
    return "Say more: the reason chosen says too little." if codes[reason].needs_words and not words.strip() else None


def why_not_judge(came: str, reason: str, acceptable: bool | None) -> str | None:
    """A person judges; of what lies with us nobody may judge against the child."""
    if came != "missed":
        return None
    if reason == "not_known" and acceptable is not None:
        return "The reason is not known yet, so nobody can say whether it was good. Follow it up first."
    if acceptable is False and load("missed_reasons")[reason].flag("ours"):
        return "This lies with us, so it cannot count against the child."
    return None


def _why_not_safety(came: str, less_safe: str, way: str) -> str | None:
    if came in TOOK_PLACE and not less_safe:
        return "Say whether anyone is less safe than you thought. Nobody can answer that for you."
    return None


def title_of(came: str, way: str, purpose: str) -> str:
    """‘Communication session: came’"""
    said = {"came": "came", "late": "came late", "missed": "did not come", "cancelled": "cancelled by us"}[came]
    what = purpose.strip() or load("contact_ways").words(way)
    return f"{what}: {said}"


def entry_kind(came: str, way: str) -> str:
    if came == "missed":
        return "did_not_come"
    return "cancelled" if came == "cancelled" else load("contact_ways")[way].text("entry")
