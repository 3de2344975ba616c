"""Which child a number of another system means: known by it, by a number both have, new, or for a person to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.alongside.models import Origin
from waypost.casework.alongside.told import Told
from waypost.people.matching.entering import Typed
from waypost.people.matching.likely import likely
from waypost.people.matching.taken import taken
from waypost.people.record.models import Child
from waypost.people.record.rules import tidied_identifier
from waypost.people.record.who import Birth, Identifier

RESTRICTED = "This may be a child whose record is restricted. Ring the duty manager. Nothing about them was read."
MAY_BE_HERE = "This child may be here already. Say whether it is the same child; then they are read the next time."
NUMBER_TAKEN = "One of this child’s numbers is another person’s here. Look at the number there and here."
REMOVED = "Everything about this child was removed here under a rule, so nothing about them is read any more."


@dataclass(frozen=True, slots=True)
class Who:
    """One of: the child, how to enter them, or why not. `maybe`: who may be the same, for a person to say."""

    child: Child | None = None
    typed: Typed | None = None
    why_not: str = ""
    maybe: tuple[UUID, ...] = ()
    another: tuple[UUID, ...] = ()  # of whom a person said that this is another child


def who_is(told: Told, origin: Origin | None, *, by: Staff, at: datetime) -> Who:
    if origin is not None and origin.person_id:
        return _known(origin.person_id, by, at)
    typed = typed_of(told)
    if child := _by_number(told, typed, by, at):
        return Who(child=child)
    found = likely(typed.described, by=by, at=at)
    if found.restricted:
        return Who(why_not=RESTRICTED)
    another = tuple(origin.maybe) if origin and origin.answer == Origin.Answer.ANOTHER else ()
    if found.unanswered(another, another):
        return Who(why_not=MAY_BE_HERE, maybe=tuple(child for child, _ in found.found))
    if typed.value and taken(typed.scheme, typed.value):
        return Who(why_not=NUMBER_TAKEN)
    return Who(typed=typed, another=another)


def _known(person: UUID, by: Staff, at: datetime) -> Who:
    """The record that is kept, where two were said to be one."""
    found = Child.objects.select_related("person").get(pk=person)
    if found.combined_into_id:
        found = Child.objects.select_related("person").get(pk=found.combined_into_id)
    if found.person.removed_on:
        return Who(why_not=REMOVED)
    is_open = Child.objects.visible_to(by, at).filter(pk=found.pk).exists()
    return Who(child=found) if is_open else Who(why_not=RESTRICTED)


def typed_of(told: Told) -> Typed:
    """As if somebody had typed it in; the number that is best checked stands for all."""
    name, birth, known_as = told.of("name"), told.of("birth"), told.of("known_as")
    if name is None or birth is None:
        raise ValueError("a child is known by a name and a birth date")
    scheme, value = next(iter(_numbers(told)), ("", ""))
    return Typed(
        given=name.said["given"],
        family=name.said["family"],
        born=birth.said["born"],
        known_as=known_as.said["given"] if known_as else "",
        scheme=scheme,
        value=value,
    )


def _numbers(told: Told) -> Iterable[tuple[str, str]]:
    for fact in told.facts:
        if fact.kind == "identifier":
            yield fact.said["scheme"], tidied_identifier(fact.said)["value"]


def _by_number(told: Told, typed: Typed, by: Staff, at: datetime) -> Child | None:
    """Somebody here who has one of the numbers and was born that day. The number alone is not enough."""
    for scheme, value in _numbers(told):
        held = Identifier.objects.current().filter(scheme=scheme, value=value).values_list("person", flat=True).first()
        if held and Birth.objects.current().filter(person=held, born=typed.born).exists():
            return Child.objects.visible_to(by, at).select_related("person").filter(pk=held).first()
    return None
