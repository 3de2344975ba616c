"""How a status is shown: a shape, a word, then a colour. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Look:
    word: str
    colour: str  # of GOV.UK's tag, which without one is blue
    shape: str  # ours, `wp-status--…`


LOOKS = MappingProxyType(
    {
        "doubt": Look("Dates in doubt", "yellow", "doubt"),
        "overdue": Look("Overdue", "red", "overdue"),
        "risk": Look("At risk", "orange", "risk"),
        "new": Look("Not started", "grey", "new"),
        "track": Look("On track", "green", "track"),
        "done": Look("Done", "", "done"),
        "embedded": Look("Embedded", "turquoise", "embedded"),
        "late": Look("Late", "red", "late"),
        "today": Look("Today", "", "today"),
        "held": Look("Held back", "grey", "held"),
    }
)
