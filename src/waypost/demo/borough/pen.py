"""What writes rows: who they are by, ids and moments, and statements with what stands behind a correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Any
from uuid import UUID, SafeUUID

from django.db.models import Model

from waypost.kernel.words import LONDON
from waypost.people.record.kinds import KINDS

BASIS = "crime_and_disorder_39"
OURS = "Alder Vale"
Row = dict[str, Any]
_TAIL = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class Who:
    """One of the staff, as a row needs them."""

    pk: UUID
    name: str
    agency: str = "youth_justice"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who writes: the workers in the order of the crew, and of each the colleagues of the team."""

    workers: Sequence[Who]
    colleagues: Mapping[UUID, Sequence[UUID]]
    seconded: Mapping[str, Sequence[Who]]  # by agency
    enters: Who
    manages: Who


class Book:
    """Rows by the model they are of."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Row]] = defaultdict(list)

    def add(self, model: type[Model], row: Row) -> Row:
        self.rows[model].append(row)
        return row


class Pen:
    """For one life: it knows who holds the child now, since when, and what moment it is written at."""

    def __init__(self, cast: Cast, *, chance: Random, now: datetime, book: Book) -> None:
        self.cast, self.chance, self.now, self.book = cast, chance, now, book
        self.today = now.astimezone(LONDON).date()
        self.person = UUID(int=0)
        self.entered_at = self.earliest = now
        self.since = date.min  # of the case that is open
        self.held: list[tuple[datetime, Who]] = []
        self.open: dict[str, Row] = {}  # statements that go on, by what they are of

    @property
    def holder(self) -> Who:
        return self.held[-1][1] if self.held else self.cast.manages

    def holder_at(self, moment: datetime) -> Who:
        return next((who for since, who in reversed(self.held) if since <= moment), self.holder)

    def id(self, at: datetime) -> UUID:
        """Version 7, as `new_id` makes them, of that moment."""
        drawn = self.chance.getrandbits(74)
        head = int(at.timestamp() * 1000) << 80
        return _uuid(head | 0x7 << 76 | drawn >> 62 << 64 | 0b10 << 62 | drawn & _TAIL)

    def once(self) -> UUID:
        drawn = self.chance.getrandbits(122)
        return _uuid(drawn >> 74 << 80 | 0x4 << 76 | (drawn >> 62 & 0xFFF) << 64 | 0b10 << 62 | drawn & _TAIL)

    def at(self, day: date, clock: time = time(15)) -> datetime:
        """That day on the clock in London; never before somebody held the child, never in what is to come."""
        moment = datetime.combine(max(day, self.since), clock, tzinfo=LONDON)
        return min(max(moment, self.earliest), self.now)

    # Statements -------------------------------------------------------------------------------------------------------

    def say(
        self,
        key: str,
        at: datetime,
        by: Who | None = None,
        *,
        person: UUID | None = None,
        once: UUID | None = None,
        **said: Any,
    ) -> Row:
        kind, by = KINDS[key], by or self.holder
        row: Row = {"id": self.id(at), "person_id": person or self.person, "since": None, "until": None}
        row |= {"by_id": by.pk, "at": at, "agency": by.agency, "said_by": "", "speaker": "", "how": "observed"}
        row |= {"basis": BASIS, "disclosure": kind.disclosure, "once": once or self.once(), **said}
        return self.book.add(kind.model, row)

    def end(self, key: str, row: Row, until: date, at: datetime, by: Who | None = None, **ended: Any) -> Row:
        """A row in its place with the day on which it ended; the first stays behind it."""
        by, at = by or self.holder, max(at, row["at"])
        row["replaced_at"] = at
        new = {**row, "id": self.id(at), "by_id": by.pk, "at": at, "once": self.once(), "replaces_id": row["id"]}
        del new["replaced_at"]
        return self.book.add(KINDS[key].model, {**new, "until": max(until, row["since"] or until), **ended})

    def close(self, name: str, key: str, until: date, **ended: Any) -> None:
        if (row := self.open.pop(name, None)) is not None:
            self.end(key, row, until, self.at(until), **ended)


def _uuid(number: int) -> UUID:
    """As `UUID(int=number)`, whose checks take four times as long: a child has two hundred of these."""
    made = object.__new__(UUID)
    object.__setattr__(made, "int", number)
    object.__setattr__(made, "is_safe", SafeUUID.unknown)
    return made
