"""What is done with words that are not part of the record yet. Each is one checked, indivisible write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.drafts import rules
from waypost.people.drafts.models import Draft
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record.models import Person


@dataclass(frozen=True, slots=True)
class Held:
    """What an open page knows of its draft: which it is, from which revision it started, and whose turn it is."""

    draft: UUID
    revision: int
    page: UUID
    turn: int


class Newer(Refused):
    """Other words were saved meanwhile: nothing is saved, and both texts are shown."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(rules.NEWER)
        self.draft = draft


class Ended(Refused):
    """The draft is no more, and a late save does not bring it back."""

    def __init__(self) -> None:
        super().__init__(rules.ENDED)


@transaction.atomic
def begin(person: Person, form: str, *, draft: UUID, by: Staff, at: datetime) -> Draft:
    """A draft without words yet, under the id its page was given; where one is open already, that is Newer."""
    _one_turn(by, person, form)
    if (there := Draft.objects.visible_to(by).filter(person=person, form=form).first()) is not None:
        raise Newer(there)
    begun = Draft.objects.create(pk=draft, staff=by, person=person, form=form, begun_at=at, saved_at=at)
    log.record(by, log.Verb.COLLECTED, "draft.begun", person)
    return begun


@transaction.atomic
def save(
    person: Person, form: str, section: str, typed: Mapping[str, str], *, held: Held, by: Staff, at: datetime
) -> Draft:
    """Everything in the form, as typed. Whether its author may still write there is asked at every save."""
    require_writes(person, section, by=by, at=at)
    refuse_if(rules.why_not_typed(typed))
    _one_turn(by, person, form)
    draft = _own(held.draft, person, form, by) or begin(person, form, draft=held.draft, by=by, at=at)
    if draft.ended_at is not None:
        raise Ended
    saved = (draft.revision, draft.page, draft.turn)
    if rules.why_not_over(revision=held.revision, page=held.page, turn=held.turn, saved=saved):
        raise Newer(draft)
    draft.typed, draft.saved_at = dict(typed), max(at, draft.saved_at)
    draft.revision, draft.page, draft.turn = draft.revision + 1, held.page, held.turn
    draft.save(update_fields=["typed", "saved_at", "revision", "page", "turn"])
    return draft


@transaction.atomic
def become(person: Person, form: str, *, held: Held, by: Staff, at: datetime) -> Draft | None:
    """End the draft of a form whose words became part of the record, in the transaction in which they do.

    A draft that was never saved is ended too, so that a save still on its way finds it so. Words that this page never
    saw stay: they are given back.
    """
    _one_turn(by, person, form)
    draft = _own(held.draft, person, form, by)
    if draft is None:
        Draft.objects.create(pk=held.draft, staff=by, person=person, form=form, begun_at=at, saved_at=at, ended_at=at)
        return None
    if draft.ended_at is None and held.revision != draft.revision and held.page != draft.page:
        return draft
    _end(draft, at)
    return None


@transaction.atomic
def follow(person: Person, form: str, to: str, *, draft: UUID, by: Staff) -> None:
    """What was typed over a statement that somebody else has corrected meanwhile is typed over the newer one now."""
    _one_turn(by, person, to)
    own = _own(draft, person, form, by)
    taken = Draft.objects.filter(staff=by, person=person, form=to, ended_at__isnull=True).exists()
    if own is not None and own.ended_at is None and not taken:
        own.form = to
        own.save(update_fields=["form"])


@transaction.atomic
def throw_away(draft: Draft, *, by: Staff, at: datetime) -> None:
    """For good. The author may, whether or not the child's record is still open to them."""
    if draft.staff_id != by.pk:
        raise NotFound
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.ended_at is None:
        _end(draft, at)
        log.record(by, log.Verb.ERASED, "draft.thrown_away", draft.person)


@transaction.atomic
def empty_old(*, at: datetime) -> list[UUID]:
    """Take the words out of every draft that nobody went on with for thirty days; their ids. Twice is harmless."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.people_empty_drafts(%s, %s)", [at - rules.KEPT, at])
        emptied = [draft for (draft,) in cursor.fetchall()]
    if emptied:
        log.record(None, log.Verb.ERASED, "draft.emptied", listed=emptied)
    return emptied


def _own(pk: UUID, person: Person, form: str, by: Staff) -> Draft | None:
    """The draft of that id, ended or not; NotFound when it is another's or of another child, Ended on another form."""
    draft = Draft.objects.filter(pk=pk).first()
    if draft is not None and (draft.staff_id, draft.person_id) != (by.pk, person.pk):
        raise NotFound
    if draft is not None and draft.form != form:
        raise Ended
    return draft


def _one_turn(by: Staff, person: Person, form: str) -> None:
    """Saves of one form by one person take turns with one another, and with its becoming part of the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7003))", [f"{by.pk} {person.pk} {form}"])


def _end(draft: Draft, at: datetime) -> None:
    draft.typed, draft.ended_at = {}, draft.ended_at or at
    draft.save(update_fields=["typed", "ended_at"])
