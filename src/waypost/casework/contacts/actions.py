"""Contacts planned, recorded, judged and taken out of the diary. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.assessments.signing import review_because
from waypost.casework.contacts import rules
from waypost.casework.contacts.models import Attendance, Contact, ContactWorker
from waypost.casework.interventions import ties
from waypost.casework.interventions.models import Intervention
from waypost.casework.outcomes.models import Outcome, Requirement
from waypost.casework.tasks import actions as tasks
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.need_to_know.reach import require_writes
from waypost.people.organisations.models import Professional
from waypost.people.record import actions as record_actions
from waypost.people.record.actions import Source
from waypost.people.record.beside import constraint_of
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import How, Person

SECTION = "entries"
BASIS = "crime_and_disorder_39"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, where, with whom and what for; `staff` are those of ours who are there, `professionals` of others."""

    starts: datetime
    minutes: int = 30
    way: str = "office"
    place: str = ""
    who: Sequence[str] = ("child",)
    purpose: str = ""
    objective: str = ""
    outcome: Outcome | None = None
    requirement: Requirement | None = None
    staff: Sequence[Staff] = ()
    professionals: Sequence[Professional] = ()
    without_staff: bool = False  # whoever was there has no account here; otherwise it is whoever writes it down
    intervention: Intervention | None = None  # of which it is a session; none: what it is now is left as it is


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it, and what was said."""

    came: str
    reason: str = ""
    reason_words: str = ""
    acceptable: bool | None = None
    less_safe: str = ""
    words: str = ""
    own_words: str = ""
    said_by: str = "child"
    speaker: str = ""
    demeanour: str = ""
    what_changed: str = ""
    disclosure: str = field(default="professionals")
    elsewhere: bool = False  # recorded in another system first, and read here


@transaction.atomic
def plan(
    person: Person,
    meeting: Meeting,
    *,
    by: Staff,
    at: datetime,
    once: UUID,
    follows: Contact | None = None,
    register: UUID | None = None,
) -> Contact:
    """Put into the diary of everybody who is to be there."""
    require_writes(person, SECTION, by=by, at=at)
    if (there := Contact.objects.filter(once=once).first()) is not None:
        return there
    refuse_if(rules.why_not_plan(meeting.starts, meeting.minutes, meeting.who, now=at))
    contact = _made(person, meeting, by=by, at=at, once=once, planned=True, follows=follows, register=register)
    ties.settle(contact, meeting.intervention, by=by, at=at)
    log.record(by, log.Verb.COLLECTED, "contact.planned", person)
    return contact


@transaction.atomic
def record(
    person: Person,
    meeting: Meeting,
    came: Came,
    *,
    by: Staff,
    at: datetime,
    once: UUID,
    planned: Contact | None = None,
    follows: Contact | None = None,
    register: UUID | None = None,
) -> Contact:
    """What came of a contact: of one in the diary, or of one that nobody had planned. Posted twice it is one."""
    require_writes(person, SECTION, by=by, at=at)
    if (there := Contact.objects.filter(person=person, entry__once=uuid5(once, "entry")).first()) is not None:
        return there
    contact = _turn(planned, person) if planned else None
    refuse_if(_why_not_record(meeting, came, contact, now=at))
    if contact is None:
        contact = _made(person, meeting, by=by, at=at, once=once, planned=False, follows=follows, register=register)
    else:
        _as_it_was_held(contact, meeting)
    _attended(contact, came, by, at)
    contact.entry = _entry(contact, came, by=by, at=at, once=uuid5(once, "entry"))
    contact.save()
    ties.settle(contact, meeting.intervention, by=by, at=at)
    source = ("contact", contact.pk)
    after = f"a contact on {contact.day:%-d %B}"
    if tasks.tell_a_manager(person, came.less_safe, after=after, source=source, by=by, at=at):
        what = "Somebody is less safe than was thought"
        review_because(person, "learned", what, since=None, source=source, by=by, at=at)
    log.record(by, log.Verb.COLLECTED, "contact.recorded", person)
    return contact


def _why_not_record(meeting: Meeting, came: Came, contact: Contact | None, *, now: datetime) -> str | None:
    there = contact and contact.attendances.select_related("by").filter(replaced_at=None).first()
    return rules.why_not_record(
        came.came,
        reason=came.reason,
        words=came.reason_words,
        acceptable=came.acceptable,
        less_safe=came.less_safe,
        starts=meeting.starts,
        minutes=meeting.minutes,
        who=meeting.who,
        way=meeting.way,
        now=now,
        recorded_by=there.by.name if there else "",
        elsewhere=came.elsewhere,
    )


@transaction.atomic
def judge(contact: Contact, *, acceptable: bool | None, reason: str, words: str, by: Staff, at: datetime) -> Attendance:
    """Why a child did not come, and whether that was a good reason, once it is known. What was said before stays."""
    person = contact.person
    require_writes(person, SECTION, by=by, at=at)
    contact = _turn(contact, person)
    now = contact.attendances.filter(replaced_at=None).first()
    if now is None or now.came != "missed":
        raise Refused("Only a contact to which the child did not come is judged.")
    refuse_if(rules.why_not_judge("missed", reason, acceptable))
    now.replaced_at = at
    now.save(update_fields=["replaced_at"])
    judged = Attendance.objects.create(
        contact=contact, person=person, came="missed", acceptable=acceptable, reason=reason, words=words, by=by, at=at
    )
    log.record(by, log.Verb.CHANGED, "contact.judged", person, detail={"acceptable": acceptable})
    return judged


@transaction.atomic
def drop(contact: Contact, *, by: Staff, at: datetime) -> None:
    """Out of the diary before its time: nobody lost a session that had not been due."""
    require_writes(contact.person, SECTION, by=by, at=at)
    contact = _turn(contact, contact.person)
    if contact.attendances.exists():
        raise Refused("This contact is recorded already. Correct what is there instead.")
    if contact.starts < at:
        raise Refused("Its time has gone by. Record it: as cancelled by us, if that is what happened.")
    contact.dropped_at = at
    contact.save(update_fields=["dropped_at"])
    ties.left_diary(contact, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "contact.dropped", contact.person)


@transaction.atomic
def correct(contact: Contact, meeting: Meeting, came: Came, *, by: Staff, at: datetime) -> Contact:
    """It was otherwise than was recorded: when, with whom, whether they came. What was said before stays behind it."""
    person = contact.person
    require_writes(person, SECTION, by=by, at=at)
    contact = _turn(contact, person)
    if contact.entry is None:
        raise Refused("Nothing is recorded of this contact yet. Record it instead.")
    contact.attendances.filter(replaced_at=None).update(replaced_at=at)
    refuse_if(_why_not_record(meeting, came, contact, now=at))
    _as_it_was_held(contact, meeting)
    _attended(contact, came, by, at)
    said, source = _entry_said(contact, came), _entry_source(came, by)
    contact.entry = record_actions.correct(contact.entry, said, source=source, by=by, at=at)  # type: ignore[assignment]
    contact.save()
    ties.settle(contact, meeting.intervention, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "contact.corrected", person)
    return contact


def _turn(contact: Contact, person: Person) -> Contact:
    """Those who write about one contact take turns."""
    found = Contact.objects.select_for_update(no_key=True, of=("self",)).select_related("person").filter(pk=contact.pk)
    row = found.filter(person=person).first()
    if row is None:
        raise NotFound
    if row.dropped_at:
        raise Refused("This was taken out of the diary. Record what took place as a contact of its own.")
    return row


def _made(
    person: Person,
    meeting: Meeting,
    *,
    by: Staff,
    at: datetime,
    once: UUID,
    planned: bool,
    follows: Contact | None,
    register: UUID | None,
) -> Contact:
    contact = Contact(
        person=person,
        starts=meeting.starts,
        minutes=meeting.minutes,
        way=meeting.way,
        place=meeting.place.strip(),
        who=[*meeting.who],
        planned=planned,
        outcome=meeting.outcome,
        requirement=meeting.requirement,
        purpose=meeting.purpose.strip(),
        objective=meeting.objective.strip(),
        register=register,
        follows=follows,
        by=by,
        at=at,
        once=once,
    )
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError as error:
        if constraint_of(error) == "casework_contact_once_key":
            return Contact.objects.get(once=once)
        raise
    _workers(contact, [] if meeting.without_staff else meeting.staff or [by], meeting.professionals)
    return contact


def _as_it_was_held(contact: Contact, meeting: Meeting) -> None:
    """Where, when and with whom it was after all, if that is not what was planned."""
    contact.starts, contact.minutes, contact.way = meeting.starts, meeting.minutes, meeting.way
    contact.outcome, contact.requirement = meeting.outcome, meeting.requirement
    contact.place, contact.who, contact.purpose = meeting.place.strip(), [*meeting.who], meeting.purpose.strip()
    contact.objective = meeting.objective.strip()
    if meeting.staff or meeting.professionals:
        contact.workers.all().delete()
        _workers(contact, meeting.staff, meeting.professionals)


def _workers(contact: Contact, staff: Iterable[Staff], professionals: Iterable[Professional]) -> None:
    who = [ContactWorker(contact=contact, person_id=contact.person_id, staff=one) for one in dict.fromkeys(staff)]
    who += [ContactWorker(contact=contact, person_id=contact.person_id, professional=one) for one in professionals]
    ContactWorker.objects.bulk_create(who)


def _attended(contact: Contact, came: Came, by: Staff, at: datetime) -> None:
    try:
        with transaction.atomic():
            Attendance.objects.create(
                contact=contact,
                person_id=contact.person_id,
                came=came.came,
                acceptable=came.acceptable if came.came == "missed" else None,
                reason="" if came.came in rules.TOOK_PLACE else came.reason,
                words="" if came.came in rules.TOOK_PLACE else came.reason_words.strip(),
                less_safe=came.less_safe,
                by=by,
                at=at,
            )
    except IntegrityError as error:
        if constraint_of(error) == "one_attendance_of_a_contact":
            raise Refused("Somebody has recorded this contact at this moment. Read what is there.") from error
        raise


def _entry(contact: Contact, came: Came, *, by: Staff, at: datetime, once: UUID) -> Any:
    """The words, where all words of the record stand."""
    said, source = _entry_said(contact, came), _entry_source(came, by)
    return record_actions.say(contact.person, KINDS["entry"], said, source=source, by=by, at=at, once=once)


def _entry_said(contact: Contact, came: Came) -> dict[str, Any]:
    local = timezone.localtime(contact.starts)
    return {
        "kind": rules.entry_kind(came.came, contact.way),
        "since": local.date(),
        "until": None,
        "clock": local.time().replace(second=0, microsecond=0),
        "title": rules.title_of(came.came, contact.way, contact.purpose),
        "words": came.words.strip(),
        "own_words": came.own_words.strip(),
        "demeanour": came.demeanour.strip(),
        "what_changed": came.what_changed.strip(),
    }


def _entry_source(came: Came, by: Staff) -> Source:
    return Source(
        agency=by.agency,
        basis=BASIS,
        how=How.READ if came.elsewhere else How.OBSERVED,
        said_by=came.said_by if came.own_words.strip() else "",
        speaker=came.speaker if came.own_words.strip() else "",
        disclosure=came.disclosure,
    )


def next_week(meeting: Meeting) -> datetime:
    """The same time a week later, by the clock on the wall."""
    local = timezone.localtime(meeting.starts)
    naive = local.replace(tzinfo=None) + timedelta(days=7)
    return timezone.make_aware(naive, timezone.get_current_timezone())


@transaction.atomic
def record_and_plan(
    person: Person,
    meeting: Meeting,
    came: Came,
    *,
    next_starts: datetime | None,
    planned: Contact | None,
    draft: Callable[..., object] | None,
    by: Staff,
    at: datetime,
    once: UUID,
) -> Contact:
    """What the page does in one go: the contact, the next one, and the end of the draft they were typed in."""
    made = record(person, meeting, came, planned=planned, by=by, at=at, once=once)
    if next_starts is not None:
        again = replace(meeting, starts=next_starts)
        plan(person, again, by=by, at=at, once=uuid5(once, "next"))
    if draft is not None:
        draft(by=by, at=at)
    return made
