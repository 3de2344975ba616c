"""A group of children written down in one go. One checked, logged, indivisible write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection, transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.contacts import rules
from waypost.casework.contacts.actions import Came, Meeting, record
from waypost.casework.contacts.models import Contact
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.record.models import Child, Person
from waypost.people.record.naming import names_of, whole_names_of


@dataclass(frozen=True, slots=True)
class Row:
    """One child of a group: what came of it for them, and for which order it counts."""

    person: Person
    came: Came
    outcome: Outcome | None = None


class RowRefused(Refused):
    """One row of a register cannot be so, and nothing of the register is saved."""

    def __init__(self, place: int, name: str, refusal: Refused) -> None:
        super().__init__(f"Row {place}, {name}: {refusal.reason}")
        self.place, self.why, self.status = place, refusal.reason, refusal.status


@transaction.atomic
def register(
    rows: Sequence[Row], meeting: Meeting, *, did: str, by: Staff, at: datetime, once: UUID
) -> dict[UUID, Contact]:
    """A contact of each child, with words about that child alone and what the group did. All of it or none of it.

    Whoever stands on a register was expected, so each contact counts as planned; one that stands in the diary for that
    moment is the one that is recorded. Posted twice it is one.
    """
    _one_turn(once)
    names, called = _names(rows), names_of([row.person.pk for row in rows])
    shared = (("What the group did", did), ("What for", meeting.purpose), ("Where", meeting.place))
    refuse_if(rules.why_not_group(len(rows), shared, [name for found in names.values() for name in found]))
    planned, made = _in_the_diary(rows, meeting), {}
    in_turn = sorted(enumerate(rows, 1), key=lambda pair: pair[1].person.pk)  # two registers never wait in a ring
    for place, row in in_turn:
        pk = row.person.pk
        try:
            refuse_if(_why_not_row(row, names))
            made[pk] = _recorded(row, meeting, did, planned.get(pk), by=by, at=at, once=once)
        except Refused as refusal:
            raise RowRefused(place, called.get(pk, "a child without a name"), refusal) from refusal
    log.record(by, log.Verb.COLLECTED, "contact.register", listed=made)
    return made


def _recorded(
    row: Row, meeting: Meeting, did: str, planned: Contact | None, *, by: Staff, at: datetime, once: UUID
) -> Contact:
    came = replace(row.came, words=rules.words_in_group(row.came.words, did))
    own = replace(meeting, outcome=row.outcome)
    contact = record(row.person, own, came, planned=planned, by=by, at=at, once=uuid5(once, str(row.person.pk)))
    contact.register, contact.planned = once, True
    contact.save(update_fields=["register", "planned"])
    return contact


def _why_not_row(row: Row, names: Mapping[UUID, set[str]]) -> str | None:
    others = {name for pk, found in names.items() if pk != row.person.pk for name in found}
    said = (row.came.words, row.came.own_words, row.came.reason_words)
    return rules.why_not_row(said, others - names[row.person.pk])


def _in_the_diary(rows: Sequence[Row], meeting: Meeting) -> dict[UUID, Contact]:
    """What was planned with each of them for that moment."""
    of_them = Contact.objects.of([row.person.pk for row in rows])
    waiting = of_them.filter(attendances__isnull=True, dropped_at=None, starts=meeting.starts)
    return {one.person_id: one for one in waiting}


def _names(rows: Sequence[Row]) -> dict[UUID, set[str]]:
    """Of each child of a group, with those on a record that was combined with theirs."""
    people = {row.person.pk: row.person.pk for row in rows}
    people |= {one.pk: one.combined_into_id for one in Child.objects.filter(combined_into__in=people)}
    found: dict[UUID, set[str]] = {row.person.pk: set() for row in rows}
    for pk, names in whole_names_of(people).items():
        found[people[pk]] |= names
    return found


def _one_turn(once: UUID) -> None:
    """Two posts of one register take turns; the second finds what the first made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7004))", [str(once)])
