"""An intervention planned and ended, its sessions put into the diary, moved and untied. Each is one checked, logged,
indivisible write; what comes of a session is recorded as a contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.catalogue import definitions as catalogue
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions import rules
from waypost.casework.interventions.hard import hard_for
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.interventions.ties import last_number, tie, untie
from waypost.casework.plans.models import Objective
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.need_to_know.reach import require_writes
from waypost.people.organisations.models import Professional
from waypost.people.record.models import Child

SECTION = "plan"
Untied = InterventionSession.Untied


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done, towards what, how often, and who runs it: one of us, or a professional."""

    sessions: int
    minutes: int
    starts: date
    ends: date
    agency: str
    format: str
    programme: str = ""
    name: str = ""
    objective: UUID | None = None
    why_no_objective: str = ""
    staff: Staff | None = None
    professional: Professional | None = None
    fitted: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """So many sessions, `every` weeks apart, from a day at one time."""

    starts: date
    clock: time
    number: int
    every: int = 1
    way: str = "office"
    place: str = ""


@transaction.atomic
def plan(child: Child, planned: Planned, *, by: Staff, at: datetime, once: UUID) -> Intervention:
    """Sent twice it is one."""
    require_writes(child.person, SECTION, by=by, at=at)
    if (there := Intervention.objects.filter(once=once).first()) is not None:
        return there
    people = child.person_ids()
    known = planned.objective is None or Objective.objects.current().of(people).filter(root=planned.objective).exists()
    if not known or planned.programme and planned.programme not in catalogue.load():
        raise NotFound
    refuse_if(
        rules.why_not_plan(
            programme=planned.programme,
            name=planned.name,
            has_objective=planned.objective is not None,
            why_no_objective=planned.why_no_objective,
            sessions=planned.sessions,
            starts=planned.starts,
            ends=planned.ends,
            run_by=(planned.staff is not None) + (planned.professional is not None),
            asks_too_much=too_much(planned.programme, people, timezone.localdate(at)),
            fitted=planned.fitted,
        )
    )
    made = Intervention.objects.create(
        person=child.person,
        objective=planned.objective,
        why_no_objective=planned.why_no_objective.strip(),
        programme=planned.programme,
        name=planned.name.strip(),
        sessions=planned.sessions,
        minutes=planned.minutes,
        starts=planned.starts,
        ends=planned.ends,
        staff=planned.staff,
        professional=planned.professional,
        agency=planned.agency,
        format=planned.format,
        fitted=planned.fitted.strip(),
        by=by,
        at=at,
        once=once,
    )
    log.record(by, log.Verb.COLLECTED, "intervention.planned", child)
    return made


def too_much(programme: str, people: list[UUID], on: date) -> list[str]:
    """What a programme of the catalogue asks that the record says is hard for this child."""
    if programme not in catalogue.load():
        return []
    found = catalogue.load()[programme]
    return rules.asks_too_much(found.name, found.asks(), hard_for(people, on))


@transaction.atomic
def plan_sessions(
    intervention: Intervention, series: Series, *, by: Staff, at: datetime, once: UUID
) -> list[InterventionSession]:
    """Into the diary of whoever runs it, each tied. Sent twice they are there once."""
    row = _turn(intervention, by=by, at=at)
    there = InterventionSession.objects.filter(contact__once__in=[uuid5(once, str(n)) for n in range(series.number)])
    if found := list(there):
        return found
    tied = row.tied.tied().count()
    refuse_if(
        rules.why_not_series(
            left=max(0, row.sessions - tied),
            wanted=series.number,
            every=series.every,
            starts=series.starts,
            today=timezone.localdate(at),
            ended=row.ended_on is not None,
        )
    )
    made, last = [], last_number(row)
    for n, on in enumerate(rules.series(series.starts, series.number, series.every)):
        contact = contacts.plan(
            row.person, _meeting(row, series, on, last + n + 1), by=by, at=at, once=uuid5(once, str(n))
        )
        made.append(tie(contact, row, by=by, at=at))
    log.record(by, log.Verb.COLLECTED, "intervention.sessions_planned", row.person, detail={"sessions": len(made)})
    return made


def _meeting(row: Intervention, series: Series, on: date, number: int) -> Meeting:
    return Meeting(
        starts=timezone.make_aware(datetime.combine(on, series.clock)),
        minutes=row.minutes,
        way=series.way,
        place=series.place,
        purpose=f"{name_of(row)}, session {number} of {row.sessions}"[:200],
        staff=[row.staff] if row.staff else [],
        professionals=[row.professional] if row.professional else [],
        without_staff=row.staff is None,
    )


@transaction.atomic
def move(
    session: InterventionSession, starts: datetime, *, because: str, by: Staff, at: datetime, once: UUID
) -> InterventionSession:
    """Out of the diary and into it again at another time, under the same number."""
    row = _turn(session.intervention, by=by, at=at)
    session, contact = _session(session)
    if (there := InterventionSession.objects.filter(contact__once=once).first()) is not None:
        return there
    recorded, is_past = contact.attendances.exists(), contact.starts < at
    refuse_if(
        rules.why_not_untie(untied=session.untied_at is not None)
        or rules.why_not_move(recorded=recorded, is_past=is_past, because=because)
    )
    again = Meeting(
        starts=starts,
        minutes=contact.minutes,
        way=contact.way,
        place=contact.place,
        who=contact.who,
        purpose=contact.purpose,
        objective=contact.objective,
        outcome=contact.outcome,
        requirement=contact.requirement,
        staff=[one.staff for one in contact.workers.all() if one.staff],
        professionals=[one.professional for one in contact.workers.all() if one.professional],
        without_staff=not any(one.staff_id for one in contact.workers.all()),
    )
    made = contacts.plan(contact.person, again, by=by, at=at, once=once)
    untie(session, Untied.MOVED, by=by, at=at, moved_because=because)
    contacts.drop(contact, by=by, at=at)
    tied = tie(made, row, by=by, at=at, instead_of=session)
    log.record(by, log.Verb.CHANGED, "intervention.session_moved", row.person)
    return tied


@transaction.atomic
def tie_contact(intervention: Intervention, contact: Contact, *, by: Staff, at: datetime) -> InterventionSession:
    """One that is in the diary or in the record already, as after a register of a group. Sent twice it is one."""
    row = _turn(intervention, by=by, at=at)
    session = tie(contact, row, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "intervention.session_tied", row.person)
    return session


@transaction.atomic
def not_a_session(session: InterventionSession, *, by: Staff, at: datetime) -> None:
    """The contact stays as it is, in the diary or in the record; it counts for this work no more."""
    row = _turn(session.intervention, by=by, at=at)
    session, _ = _session(session)
    refuse_if(rules.why_not_untie(untied=session.untied_at is not None))
    untie(session, Untied.NOT_A_SESSION, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "intervention.session_untied", row.person)


@transaction.atomic
def end(intervention: Intervention, *, because: str, words: str, on: date, by: Staff, at: datetime) -> Intervention:
    """With a reason. Its sessions to come leave the diary; one whose time has gone by is still to be recorded."""
    row = _turn(intervention, by=by, at=at)
    refuse_if(
        rules.why_not_end(
            ended=row.ended_on is not None,
            because=because,
            words=words,
            on=on,
            starts=row.starts,
            today=timezone.localdate(at),
        )
    )
    to_come = row.tied.tied().filter(contact__in=Contact.objects.to_come(at)).select_related("contact__person")
    for session in to_come:
        untie(session, Untied.ENDED, by=by, at=at)
        contacts.drop(session.contact, by=by, at=at)
    row.ended_on, row.ended_because, row.ended_words = on, because, words.strip()
    row.ended_by, row.ended_at = by, at
    row.save(update_fields=["ended_on", "ended_because", "ended_words", "ended_by", "ended_at"])
    log.record(by, log.Verb.CHANGED, "intervention.ended", row.person)
    return row


def name_of(intervention: Intervention) -> str:
    """‘Handling anger’: as the catalogue calls it, or in own words."""
    return catalogue.words(intervention.programme) if intervention.programme else intervention.name or "Removed"


def _turn(intervention: Intervention, *, by: Staff, at: datetime) -> Intervention:
    """Those who write about one intervention take turns."""
    require_writes(intervention.person, SECTION, by=by, at=at)
    rows = Intervention.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "person", "staff", "professional"
    )
    row = rows.filter(pk=intervention.pk).first()
    if row is None:
        raise NotFound
    return row


def _session(session: InterventionSession) -> tuple[InterventionSession, Any]:
    found = InterventionSession.objects.select_related("contact__person", "contact__outcome", "contact__requirement")
    row = found.filter(pk=session.pk).first()
    if row is None or row.contact.dropped_at is not None and row.untied_at is None:
        raise Refused("This session has left the diary meanwhile. Look at the page again.")
    return row, row.contact
