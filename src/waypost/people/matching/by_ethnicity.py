"""How many children have an alert, by ethnic group: whether some are more readily called dangerous, or in danger.

Sealed records count in the service's total and in none of its parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.access.models import Staff
from waypost.kernel.lists import load
from waypost.kernel.rates import Rate
from waypost.people.matching.totals import children_in_all, unsealed
from waypost.people.record.beside import current
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert
from waypost.people.record.who import Particular

NOT_SAID = "Not said, or not asked"
UNRELIABLE = 30  # children: below it a share moves by chance; practice facts, section 4


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    any_alert: Rate  # children with an alert today, of the children of the group
    from_child: Rate  # with one that says what the child may do
    to_child: Rate  # with one that says what may happen to the child

    @property
    def is_unreliable(self) -> bool:
        return self.any_alert.denominator < UNRELIABLE


@dataclass(frozen=True, slots=True)
class ByEthnicity:
    groups: tuple[Group, ...]
    everybody: Group
    in_all: int  # the service's children, sealed ones too


def by_ethnicity(staff: Staff, *, at: datetime, on: date) -> ByEthnicity:
    """As of today, of the children open to whoever asks. Five queries, however many children."""
    children = {pk: pk for pk in unsealed(Child.objects.visible_to(staff, at)).values_list("pk", flat=True)}
    combined = Child.objects.filter(combined_into__isnull=False).values_list("pk", "combined_into")
    children |= {pk: into for pk, into in combined if into in children}
    said = current(Particular).filter(which=Particular.Which.ETHNICITY).values_list("person", "code")
    groups = {child: _group("") for child in children.values()}
    groups |= {children[person]: _group(code) for person, code in said if person in children}
    kinds = load("alert_kinds")
    marked: dict[str, set[UUID]] = {"any": set(), "from_child": set(), "to_child": set()}
    for person, kind in current(Alert).filter(on_day(on)).values_list("person", "kind"):
        if person in children:
            marked["any"].add(children[person])
            for flag in ("from_child", "to_child"):
                if kinds[kind].flag(flag):
                    marked[flag].add(children[person])
    names = [*dict.fromkeys(_group(code.key) for code in load("ethnicities"))]
    sizes = Counter(groups.values())
    found = tuple(_counted(name, groups, sizes[name], marked) for name in names if sizes[name])
    everybody = Group(
        "Everybody",
        sum((one.any_alert for one in found), Rate(0, 0)),
        sum((one.from_child for one in found), Rate(0, 0)),
        sum((one.to_child for one in found), Rate(0, 0)),
    )
    return ByEthnicity(found, everybody, children_in_all())


def _group(code: str) -> str:
    ethnicities = load("ethnicities")
    return (ethnicities[code].text("group") if code in ethnicities else "") or NOT_SAID


def _counted(name: str, groups: dict[UUID, str], size: int, marked: dict[str, set[UUID]]) -> Group:
    def of(children: Iterable[UUID]) -> Rate:
        return Rate(sum(groups[child] == name for child in children), size)

    return Group(name, of(marked["any"]), of(marked["from_child"]), of(marked["to_child"]))
