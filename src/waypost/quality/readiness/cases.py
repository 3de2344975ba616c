"""Children with an open case, and rows of theirs read by whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from waypost.casework.cases.models import Involvement
from waypost.kernel.words import LONDON
from waypost.people.record.beside import current
from waypost.people.record.models import Child

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Cases:
    """Children with an open case. `owner`: each record’s child; `people`: the same as a question to the database."""

    owner: Mapping[UUID, UUID]
    people: Any

    def by(self, rows: Iterable[Row]) -> dict[UUID, list[Row]]:
        """Rows that begin with a person, by the child whose record that is."""
        found: dict[UUID, list[Row]] = defaultdict(list)
        for row in rows:
            if (child := self.owner.get(row[0])) is not None:
                found[child].append(row)
        return found

    def first(self, rows: Iterable[Row]) -> dict[UUID, Any]:
        """Of rows of a person and a value the first of each child."""
        return {child: found[0][1] for child, found in self.by(rows).items()}


def cases_of(children: QuerySet[Child]) -> Cases:
    """Those of these children who have an open case."""
    open_ = current(Involvement).filter(until=None).values("person")
    kept = children.filter(Q(pk__in=open_) | Q(combined__in=open_), combined_into=None).values("pk")
    people = Child.objects.filter(Q(pk__in=kept) | Q(combined_into__in=kept))
    owner = {pk: into or pk for pk, into in people.values_list("pk", "combined_into")}
    return Cases(owner, people.values("pk"))


def rows_of(cases: Cases, rows: QuerySet[Any], *names: str) -> Iterator[Row]:
    """Of those people, the person first."""
    return rows.filter(person__in=cases.people).values_list("person", *names).iterator(chunk_size=5000)


def day_of(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
