"""What pages show of contacts: the diary, what is not recorded yet, who was seen, what was kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, FloatField, Q
from django.db.models.functions import Cast, Extract
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.contacts.expected import Held
from waypost.casework.contacts.models import Attendance, Came, Contact, ContactWorker
from waypost.casework.outcomes.models import Requirement
from waypost.casework.plans.panels import objectives_now
from waypost.kernel.lists import load
from waypost.kernel.words import LONDON
from waypost.people.record.beside import current
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert

LONGEST_OBJECTIVE = 200  # letters that a contact keeps of one
FOUR_WEEKS = timedelta(days=28)
YEAR = timedelta(days=400)  # as long as a warned period, and who was reached since
WHOLE = timedelta(days=730)
OFFERED, LOOKED_BACK = 6, 100  # objectives offered, and contacts in which they are looked for
SEEN = frozenset({"child", "carer"})
TOOK_PLACE = frozenset({Came.CAME, Came.LATE})
IN_VAIN = Q(now__came=None) | Q(now__came__in=set(Came) - TOOK_PLACE)  # not recorded, or it did not take place
VALUES = (
    "pk", "person", "starts", "minutes", "way", "place", "who", "planned", "outcome", "requirement", "purpose",
    "objective", "entry", "now__came", "now__acceptable", "now__reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Met:
    """One contact as pages take it: planned, or with what is said of it now."""

    pk: UUID
    person: UUID
    starts: datetime  # in London
    minutes: int
    way: str
    place: str
    who: list[str]
    planned: bool
    outcome: UUID | None
    requirement: UUID | None
    purpose: str
    objective: str
    entry: UUID | None  # where its words stand
    came: str  # empty: nobody has recorded it
    acceptable: bool | None
    reason: str
    workers: tuple[tuple[UUID | None, str], ...]  # one of our staff, or nobody’s id; the name

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        return self.starts.date()

    @property
    def what(self) -> str:
        return self.purpose or load("contact_ways").words(self.way)

    @property
    def where(self) -> str:
        return ", ".join(part for part in (load("contact_ways").words(self.way), self.place) if part)

    @property
    def with_whom(self) -> list[str]:
        return [name for _, name in self.workers]

    def is_with(self, staff: Staff) -> bool:
        return any(pk == staff.pk for pk, _ in self.workers)

    @property
    def sees_child(self) -> bool:
        return "child" in self.who and load("contact_ways")[self.way].flag("seen")

    @property
    def took_place(self) -> bool:
        return self.came in TOOK_PLACE

    @property
    def held(self) -> Held:
        """What became of it, as expected contact is counted."""
        if self.took_place:
            return Held.KEPT
        if self.came == "cancelled":
            return Held.CANCELLED_BY_US
        judged = {True: Held.EXCUSED, False: Held.MISSED, None: Held.NOT_JUDGED}
        return judged[self.acceptable]

    @property
    def undecided(self) -> bool:
        return self.came == "missed" and self.acceptable is None


@dataclass(frozen=True, slots=True)
class Diary:
    """Of one child: newest first what was, soonest first what is to come."""

    past: tuple[Met, ...] = ()
    to_come: tuple[Met, ...] = ()
    not_recorded: tuple[Met, ...] = ()

    @property
    def last_seen(self) -> Met | None:
        return next((one for one in self.past if one.took_place and one.sees_child), None)

    @property
    def next(self) -> Met | None:
        return next(iter(self.to_come), None)

    def kept(self, on: date, span: timedelta = FOUR_WEEKS) -> tuple[int, int]:
        """Kept or rightly excused, of those that were planned with the child and not lost by us."""
        of = [
            one for one in self.past
            if on - span < one.day <= on and one.planned and "child" in one.who and one.came != "cancelled"
        ]  # fmt: skip
        return sum(one.took_place or one.acceptable is True for one in of), len(of)


def diaries(people: Collection[UUID], at: datetime, *, briefly: bool = False) -> dict[UUID, list[Met]]:
    """By person. Two queries, however many there are: two years back, and all that is to come.

    `briefly`, as a list of many children takes it: of the last year only four weeks, what nobody has recorded, and what
    did not take place.
    """
    rows = Contact.objects.filter(person__in=people, dropped_at=None, starts__gte=at - (YEAR if briefly else WHOLE))
    found: dict[UUID, list[Met]] = {}
    for one in _met(rows, people, Q(starts__gte=at - FOUR_WEEKS - timedelta(days=1)) | IN_VAIN if briefly else Q()):
        found.setdefault(one.person, []).append(one)
    return found


def _met(contacts: Any, people: Collection[UUID], wanted: Q) -> list[Met]:
    """As plain values: a list of forty children has a thousand, and rows of models take three times as long."""
    of = Q(attendances__replaced_at=None, attendances__person__in=people)
    now = FilteredRelation("attendances", condition=of)
    rows = list(contacts.annotate(now=now).filter(wanted).values_list(*VALUES))
    workers: dict[UUID, list[tuple[UUID | None, str]]] = defaultdict(list)
    there = ContactWorker.objects.filter(contact__in=[pk for pk, *_ in rows])
    named = there.values_list("contact", "staff", "staff__name", "professional__name")
    for contact, staff, name, professional in named:
        workers[contact].append((staff, name or professional))
    return [
        Met(pk, person, starts.astimezone(LONDON), *told, came or "", acceptable, reason or "", tuple(workers[pk]))  # type: ignore[call-arg]
        for pk, person, starts, *told, came, acceptable, reason in rows
    ]


@dataclass(slots=True)
class Reached:
    """When somebody reached the child or a carer, and what was done because of one missed contact."""

    starts: list[float] = field(default_factory=list)  # in seconds, as `datetime.timestamp`; the earliest first
    last_seen: float | None = None  # the child, by somebody who was there
    follows: dict[UUID, float] = field(default_factory=dict)

    @property
    def last_day_seen(self) -> date | None:
        return None if self.last_seen is None else _day_of(self.last_seen)

    def after(self, missed: Met) -> date | None:
        """The day on which a missed contact was followed up."""
        place = bisect_right(self.starts, missed.starts.timestamp())
        found = [*self.starts[place : place + 1], *filter(None, [self.follows.get(missed.pk)])]
        return _day_of(min(found)) if found else None


def _day_of(seconds: float) -> date:
    return datetime.fromtimestamp(seconds, LONDON).date()


def reached(people: Mapping[UUID, UUID], at: datetime, *, briefly: bool = False) -> dict[UUID, Reached]:
    """By the child whose record each of the people is. One query, of as long as `diaries`."""
    found: dict[UUID, Reached] = defaultdict(Reached)
    if not people:
        return found
    since = at - (YEAR if briefly else WHOLE)
    both = Q(person__in=people, contact__person__in=people)  # said of both, neither table is read whole
    rows = Attendance.objects.filter(both, replaced_at=None, contact__dropped_at=None)
    reaches = Q(came__in=TOOK_PLACE, contact__who__overlap=[*SEEN])
    rows = rows.filter(reaches | Q(contact__follows__isnull=False), contact__starts__gte=since)
    sees = [way.key for way in load("contact_ways") if way.flag("seen")]
    saw = Q(came__in=TOOK_PLACE, contact__who__contains=["child"], contact__way__in=sees)
    # Thousands of moments are slow to read, their seconds are not.
    seconds = Cast(Extract("contact__starts", "epoch"), FloatField())
    told = rows.annotate(reaches=reaches, saw=saw, seconds=seconds).order_by("seconds")
    for person, starts, follows, did, seen in told.values_list(
        "person", "seconds", "contact__follows", "reaches", "saw"
    ):
        of = found[people[person]]
        if did:
            of.starts.append(starts)
        if seen:
            of.last_seen = starts
        if follows:
            of.follows.setdefault(follows, starts)
    return found


def as_diary(found: Iterable[Met], at: datetime) -> Diary:
    rows = sorted(found, key=lambda one: one.starts)
    to_come = tuple(one for one in rows if not one.came and one.starts >= at)
    not_recorded = tuple(one for one in rows if not one.came and one.starts < at)
    return Diary(tuple(one for one in reversed(rows) if one.came), to_come, not_recorded)


def diary(people: Collection[UUID], at: datetime) -> Diary:
    return as_diary((one for found in diaries(people, at).values() for one in found), at)


def contact_of(child: Child, pk: UUID) -> Contact | None:
    rows = Contact.objects.prefetch_related("workers").select_related("entry__by")
    return rows.filter(person__in=child.person_ids(), pk=pk).first()


def due_to_record(child: Child, staff: Staff, at: datetime) -> Contact | None:
    """What the diary says took place and nobody has written down: today's first."""
    rows = Contact.objects.not_recorded(at + timedelta(minutes=30)).filter(person__in=child.person_ids())
    mine = rows.filter(starts__gte=at - timedelta(days=7), workers__staff=staff)
    return mine.prefetch_related("workers").order_by("-starts").first()


def objectives_of(people: Collection[UUID]) -> list[str]:
    """Those of the plan first; then the last six that contacts with this child worked towards, the latest first."""
    rows = Contact.objects.filter(~Q(objective=""), person__in=people).order_by("-starts")
    now = [words[:LONGEST_OBJECTIVE] for words in objectives_now(people)]
    latest = dict.fromkeys(rows.values_list("objective", flat=True)[:LOOKED_BACK])
    return [*now, *[one for one in latest if one not in now][:OFFERED]]


def required_by(contact: Contact) -> Requirement | None:
    """The requirement it was for, where whoever asks may read it."""
    return Requirement.objects.filter(pk=contact.requirement_id).first() if contact.requirement_id else None


def met(contact: Contact) -> Met:
    return _met(Contact.objects.filter(pk=contact.pk), [contact.person_id], Q())[0]


def said_now(contact: Contact) -> Attendance | None:
    return Attendance.objects.filter(contact=contact, replaced_at=None).select_related("by").first()


def judged_by(contacts: Iterable[Met]) -> dict[UUID, str]:
    """By the contact: who said last what came of it."""
    rows = Attendance.objects.filter(contact__in=[one.pk for one in contacts], replaced_at=None)
    return dict(rows.values_list("contact", "by__name"))


def earlier(contact: Contact) -> list[Attendance]:
    """What was said of it before, newest first."""
    rows = Attendance.objects.filter(contact=contact, replaced_at__isnull=False).select_related("by")
    return list(rows.order_by("-replaced_at"))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the form: what was said last, and what the child must know before."""

    said: Any  # the child's latest own words, as an entry
    alerts: list[Any]
    kept: tuple[int, int]


def beside(child: Child, staff: Staff, at: datetime) -> Beside:
    people, on = child.person_ids(), timezone.localdate(at)
    said = current(Entry).filter(~Q(own_words=""), person__in=people, said_by="child").select_related("by")
    alerts = current(Alert).filter(on_day(on), person__in=people).order_by("review_by")
    return Beside(said.order_by("-since", "-at").first(), list(alerts), diary(people, at).kept(on))
