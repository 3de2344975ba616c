"""Where a child may be between hearings: `definitions/remands.yaml`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.marks import MARKS
from waypost.casework.outcomes.clocks import TaskRule, clocks
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, in_order, one_of, whole

FILE = FOLDER / "remands.yaml"


@dataclass(frozen=True, slots=True)
class RemandKind:
    """One kind, from the first day of `since` to the last of `until`."""

    key: str
    name: str
    looked_after: bool
    held: bool  # the child is not at liberty
    route: str  # a key of definitions/compliance: what follows when its conditions are not kept
    since: date
    until: date | None
    tasks: tuple[TaskRule, ...]
    mark: str
    source: str
    note: str = ""

    def is_open(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


NEEDED: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "checked": date,
    "next_review": date,
    "kinds": list,
}
KIND: dict[str, type] = {
    "key": str,
    "name": str,
    "looked_after": bool,
    "held": bool,
    "route": str,
    "since": date,
    "tasks": list,
    "mark": str,
    "source": str,
}
KIND_MAY: dict[str, type] = {"until": date, "note": str}


@cache
def kinds() -> Mapping[str, RemandKind]:
    """Every kind there ever was, by key, in the order of the file."""
    return read(FILE)


def name_of(key: str) -> str:
    """What a person reads; a key that the file has not stands as it is."""
    return kinds()[key].name if key in kinds() else key


def read(path: Path) -> Mapping[str, RemandKind]:
    """The kinds in a file; Unreadable with the file and the key where it is not as it should be."""
    given = fields(path.name, whole(path, expected=NEEDED), NEEDED, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    found = [_kind(f"{path.name}: kind {n}", each) for n, each in enumerate(given["kinds"], start=1)]
    keys = [kind.key for kind in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise Unreadable(f"{path.name}: {', '.join(twice)} is given twice; a key has one meaning for good.")
    return MappingProxyType({kind.key: kind for kind in found})


def _kind(where: str, given: Any) -> RemandKind:
    found = fields(where, given, KIND, KIND_MAY)
    if not KEY.fullmatch(found["key"]):
        raise Unreadable(f"{where}: key must be small letters, digits and single underscores, and is {found['key']!r}.")
    in_order(where, found["since"], found.get("until"))
    one_of(where, "mark", found["mark"], MARKS)
    for key in found["tasks"]:
        one_of(where, "tasks", str(key), clocks())
    tasks = tuple(clocks()[key] for key in found.pop("tasks"))
    return RemandKind(until=found.pop("until", None), tasks=tasks, **found)
