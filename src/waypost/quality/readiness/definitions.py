"""The words of each check, as files: `definitions/readiness/<key>.yaml`, read strictly. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from waypost.casework.marks import MARKS
from waypost.kernel.days import working_days_before
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, one_of, whole

READINESS = FOLDER / "readiness"
NEEDED: dict[str, type] = {
    **dict.fromkeys(("title", "theme", "severity", "says", "why", "do", "page", "applies", "source", "mark"), str),
    "checked": date,
    "next_review": date,
}
OPTIONAL: dict[str, type] = {"within": int, "unit": str}
WORKING_DAYS, DAYS = "working_days", "days"


class Theme(StrEnum):
    """The six of the joint inspection."""

    REDUCING = "reducing_reoffending"
    PUBLIC = "public"
    CHILD = "child"
    SENTENCE = "sentence"
    GOVERNANCE = "governance"
    INTERVENTIONS = "interventions"

    @property
    def words(self) -> str:
        return THEMES[self]


THEMES = {
    Theme.REDUCING: "Reducing reoffending",
    Theme.PUBLIC: "Protecting the public",
    Theme.CHILD: "Protecting the child",
    Theme.SENTENCE: "Ensuring the sentence is served",
    Theme.GOVERNANCE: "Governance and partnerships",
    Theme.INTERVENTIONS: "Interventions",
}


class Severity(StrEnum):
    """How soon somebody should act: at once, this week, when there is time."""

    NOW = "now"
    SOON = "soon"
    TIDY = "tidy"

    @property
    def rank(self) -> int:
        return [*Severity].index(self)


@dataclass(frozen=True, slots=True)
class Check:
    """`within`: how long what it looks at may wait, in days or working days."""

    key: str
    title: str
    theme: Theme
    severity: Severity
    says: str
    why: str
    do: str
    page: str
    applies: str
    source: str
    mark: str
    checked: date
    next_review: date
    within: int = 0
    unit: str = DAYS

    def past(self, on: date) -> date:
        """What began before this day has waited longer than it may."""
        return working_days_before(on, self.within) if self.unit == WORKING_DAYS else on - timedelta(days=self.within)

    @property
    def names(self) -> frozenset[str]:
        """What its sentence names."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.says) if name)

    def sentence(self, told: Mapping[str, str]) -> str:
        return self.says.format_map(told)


@cache
def load() -> Mapping[str, Check]:
    """Every check, in the order of themes, the most severe first."""
    found = [read(path) for path in sorted(READINESS.glob("*.yaml"))]
    themes = [*Theme]
    found.sort(key=lambda one: (themes.index(one.theme), one.severity.rank, one.key))
    return MappingProxyType({one.key: one for one in found})


def read(path: Path) -> Check:
    """Unreadable, with the file and the key, where it is not as it should be."""
    given = fields(path.name, whole(path, expected=NEEDED), NEEDED, OPTIONAL)
    if not KEY.fullmatch(path.stem):
        raise Unreadable(f"{path.name}: must be named by its key, in small letters, digits and single underscores.")
    if ("within" in given) != ("unit" in given):
        raise Unreadable(f"{path.name}: within and unit go together.")
    if "unit" in given:
        one_of(path.name, "unit", given["unit"], (WORKING_DAYS, DAYS))
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    one_of(path.name, "mark", given["mark"], MARKS)
    theme = Theme(one_of(path.name, "theme", given.pop("theme"), list(Theme)))
    severity = Severity(one_of(path.name, "severity", given.pop("severity"), list(Severity)))
    return Check(key=path.stem, theme=theme, severity=severity, **given)
