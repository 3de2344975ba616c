"""Words that have changed nothing yet, of the children one answers for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.plans.models import Objective
from waypost.casework.voice.models import Because, HarmTold
from waypost.casework.work import whose
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound
from waypost.people.need_to_know.reach import answered_for, reads_of
from waypost.people.record.beside import current
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of
from waypost.ui.listing import Choice

BACK = timedelta(days=365)
NEEDED = frozenset({"entries", "plan"})


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody’s own words, and who the child is."""

    of: Entry
    child: UUID
    name: str
    days: int

    @property
    def about(self) -> UUID:
        return self.child

    @property
    def carer(self) -> bool:
        return self.of.said_by != "child"

    @property
    def who(self) -> str:
        return self.of.speaker or load("speakers").words(self.of.said_by)


def changed_nothing() -> QuerySet[Any]:
    """Own words of which nobody has said what came, and on which no objective of a plan stands."""
    objectives = Objective.objects.current().filter(said_in=OuterRef("pk"))
    because = Because.objects.current().filter(entry=OuterRef("pk"))
    told = HarmTold.objects.filter(entry=OuterRef("pk"))
    rows = current(Entry).exclude(own_words="").filter(what_changed="")
    return rows.filter(~Exists(objectives), ~Exists(because), ~Exists(told))


def unanswered(staff: Staff, at: datetime, asked: Mapping[str, str]) -> tuple[list[Said], Choice]:
    """The child’s own first, then the oldest. A fixed number of queries."""
    on = timezone.localdate(at)
    children = set(answered_for(staff, at).values_list("pk", flat=True))
    reads = reads_of(staff, children, at)
    owner = whose(pk for pk in children if reads[pk] >= NEEDED)
    rows = changed_nothing().filter(person__in=[*owner], since__gte=on - BACK).select_related("by")
    speakers = load("speakers")
    found = list(rows.order_by("since", "at"))
    there = dict.fromkeys(one.said_by for one in found)
    options = [(key, speakers.words(key)) for key in there]
    wanted = asked.get("who", "")
    choice = Choice("who", "Whose", (("", "Everybody’s"), *options), wanted if wanted in there else "")
    kept = [one for one in found if not choice.chosen or one.said_by == choice.chosen]
    names = names_of(owner[one.person_id] for one in kept)
    said = [
        Said(one, owner[one.person_id], names.get(owner[one.person_id], "A child"), (on - (one.since or on)).days)
        for one in kept
    ]
    return sorted(said, key=lambda one: (one.carer, one.of.since or date.max)), choice


def entry_of(child: Child, pk: UUID) -> Entry:
    """Own words in the child’s record, as they stand; NotFound for any other."""
    found = current(Entry).exclude(own_words="").filter(person__in=child.person_ids(), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def came_of(entries: list[UUID]) -> dict[UUID, Because]:
    rows = Because.objects.current().filter(entry__in=entries).select_related("by")
    return {one.entry_id: one for one in rows}
