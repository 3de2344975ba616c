"""What may be said of a contact: planned, recorded, judged, followed up. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from waypost.kernel.lists import load

FURTHEST = timedelta(days=366)
OLDEST = timedelta(days=366)
LONGEST = 24 * 60  # minutes
EARLY = timedelta(hours=1)  # somebody may come early
TOOK_PLACE = frozenset({"came", "late"})
FOLLOWS_UP = frozenset({"missed", "cancelled"})
MOST_IN_A_GROUP = 12


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
    elsewhere: bool = False,
) -> str | None:
    """`reason` is of a list: of the child's where they did not come, of ours where we cancelled.

    `elsewhere`: it was recorded in another system, however long ago, where nobody asked who is less safe.
    """
    if recorded_by:
        return f"{recorded_by} has recorded this contact already. Read what is there, then correct it if it is wrong."
    if came in TOOK_PLACE and starts > now + EARLY:
        return "This is still to come. Record it when it has taken place."
    if starts < now - OLDEST and not elsewhere:
        return "This was more than a year ago. Write it down as what happened."
    return (
        _why_not_shape(minutes, who)
        or _why_not_reason(came, reason, words)
        or why_not_judge(came, reason, acceptable)
        or (None if elsewhere else _why_not_safety(came, less_safe, way))
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


def why_not_group(children: int, shared: Iterable[tuple[str, str]], names: Iterable[str]) -> str | None:
    """`shared`: what goes into the record of each child of the group, as (what it is, the words)."""
    if not children:
        return "Choose at least one child."
    if children > MOST_IN_A_GROUP:
        return f"Choose {MOST_IN_A_GROUP} children at most. Save these, then begin another register."
    every = [*names]
    named = ((what, named_in(words, every)) for what, words in shared)
    return next((_goes_to_all(what, name) for what, name in named if name), None)


def _goes_to_all(what: str, name: str) -> str:
    return (
        f"‘{what}’ names {name}, and goes into every child’s record. Leave names out of it,"
        " and write what is about one child in that child’s own row."
    )


def why_not_row(words: Iterable[str], others: Iterable[str]) -> str | None:
    """Nobody’s record names another child of the group."""
    every = [*others]
    name = next((found for text in words if (found := named_in(text, every))), None)
    return (
        f"The words name {name}, and would stand in another child’s record. Write ‘another child’ instead."
        if name
        else None
    )


def named_in(words: str, names: Iterable[str]) -> str | None:
    """Which of these whole names the words have, however they are spaced, and whichever part comes first."""
    text = _plain(words)
    for name in names:
        parts = _plain(name).split()
        ways = {" ".join(parts), " ".join([*parts[-1:], *parts[:-1]])}
        if parts and any(re.search(rf"(?<!\w){re.escape(way)}(?!\w)", text) for way in ways):
            return name
    return None


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(",", " ").split())


def words_in_group(own: str, did: str) -> str:
    """What stands in one child’s record: the words about that child, then what the group did."""
    return "\n\n".join(part for part in (own.strip(), did.strip() and f"What the group did: {did.strip()}") if part)
