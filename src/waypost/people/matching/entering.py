"""A child is entered once: whoever may be the same is shown first, and a person says that it is another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection, transaction

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import Refused
from waypost.people.matching.likely import Likely, likely
from waypost.people.matching.taken import taken
from waypost.people.matching.weights import Described
from waypost.people.record import actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Person
from waypost.people.record.rules import Said

TAKEN = "This number is another child’s. Open that record, or look at the number again."
RESTRICTED = "Restricted: ring the duty manager. The child was not entered."


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known of a child on the day they are entered. `value` is a number of that scheme, as it writes it."""

    given: str
    family: str
    born: date
    estimated: bool = False
    known_as: str = ""
    scheme: str = ""
    value: str = ""

    @property
    def described(self) -> Described:
        names = [f"{self.given} {self.family}".strip()]
        if self.known_as:
            names.append(f"{self.known_as} {self.family}".strip())
        pairs = frozenset({(self.scheme, self.value)} if self.value else ())
        return Described(tuple(names), self.born, self.estimated, identifiers=pairs)


class MayBeThere(Refused):
    """Somebody must look first: these may be the same child."""

    status = 422

    def __init__(self, found: Likely) -> None:
        super().__init__("This child may be here already. Look at each record below first.")
        self.found = found


class Restricted(Refused):
    def __init__(self) -> None:
        super().__init__(RESTRICTED)


@transaction.atomic
def enter(
    typed: Typed,
    *,
    source: Source,
    told: Collection[UUID] = (),
    another: Collection[UUID] = (),
    by: Staff,
    at: datetime,
    once: UUID,
) -> Child:
    """`told` are the likely matches that were shown, `another` those of which the person said: it is another child."""
    require(by, Permission.ENTER_CHILDREN)
    if (there := Person.objects.select_related("child").filter(once=once, entered_by=by).first()) is not None:
        return there.child
    _one_at_a_time(typed.born)
    found = likely(typed.described, by=by, at=at)
    if found.restricted:
        raise Restricted
    if found.unanswered(told, another):
        raise MayBeThere(found)
    if typed.value and taken(typed.scheme, typed.value):
        raise Refused(TAKEN)
    child = actions.enter_child(
        given=typed.given,
        family=typed.family,
        born=typed.born,
        estimated=typed.estimated,
        source=source,
        by=by,
        at=at,
        once=once,
    )
    if typed.known_as:
        said = {"kind": "known_as", "given": typed.known_as, "family": "", "since": None, "until": None}
        _say(child, "name", said, source=source, by=by, at=at, once=once)
    if typed.value:
        said = {"scheme": typed.scheme, "value": typed.value}
        _say(child, "identifier", said, source=source, by=by, at=at, once=once)
    return child


def _say(child: Child, kind: str, said: Said, *, once: UUID, **given: object) -> None:
    actions.say(child.person, KINDS[kind], said, once=uuid5(once, kind), **given)  # type: ignore[arg-type]


def _one_at_a_time(born: date) -> None:
    """Two who enter a child born on one day take turns, so that the second is shown what the first has entered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7003))", [born.isoformat()])
