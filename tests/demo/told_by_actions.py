"""A simulated life told through the ordinary actions, at the moments its rows carry: what they write is what rows must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ForeignKey, Model

from waypost.access.asking import asking
from waypost.access.models import Access, Staff
from waypost.casework.compliance import actions as compliance
from waypost.casework.compliance.models import Decision
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Attendance, Contact
from waypost.casework.models import Outcome, OutcomeFor
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Lateness, Task
from waypost.demo.borough.pen import Book
from waypost.kernel.ids import new_id
from waypost.people.models import Allocation, Birth, Child, Entry, Name, Person, Relation
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.record import actions as record
from waypost.people.record import people_actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import OF_MODEL
from waypost.people.record.models import How
from waypost.people.record.people_actions import NewPerson

Row = dict[str, Any]
BASIS = "crime_and_disorder_39"
FIRST, THEN, LAST, AFTER = range(4)


@dataclass
class Told:
    at: datetime
    place: int
    n: int
    do: Callable[[], None]


class InOrder(Book):
    """What was added, in the order in which it was."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[tuple[type[Model], Row]] = []

    def add(self, model: type[Model], row: Row) -> Row:
        self.order.append((model, row))
        return super().add(model, row)


class Teller:
    """`here`: what the row of a book has become in the database."""

    def __init__(self, book: InOrder) -> None:
        self.book, self.here = book, dict[UUID, Any]()
        self.staff = {one.pk: one for one in Staff.objects.all()}
        self.people = {one["person_id"] for one in book.rows[Child]}

    def tell(self) -> None:
        every = sorted(self._told(), key=lambda one: (one.at, one.place, one.n))
        for one in every:
            with transaction.atomic():
                one.do()

    def _told(self) -> Iterator[Told]:
        n = 0
        for model, row in self.book.order:
            n += 1
            if found := self._one(model, row):
                place, at, do = found
                yield Told(at, place, n, do)
        for row in self.book.rows[Contact]:
            if row["entry_id"]:
                n += 1
                entry = next(one for one in self.book.rows[Entry] if one["id"] == row["entry_id"])
                yield Told(entry["at"], LAST, n, lambda row=row, entry=entry: self._recorded(row, entry))
        for row in self.book.rows[Task]:
            if row["done_at"]:
                n += 1
                yield Told(row["done_at"], LAST, n, lambda row=row: self._done(row))

    def _one(self, model: type[Model], row: Row) -> tuple[int, datetime, Callable[[], None]] | None:
        if model is Child:
            at = next(one["entered_at"] for one in self.book.rows[Person] if one["id"] == row["person_id"])
            return FIRST, at, lambda: self._entered(row, at)
        if model is Allocation:
            return FIRST, row["since"], lambda: self._allocated(row)
        if model is Access and row["basis"] == Access.Basis.INVOLVED:
            return THEN, row["since"], lambda: self._involved(row)
        if model is Contact:
            return (THEN, row["at"], lambda: self._planned(row)) if row["planned"] else None
        if model is Decision:
            return LAST, row["at"], lambda: self._decided(row)
        if model is Lateness:
            return AFTER, row["at"], lambda: self._late(row)
        if model in OF_MODEL and self._is_said(model, row):
            return THEN, row["at"], lambda: self._said(model, row)
        return None

    def _is_said(self, model: type[Model], row: Row) -> bool:
        by_the_contact = model is Entry
        with_the_person = model in (Birth, Name)
        return not by_the_contact and not with_the_person

    def _ask(self, pk: UUID, at: datetime) -> Staff:
        asking(self.staff[pk], at=at)
        return self.staff[pk]

    def _source(self, row: Row) -> Source:
        return Source(row["agency"], BASIS, How(row["how"]), row["said_by"], row["speaker"])

    def _person(self, row: Row) -> Person:
        return self.here[row["person_id"]]

    def _entered(self, row: Row, at: datetime) -> None:
        name = next(one for one in self.book.rows[Name] if one["person_id"] == row["person_id"])
        birth = next(one for one in self.book.rows[Birth] if one["person_id"] == row["person_id"])
        by = self._ask(name["by_id"], at)
        child = record.enter_child(
            given=name["given"], family=name["family"], born=birth["born"], estimated=False,
            source=self._source(name), by=by, at=at, once=new_id(),
        )  # fmt: skip
        self.here[row["person_id"]] = child.person

    def _allocated(self, row: Row) -> None:
        by = self._ask(row["given_by_id"], row["since"])
        need_to_know.allocate(self._person(row).child, to=self.staff[row["staff_id"]], by=by, at=row["since"])

    def _involved(self, row: Row) -> None:
        by = self._ask(row["given_by_id"], row["since"])
        child = self.here[row["child"]].child
        need_to_know.involve(child, staff=self.staff[row["staff_id"]], by=by, at=row["since"])

    def _said(self, model: type[Model], row: Row) -> None:
        kind, by, at = OF_MODEL[model], self._ask(row["by_id"], row["at"]), row["at"]  # type: ignore[index]
        if row.get("replaces_id"):
            because = {"ended_because": row["ended_because"]} if row.get("ended_because") else {}
            old = self.here[row["replaces_id"]]
            self.here[row["id"]] = record.end(old, until=row["until"], by=by, at=at, once=new_id(), **because)
            return
        names = (*kind.fields, "since", "until") if kind.period else kind.fields
        said = {name: self._value(model, name, row) for name in names if (model, name) != (Relation, "other")}
        kept: dict[str, Any] = {"source": self._source(row), "by": by, "at": at, "once": new_id()}
        if model is Relation:
            name = next(one for one in self.book.rows[Name] if one["person_id"] == row["other_id"])
            who = NewPerson(name["given"], name["family"])
            made = people_actions.relate(self._person(row), said, who, **kept)
            self.here[row["other_id"]] = made.other  # type: ignore[attr-defined]
        else:
            made = record.say(self._person(row), kind, self._with_offences(model, row, said), **kept)
        self.here[row["id"]] = made

    def _with_offences(self, model: type[Model], row: Row, said: Row) -> Row:
        if model is not Outcome:
            return said
        later = {one["replaces_id"]: one["id"] for one in self.book.rows[Outcome] if one.get("replaces_id")}
        now = later.get(row["id"], row["id"])
        of = [one["offence_id"] for one in self.book.rows[OutcomeFor] if one["outcome_id"] == now]
        return said | {"offences": [self.here[pk] for pk in of]}

    def _value(self, model: type[Model], name: str, row: Row) -> Any:
        field = model._meta.get_field(name)
        if isinstance(field, ForeignKey):
            return self._hung(row.get(field.attname))
        return row.get(name, "" if not field.null else None)  # type: ignore[union-attr]

    def _hung(self, pk: UUID | None) -> Any:
        """What hangs on an outcome was written while its first version stood; later it hangs on the one now."""
        if pk is None or pk in self.here:
            return self.here.get(pk) if pk else None
        return self.here[next(one["replaces_id"] for one in self.book.rows[Outcome] if one["id"] == pk)]

    def _meeting(self, row: Row, order: Any) -> Meeting:
        return Meeting(
            row["starts"], row["minutes"], row["way"], row["place"], row["who"], row["purpose"], row["objective"], order
        )

    def _planned(self, row: Row) -> None:
        """Planned a week before, perhaps before the order was made: of which it is is said when it is recorded."""
        there = self._order(row)
        by = self._ask(row["by_id"], row["at"])
        self.here[row["id"]] = contacts.plan(
            self._person(row), self._meeting(row, there), by=by, at=row["at"], once=new_id()
        )

    def _order(self, row: Row) -> Any:
        try:
            return self._hung(row["outcome_id"])
        except KeyError:
            return None

    def _recorded(self, row: Row, entry: Row) -> None:
        attended = next(one for one in self.book.rows[Attendance] if one["contact_id"] == row["id"])
        by = self._ask(attended["by_id"], attended["at"])
        came = Came(
            attended["came"], attended["reason"], acceptable=attended["acceptable"], less_safe=attended["less_safe"],
            words=entry["words"], own_words=entry["own_words"], said_by=entry["said_by"], demeanour=entry["demeanour"],
            what_changed=entry["what_changed"],
        )  # fmt: skip
        planned = self.here.get(row["id"])
        meeting = self._meeting(row, self._order(row))
        contacts.record(self._person(row), meeting, came, planned=planned, by=by, at=attended["at"], once=new_id())

    def _decided(self, row: Row) -> None:
        by = self._ask(row["by_id"], row["at"])
        compliance.decide(
            self._person(row).child, self._hung(row["outcome_id"]), step=row["step"], words=row["words"], day=row["day"],
            by=by, at=row["at"], once=new_id(),
        )  # fmt: skip

    def _task(self, row: Row) -> Task:
        rows = Task.objects.filter(person=self._person(row), key=row["key"], from_kind=row["from_kind"])
        if row["from_kind"] != "decision":
            rows = rows.filter(from_id=self.here[row["from_id"]].pk)
        return (
            rows.order_by("at").first()
            if row["from_kind"] != "decision"
            else rows.filter(done_at=None).order_by("at").first()
        )  # type: ignore[return-value]

    def _done(self, row: Row) -> None:
        by = self._ask(row["done_by_id"], row["done_at"])
        tasks.do(self._task(row), words=row["done_words"], by=by, at=row["done_at"])

    def _late(self, row: Row) -> None:
        task = next(one for one in self.book.rows[Task] if one["id"] == row["task_id"])
        by = self._ask(row["by_id"], row["at"])
        rows = Task.objects.filter(person=self._person(task), key=task["key"], done_at=task["done_at"])
        late: Task = rows.get()
        tasks.say_why_late(late, reason=row["reason"], words=row["words"], by=by, at=row["at"])


UNLIKE = {"id", "once", "at", "entered_at", "done_at", "replaced_at", "number"}


def plain(model: type[Model], row: Row) -> tuple[tuple[str, Any], ...]:
    """A row without ids and moments: of those only whether there is one."""
    found = {}
    for field in model._meta.concrete_fields:
        if field.generated or field.attname == "id":
            continue
        value = row.get(field.attname, _empty(field))
        is_moment = isinstance(value, datetime)
        hangs = isinstance(value, UUID) and not _is_staff(field)
        if field.attname in UNLIKE - {"id"} or is_moment or hangs:
            value = value is not None
        found[field.attname] = tuple(value) if isinstance(value, list) else str(value) if value == {} else value
    return tuple(sorted((name, _same(value)) for name, value in found.items()))


def _same(value: Any) -> Any:
    return float(value) if hasattr(value, "as_tuple") else value if not isinstance(value, date) else value.isoformat()


def _is_staff(field: Any) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is Staff


def _empty(field: Any) -> Any:
    if field.has_default():
        return field.default() if callable(field.default) else field.default
    return None if field.null else ""
