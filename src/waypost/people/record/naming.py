"""What people are called, many at once: one rule for every page (`called`), one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from waypost.people.record.called import called
from waypost.people.record.who import Name


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """By id; nobody who has no name, or none that this reader may know."""
    names: dict[UUID, list[Name]] = defaultdict(list)
    for one in Name.objects.current().of(list(people)).order_by("-at"):
        names[one.person_id].append(one)
    return {person: words for person, found in names.items() if (words := called(found))}


def whole_names_of(people: Iterable[UUID]) -> dict[UUID, set[str]]:
    """By id, every name that is known of them and is whole, and the one they are called by; in one query."""
    names: dict[UUID, list[Name]] = defaultdict(list)
    for one in Name.objects.current().of(list(people)).order_by("-at"):
        names[one.person_id].append(one)
    return {
        person: {f"{one.given} {one.family}" for one in found if one.given and one.family} | {called(found)} - {""}
        for person, found in names.items()
    }
