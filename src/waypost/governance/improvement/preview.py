"""A reading as its page shows it: every row accounted for, doubts beside the source, then what has none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.governance.improvement.doubting import KINDS, OTHER, Choice, Kind, corrected, kind_of
from waypost.governance.improvement.models import Reading
from waypost.kernel.words import month

Read = dict[str, Any]
FEW = 3  # so many doubts of a kind are shown whole; more are shown as a list with one answer
FATES = {
    "action": "One action each",
    "continued": "Joined to the action above, each with a doubt",
    "area heading": "Becomes an area",
    "recommendation heading": "Becomes a recommendation",
    "column headings": "Left out",
    "title": "Left out",
    "empty": "Left out",
    "not understood": "Left out: look at them",
}
NAMES = {
    "action": "Action",
    "continued": "No letter, only more of the row above",
    "area heading": "Area heading",
    "recommendation heading": "Recommendation heading",
    "column headings": "Column headings, repeated on a new page",
    "title": "Title",
    "empty": "Empty",
    "not understood": "Not understood",
}


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    number: int
    kind: Kind
    message: str
    place: str
    actions: tuple[Read, ...]
    settled: Read | None
    refused: str = ""

    @property
    def chosen(self) -> str:
        return str(self.settled["key"]) if self.settled else ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.kind.choices


@dataclass(frozen=True, slots=True)
class SameDoubts:
    """The open doubts of one kind. Many of a kind are settled in one answer, or one by one beneath."""

    kind: str
    asks: Kind
    doubts: tuple[ShownDoubt, ...]

    @property
    def many(self) -> bool:
        return len(self.doubts) > FEW and bool(self.for_all)

    @property
    def for_all(self) -> tuple[Choice, ...]:
        """The answers that need nothing typed, so can be given to all at once."""
        return tuple(choice for choice in self.asks.choices if choice.value is not None)


@dataclass(frozen=True, slots=True)
class Preview:
    plan: Read | None
    inspection: Read | None
    rows: tuple[tuple[str, int, str], ...]
    open: tuple[ShownDoubt, ...]
    kinds: tuple[SameDoubts, ...]
    settled: tuple[ShownDoubt, ...]
    without_doubt: tuple[Read, ...]
    not_understood: tuple[Read, ...]

    @property
    def doubts(self) -> int:
        return len(self.open) + len(self.settled)


def preview(reading: Reading, refused: tuple[int, str] | None = None) -> Preview:
    """What the page needs; `refused` is a doubt's number and why its answer was not taken."""
    if reading.plan is None:
        return Preview(None, reading.inspection, (), (), (), (), (), ())
    plan = corrected(reading.plan, reading.settled)
    shown = [_doubt(plan, n, doubt, reading.settled.get(str(n)), refused) for n, doubt in enumerate(plan["doubts"], 1)]
    doubted = {doubt["ref"] for doubt in plan["doubts"]}
    open_ones = tuple(doubt for doubt in shown if not doubt.settled or doubt.refused)
    return Preview(
        plan=plan,
        inspection=reading.inspection,
        rows=_rows(plan),
        open=open_ones,
        kinds=_by_kind(plan, open_ones),
        settled=tuple(doubt for doubt in shown if doubt.settled and not doubt.refused),
        without_doubt=tuple(action for action in plan["actions"] if action["ref"] not in doubted),
        not_understood=tuple(row for row in plan["rows"] if row["kind"] == "not understood"),
    )


def _by_kind(plan: Read, found: tuple[ShownDoubt, ...]) -> tuple[SameDoubts, ...]:
    """In the order of `KINDS`: what would mislead first, what is only missing last."""
    of = {doubt.number: plan["doubts"][doubt.number - 1]["kind"] for doubt in found}
    names = sorted(set(of.values()), key=lambda name: list(KINDS).index(name) if name in KINDS else len(KINDS))
    return tuple(
        SameDoubts(name, KINDS.get(name, OTHER), tuple(doubt for doubt in found if of[doubt.number] == name))
        for name in names
    )


def _rows(plan: Read) -> tuple[tuple[str, int, str], ...]:
    counts = Counter(row["kind"] for row in plan["rows"])
    return tuple((NAMES[kind], counts[kind], FATES[kind]) for kind in FATES if counts[kind])


def _doubt(plan: Read, number: int, doubt: Read, settled: Read | None, refused: tuple[int, str] | None) -> ShownDoubt:
    refs = [ref for ref in (doubt["ref"], doubt.get("other")) if ref]
    return ShownDoubt(
        number=number,
        kind=kind_of(doubt),
        message=doubt["message"],
        place=place(doubt["where"]),
        actions=tuple(action for action in plan["actions"] if action["ref"] in refs),
        settled=settled,
        refused=refused[1] if refused and refused[0] == number else "",
    )


def place(where: dict[str, Any]) -> str:
    """'page 3, table 1, row 17' from where something stands."""
    return ", ".join(f"{key} {where[key]}" for key in ("page", "table", "row", "line", "cell") if key in where)


def when(date_read: Read) -> str:
    """'November 2025', 'Ongoing', the words that could not be read, or 'Not given'."""
    if date_read.get("ongoing"):
        return "Ongoing"
    if date_read["month"]:
        return month(date.fromisoformat(f"{date_read['month']}-01"))
    if date_read.get("cadence"):
        return str(date_read["cadence"]).capitalize()
    return f"‘{date_read['text']}’" if date_read["text"] else "Not given"
