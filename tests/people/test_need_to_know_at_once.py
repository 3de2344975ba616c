"""Two people at once, each on a connection of their own: one after the other, or one is told why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.factories import staff, team
from tests.governance.test_attack_at_once import overlapping
from tests.people.children import OURS, as_seen_by, example, held
from waypost.access import accounts, deputies
from waypost.access.models import Access, Staff
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotFound, Refused
from waypost.people.models import Allocation, Ask, Child, Entry, OpenedWithReason, Wall
from waypost.people.need_to_know import actions, holding_back, reasons, sealing
from waypost.people.need_to_know.panels import who_may_open
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "His mother rang duty about last night."


def deed(by: Staff, action: Callable[..., Any], *args: Any, **said: Any) -> Callable[[], Any]:
    """As it is done in a request: in one transaction that tells the database who asks."""

    def do() -> Any:
        with transaction.atomic():
            as_seen_by(by)
            try:
                return action(*args, by=by, at=timezone.now(), **said)
            except NotFound:
                return Refused("not there")

    return do


@pytest.fixture
def people() -> Iterator[tuple[Staff, Staff, Staff]]:
    yield staff("manager"), staff("manager"), staff("practitioner", team=team(name="Riverside"))


@pytest.fixture
def ellis(people: tuple[Staff, Staff, Staff]) -> Child:
    with transaction.atomic():
        return held(people[2], entered_by=people[0])


def seen(by: Staff, ask: Callable[[], Any]) -> Any:
    with transaction.atomic():
        as_seen_by(by)
        return ask()


def test_two_managers_who_give_one_child_leave_one_worker_holding_it(people: Any, ellis: Child) -> None:
    one, two, _ = people
    to = staff("practitioner"), staff("practitioner")
    overlapping(deed(one, actions.allocate, ellis, to=to[0]), deed(two, actions.allocate, ellis, to=to[1]))
    assert seen(one, lambda: [row.staff for row in Allocation.objects.filter(until__isnull=True)]) == [to[1]]
    assert [row.staff for row in Access.objects.at(timezone.now()).filter(basis="allocated")] == [to[1]]


def test_the_page_that_came_second_is_told(people: Any, ellis: Child) -> None:
    one, two, worker = people
    to, before = (staff("practitioner"), staff("practitioner")), str(worker.pk)
    _, second = overlapping(
        deed(one, actions.allocate, ellis, to=to[0], instead_of=before),
        deed(two, actions.allocate, ellis, to=to[1], instead_of=before),
    )
    assert "since you opened the page" in str(second)
    assert seen(one, lambda: actions.holder(ellis, timezone.now())) == to[0]


def test_two_who_review_one_reason(people: Any, ellis: Child) -> None:
    one, two, _ = people
    given = deed(staff("practitioner"), reasons.open_with_reason, ellis, reason=WHY)()
    _, second = overlapping(
        deed(one, reasons.review, given, verdict="needed"),
        deed(two, reasons.review, given, verdict="not_needed", words="There was no call that night."),
    )
    assert "reviewed it already" in str(second)
    assert seen(one, lambda: OpenedWithReason.objects.get().verdict) == "needed"


def test_one_who_opens_a_record_twice_at_once_opens_it_once(people: Any, ellis: Child) -> None:
    other = staff("practitioner")
    twice = deed(other, reasons.open_with_reason, ellis, reason=WHY)
    _, second = overlapping(twice, twice)
    assert "open to you already" in str(second)
    assert seen(other, OpenedWithReason.objects.count) == 1


def say(by: Staff, child: Child) -> Callable[[], Any]:
    return deed(by, record.say, child.person, KINDS["entry"], example("entry"), source=OURS, once=new_id())


def test_what_is_written_while_the_record_is_sealed_is_refused(people: Any, ellis: Child) -> None:
    one, two, worker = people
    _, second = overlapping(
        deed(one, sealing.seal, ellis, named=[one, worker], reason="A relative works here."), say(two, ellis)
    )
    assert isinstance(second, Refused), f"{second} went into a record that was being sealed"
    assert seen(one, Entry.objects.count) == 0


def test_what_is_written_just_before_is_in_the_sealed_record(people: Any, ellis: Child) -> None:
    one, two, worker = people
    first, _ = overlapping(
        say(two, ellis), deed(one, sealing.seal, ellis, named=[one, worker], reason="A relative works here.")
    )
    assert isinstance(first, Entry)
    assert seen(one, Entry.objects.count) == 1
    assert seen(two, Entry.objects.count) == 0


@pytest.mark.parametrize("what", ["allocate", "involve", "reason", "seal"])
def test_what_is_done_while_the_record_is_sealed_finds_nothing(what: str, people: Any, ellis: Child) -> None:
    one, two, worker = people
    then = {
        "allocate": deed(two, actions.allocate, ellis, to=staff("practitioner")),
        "involve": deed(two, actions.involve, ellis, staff=staff("specialist")),
        "reason": deed(staff("practitioner"), reasons.open_with_reason, ellis, reason=WHY),
        "seal": deed(two, sealing.seal, ellis, named=[two, worker], reason="A relative works here."),
    }[what]
    _, second = overlapping(deed(one, sealing.seal, ellis, named=[one, worker], reason="A relative works here."), then)
    assert str(second) == "not there"
    assert seen(one, Wall.objects.count) == 1
    assert seen(one, lambda: who_may_open(ellis, timezone.now()).everybody) == {one.pk, worker.pk}


def test_a_child_given_while_its_new_worker_is_covered_is_covered_too(people: Any, ellis: Child) -> None:
    one, two, worker = people
    with transaction.atomic():
        second = held(staff("practitioner"), entered_by=one)
    colleague, until = staff("practitioner"), timezone.localdate()
    deeds = (
        deed(one, actions.allocate, second, to=worker),
        deed(two, actions.cover, worker, colleague=colleague, until=until),
    )
    for first, then in (deeds, deeds[::-1]):
        with transaction.atomic():
            overlapping(first, then)
        sees = seen(colleague, lambda: Child.objects.visible_to(colleague, timezone.now()).count())
        assert sees == 2
        deed(one, actions.allocate, second, to=staff("practitioner"))()
        Access.objects.filter(staff=colleague).update(until=timezone.now())


def test_a_child_given_to_a_team_while_somebody_joins_it(people: Any, ellis: Child) -> None:
    one, _, worker = people
    with transaction.atomic():
        second = held(staff("practitioner"), entered_by=one)
    boss = staff("administrator")
    for order in (1, -1):
        mover = staff("practitioner")
        deeds = (
            deed(one, actions.allocate, second, to=worker),
            deed(boss, lambda by, at, who=mover: accounts.move(who, team=worker.team, by=by, at=at)),
        )
        overlapping(*deeds[::order])
        assert seen(mover, lambda who=mover: Child.objects.visible_to(who, timezone.now()).count()) == 2, order
        deed(one, actions.allocate, second, to=staff("practitioner"))()


def test_two_answers_to_one_ask(people: Any, ellis: Child) -> None:
    one, _, worker = people
    nurse, second_nurse = (staff("specialist", agency="health") for _ in range(2))
    for each in (nurse, second_nurse):
        deed(one, actions.involve, ellis, staff=each)()
    source = record.Source(agency="health", basis="crime_and_disorder_39")
    note = deed(nurse, record.say, ellis.person, KINDS["health"], example("health"), source=source)()
    said = {"subject": "physical_health", "must_share": (), "bears_on_safety": False}
    wall = deed(nurse, holding_back.hold_back, note, **said)()
    ask = deed(worker, holding_back.ask_held_back, wall, reason=WHY)()
    kept = {"share": False, "words": "It is of no use to you.", "must_share": (), "bears_on_safety": False}
    _, second = overlapping(
        deed(nurse, holding_back.answer_held_back, ask, share=True),
        deed(second_nurse, holding_back.answer_held_back, ask, **kept),
    )
    assert "answered already" in str(second)
    assert seen(nurse, lambda: Ask.objects.get().answer) == "shared"


def test_a_deputy_named_twice_at_once_is_one(people: Any) -> None:
    manager, _, worker = people
    twice = deed(manager, lambda by, at: deputies.deputise(by, to=worker, until=timezone.localdate(), by=by, at=at))
    _, second = overlapping(twice, twice)
    assert "deputy already" in str(second)
    assert deputies.running(timezone.now()).count() == 1
