"""The world in which the matrix is tried, and how a function says which addresses it makes a record for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.factories import staff, team
from tests.governance.plans import accepted, head
from waypost.access.models import Staff
from waypost.governance.improvement.models import Plan


@dataclass
class Asked:
    """The address's arguments, and what is posted to it."""

    where: dict[str, Any] = field(default_factory=dict)
    posted: dict[str, Any] = field(default_factory=dict)


class World:
    """Those who ask are of one team; the rest is what the records of a test hang on."""

    def __init__(self, url: str) -> None:
        self.riverside = team(name="Riverside")
        self.colleague = staff("practitioner", team=self.riverside)
        self.stranger = staff("practitioner", team=team(name="Hillside"))
        self.bystander = staff("practitioner", team=self.riverside)  # for whom records are made that are nobody's own
        self.spare = staff("administrator", team=self.riverside)  # so that no refusal is only about the last
        self.head = head()
        self.plans: tuple[Plan, Plan] = (None, None)  # type: ignore[assignment]
        if url in WITH_PLANS:  # one that has been replaced, and the present one
            self.plans = accepted(self.head, data=b"the first"), accepted(self.head, data=b"the second")

    def one_of(self, state: str, asker: Staff) -> Staff:
        return {"team's": self.colleague, "other's": self.stranger}.get(state, asker)


Maker = Callable[[World, Staff, str], Asked]
MAKERS: dict[str, Maker] = {}


WITH_PLANS = {
    "plan",
    "my_actions",
    "today",
    "inspections",
    "committee_pack",
    "action_add",
}  # worth asking when there is something on the page


def behind(*urls: str, plans: bool = False) -> Callable[[Maker], Maker]:
    def register(maker: Maker) -> Maker:
        MAKERS.update(dict.fromkeys(urls, maker))
        WITH_PLANS.update(urls if plans else ())
        return maker

    return register


def asked_of(url: str, world: World, asker: Staff, state: str) -> Asked:
    return MAKERS[url](world, asker, state) if url in MAKERS else Asked()


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}
