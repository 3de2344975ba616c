"""Who has held a child, one after another, and how often that changed. Pure but for the one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from waypost.kernel.words import day
from waypost.people.need_to_know.models import Allocation
from waypost.people.record.facts import Fact

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Turn:
    """One worker’s time with the child, from one day to another; until None: it goes on."""

    who: str
    since: date
    until: date | None


def ordinal(number: int) -> str:
    """‘third’; past ten ‘11th’."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ends = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ends}"


def turns(found: Iterable[Turn]) -> list[Turn]:
    """The earliest first; a child given again to whoever holds it already has not changed hands."""
    joined: list[Turn] = []
    for one in sorted(found, key=lambda one: one.since):
        if joined and joined[-1].who == one.who:
            joined[-1] = Turn(one.who, joined[-1].since, one.until)
        else:
            joined.append(one)
    return joined


def since_then(held: Sequence[Turn], began: date) -> list[Turn]:
    """Those who held the child on that day or later."""
    return [one for one in held if one.until is None or one.until > began]


def turns_of(people: Iterable[UUID]) -> list[Turn]:
    rows = Allocation.objects.filter(person__in=[*people]).select_related("staff").order_by("since")
    return turns(
        Turn(
            row.staff.name,
            timezone.localdate(row.since),
            timezone.localdate(row.until) if row.until else None,
        )
        for row in rows
    )


def changes(held: Sequence[Turn], began: date | None, what: str) -> list[Fact]:
    """‘Second worker this order’: for the child’s page, where there has been a change since it began."""
    if began is None or not held:
        return []
    during = since_then(held, began)
    if len(during) < 2:
        return []
    return [
        Fact("Workers", f"{ordinal(len(during)).capitalize()} worker {what}", quiet=f"since {day(during[-1].since)}")
    ]
