"""Whom a register offers, and what each of its rows knows of the child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.access.models import Access, Staff, access_of
from waypost.casework.outcomes import panels as outcomes
from waypost.casework.outcomes.panels import Order
from waypost.people.need_to_know.reach import writes_of
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of

SECTION = "entries"
OFFERED = 200  # beyond those they hold; any other child is named by number


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom they hold, and who else is open to them: (id, words), in the order of the alphabet."""

    held: list[tuple[str, str]]
    others: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """A child of a register, and the orders for which a session may count."""

    place: int
    child: Child
    name: str
    orders: list[Order]

    @property
    def order(self) -> Order | None:
        """The one it counts for, where there is no doubt."""
        return self.orders[0] if len(self.orders) == 1 else None


def offer(staff: Staff, at: datetime) -> Offer:
    """Those whose record is open to them and in which they write what happens."""
    visible = Child.objects.visible_to(staff, at)
    mine = access_of(staff, at).filter(basis=Access.Basis.ALLOCATED).values("child")
    held, others = (
        [*visible.filter(pk__in=mine)],
        [*visible.exclude(pk__in=mine).order_by("-number")[:OFFERED]],
    )
    writes = writes_of(staff, [one.pk for one in (*held, *others)], at)
    names = names_of(writes)

    def listed(children: Iterable[Child]) -> list[tuple[str, str]]:
        words = [
            (str(one.pk), f"{names.get(one.pk, 'No name')}, {one.number}")
            for one in children
            if SECTION in writes[one.pk]
        ]
        return sorted(words, key=lambda pair: pair[1].casefold())

    return Offer(listed(held), listed(others))


def by_number(staff: Staff, numbers: Sequence[str], at: datetime) -> tuple[list[UUID], list[str]]:
    """Those with these numbers in whose records they write, and the numbers of nobody such."""
    found = {one.number: one.pk for one in Child.objects.visible_to(staff, at).filter(number__in=numbers)}
    writes = writes_of(staff, [*found.values()], at)
    known = {number: pk for number, pk in found.items() if SECTION in writes[pk]}
    return [*known.values()], [number for number in numbers if number not in known]


def chosen(staff: Staff, pks: Sequence[UUID], *, at: datetime, on: date) -> list[Known]:
    """In the order in which they were chosen; whoever is not open to them any more is left out."""
    children = Child.objects.visible_to(staff, at).select_related("person").in_bulk([*pks])
    writes, names = writes_of(staff, children, at), names_of(children)
    orders: dict[UUID, list[Order]] = {pk: [] for pk in children}
    for one in outcomes.running([*children], on=on):
        orders[one.of.person_id].append(one)
    there = [pk for pk in pks if pk in children and SECTION in writes[pk]]
    return [Known(place, children[pk], names.get(pk, "No name"), orders[pk]) for place, pk in enumerate(there, 1)]
