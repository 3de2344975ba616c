"""The two tables of pairs of names, and how well something tells those that are one name from those that are not."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ALIKE = Path(__file__).with_name("names_alike.csv")  # written first; the rules were made with it in view
HELD_OUT = Path(__file__).with_name("names_held_out.csv")  # written when the rules were done, and no rule changed since


@dataclass(frozen=True)
class Score:
    found: int  # of the pairs that are one name, how many were said to be
    alike: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.alike

    @property
    def precision(self) -> float:
        return self.found / max(self.found + len(self.wrong), 1)

    def __str__(self) -> str:
        return (
            f"recall {self.found} of {self.alike} ({self.recall:.0%}), "
            f"precision {self.found} of {self.found + len(self.wrong)} ({self.precision:.0%})"
        )


def pairs(table: Path) -> list[tuple[str, str, bool]]:
    with table.open(encoding="utf-8", newline="") as file:
        return [(row["a"], row["b"], row["alike"] == "yes") for row in csv.DictReader(file)]


def score(table: Path, says: Callable[[str, str], object]) -> Score:
    said = [(f"{a} / {b}", one, bool(says(a, b))) for a, b, one in pairs(table)]
    return Score(
        found=sum(one and found for _, one, found in said),
        alike=sum(one for _, one, _ in said),
        missed=tuple(words for words, one, found in said if one and not found),
        wrong=tuple(words for words, one, found in said if found and not one),
    )
