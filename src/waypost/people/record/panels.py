"""What the child's page shows of a record: a child and a reach in, dataclasses out, one query for each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound
from waypost.kernel.school_age import age
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.models import Allocation
from waypost.people.need_to_know.reach import Reach
from waypost.people.need_to_know.rules import SECTIONS
from waypost.people.record.beside import current
from waypost.people.record.called import called, liked
from waypost.people.record.fields import ASKED, TIED, Asked, asked_of
from waypost.people.record.home import Relation
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child, Person, Statement
from waypost.people.record.together import tie, together_of
from waypost.people.record.who import Birth, Name, Particular

OF_OTHERS = ("name", "birth", "contact")  # what the page says of those who are tied to the child, too


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody tied to the child, as far as the page says it."""

    pk: UUID
    names: list[Any] = field(default_factory=list)
    births: list[Any] = field(default_factory=list)
    contacts: list[Any] = field(default_factory=list)

    @property
    def name(self) -> str:
        return called(self.names) or "Somebody whose record is restricted"

    def age(self, on: date) -> int | None:
        born = next((birth.born for birth in self.births), None)
        return age(born, on) if born else None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything current that the reach lets see, by kind, newest first; what happened is in `timeline`."""

    child: Child
    people: list[UUID]  # this record and those combined into it
    reach: Reach
    said: dict[str, list[Any]]
    others: dict[UUID, Known]
    held_by: Allocation | None
    working: list[Access]  # those of our own who work with the child now: who holds it first

    @property
    def name(self) -> str:
        """As the child is called; whoever may not read who they are has only the number."""
        return called(self.said["name"]) or f"Child {self.child.number}"

    @property
    def liked(self) -> list[str]:
        return [name for name in liked(self.said["name"]) if name != self.name]

    @property
    def born(self) -> Any:
        return next(iter(self.said["birth"]), None)

    def age(self, on: date) -> int | None:
        return age(self.born.born, on) if self.born else None

    def particular(self, which: str) -> Any:
        return next((one for one in self.said["particular"] if one.which == which), None)

    def now(self, kind: str, on: date) -> list[Any]:
        """What is true on that day, as far as is known."""
        return [one for one in self.said[kind] if one.is_on(on)]

    def carers(self, on: date) -> list[Any]:
        return [one for one in self.now("relation", on) if one.carer or one.parental_responsibility]

    @property
    def closed(self) -> list[str]:
        """The parts of the record that stay shut for this reader."""
        return [words for section, words in SECTIONS.items() if section not in self.reach.reads]

    def forms(self) -> list[Asked]:
        """What this reader may add."""
        return [asked for asked in ASKED.values() if asked.kind.section in self.reach.writes and self._open(asked)]

    def _open(self, asked: Asked) -> bool:
        """What is said once is corrected, not said again."""
        if asked.key == "birth":
            return self.born is None
        return asked.kind.key != "particular" or self.particular(asked.key) is None

    @property
    def shown(self) -> list[UUID]:
        """Everybody the page names besides the child."""
        return sorted(self.others)


def statement(child: Child, asked: Asked, pk: UUID) -> Any:
    """One statement on the child's record, current or not; NotFound for any other.

    A form with a page of its own corrects nothing, and need not be of a statement.
    """
    if asked.page:
        raise NotFound
    rows = asked.kind.model.objects.select_related("by", *asked.kind.related)
    found = rows.filter(pk=pk).first()
    if found is None or asked_of(found) is not asked:
        raise NotFound
    people = {*child.person_ids(), *(tied(child) if asked.kind.key in OF_OTHERS else ())}
    if not {found.person_id, getattr(found, "child_id", None)} & people:
        raise NotFound
    return found


def may_keep(statement: Statement, staff: Staff) -> bool:
    """Whether to offer somebody seconded that it stays within their agency, as far as can be said before they ask."""
    why_not = rules.why_not_hold_back(
        agency=staff.agency,
        of_agency=statement.agency,
        section=statement.SECTION,
        is_walled=statement.wall_id is not None,
        must_share=(),
        bears_on_safety=False,
    )
    return staff.may(Permission.HOLD_BACK) and statement.is_current and why_not is None


def name_of(person: Person) -> str:
    """For the head of a form, so that nobody writes on the wrong child."""
    return called(current(Name).filter(person=person).order_by("-at"))


def said_once(person: Person, asked: Asked) -> Statement | None:
    """What is there already of a thing that is said once."""
    if asked.kind.key == "particular":
        return current(Particular).filter(person=person, which=asked.key).first()
    return current(Birth).filter(person=person).first() if asked.key == "birth" else None


def tied(child: Child) -> list[UUID]:
    """Whose names and numbers stand on the child's page with the child's own."""
    return list(current(Relation).filter(person__in=child.person_ids()).values_list("other", flat=True))


def record(child: Child, seen: Reach, *, at: datetime) -> Record:
    people = child.person_ids()
    first = {key: _said(KINDS[key], people, seen) for key in ("relation", "harmed")}
    besides = {one.other_id for one in first["relation"]} | {
        pk for one in first["harmed"] for pk in (one.person_id, one.child_id)
    }
    rest = [kind for key, kind in KINDS.items() if key not in first and key != "entry"]
    found = first | _all_said(rest, people, besides, seen)
    said = {key: [one for one in rows if key == "harmed" or one.person_id in people] for key, rows in found.items()}
    held_by = Allocation.objects.filter(person=child.pk, until=None).select_related("staff").first()
    return Record(child, people, seen, said, _others(besides - {*people}, found), held_by, working(child, at))


def working(child: Child, at: datetime) -> list[Access]:
    """Those of our own who work with the child now: who holds it first."""
    bases = (Access.Basis.ALLOCATED, Access.Basis.COVER, Access.Basis.INVOLVED)
    rows = Access.objects.at(at).filter(child=child.pk, basis__in=bases).select_related("staff")
    return sorted(rows, key=lambda one: (bases.index(one.basis), one.staff.name))


def _said(kind: Kind, people: Iterable[UUID], seen: Reach) -> list[Any]:
    """One query; none for a part of the record that stays shut."""
    if kind.section not in seen.reads:
        return []
    mine = Q(person__in=[*people])
    if kind.key == "harmed":
        mine |= Q(child__in=[*people])
    rows = current(kind.model).filter(mine)
    return list(rows.select_related("by", *kind.related).order_by("-at", "pk"))


def _all_said(kinds: list[Kind], people: list[UUID], besides: set[UUID], seen: Reach) -> dict[str, list[Any]]:
    """As `_said` of each kind, asked together."""
    reads = [kind for kind in kinds if kind.section in seen.reads]
    of = {kind.key: [*people, *besides] if kind.key in OF_OTHERS else people for kind in reads}
    found = together_of({kind.key: (kind.model, of[kind.key]) for kind in reads})
    first = [(one, name.split("__")) for kind in reads for name in ("by", *kind.related) for one in found[kind.key]]
    tie((one, names[0]) for one, names in first)
    tie((getattr(one, names[0]), names[1]) for one, names in first if names[1:])
    return {kind.key: [] for kind in kinds} | found


def _others(pks: set[UUID], found: dict[str, list[Any]]) -> dict[UUID, Known]:
    others = {pk: Known(pk) for pk in pks}
    for key, where in (("name", "names"), ("birth", "births"), ("contact", "contacts")):
        for one in found[key]:
            if one.person_id in others:
                getattr(others[one.person_id], where).append(one)
    return others


def person_of(child: Child, asked: Asked, pk: str) -> Person:
    """Of whom something is said on the child's page: the child, or somebody tied to them whose name and ways to reach
    them stand there too."""
    if not pk:
        return child.person
    found = Person.objects.filter(pk__in=tied(child), pk=pk).first() if asked.kind.key in OF_OTHERS else None
    if found is None:
        raise NotFound
    return found


def tied_people(child: Child, seen: Reach, asked: Asked, at: datetime) -> list[tuple[UUID, str]]:
    """Those a form about two people offers: everybody tied to the child already, by name."""
    if asked.key not in TIED:
        return []
    others = record(child, seen, at=at).others
    return sorted(((pk, known.name) for pk, known in others.items() if known.names), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class AlertLine:
    of: Any
    overdue: bool


def alerts(shown: Record, on: date) -> list[AlertLine]:
    """Those whose review is overdue first, then the soonest."""
    found = sorted(shown.now("alert", on), key=lambda one: one.review_by)
    return [AlertLine(one, one.until is None and one.review_by < on) for one in found]


def urgent(shown: Record, on: date) -> list[Any]:
    """Of health, what may matter in an emergency."""
    kinds = load("health_kinds")
    return [one for one in shown.now("health", on) if one.kind in kinds and kinds[one.kind].flag("urgent")]
