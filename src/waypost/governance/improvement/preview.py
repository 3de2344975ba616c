"""A reading as its page shows it: every row accounted for, doubts beside the source, then what has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.governance.improvement.doubting import KINDS, OTHER, Choice, Kind, corrected, field_in_doubt, kind_of
from waypost.governance.improvement.reading_models import Reading
from waypost.kernel.words import month

Read = dict[str, Any]
FEW = 3  # so many doubts of a kind are listed; more are folded under one answer for all
AT_ONCE = 50
FIELDS = {  # which of an action's dates, or its lead, each kind doubts
    "finish-before-start": ("start", "finish"),
    "conflict-between-duplicates": ("start", "finish"),
    "starts-before-inspection": ("start",),
    "progress-before-start": ("start",),
    "review-passed": ("review",),
    "no-start": ("start",),
    "no-finish": ("finish",),
    "no-review": ("review",),
    "no-lead": ("lead",),
}
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
class NotTaken:
    """An answer that could not be taken, as it was given, and why."""

    number: int
    reason: str
    key: str
    typed: str


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    number: int
    kind: Kind
    message: str
    place: str
    actions: tuple[Read, ...]
    fields: tuple[str, ...]  # of the action, that the doubt is about
    settled: Read | None
    not_taken: NotTaken | None
    opened: bool = False

    @property
    def refused(self) -> str:
        return self.not_taken.reason if self.not_taken else ""

    @property
    def chosen(self) -> str:
        if self.not_taken:
            return self.not_taken.key
        return str(self.settled["key"]) if self.settled else ""

    @property
    def typed(self) -> str:
        """What stands in the box: what was typed, or what an earlier answer put there."""
        if self.not_taken:
            return self.not_taken.typed
        correction = next((choice for choice in self.choices if choice.key == self.chosen), None)
        return str(self.settled["value"]) if self.settled and correction and correction.value is None else ""

    @property
    def answer(self) -> str:
        """‘Finish: December 2015’, or the words that were chosen."""
        if not self.settled:
            return ""
        typed = self.typed
        is_month = re.fullmatch(r"\d{4}-\d{2}", typed)
        said = month(date.fromisoformat(f"{typed}-01")) if is_month else typed
        return f"{self.kind.typed}: {said}" if typed else str(self.settled["words"])

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.kind.choices

    def in_doubt(self, action: Read) -> list[str]:
        """The words of an action's row that gave rise to the doubt."""
        dates = (action[name]["text"] for name in self.fields if name != "lead")
        return [words for words in (*dates, *re.findall("“(.+?)”", self.message)) if words]


@dataclass(frozen=True, slots=True)
class SameDoubts:
    """The open doubts of one kind. Many of a kind are settled in one answer, or one by one beneath."""

    kind: str
    asks: Kind
    doubts: tuple[ShownDoubt, ...]

    @property
    def many(self) -> bool:
        return len(self.doubts) > FEW

    @property
    def opened(self) -> bool:
        return any(doubt.opened for doubt in self.doubts)

    @property
    def listed(self) -> tuple[ShownDoubt, ...]:
        """So many as a page can carry; the others come up as these are settled."""
        return self.doubts[:AT_ONCE]

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


def preview(reading: Reading, at: int = 0, not_taken: NotTaken | None = None) -> Preview:
    """What the page needs; doubt number `at` is opened, settled or not, else the worst that is not settled."""
    if reading.plan is None:
        return Preview(None, reading.inspection, (), (), (), (), (), ())
    plan, settled = corrected(reading.plan, reading.settled), reading.settled
    at = not_taken.number if not_taken else at or next(iter(_worst_first(plan, settled)), 0)
    by_ref = {action["ref"]: action for action in plan["actions"]}
    shown = [
        _doubt(by_ref, n, doubt, settled.get(str(n)), not_taken, opened=n == at)
        for n, doubt in enumerate(plan["doubts"], 1)
    ]
    doubted = {doubt["ref"] for doubt in plan["doubts"]}
    open_ones = tuple(doubt for doubt in shown if not doubt.settled or doubt.opened)
    return Preview(
        plan=plan,
        inspection=reading.inspection,
        rows=_rows(plan),
        open=open_ones,
        kinds=_by_kind(plan, open_ones),
        settled=tuple(doubt for doubt in shown if doubt.settled and not doubt.opened),
        without_doubt=tuple(action for action in plan["actions"] if action["ref"] not in doubted),
        not_understood=tuple(row for row in plan["rows"] if row["kind"] == "not understood"),
    )


def following(reading: Reading, number: int) -> int:
    """The doubt to open once this one is settled: the next on the page, else the first; 0 when none is left."""
    plan = reading.plan or {"doubts": []}
    order = _worst_first(plan, reading.settled, also=number)
    later = order[order.index(number) + 1 :] if number in order else []
    return next(iter(later or [n for n in order if n != number]), 0)


def _worst_first(plan: Read, settled: Read, also: int = 0) -> list[int]:
    """The numbers of the doubts not settled, and of one more, as the page has them."""
    waiting = [(n, doubt) for n, doubt in enumerate(plan["doubts"], 1) if str(n) not in settled or n == also]
    return [n for n, _ in sorted(waiting, key=lambda pair: _rank(pair[1]["kind"]))]


def _rank(kind: str) -> int:
    return list(KINDS).index(kind) if kind in KINDS else len(KINDS)


def _by_kind(plan: Read, found: tuple[ShownDoubt, ...]) -> tuple[SameDoubts, ...]:
    """In the order of `KINDS`: what would mislead first, what is only missing last."""
    of = {doubt.number: plan["doubts"][doubt.number - 1]["kind"] for doubt in found}
    return tuple(
        SameDoubts(name, KINDS.get(name, OTHER), tuple(doubt for doubt in found if of[doubt.number] == name))
        for name in sorted(set(of.values()), key=_rank)
    )


def _rows(plan: Read) -> tuple[tuple[str, int, str], ...]:
    counts = Counter(row["kind"] for row in plan["rows"])
    return tuple((NAMES[kind], counts[kind], FATES[kind]) for kind in FATES if counts[kind])


def _doubt(
    by_ref: dict[str, Read], number: int, doubt: Read, settled: Read | None, not_taken: NotTaken | None, *, opened: bool
) -> ShownDoubt:
    refs = [ref for ref in (doubt["ref"], doubt.get("other")) if ref]
    actions = tuple(by_ref[ref] for ref in refs if ref in by_ref)
    unreadable = doubt["kind"] == "unreadable-date"
    return ShownDoubt(
        number=number,
        kind=kind_of(doubt),
        message=doubt["message"],
        place=place(doubt["where"]),
        actions=actions,
        fields=(field_in_doubt(doubt, actions[0]),) if unreadable and actions else FIELDS.get(doubt["kind"], ()),
        settled=settled,
        not_taken=not_taken if not_taken and not_taken.number == number else None,
        opened=opened,
    )


def marked(text: str, in_doubt: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is among the words in doubt."""
    wanted = sorted({words for words in in_doubt if words in text}, key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, wanted)) + ")", text) if wanted else [text]
    return [(piece, piece in wanted) for piece in pieces if piece]


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
