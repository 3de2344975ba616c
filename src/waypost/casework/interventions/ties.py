"""A contact tied to an intervention as one of its sessions, and untied: part of the checked write that does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from waypost.access.models import Staff
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions import rules
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.kernel.refusal import refuse_if


def session_of(contact: Contact) -> Any:
    """The session a contact is now; None: it is none."""
    return InterventionSession.objects.filter(contact=contact, untied_at=None).first()


def tie(
    contact: Contact, intervention: Intervention, *, by: Staff, at: datetime, instead_of: Any = None
) -> InterventionSession:
    """Tied twice to the same it is one. Those who tie to one intervention take turns, so that each has its number."""
    row = Intervention.objects.select_for_update(no_key=True, of=("self",)).get(pk=intervention.pk)
    there = session_of(contact)
    if there is not None and there.intervention_id == row.pk:
        return there
    same_child = row.person_id in _records(contact)
    refuse_if(rules.why_not_tie(ended=row.ended_on is not None, same_child=same_child, has_session=there is not None))
    return InterventionSession.objects.create(
        person_id=contact.person_id,
        intervention=row,
        contact=contact,
        number=instead_of.number if instead_of else last_number(row) + 1,
        instead_of=instead_of,
        by=by,
        at=at,
    )


def last_number(intervention: Intervention) -> int:
    """Of its sessions now; 0 where it has none."""
    return intervention.tied.filter(untied_at=None).aggregate(last=Max("number"))["last"] or 0


def left_diary(contact: Contact, *, by: Staff, at: datetime) -> None:
    """A contact taken out of the diary is a session no more, and its number is free again."""
    if (there := session_of(contact)) is not None:
        untie(there, InterventionSession.Untied.DROPPED, by=by, at=at)


def settle(contact: Contact, intervention: Intervention | None, *, by: Staff, at: datetime) -> None:
    """As a form of the contact says it: of another intervention than before, or of one for the first time."""
    if intervention is None:
        return
    there = session_of(contact)
    if there is not None and there.intervention_id != intervention.pk:
        untie(there, InterventionSession.Untied.NOT_A_SESSION, by=by, at=at)
    tie(contact, intervention, by=by, at=at)


def untie(session: InterventionSession, because: str, *, by: Staff, at: datetime, moved_because: str = "") -> None:
    session.untied_at, session.untied_by, session.untied_because = at, by, because
    session.moved_because = moved_because
    session.save(update_fields=["untied_at", "untied_by", "untied_because", "moved_because"])


def _records(contact: Contact) -> set[Any]:
    """The record it stands on, and those that are read with it."""
    child = getattr(contact.person, "child", None)
    if child is None:
        return {contact.person_id}
    return set((child.combined_into or child).person_ids())
