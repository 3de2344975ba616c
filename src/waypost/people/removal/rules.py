"""What may be removed, moved or held, and why not. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.kernel.lists import load
from waypost.kernel.words import day

SHORTEST_REASON = 15  # letters: "asked" is no reason


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds the record against removal, and since when."""

    by: str
    since: date


def why_not_remove(*, rule: str, reason: str, held: Held | None, part_sealed: bool, on: date) -> str | None:
    if held:
        return (
            f"{held.by} has held this record against removal since {day(held.since)}. "
            "Nothing is removed while that runs; ask them to end it."
        )
    if part_sealed:
        return "Part of this record is not open to you. Ask the duty manager who may open it, and let them remove it."
    if rule not in {code.key for code in load("removal_rules").on(on)}:
        return "Choose the rule under which it is removed."
    return why_not_reason(reason)


def why_not_reason(reason: str) -> str | None:
    if len(reason.strip()) < SHORTEST_REASON:
        return "Say who asked or decided and what was checked. Do not repeat what is removed."
    return None


def why_not_hold(reason: str, *, held: Held | None, removed: bool) -> str | None:
    if removed:
        return "Everything was removed already: there is nothing left to hold."
    if held:
        return f"{held.by} has held this record since {day(held.since)}. One hold is enough."
    return why_not_reason(reason)


def why_not_move(*, same_child: bool, is_current: bool, removed: bool, to_removed: bool, reason: str) -> str | None:
    if removed:
        return "Its words were removed: there is nothing to move."
    if not is_current:
        return "It has been corrected since. Move what stands in its place: the earlier ones go with it."
    if same_child:
        return "It is on this child’s record already. Give another child’s number."
    if to_removed:
        return "Everything about that child was removed. Nothing is written there any more."
    return why_not_reason(reason)
