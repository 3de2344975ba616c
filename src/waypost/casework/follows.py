"""What follows from a statement of casework, in the transaction that makes it: its tasks, its offences."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid5

from waypost.access.models import Staff
from waypost.casework import beside
from waypost.casework.alongside.origins import read_since
from waypost.casework.assessments.models import Evidence
from waypost.casework.assessments.signing import review_because
from waypost.casework.contacts.models import Contact
from waypost.casework.court import rules as court
from waypost.casework.court.models import AtBench
from waypost.casework.interventions.models import InterventionSession
from waypost.casework.letters.models import Letter
from waypost.casework.offences.models import OffenceHarmed
from waypost.casework.outcomes import definitions, rules
from waypost.casework.outcomes.definitions import Family
from waypost.casework.outcomes.models import OutcomeFor
from waypost.casework.outcomes.rules import Raised
from waypost.casework.tasks import actions as tasks
from waypost.casework.voice.models import Because, HarmTold
from waypost.people.record.models import Person
from waypost.people.record.rules import Said


def outcome(made: Any, said: Said, by: Staff, at: datetime) -> None:
    """A tie holds for the outcome as it is said now: one that it replaces would bring its own along."""
    OutcomeFor.objects.filter(outcome__in=[pk for pk in (made.pk, made.replaces_id) if pk]).delete()
    OutcomeFor.objects.bulk_create(
        OutcomeFor(person_id=made.person_id, outcome=made, offence=one) for one in said["offences"]
    )
    signed = beside.signed_of([made.pk]).get(made.pk)
    put_tasks(made, rules.tasks_raised(beside.given(made, signed)), by, at)
    if definitions.load()[made.type].family is Family.CUSTODY:
        review(made, "custody", "A sentence of custody", "outcome", by, at)


def review(made: Any, reason: str, what: str, kind: str, by: Staff, at: datetime) -> None:
    """The assessment is looked at again; once for each thing, however often it is corrected."""
    if made.replaces_id is None:
        review_because(made.person, reason, what, since=made.since, source=(kind, made.pk), by=by, at=at)


def offence(made: Any, said: Said, by: Staff, at: datetime) -> None:
    review(made, "new_offence", "An offence was recorded", "offence", by, at)


def placement(made: Any, said: Said, by: Staff, at: datetime) -> None:
    review(made, "moved", "Another placement was recorded", "placement", by, at)


def harmed(made: Any, said: Said, by: Staff, at: datetime) -> None:
    """By which offences, as it is said now: whoever says it may not see what was said before."""
    OffenceHarmed.objects.filter(harmed__in=[pk for pk in (made.pk, made.replaces_id) if pk]).delete()
    OffenceHarmed.objects.bulk_create(
        OffenceHarmed(person_id=made.child_id, offence=one, harmed=made) for one in said.get("offences") or ()
    )


def rested_on(made: Any, said: Said, by: Staff, at: datetime) -> None:
    """An answer that rests on an entry or a document rests on what stands in its place once that is corrected."""
    if made.replaces_id:
        Evidence.objects.filter(of=made.replaces_id).update(of=made.pk)


def contract(made: Any, said: Said, by: Staff, at: datetime) -> None:
    signed = beside.signed_of([made.outcome_id]).get(made.outcome_id)
    put_tasks(made.outcome, rules.tasks_raised(beside.given(made.outcome, signed)), by, at)


def remand(made: Any, said: Said, by: Staff, at: datetime) -> None:
    put_tasks(made, court.tasks_raised(made.kind, made.since), by, at, kind="remand")
    if court.kinds()[made.kind].looked_after:
        review(made, "custody", "A remand was recorded", "remand", by, at)


def put_tasks(of: Any, raised: tuple[Raised, ...], by: Staff, at: datetime, kind: str = "outcome") -> None:
    """Each once for each thing, whatever is corrected afterwards; what was corrected moves the day of one not done.

    What fell due before it was read from another system was for that system to call.
    """
    root = of.pk if of.replaces_id is None else tasks.first_of(of)
    since = read_since(of.person_id, kind, root)
    for one in raised:
        if since and one.due < since:
            continue
        tasks.put(
            of.person,
            key=one.key,
            title=one.words,
            why=one.why,
            due=one.due,
            starts=one.since,
            role=one.for_role,
            source=(kind, root),
            by=by,
            at=at,
            once=uuid5(root, one.key),
        )


def entry_moved(entry: Any, to: Person) -> None:
    """A contact goes with its words, and so does what came of them; what it was of another’s order or work stays."""
    for model in (Because, HarmTold):
        model.objects.filter(entry=entry.pk).update(person=to)
    contact = Contact.objects.filter(entry=entry.pk).first()
    if contact is None:
        return
    Contact.objects.filter(follows=contact).update(follows=None)
    Letter.objects.filter(contact=contact).update(contact=None)
    InterventionSession.objects.filter(instead_of__contact=contact).update(instead_of=None)
    InterventionSession.objects.filter(contact=contact).delete()
    contact.person, contact.outcome, contact.requirement, contact.follows = to, None, None, None
    contact.save()
    for rows in (contact.workers, contact.attendances):
        rows.update(person=to)


def hearing_moved(hearing: Any, to: Person) -> None:
    """What was written about it stays with the child it was written about."""
    AtBench.objects.filter(hearing=hearing.pk).update(person=to)
    Letter.objects.filter(hearing=hearing.pk).update(hearing=None)
