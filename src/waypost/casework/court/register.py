"""A court's list read from what was pasted or chosen as a file: each line as it stands there, or why it cannot be read.

Nothing is stored of it until a person has said who each line is. Pure but for the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.court.models import Hearing
from waypost.files.reading import csv_table
from waypost.files.reading.document import Row as Cells
from waypost.files.reading.document import Unreadable
from waypost.files.reading.kinds import decoded
from waypost.kernel.lists import load
from waypost.kernel.words import day, listed
from waypost.people.matching import found
from waypost.people.matching.asked import Asked
from waypost.people.matching.asked import read as read_asked
from waypost.people.record.beside import current

LARGEST = 100_000  # bytes: a list of a day is a few hundred
MOST_LINES = 60
SHOWN = 4  # who may be meant, for each line
COLUMNS = {  # by what registers put over them
    "time": ("time", "listed", "list time"),
    "court": ("court", "courtroom", "court room", "room"),
    "name": ("name", "child", "defendant", "defendant name"),
    "born": ("birth date", "date of birth", "dob", "born"),
    "purpose": ("purpose", "what for", "hearing type", "type of hearing", "hearing"),
}
EXPECTED = "time, court, name, birth date, what for"
_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*(am|pm)?", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list, readable."""

    number: int
    clock: time | None
    court: str
    name: str
    born: date
    purpose: str


@dataclass(frozen=True, slots=True)
class Bad:
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Register:
    lines: tuple[Line, ...]
    bad: tuple[Bad, ...]


def text_of(pasted: str, content: bytes | None) -> str:
    """What is read: the file, where one was chosen. Unreadable where it is no text, or too long."""
    if max(len(content or b""), len(pasted.encode())) > LARGEST:
        raise Unreadable("This is longer than a court’s list of one day. Paste the lines of one court at a time.")
    text = decoded(content) if content else pasted
    text = text.replace("\0", "")
    if not text.strip():
        raise Unreadable("Paste the list, or choose it as a file.")
    return text


def read(text: str, *, on: date) -> Register:
    """Every line of it, in its order."""
    try:
        blocks = csv_table.read(text.encode(), delimiter=max("\t;,", key=text.count)).blocks
    except csv_table.BROKEN as error:
        raise Unreadable("This could not be read as lines of a list. Save it as comma-separated text again.") from error
    rows = [row for table in blocks for row in table.rows]  # type: ignore[union-attr]
    order = _order(rows[0]) if rows else None
    rows = rows[1:] if order else rows
    if len(rows) > MOST_LINES:
        raise Unreadable(f"There are {len(rows)} lines, and {MOST_LINES} are read at once. Paste a part of them.")
    read_lines = [_line(row, order or list(COLUMNS), on) for row in rows]
    lines = tuple(one for one in read_lines if isinstance(one, Line))
    return Register(lines, tuple(one for one in read_lines if isinstance(one, Bad)))


def _order(row: Cells) -> list[str] | None:
    """Which column is what, where the first line is a heading."""
    said = [cell.text.strip().casefold() for cell in row.cells]
    order = [next((key for key, names in COLUMNS.items() if one in names), "") for one in said]
    return order if {*COLUMNS} <= {*order} else None


def _line(row: Cells, order: Sequence[str], on: date) -> Line | Bad:
    number, cells = row.where.line or 0, [cell.text.strip() for cell in row.cells]
    if len(cells) < len(order):
        return Bad(number, f"{len(cells)} of {len(order)} parts are there. A line has: {EXPECTED}.")
    said = {key: cells[place] for place, key in enumerate(order) if key}
    (clock, is_clock), born, purpose = (
        _clock(said["time"]),
        read_asked(said["born"], on).born,
        _purpose(said["purpose"]),
    )
    wrong = list(_wrong(said, is_clock, born, purpose, on))
    if wrong or born is None or purpose is None:
        return Bad(number, " ".join(wrong))
    return Line(number, clock, said["court"], said["name"], born, purpose)


def _wrong(said: dict[str, str], is_clock: bool, born: date | None, purpose: str | None, on: date) -> Iterator[str]:
    if not is_clock:
        yield f"The time must be like 10:00, and is ‘{said['time']}’."
    if not said["court"] or len(said["court"]) > 100:
        yield "The court must be named, in 100 letters at most."
    if not said["name"] or len(said["name"]) > 150:
        yield "The name must be given, in 150 letters at most."
    if born is None or born >= on:
        yield f"The birth date must be a day that has been, like 2 11 2010, and is ‘{said['born']}’."
    if purpose is None:
        known = listed([code.words for code in load("hearing_purposes") if not code.needs_words], "or")
        yield f"What it is for must be {known}, and is ‘{said['purpose']}’."


def _clock(text: str) -> tuple[time | None, bool]:
    """The time, and whether what stands there can be one: none at all can."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None, not text
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return (time(hour, minute), True) if hour < 24 and minute < 60 else (None, False)


def _purpose(text: str) -> str | None:
    plain = text.casefold()
    return next((code.key for code in load("hearing_purposes") if plain in (code.words.casefold(), code.key)), None)


# Who each line may be -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposed:
    """A line and the children who may be meant, most likely first; nobody is meant until a person says so."""

    line: Line
    rows: tuple[found.Row, ...]
    restricted: bool
    there: frozenset[UUID]  # those of them who are on the list of that day already, at that time

    @property
    def choices(self) -> list[found.Row]:
        return [row for row in self.rows if row.is_open and row.child not in self.there]


def proposed(register: Register, *, by: Staff, at: datetime, on: date, today: date) -> list[Proposed]:
    """By name and birth date, as any search would find them."""
    of_lines = [found.find(asked_of(line, today), by=by, at=at, on=today) for line in register.lines]
    shown = [one.rows[:SHOWN] for one in of_lines]
    there = _there({row.child for rows in shown for row in rows if row.is_open}, on)
    return [
        Proposed(line, rows, one.restricted, frozenset(row.child for row in rows if (row.child, line.clock) in there))
        for line, one, rows in zip(register.lines, of_lines, shown, strict=True)
    ]


def asked_of(line: Line, today: date) -> Asked:
    return read_asked(f"{line.name} born {day(line.born)}", today)


def _there(children: set[UUID], on: date) -> set[tuple[UUID, time | None]]:
    rows = current(Hearing).filter(person__in=children, since=on)
    return set(rows.values_list("person", "clock"))
