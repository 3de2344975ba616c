"""What the child's page says of an offence besides itself: how many were harmed, and who was accused with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.offences.models import OffenceHarmed
from waypost.kernel.words import count
from waypost.people.record.models import Child


@dataclass(frozen=True, slots=True)
class Beside:
    """By offence: who is tied to it. Of those harmed the ids alone, whoever reads."""

    harmed: Mapping[UUID, list[UUID]] = field(default_factory=dict)
    co_accused: Mapping[UUID, list[Any]] = field(default_factory=dict)
    open_to_reader: frozenset[UUID] = frozenset()  # of those accused with the child, the children the reader may open

    def harmed_words(self, offence: UUID) -> str:
        """‘1 person harmed’"""
        number = len(self.harmed.get(offence, ()))
        return count(number, "person harmed", "people harmed") if number else ""

    def offences_of(self, harmed: UUID, offences: Iterable[Any]) -> list[Any]:
        """Those by which that person was harmed; for readers inside the wall, who know whose id it is."""
        return [one for one in offences if harmed in self.harmed.get(one.pk, ())]


def beside(people: Collection[UUID], co_accused: Iterable[Any], staff: Staff, at: datetime) -> Beside:
    """Two queries, however many there are."""
    harmed: dict[UUID, list[UUID]] = defaultdict(list)
    for offence, one in OffenceHarmed.objects.filter(person__in=people).values_list("offence", "harmed"):
        harmed[offence].append(one)
    accused: dict[UUID, list[Any]] = defaultdict(list)
    for one in co_accused:
        accused[one.offence_id].append(one)
    ours = [one.other_id for found in accused.values() for one in found if one.other_id]
    visible = Child.objects.visible_to(staff, at).filter(pk__in=ours).values_list("pk", flat=True)
    return Beside(harmed, accused, frozenset(visible))
