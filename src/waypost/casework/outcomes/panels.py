"""What pages show of outcomes: the order, its clock, what it asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from waypost.casework.beside import given
from waypost.casework.compliance import definitions as routes
from waypost.casework.outcomes import rules
from waypost.casework.outcomes.definitions import OutcomeType
from waypost.casework.outcomes.models import Appeal, Contract, Outcome, OutcomeFor, Requirement
from waypost.casework.outcomes.rules import Given
from waypost.kernel.lists import load
from waypost.people.record.together import together

Said = Mapping[str, list[Any]]  # the current statements of some people, by kind


@dataclass(frozen=True, slots=True)
class Order:
    """One outcome with what hangs on it."""

    of: Outcome
    given: Given
    requirements: list[Any] = field(default_factory=list)
    offences: list[Any] = field(default_factory=list)
    contracts: list[Any] = field(default_factory=list)
    appeals: list[Any] = field(default_factory=list)
    ends: date | None = field(init=False)  # its last day

    def __post_init__(self) -> None:
        """Asked for again and again of every order in a list."""
        object.__setattr__(self, "ends", rules.ends(self.given))

    @property
    def type(self) -> OutcomeType:
        return self.given.type

    @property
    def begins(self) -> date | None:
        return rules.begins(self.given)

    @property
    def why_no_end(self) -> str:
        return rules.why_no_end(self.given)

    def is_running(self, on: date) -> bool:
        return rules.is_running(self.given, on)

    @property
    def undone(self) -> bool:
        """It counts as if it had never been made: an appeal was allowed."""
        results, endings = load("appeal_results"), load("outcome_endings")
        ended = self.of.ended_because
        return any(results[one.result].flag("undone") for one in self.appeals) or bool(
            ended and endings[ended].flag("undone")
        )

    def is_open(self, on: date) -> bool:
        """Given and not over: one whose clock waits for its contract is open, one undone on appeal is not."""
        ends = self.ends
        return not self.undone and (ends is None or ends >= on) and self.given.made <= on and not self._done_at_once

    @property
    def is_answered_for(self) -> bool:
        """A law says what follows where it is not kept, so somebody here answers for it to its end."""
        return not routes.load()[self.type.route].voluntary

    @property
    def _done_at_once(self) -> bool:
        return self.ends is None and not self.why_no_end


DECIDED = {"outcome": Outcome, "contract": Contract, "appeal": Appeal}
ASKED = {"requirement": Requirement}


def orders(people: Collection[UUID], said: Said | None = None, *, whole: bool = True) -> list[Order]:
    """Every outcome of theirs, the latest first. Two queries, however many there are.

    `said`: statements by kind, where a page has read them. Not `whole`: neither its requirements nor its offences.
    """
    read = together(DECIDED | (ASKED if whole else {}), people) if said is None else said
    contracts = _by_outcome(sorted(read["contract"], key=lambda one: one.since, reverse=True))
    requirements = _by_outcome(sorted(read["requirement"], key=lambda one: one.at) if whole else [])
    appeals = _by_outcome(read["appeal"])
    links = _by_outcome(OutcomeFor.objects.filter(person__in=people).select_related("offence") if whole else [])
    found = [
        Order(
            one,
            given(one, min((signed.since for signed in contracts.get(one.pk, [])), default=None)),
            requirements.get(one.pk, []),
            [link.offence for link in links.get(one.pk, [])],
            contracts.get(one.pk, []),
            appeals.get(one.pk, []),
        )
        for one in read["outcome"]
    ]
    return sorted(found, key=lambda one: (one.given.made, one.of.at), reverse=True)


def running(people: Collection[UUID], *, on: date) -> list[Order]:
    """Those that are open on that day, the latest first."""
    return [one for one in orders(people) if one.is_open(on)]


def _by_outcome(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.outcome_id, []).append(row)
    return found
