"""Everything anyone did, newest first: entries, documents and the days on which something about the child began."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, F, Func, Q, TextField, Value, When
from django.utils import timezone

from waypost.kernel.lists import load
from waypost.people.need_to_know.models import Wall
from waypost.people.record.beside import current
from waypost.people.record.entries import Entry
from waypost.people.record.kinds import KINDS
from waypost.people.record.panels import Record
from waypost.people.removal.models import Moved
from waypost.ui.listing import Choice, Listing, listing

PER_PAGE = 12
WHAT = (
    ("", "Everything"),
    ("own", "Own words"),
    ("contacts", "Contacts"),
    ("missed", "Missed or cancelled"),
    ("documents", "Documents"),
    ("decisions", "Decisions"),
)
SINCE = (("", "Everything held"), ("28", "Last 4 weeks"), ("91", "Last 3 months"), ("365", "Last year"))


class WallOpen(Func):
    """Whether what stands behind a wall is open to whoever asks."""

    function = "public.people_wall_open"
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Event:
    """One line; `of` is the statement, or what stands where one may not be read."""

    kind: str  # entry, held, moved, or a kind of statement whose beginning is told
    day: date
    at: datetime
    agency: str
    pk: UUID
    of: Any = None
    clock: time | None = None
    own: bool = False
    decision: bool = False
    contact: bool = False
    missed: bool = False
    title: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        return (self.day, self.clock or time.min, self.at)


@dataclass(frozen=True, slots=True)
class Timeline:
    page: Listing
    choices: tuple[Choice, ...]
    in_all: int
    own: list[Entry]  # the child's latest own words
    carers: list[Entry]
    held: int


def timeline(record: Record, asked: Mapping[str, str], *, on: date, besides: Iterable[Event] = ()) -> Timeline:
    """Six queries, whatever is asked. `besides` are events that another room knows of."""
    reads_entries = "entries" in record.reach.reads
    walls = _held_back(record) if reads_entries else []
    events = [*_entries(record), *_told(record), *walls, *_moved(record), *besides]
    who, what, since = _choices(asked, events)
    kept = [one for one in events if _fits(one, who.chosen, what.chosen, since.chosen, on)]
    kept.sort(key=lambda one: one.order, reverse=True)
    page = listing(kept, len(kept), asked, per_page=PER_PAGE)
    wanted = Entry.objects.filter(pk__in=[one.pk for one in page.rows if one.kind == "entry"])
    full: dict[UUID, Any] = {one.pk: one for one in wanted.select_related("by")}
    rows = [_with(one, full) for one in page.rows]
    page = Listing(rows, page.total, page.page, page.pages, page.per_page, page.asked)
    own, carers = _own_words(record, "child", 3), _own_words(record, "carer", 2)
    return Timeline(page, (who, what, since), len(events), own, carers, len(walls))


def _entries(record: Record) -> list[Event]:
    """Without their words: a child may have thousands."""
    if "entries" not in record.reach.reads:
        return []
    said = Case(When(own_words="", then=Value("")), default=Value("own"), output_field=TextField())
    rows = Entry.objects.filter(person__in=record.people, replaced_at=None).annotate(said=said)
    names = ("pk", "since", "clock", "at", "agency", "kind", "said")
    contacts = {code.key for code in load("entry_kinds") if code.flag("contact")}
    missed = {code.key for code in load("entry_kinds") if code.flag("missed")}
    return [
        Event(
            "entry",
            day,
            at,
            agency,
            pk,
            clock=clock,
            own=bool(said),
            decision=kind == "decision",
            contact=kind in contacts,
            missed=kind in missed,
        )
        for pk, day, clock, at, agency, kind, said in rows.values_list(*names)
    ]


def _told(record: Record) -> list[Event]:
    """What the record has read already."""
    return [
        Event(key, one.since or timezone.localdate(one.at), one.at, one.agency, one.pk, one, title=kind.told(one))
        for key, kind in KINDS.items()
        if kind.told
        for one in record.said[key]
    ]


def _held_back(record: Record) -> list[Event]:
    """A box for every wall behind which this reader may not look; what opens a wall, the database knows."""
    shut = Wall.objects.filter(person__in=record.people, kind=Wall.Kind.HELD_BACK, ended_at=None).annotate(
        is_open=WallOpen(F("pk"))
    )
    return [
        Event("held", timezone.localdate(wall.made_at), wall.made_at, wall.agency, wall.pk, wall)
        for wall in shut.filter(is_open=False).select_related("made_by")
    ]


def _moved(record: Record) -> list[Event]:
    return [
        Event("moved", timezone.localdate(one.at), one.at, "", one.pk, one)
        for one in Moved.objects.filter(left__in=record.people).select_related("by")
    ]


def _choices(asked: Mapping[str, str], events: list[Event]) -> tuple[Choice, Choice, Choice]:
    agencies = load("agencies")
    counts = Counter(one.agency for one in events if one.agency)
    who = [("", f"Everyone ({len(events)})")]
    who += [(code.key, f"{code.words} ({counts[code.key]})") for code in agencies if counts[code.key]]
    return (
        _choice("who", "Who", who, asked),
        _choice("what", "What", _what(events), asked),
        _choice("since", "Since", SINCE, asked),
    )


def _what(events: list[Event]) -> list[tuple[str, str]]:
    return [(key, f"{words} ({sum(_is(one, key) for one in events)})") for key, words in WHAT]


def _choice(name: str, label: str, options: Any, asked: Mapping[str, str]) -> Choice:
    """What is not among the answers is not asked."""
    wanted = asked.get(name, "")
    return Choice(name, label, tuple(options), wanted if wanted in dict(options) else "")


def _is(one: Event, what: str) -> bool:
    is_so = {
        "own": one.own,
        "contacts": one.contact,
        "missed": one.missed,
        "decisions": one.decision,
        "documents": one.kind == "document",
    }
    return not what or is_so[what]


def _fits(one: Event, who: str, what: str, since: str, on: date) -> bool:
    recent = not since or one.day > on - timedelta(days=int(since))
    return recent and (not who or one.agency == who) and _is(one, what)


def _with(one: Event, full: Mapping[UUID, Any]) -> Event:
    if one.kind != "entry":
        return one
    return replace(one, of=full.get(one.pk))


def _own_words(record: Record, said_by: str, most: int) -> list[Entry]:
    if "entries" not in record.reach.reads:
        return []
    rows = current(Entry).filter(~Q(own_words=""), person__in=record.people, said_by=said_by)
    return list(rows.select_related("by").order_by("-since", "-at")[:most])
