"""A sealed record opens to those named, stays safe with those left, and is not there for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, held, let_go
from waypost.access.models import Access, LogEntry, Staff, access_of
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.models import Child, Wall, WallKey
from waypost.people.need_to_know import actions, sealing
from waypost.people.need_to_know.panels import who_may_open

pytestmark = pytest.mark.django_db
REASON = "A relative works in the service."


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


@pytest.fixture
def ellis(worker: Staff, head: Staff) -> Child:
    return held(worker, entered_by=head)


def as_(by: Staff, deed: Callable[..., Any], *args: Any, **said: Any) -> Any:
    as_seen_by(by)
    return deed(*args, by=by, at=timezone.now(), **said)


def sees(who: Staff, of: Child) -> bool:
    as_seen_by(who)
    return Child.objects.visible_to(who, timezone.now()).filter(pk=of.pk).exists()


def seal(of: Child, *named: Staff, by: Staff) -> Wall:
    return as_(by, sealing.seal, of, named=named, reason=REASON)


def test_a_record_is_sealed_changed_and_opened_again(ellis: Child, worker: Staff, head: Staff) -> None:
    manager, nurse = staff("manager"), staff("specialist")
    seal(ellis, worker, manager, by=head)
    assert [sees(who, ellis) for who in (worker, manager, head, nurse)] == [True, True, False, False]

    as_(manager, sealing.name_on_seal, ellis, staff=nurse)
    assert sees(nurse, ellis)
    as_(manager, sealing.take_off_seal, ellis, staff=nurse)
    assert not sees(nurse, ellis)
    assert not access_of(nurse, timezone.now()).exists()

    as_(manager, sealing.unseal, ellis, reason="The relative has left.")
    assert [sees(who, ellis) for who in (worker, manager, head, nurse)] == [True, True, True, False]
    assert not Access.objects.at(timezone.now()).filter(basis=Access.Basis.NAMED).exists()
    assert not WallKey.objects.filter(until__isnull=True).exists()
    events = (
        LogEntry.objects.filter(subject=ellis.pk, event__contains="seal").order_by("at").values_list("event", flat=True)
    )
    assert list(events) == ["child.sealed", "child.seal_named", "child.seal_unnamed", "child.unsealed"]


def test_whoever_takes_themselves_off_sees_it_no_more(ellis: Child, worker: Staff, head: Staff) -> None:
    manager = staff("manager")
    seal(ellis, worker, manager, head, by=head)
    as_(manager, sealing.take_off_seal, ellis, staff=manager)
    assert not sees(manager, ellis)
    with pytest.raises(NotFound):
        as_(manager, sealing.name_on_seal, ellis, staff=manager)


def test_the_child_stays_safe_with_those_who_are_named(ellis: Child, worker: Staff, head: Staff) -> None:
    other, volunteer = staff("practitioner"), staff("panel_volunteer")
    for named, words in (
        ([head], "at least two people"),
        ([worker, other], "at least one manager"),
        ([head, other], "Name the worker who holds this child"),
        ([head, worker, volunteer], "opens no child’s record"),
    ):
        with pytest.raises(Refused, match=words):
            seal(ellis, *named, by=head)
    with pytest.raises(Refused, match="Say why"):
        as_(head, sealing.seal, ellis, named=[head, worker], reason="Because")
    assert not Wall.objects.exists()

    seal(ellis, worker, head, by=head)
    for one, words in ((worker, "at least two"), (other, "not named on this record")):
        with pytest.raises(Refused, match=words):
            as_(head, sealing.take_off_seal, ellis, staff=one)
    as_(head, sealing.name_on_seal, ellis, staff=other)
    for one, words in ((worker, "Name the worker who holds"), (head, "at least one manager")):
        with pytest.raises(Refused, match=words):
            as_(head, sealing.take_off_seal, ellis, staff=one)
    with pytest.raises(Refused, match="named on this record already"):
        as_(head, sealing.name_on_seal, ellis, staff=other)
    with pytest.raises(Refused, match="sealed already"):
        seal(ellis, worker, head, by=head)


def test_a_child_whom_nobody_holds_is_sealed_to_two(ellis: Child, head: Staff) -> None:
    let_go(ellis, by=head)
    manager = staff("manager")
    seal(ellis, head, manager, by=head)
    assert sees(manager, ellis)


@pytest.mark.parametrize("role", ["practitioner", "specialist", "business_support", "performance_officer", None])
def test_only_those_who_seal_do(role: str | None, ellis: Child, worker: Staff, head: Staff) -> None:
    with pytest.raises(NotAllowed):
        seal(ellis, worker, head, by=staff(role))
    seal(ellis, worker, head, by=head)
    with pytest.raises(NotAllowed):
        as_(worker, sealing.unseal, ellis, reason="I should like it open.")


def test_a_seal_that_is_not_theirs_is_as_if_there_were_none(ellis: Child, worker: Staff, head: Staff) -> None:
    manager = staff("manager")
    seal(ellis, worker, head, by=head)
    for deed, said in (
        (sealing.unseal, {"reason": "I should like it open."}),
        (sealing.name_on_seal, {"staff": manager}),
        (sealing.take_off_seal, {"staff": worker}),
        (actions.allocate, {"to": staff("practitioner")}),
    ):
        with pytest.raises(NotFound):
            as_(manager, deed, ellis, **said)
    as_seen_by(head)
    assert Wall.objects.get().ended_at is None


def test_the_page_of_a_sealed_record_names_the_named_only(ellis: Child, worker: Staff, head: Staff) -> None:
    nurse, manager = staff("specialist"), staff("manager")
    as_(head, actions.involve, ellis, staff=nurse)
    seal(ellis, worker, manager, by=head)
    as_seen_by(worker)
    assert who_may_open(ellis, timezone.now()).everybody == {worker.pk, manager.pk}
