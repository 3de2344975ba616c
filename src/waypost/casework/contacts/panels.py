"""What pages show of contacts: the diary, what is not recorded yet, who was seen, what was kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.contacts.expected import Held
from waypost.casework.contacts.models import Attendance, Contact, ContactWorker
from waypost.casework.outcomes.models import Requirement
from waypost.kernel.lists import load
from waypost.people.record.beside import current
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert

FOUR_WEEKS = timedelta(days=28)
WHOLE = timedelta(days=730)
OFFERED, LOOKED_BACK = 6, 100  # objectives offered, and contacts in which they are looked for
WHO = ("contact", "person", "staff__name", "professional__name")
SHOWN = (
    Prefetch("attendances", Attendance.objects.filter(replaced_at=None), to_attr="now"),
    Prefetch("workers", ContactWorker.objects.select_related("staff", "professional").only(*WHO)),
)


@dataclass(frozen=True, slots=True)
class Met:
    """One contact as pages take it."""

    of: Contact
    starts: datetime = field(init=False)  # in London
    attendance: Any = field(init=False)  # what is said of it now; None: nothing yet

    def __post_init__(self) -> None:
        """Asked for again and again of every contact in a list."""
        object.__setattr__(self, "starts", timezone.localtime(self.of.starts))
        object.__setattr__(self, "attendance", next(iter(self.of.now), None))  # type: ignore[attr-defined]

    @property
    def came(self) -> str:
        return self.attendance.came if self.attendance else ""

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.of.minutes)

    @property
    def day(self) -> date:
        return self.starts.date()

    @property
    def what(self) -> str:
        return self.of.purpose or load("contact_ways").words(self.of.way)

    @property
    def where(self) -> str:
        return ", ".join(part for part in (load("contact_ways").words(self.of.way), self.of.place) if part)

    @property
    def with_whom(self) -> list[str]:
        return [(one.staff or one.professional).name for one in self.of.workers.all()]  # type: ignore[union-attr]

    @property
    def sees_child(self) -> bool:
        return "child" in self.of.who and load("contact_ways")[self.of.way].flag("seen")

    @property
    def took_place(self) -> bool:
        return self.came in {"came", "late"}

    @property
    def held(self) -> Held:
        """What became of it, as expected contact is counted."""
        if self.took_place:
            return Held.KEPT
        if self.came == "cancelled":
            return Held.CANCELLED_BY_US
        judged = {True: Held.EXCUSED, False: Held.MISSED, None: Held.NOT_JUDGED}
        return judged[self.attendance.acceptable]

    @property
    def undecided(self) -> bool:
        return self.came == "missed" and self.attendance.acceptable is None


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
            if on - span < one.day <= on and one.of.planned and "child" in one.of.who and one.came != "cancelled"
        ]  # fmt: skip
        return sum(one.took_place or one.attendance.acceptable is True for one in of), len(of)


def diaries(people: Collection[UUID], at: datetime, back: timedelta = WHOLE) -> dict[UUID, list[Met]]:
    """By person. Three queries, however many there are: so far back, and all that is to come."""
    rows = Contact.objects.filter(person__in=people, dropped_at=None, starts__gte=at - back)
    found: dict[UUID, list[Met]] = {}
    for one in rows.prefetch_related(*SHOWN):
        found.setdefault(one.person_id, []).append(Met(one))
    return found


def as_diary(found: Iterable[Met], at: datetime) -> Diary:
    rows = sorted(found, key=lambda one: one.of.starts)
    to_come = tuple(one for one in rows if not one.came and one.of.starts >= at)
    not_recorded = tuple(one for one in rows if not one.came and one.of.starts < at)
    return Diary(tuple(one for one in reversed(rows) if one.came), to_come, not_recorded)


def diary(people: Collection[UUID], at: datetime) -> Diary:
    return as_diary((one for found in diaries(people, at).values() for one in found), at)


def contact_of(child: Child, pk: UUID) -> Contact | None:
    return Contact.objects.prefetch_related("workers").filter(person__in=child.person_ids(), pk=pk).first()


def due_to_record(child: Child, staff: Staff, at: datetime) -> Contact | None:
    """What the diary says took place and nobody has written down: today's first."""
    rows = Contact.objects.not_recorded(at + timedelta(minutes=30)).filter(person__in=child.person_ids())
    mine = rows.filter(starts__gte=at - timedelta(days=7), workers__staff=staff)
    return mine.prefetch_related("workers").order_by("-starts").first()


def objectives_of(people: Collection[UUID]) -> list[str]:
    """The last six that contacts with this child worked towards, the latest first; however often each was used."""
    rows = Contact.objects.filter(~Q(objective=""), person__in=people).order_by("-starts")
    latest = dict.fromkeys(rows.values_list("objective", flat=True)[:LOOKED_BACK])
    return list(latest)[:OFFERED]


def required_by(contact: Contact) -> Requirement | None:
    """The requirement it was for, where whoever asks may read it."""
    return Requirement.objects.filter(pk=contact.requirement_id).first() if contact.requirement_id else None


def met(contact: Contact) -> Met:
    return Met(Contact.objects.prefetch_related(*SHOWN).select_related("entry__by", "by", "follows").get(pk=contact.pk))


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
