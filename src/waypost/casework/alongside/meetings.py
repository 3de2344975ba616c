"""A contact of another system: planned while it is to come, recorded once it took place, put right if it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.alongside.models import Origin
from waypost.casework.alongside.told import Fact
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.outcomes.models import Outcome
from waypost.people.record.models import Person

ADDED, CHANGED, SAME, DIFFERS = "added", "changed", "same", "differs"
TO_COME = "to_come"
NO_REASON = "No reason is in the export of {system}"


@dataclass(frozen=True, slots=True)
class Met:
    """`worker` None: whoever was there has no account here."""

    person: Person
    fact: Fact
    system: str
    order: Outcome | None
    worker: Staff | None

    @property
    def came(self) -> str:
        return self.fact.said.get("came") or TO_COME

    @property
    def meeting(self) -> Meeting:
        said = self.fact.said
        return Meeting(
            starts=timezone.localtime(said["starts"]),
            minutes=said.get("minutes", 30),
            way=said["way"],
            place=said.get("place", ""),
            who=(said.get("who", "child"),),
            purpose=said.get("purpose", ""),
            outcome=self.order,
            staff=(self.worker,) if self.worker else (),
            without_staff=self.worker is None,
        )


def take_contact(met: Met, origin: Origin, *, by: Staff, at: datetime) -> str:
    """What was done about it; `origin` says afterwards what it became."""
    if origin.became is None:
        return _new(met, origin, by=by, at=at)
    contact = Contact.objects.select_related("person", "entry").get(pk=origin.became)
    if not _is_as_read(contact, origin):
        return SAME if _came_the_same(contact, met) else DIFFERS
    if contact.entry_id is None and met.came == TO_COME:
        actions.drop(contact, by=by, at=at)
        origin.became = actions.plan(met.person, met.meeting, by=by, at=at, once=uuid5(origin.pk, met.fact.digest)).pk
    elif contact.entry_id is None:
        once = uuid5(origin.pk, "came")
        actions.record(met.person, met.meeting, came_of(met), by=by, at=at, once=once, planned=contact)
    elif met.came == TO_COME:
        return DIFFERS  # it was recorded, and they say now that it was not
    else:
        actions.correct(contact, met.meeting, came_of(met), by=by, at=at)
    return CHANGED


def _new(met: Met, origin: Origin, *, by: Staff, at: datetime) -> str:
    there = _there(met.person, met.meeting.starts)
    if there is not None:
        origin.became = there.pk
        return SAME if _came_the_same(there, met) else DIFFERS
    if met.came == TO_COME:
        origin.became = actions.plan(met.person, met.meeting, by=by, at=at, once=origin.pk).pk
    else:
        origin.became = actions.record(met.person, met.meeting, came_of(met), by=by, at=at, once=origin.pk).pk
    return ADDED


def _there(person: Person, starts: datetime) -> Contact | None:
    """One written here by hand at that very time, which no export has brought."""
    found = Contact.objects.filter(person=person, starts=starts, dropped_at=None)
    read = Origin.objects.filter(person=person, kind="contact", became__isnull=False).values("became")
    return found.exclude(pk__in=read).first()


def _came_the_same(contact: Contact, met: Met) -> bool:
    now = contact.attendances.filter(replaced_at=None).first()
    theirs = "missed" if met.came.startswith("missed") else met.came
    return (now.came if now else TO_COME) == theirs


def _is_as_read(contact: Contact, origin: Origin) -> bool:
    """Nobody here has recorded, judged, rewritten or dropped it since."""
    if origin.written_at is None or contact.dropped_at:
        return False
    judged = contact.attendances.filter(replaced_at=None, at__gt=origin.written_at).exists()
    rewritten = contact.entry is not None and not contact.entry.is_current
    later = contact.entry is not None and contact.entry.at > origin.written_at
    return not (judged or rewritten or later)


def came_of(met: Met) -> Came:
    """What they judged of a missed contact is kept as their judgement, with their reason or that there is none."""
    said, came, no_reason = met.fact.said, met.came, NO_REASON.format(system=met.system)
    acceptable = {"missed_with_reason": True, "missed_without_reason": False}.get(came)
    came = "missed" if came.startswith("missed") else came
    reason = said.get("missed_because" if came == "missed" else "cancelled_because", "")
    words = ""
    if came == "missed" and reason in ("", "not_known"):
        reason, words = ("not_known", "") if acceptable is None else ("other", no_reason)
    if came == "cancelled" and not reason:
        reason, words = "other", no_reason
    if reason == "other" and not words:
        words = no_reason
    return Came(
        came=came,
        reason=reason if came in ("missed", "cancelled") else "",
        reason_words=words,
        acceptable=acceptable,
        words=said.get("words", ""),
        elsewhere=True,
    )
