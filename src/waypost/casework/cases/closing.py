"""Whether a case can be closed beside what is in the record: asked with the orders that are still open."""

from __future__ import annotations

from datetime import date

from waypost.casework import beside
from waypost.casework.cases import rules
from waypost.casework.outcomes import panels as outcomes
from waypost.kernel.words import day
from waypost.people.record.models import Child, Person, Statement
from waypost.people.record.rules import Said


def involvement(person: Person, said: Said, but: Statement | None) -> str | None:
    """One case is open at a time, and none is closed over an order that somebody here answers for."""
    if why := beside.involvement(person, said, but):
        return why
    last: date | None = said.get("until")
    if last is None or _was_closed_then(but, last):
        return None
    child = Child.objects.filter(pk=person.pk).first()
    people = child.person_ids() if child else [person.pk]
    return rules.why_not_close(
        said["ended_because"],
        [
            f"{one.type.name}, made on {day(one.given.made)},"
            for one in outcomes.running(people, on=last)
            if one.is_answered_for and one.ends != last
        ],
    )


def _was_closed_then(but: Statement | None, last: date) -> bool:
    """A word of a case closed long ago is put right without closing it again."""
    return but is not None and but.until == last
