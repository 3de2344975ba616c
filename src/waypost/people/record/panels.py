"""What the child's page shows of a record: a child and a reach in, dataclasses out, one query for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from waypost.kernel.refusal import NotFound
from waypost.kernel.school_age import age
from waypost.people.need_to_know.reach import Reach
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child, Statement


@dataclass(frozen=True, slots=True)
class Record:
    """Everything current that the reach lets see, by kind, newest first."""

    child: Child
    reach: Reach
    said: dict[str, list[Any]]

    @property
    def name(self) -> str:
        """As a person is called: the preferred name's, else the legal one."""
        for kind in ("preferred", "known_as", "legal"):
            for name in self.said["name"]:
                if name.kind == kind:
                    return str(name)
        return next((str(name) for name in self.said["name"]), f"Child {self.child.number}")

    @property
    def born(self) -> date | None:
        return next((birth.born for birth in self.said["birth"]), None)

    def age(self, on: date) -> int | None:
        return age(self.born, on) if self.born else None

    @property
    def shown(self) -> list[Statement]:
        return [one for found in self.said.values() for one in found]


def statement(child: Child, kind: Kind, pk: UUID) -> Statement:
    """One statement on the child's record, current or not; NotFound for any other."""
    found: Statement | None = kind.model.objects.of(child.person_ids()).filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotFound
    return found


def record(child: Child, seen: Reach) -> Record:
    people = child.person_ids()
    said = {
        key: list(kind.model.objects.current().of(people).select_related("by").order_by("-at"))  # type: ignore[attr-defined]
        if kind.section in seen.reads
        else []
        for key, kind in KINDS.items()
    }
    return Record(child, seen, said)
