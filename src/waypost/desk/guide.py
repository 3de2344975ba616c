"""The number of children beside which a caseload is shown: `definitions/caseload.yaml`. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import FOLDER, Unreadable, fields, one_of, whole

FILE = FOLDER / "caseload.yaml"
NEEDED: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "checked": date,
    "next_review": date,
    "guide": int,
    "mark": str,
}


@dataclass(frozen=True, slots=True)
class Guide:
    children: int
    source: str
    mark: str


@cache
def load(path: Path = FILE) -> Guide:
    """Unreadable with the file and the name where it is not as it should be."""
    given = fields(path.name, whole(path, expected=NEEDED), NEEDED, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    if given["guide"] < 1:
        raise Unreadable(f"{path.name}: guide must be 1 or more, and is {given['guide']}.")
    return Guide(given["guide"], given["source"], one_of(path.name, "mark", given["mark"], MARKS))
