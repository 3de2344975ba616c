"""Whatever is done in whatever order, a child is open to those a plain account of the rules says, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import service, staff, team
from tests.people.children import child
from waypost.access import accounts, opening
from waypost.access.models import Staff
from waypost.kernel.days import midnight_after
from waypost.kernel.refusal import NotFound, Refused
from waypost.people.models import Child
from waypost.people.need_to_know import actions, reasons, sealing
from waypost.people.need_to_know.panels import who_may_open

pytestmark = pytest.mark.django_db
CHILDREN = 2
ROLES = ("practitioner", "practitioner", "duty_officer", "specialist", "auditor", "manager", "head_of_service")
HOLDERS, NURSE, AUDITOR, MANAGER, HEAD = (0, 1, 2), 3, 4, 5, 6
OVERSEERS = (MANAGER, HEAD)
TEAMS = (None, 0, 1)

Grant = tuple[int, int, str, datetime]  # who, child, why, until


class Plain:
    """The rules as one would tell them: lists in memory, no table, no wall."""

    def __init__(self) -> None:
        self.holds: dict[int, int | None] = dict.fromkeys(range(CHILDREN))
        self.grants: list[Grant] = []
        self.covers: list[tuple[int, int, datetime]] = []  # away, colleague, until
        self.seal: dict[int, set[int]] = {}
        self.team: dict[int, int | None] = dict.fromkeys(range(len(ROLES)))
        self.ended: set[int] = set()

    def opens(self, who: int, which: int, at: datetime) -> bool:
        if who in self.ended or (which in self.seal and who not in self.seal[which]):
            return False
        return who in OVERSEERS or bool(self.why(who, which, at))

    def why(self, who: int, which: int, at: datetime) -> set[str]:
        holder = self.holds[which]
        found = {why for one, of, why, until in self.grants if (one, of) == (who, which) and until > at}
        found |= {"allocated"} if holder == who else set()
        if holder is not None and holder != who:
            together = self.team[who] is not None and self.team[who] == self.team[holder]
            found |= {"team"} if together and who in HOLDERS else set()
            found |= {"cover"} if any((holder, who) == (a, b) and until > at for a, b, until in self.covers) else set()
        found |= {"named"} if who in self.seal.get(which, ()) else set()
        return found

    def forget(self, which: Callable[[Grant], bool]) -> None:
        self.grants = [one for one in self.grants if not which(one)]

    def left_by(self, who: int, at: datetime) -> None:
        """Their team and whoever covers keep what they had, so that somebody sees the child until it is held again."""
        for which in [of for of, holder in self.holds.items() if holder == who]:
            for one in self.team:
                self.grants += [(one, which, "team", end_of_time())] if "team" in self.why(one, which, at) else []
            self.grants += [(one, which, "cover", until) for away, one, until in self.covers if away == who]
            self.holds[which] = None
        self.ended.add(who)
        self.forget(lambda one: one[0] == who)


class Both:
    """Every step is done to the service and told to the plain account."""

    def __init__(self) -> None:
        service()
        self.at = timezone.now().replace(hour=9, minute=0)
        self.boss = staff("administrator")
        self.people = [staff(role) for role in ROLES]
        self.teams = [team(), team()]
        self.plain = Plain()
        with_nobody = staff("head_of_service")
        self.children = [child(with_nobody) for _ in range(CHILDREN)]
        for one in self.children:
            opening.end(one.pk, at=self.at, bases=["allocated"])
            opening.Access.objects.filter(child=one.pk).delete()
        with_nobody.roles_held.update(until=timezone.now())

    def done(self, by: int, deed: Callable[..., Any], *args: Any, **said: Any) -> bool:
        person = self.people[by]
        if by in self.plain.ended:
            return False
        try:
            with transaction.atomic():
                as_of(person, self.at)
                deed(*args, by=person, at=self.at, **said)
        except (Refused, NotFound):
            return False
        return True

    def step(self, name: str, by: int, who: int, other: int, which: int, days: int) -> None:
        self.at += timedelta(minutes=1)
        getattr(self, name)(by, who, other, which, days)

    def allocate(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if self.done(by, actions.allocate, self.children[which], to=self.people[who]):
            self.plain.holds[which] = who
            self.plain.forget(lambda one: one[1] == which and one[2] in ("team", "cover"))

    def involve(self, by: int, who: int, other: int, which: int, days: int) -> None:
        until = (self.at + timedelta(days=days)).date() if days else None
        if self.done(by, actions.involve, self.children[which], staff=self.people[who], until=until):
            self.plain.grants.append((who, which, "involved", midnight_after(until) if until else end_of_time()))

    def end_access(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if self.done(by, actions.end_access, self.children[which], staff=self.people[who]):
            by_hand = ("involved", "sampled", "reason")
            self.plain.forget(lambda one: one[:2] == (who, which) and one[2] in by_hand)

    def cover(self, by: int, who: int, other: int, which: int, days: int) -> None:
        until = (self.at + timedelta(days=days)).date()
        if self.done(by, actions.cover, self.people[who], colleague=self.people[other], until=until):
            self.plain.covers.append((who, other, midnight_after(until)))

    def put_on_list(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if self.done(by, actions.put_on_todays_list, self.children[which]):
            self.plain.grants.append((2, which, "duty", midnight_after(timezone.localdate(self.at))))

    def sample(self, by: int, who: int, other: int, which: int, days: int) -> None:
        until = (self.at + timedelta(days=days)).date()
        said = {"auditor": self.people[who], "sections": ["entries"], "until": until}
        if self.done(by, actions.sample, [self.children[which]], **said):
            self.plain.grants.append((who, which, "sampled", midnight_after(until)))

    def open_with_reason(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if self.done(who, reasons.open_with_reason, self.children[which], reason="His mother rang about him."):
            self.plain.grants.append((who, which, "reason", self.at + timedelta(days=1)))

    def seal(self, by: int, who: int, other: int, which: int, days: int) -> None:
        named = {by, who, other}
        people = [self.people[one] for one in sorted(named)]
        if self.done(by, sealing.seal, self.children[which], named=people, reason="A relative works here."):
            self.plain.seal[which] = named

    def take_off(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if self.done(by, sealing.take_off_seal, self.children[which], staff=self.people[who]):
            self.plain.seal[which].discard(who)

    def unseal(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if self.done(by, sealing.unseal, self.children[which], reason="The relative has left."):
            del self.plain.seal[which]

    def move(self, by: int, who: int, other: int, which: int, days: int) -> None:
        to = TEAMS[days % 3]
        if who not in self.plain.ended:
            into = None if to is None else self.teams[to]
            accounts.move(self.people[who], team=into, by=self.boss, at=self.at)
            self.people[who].refresh_from_db()
            self.plain.team[who] = to
            self.plain.forget(lambda one: one[0] == who and one[2] == "team")

    def end_account(self, by: int, who: int, other: int, which: int, days: int) -> None:
        if who in self.plain.ended or who in OVERSEERS:
            return
        accounts.end(self.people[who], by=self.boss, at=self.at)
        self.people[who].refresh_from_db()
        self.people[who].ask_roles_again()
        self.plain.left_by(who, self.at)

    def wait(self, by: int, who: int, other: int, which: int, days: int) -> None:
        self.at += timedelta(days=days, hours=days)


def as_of(person: Staff, at: datetime) -> None:
    from waypost.access.asking import asking

    asking(person, at=at)


def end_of_time() -> datetime:
    return midnight_after(datetime(2190, 1, 1).date())


STEPS = [name for name in vars(Both) if name not in ("done", "step") and not name.startswith("_")]
FIT = {  # for whom the step is meant; now and then it is tried of anybody
    "involve": (NURSE,),
    "end_access": (NURSE, AUDITOR, *HOLDERS),
    "sample": (AUDITOR,),
    "open_with_reason": (*HOLDERS, NURSE),
}
ANYBODY = st.integers(0, len(ROLES) - 1)


def a_step(name: str) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(
        st.just(name),
        st.sampled_from([MANAGER, HEAD, MANAGER, HEAD, MANAGER, HEAD, 0]),
        st.sampled_from(FIT.get(name, HOLDERS) * 3) | ANYBODY,
        st.sampled_from([*HOLDERS, *HOLDERS, MANAGER]),
        st.integers(0, CHILDREN - 1),
        st.integers(0, 4),
    )


A_STEP = st.sampled_from([*STEPS, "allocate", "allocate", "cover", "cover", "seal"]).flatmap(a_step)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(A_STEP, min_size=20, max_size=30))
def test_a_child_is_open_to_those_the_plain_account_says(db: None, steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        both = Both()
        both.step("allocate", HEAD, 0, 0, 0, 0)
        both.step("allocate", HEAD, 1, 0, 1, 0)
        for step in steps:
            both.step(*step)
            for at in (both.at, both.at + timedelta(days=2)):
                for who, person in enumerate(both.people):
                    as_of(person, at)
                    found = set(Child.objects.visible_to(person, at).values_list("pk", flat=True))
                    said = {one.pk for which, one in enumerate(both.children) if both.plain.opens(who, which, at)}
                    assert found == said, (step, ROLES[who], who, [sorted(both.plain.why(who, n, at)) for n in (0, 1)])
        named_by_page(both)
        transaction.set_rollback(True)


def named_by_page(both: Both) -> None:
    """The page that lists who may open a child lists exactly those."""
    for which, one in enumerate(both.children):
        opens = [n for n in range(len(ROLES)) if both.plain.opens(n, which, both.at)]
        if opens:
            as_of(both.people[opens[0]], both.at)
            listed = who_may_open(one, both.at).everybody
            assert listed & {person.pk for person in both.people} == {both.people[n].pk for n in opens}
