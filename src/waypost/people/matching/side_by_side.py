"""Two records beside each other: what stands in each, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from waypost.access.models import Staff
from waypost.kernel.lists import load
from waypost.kernel.words import count, day
from waypost.people.matching.models import Combined
from waypost.people.matching.weights import Described, Weighed, weigh
from waypost.people.need_to_know.reach import Reach, reach
from waypost.people.record import panels
from waypost.people.record.called import called
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Statement
from waypost.people.record.panels import Record

SAID = frozenset({"name", "birth", "identifier", "address", "contact"})  # word for word; of the others, how many


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    left: str
    right: str
    is_said: bool = True  # by the statements themselves; otherwise only how many there are

    @property
    def differs(self) -> bool:
        """Both say something, and not the same."""
        return self.is_said and bool(self.left and self.right) and self.left != self.right


@dataclass(frozen=True, slots=True)
class Beside:
    left: Record
    right: Record
    lines: tuple[Line, ...]
    alike: Weighed


@dataclass(frozen=True, slots=True)
class Since:
    """Something written on the record kept while another was combined with it: it stays there, and can be moved."""

    kind: str
    key: str
    statement: Statement


def beside(left: Child, right: Child, *, by: Staff, at: datetime) -> Beside:
    one, other = (panels.record(child, reach(by, child, at), at=at) for child in (left, right))
    said = zip(_said(one), _said(other), strict=True)
    counted = zip(_counted(one), _counted(other), strict=True)
    lines = (
        *(Line(what, a, b) for (what, a), (_, b) in said if a or b),
        *(Line(what, a, b, is_said=False) for (what, a), (_, b) in counted if a or b),
    )
    return Beside(one, other, lines, weigh(_described(one), _described(other)))


def written_since(combined: Combined, seen: Reach) -> list[Since]:
    """By kind, as far as this person reads them."""
    found = []
    for key, kind in KINDS.items():
        if kind.section in seen.reads:
            rows = kind.model.objects.current().of([combined.kept_id])
            rows = rows.filter(at__gte=combined.at).select_related("by").order_by("at")
            found += [Since(kind.name, key, row) for row in rows]
    return found


def _said(record: Record) -> Iterable[tuple[str, str]]:
    said, kinds = record.said, load("name_kinds")
    yield "Called", called(said["name"])
    yield "Names", _all(f"{name} ({kinds.words(name.kind).split(':')[0].lower()})" for name in said["name"])
    yield "Birth date", _all(day(one.born) + (", an estimate" if one.estimated else "") for one in said["birth"])
    yield "Numbers", _all(f"{load('identifier_schemes').words(one.scheme)}: {one.value}" for one in said["identifier"])
    yield "Addresses", _all(", ".join(filter(None, [*one.lines.splitlines(), one.postcode])) for one in said["address"])
    yield "Ways to reach them", _all(one.value for one in said["contact"])


def _counted(record: Record) -> Iterable[tuple[str, str]]:
    for key, kind in KINDS.items():
        if key not in SAID:
            found = record.said.get(key)
            yield kind.name, count(len(found), "statement") if found else ""


def _all(texts: Iterable[str]) -> str:
    return "; ".join(sorted(texts))


def _described(record: Record) -> Described:
    said = record.said
    born: date | None = next((one.born for one in said["birth"]), None)
    return Described(
        names=tuple(str(name) for name in said["name"]),
        born=born,
        estimated=any(one.estimated for one in said["birth"]),
        postcodes=frozenset(one.plain_postcode for one in said["address"] if one.plain_postcode),
        identifiers=frozenset((one.scheme, one.value) for one in said["identifier"]),
    )
