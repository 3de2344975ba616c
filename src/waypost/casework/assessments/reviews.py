"""When an assessment is looked at again, by its level or for an event: `definitions/reviews.yaml`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from waypost.casework.marks import MARKS
from waypost.kernel.days import working_days_after
from waypost.kernel.definition_files import FOLDER, Unreadable, fields, one_of, whole
from waypost.kernel.lists import load as list_of

FILE = FOLDER / "reviews.yaml"
NEEDED: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "mark": str,
    "checked": date,
    "next_review": date,
    "weeks": dict,
    "otherwise": int,
    "after_event": int,
}


@dataclass(frozen=True, slots=True)
class Reviews:
    weeks: Mapping[str, int]
    otherwise: int
    after_event: int  # working days
    source: str
    mark: str

    def due(self, level: str, locked: date) -> date:
        return locked + timedelta(weeks=self.weeks.get(level, self.otherwise))

    def due_after(self, event: date) -> date:
        return working_days_after(event, self.after_event)


@cache
def load(path: Path = FILE) -> Reviews:
    """Unreadable with the file and the name where it is not as it should be."""
    given = fields(path.name, whole(path, expected=NEEDED), NEEDED, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    levels = [code.key for code in list_of("intervention_levels")]
    if sorted(given["weeks"]) != sorted(levels):
        raise Unreadable(f"{path.name}: weeks must be given for {', '.join(levels)}.")
    periods = [*given["weeks"].values(), given["otherwise"], given["after_event"]]
    if any(type(each) is not int or each < 1 for each in periods):
        raise Unreadable(f"{path.name}: every period must be a whole number of 1 or more.")
    mark = one_of(path.name, "mark", given["mark"], MARKS)
    return Reviews(given["weeks"], given["otherwise"], given["after_event"], given["source"], mark)
