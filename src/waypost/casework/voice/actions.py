"""What came of somebody’s words is said, and harm that was told is acted on. Each is one checked, logged write."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.tasks import actions as tasks
from waypost.casework.voice import rules
from waypost.casework.voice.models import Because, HarmTold
from waypost.kernel.refusal import Refused, refuse_if
from waypost.kernel.words import moment
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record.entries import Entry

SECTION = "entries"
ACT = "less_safe"  # the key of the tasks that stand before everything else


@transaction.atomic
def because(entry: Entry, words: str, *, by: Staff, at: datetime, once: UUID, objective: UUID | None = None) -> Because:
    """Said again it takes the place of what was said before; sent twice it is one."""
    entry = _turn(entry, by, at)
    if (there := Because.objects.filter(once=once).first()) is not None:
        return there
    refuse_if(rules.why_not_because(words))
    Because.objects.current().filter(entry=entry).update(replaced_at=at)
    made = Because.objects.create(
        person_id=entry.person_id, entry=entry, words=words.strip(), objective=objective, by=by, at=at, once=once
    )
    log.record(by, log.Verb.CHANGED, "voice.because", entry.person)
    return made


@transaction.atomic
def act_on_harm(entry: Entry, act_by: datetime, *, by: Staff, at: datetime, once: UUID) -> HarmTold:
    """A manager is told now, and by when; the words leave the list of those that changed nothing. Once for an entry."""
    entry = _turn(entry, by, at)
    if (there := HarmTold.objects.filter(entry=entry).first()) is not None:
        return there
    refuse_if(rules.why_not_act_by(act_by, now=at))
    today = timezone.localdate(at)
    task = tasks.put(
        entry.person,
        key=ACT,
        title=f"Somebody told of harm: act by {moment(act_by)}",
        why=f"{by.name} says that words in the record tell of harm. Read them, act, and ring children’s services.",
        due=timezone.localdate(act_by),
        starts=today,
        role="manager",
        source=("entry", entry.pk),
        by=by,
        at=at,
        once=uuid5(entry.pk, "harm_told"),
    )
    made = HarmTold.objects.create(
        person_id=entry.person_id, entry=entry, task=task, act_by=act_by, by=by, at=at, once=once
    )
    log.record(by, log.Verb.CHANGED, "voice.harm_told", entry.person)
    return made


def _turn(entry: Entry, by: Staff, at: datetime) -> Entry:
    """As it stands now, and locked."""
    require_writes(entry.person, SECTION, by=by, at=at)
    now = Entry.objects.select_for_update(no_key=True, of=("self",)).get(pk=entry.pk)
    if not now.is_current:
        raise Refused("Somebody has corrected this entry meanwhile. Go back, and look at it as it stands now.")
    refuse_if(None if now.own_words else "Nobody’s own words stand in this entry.")
    return now
