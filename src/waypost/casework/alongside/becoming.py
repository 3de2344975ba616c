"""What another system's facts become here: a statement, a contact, who holds the child; and what is here already."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from waypost.casework.alongside.told import Fact
from waypost.casework.cases.models import Involvement
from waypost.casework.offences.models import Offence
from waypost.casework.outcomes.models import Contract, Outcome
from waypost.kernel.lists import load
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import How, Statement
from waypost.people.record.rules import Said
from waypost.people.record.who import Birth, Identifier, Name, Particular

READ = Source(agency="youth_justice", basis="crime_and_disorder_39", how=How.READ)
KIND_OF = {  # what a statement of each is called here
    "name": "name",
    "known_as": "name",
    "birth": "birth",
    "particular": "particular",
    "identifier": "identifier",
    "case": "case",
    "offence": "offence",
    "order": "outcome",
    "contract": "contract",
}
NOT_STATEMENTS = ("contact", "worker")
IN_ORDER = (*KIND_OF, *NOT_STATEMENTS)  # an order names its offences, a contact its order
MODELS: dict[str, type[Statement]] = {
    "name": Name,
    "known_as": Name,
    "birth": Birth,
    "particular": Particular,
    "identifier": Identifier,
    "case": Involvement,
    "offence": Offence,
    "order": Outcome,
    "contract": Contract,
}


def kind_of(fact: Fact) -> Kind:
    return KINDS[KIND_OF[fact.kind]]


def said_of(fact: Fact, system: str, *, order: Outcome | None = None, offences: list[Offence] | None = None) -> Said:
    """All that a statement of its kind says. Where ours asks for words that no export has, it says where it is from."""
    said: dict[str, Any] = {"since": None, "until": None} if kind_of(fact).period else {}
    theirs = fact.said
    if fact.kind in ("name", "known_as"):
        kind = "legal" if fact.kind == "name" else "known_as"
        return said | {"kind": kind, "given": theirs["given"], "family": theirs.get("family", "")}
    if fact.kind == "birth":
        return {"born": theirs["born"], "estimated": False}
    if fact.kind == "particular":
        which = "sexes" if theirs["which"] == "sex" else "ethnicities"
        words = f"As {system} has it" if load(which)[theirs["code"]].needs_words else ""
        return said | {"which": theirs["which"], "code": theirs["code"], "words": words}
    if fact.kind == "identifier":
        return {"scheme": theirs["scheme"], "value": theirs["value"]}
    if fact.kind == "contract":
        return said | {"since": theirs["since"], "outcome": order, "words": ""}
    return said | _of_casework(fact, offences or [])


def _of_casework(fact: Fact, offences: list[Offence]) -> dict[str, Any]:
    theirs = fact.said
    if fact.kind == "case":
        plain = {"responsible": "", "home": "", "host": "", "words": ""}
        days = {"since": theirs["since"], "until": theirs.get("until")}
        return plain | days | {"kind": theirs["why"], "ended_because": theirs.get("ended_because", "")}
    if fact.kind == "offence":
        own = {name: theirs.get(name, "") for name in ("local", "place", "reference")}
        return own | {"type": theirs["type"], "words": "", "since": theirs["day"], "until": theirs.get("until")}
    return {
        "type": theirs["type"],
        "length": theirs.get("length"),
        "given_by": theirs.get("given_by", ""),
        "local": theirs.get("local", ""),
        "convicted": theirs.get("convicted"),
        "persistent": theirs.get("persistent") == "yes",
        "extended_months": theirs.get("extended") or 0,
        "released": theirs.get("released"),
        "ended_because": theirs.get("ended_because", ""),
        "words": "",
        "since": theirs["made"],
        "until": theirs.get("ended"),
        "offences": offences,
    }


def there_already(fact: Fact, people: list[UUID], said: Said, *, tied: set[UUID]) -> Statement | None:
    """What says this of the child here, and came from no export: so that nothing is said twice."""
    asked = {name: said.get(name) for name in _KNOWN_BY[fact.kind]}
    if fact.kind == "case" and said.get("until") is None:
        asked = {"until": None}  # whichever day it was opened on: one is open at a time
    rows = MODELS[fact.kind].objects.current().of(people).filter(**asked).exclude(pk__in=tied).order_by("at")
    return rows.first()


_KNOWN_BY = {  # by which one is known to be the same thing, whatever else is said of it
    "name": ["kind"],
    "known_as": ["kind", "given"],
    "birth": [],
    "particular": ["which"],
    "identifier": ["scheme", "value"],
    "case": ["since"],
    "offence": ["type", "since"],
    "order": ["type", "since"],
    "contract": ["outcome", "until"],
}


def says_the_same(statement: Statement, said: Said, fact: Fact) -> bool:
    """As far as the export says anything: what only we know is no difference."""
    stands = KINDS[KIND_OF[fact.kind]].said_of(statement)
    names = _SAID.get(fact.kind, [])
    return all(_plainly(stands[name]) == _plainly(said[name]) for name in names)


_SAID = {
    "name": ["given", "family"],
    "known_as": ["given"],
    "birth": ["born"],
    "particular": ["code"],
    "identifier": ["value"],
    "case": ["kind", "since", "until"],
    "offence": ["type", "since"],
    "order": ["type", "since", "length", "until"],
    "contract": ["since"],
}


def _plainly(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value.isoformat() if isinstance(value, date) else value
