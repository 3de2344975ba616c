"""Who works with a child: given, covered, listed, sampled, ended; by whom it may be done, and who sees what afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import staff, team
from tests.people.children import as_seen_by, child, held, let_go, sealed
from waypost.access import accounts, log, opening
from waypost.access.models import Access, LogEntry, Staff, access_of
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.models import Allocation, Child, Cover
from waypost.people.need_to_know import actions
from waypost.people.need_to_know.today import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", team=team(name="Riverside"))


def now() -> datetime:
    return timezone.now()


def day(days: int = 7) -> date:
    return timezone.localdate() + timedelta(days=days)


def sees(who: Staff, of: Child, at: datetime | None = None) -> bool:
    as_seen_by(who)
    return Child.objects.visible_to(who, at or now()).filter(pk=of.pk).exists()


def as_(by: Staff, deed: Callable[..., Any], *args: Any, **said: Any) -> Any:
    as_seen_by(by)
    return deed(*args, by=by, at=now(), **said)


def logged(event: str) -> LogEntry:
    return LogEntry.objects.get(event=event)


def test_a_child_is_given_to_a_worker_and_their_team_and_no_longer_to_who_held_it(head: Staff, worker: Staff) -> None:
    colleague, other = staff("practitioner", team=worker.team), staff("practitioner", team=team(name="Hillside"))
    ellis = held(worker, entered_by=head)
    assert (sees(worker, ellis), sees(colleague, ellis), sees(other, ellis)) == (True, True, False)

    given = as_(head, actions.allocate, ellis, to=other)

    assert (sees(worker, ellis), sees(colleague, ellis), sees(other, ellis)) == (False, False, True)
    assert actions.holder(ellis, now()) == other
    as_(head, actions.allocate, ellis, to=worker)
    as_seen_by(head)
    assert [(one.staff, one.until is None) for one in Allocation.objects.all()] == [(other, False), (worker, True)]
    assert LogEntry.objects.filter(event="child.allocated", subject=ellis.pk, actor=head.pk).count() == 2
    assert log.matches(
        LogEntry.objects.filter(event="child.allocated").order_by("at")[0],
        detail={"to": given.staff_id, "before": worker.pk},
    )


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("specialist", "does not hold children"),
        ("manager", "does not hold children"),
        ("auditor", "does not hold children"),
        ("same", "hold this child already"),
        ("ended", "account has ended"),
    ],
)
def test_a_child_is_not_given_to_somebody_who_cannot_hold_it(to: str, words: str, head: Staff, worker: Staff) -> None:
    ellis = held(worker, entered_by=head)
    whom = (
        worker if to == "same" else staff("practitioner", is_active=False, ended=day(0)) if to == "ended" else staff(to)
    )
    with pytest.raises(Refused, match=words):
        as_(head, actions.allocate, ellis, to=whom)
    assert actions.holder(ellis, now()) == worker


def test_a_page_that_was_overtaken_gives_nothing(head: Staff, worker: Staff) -> None:
    ellis, second, third = held(worker, entered_by=head), staff("practitioner"), staff("practitioner")
    as_(head, actions.allocate, ellis, to=second, instead_of=str(worker.pk))
    with pytest.raises(Refused, match="since you opened the page"):
        as_(head, actions.allocate, ellis, to=third, instead_of=str(worker.pk))
    assert actions.holder(ellis, now()) == second


def test_a_specialist_is_involved_until_a_day_or_until_somebody_ends_it(head: Staff, worker: Staff) -> None:
    ellis, nurse, officer = held(worker, entered_by=head), staff("specialist", agency="health"), staff("specialist")
    as_(head, actions.involve, ellis, staff=nurse)
    as_(head, actions.involve, ellis, staff=officer, until=day(7))
    assert sees(nurse, ellis)
    assert (sees(officer, ellis, now() + timedelta(days=6)), sees(officer, ellis, now() + timedelta(days=9))) == (
        True,
        False,
    )
    as_(head, actions.end_access, ellis, staff=nurse)
    assert not sees(nurse, ellis)
    with pytest.raises(Refused, match="no access to this child that can be ended here"):
        as_(head, actions.end_access, ellis, staff=nurse)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("manager", "opens every record"),
        ("auditor", "Make a sample"),
        ("board_member", "opens no child’s record"),
        (None, "opens no child’s record"),
    ],
)
def test_who_cannot_be_involved(role: str | None, words: str, head: Staff, worker: Staff) -> None:
    ellis, whom = held(worker, entered_by=head), staff(role)
    with pytest.raises(Refused, match=words):
        as_(head, actions.involve, ellis, staff=whom)


def test_a_colleague_covers_every_child_of_somebody_away_and_those_given_meanwhile(head: Staff, worker: Staff) -> None:
    first, second, colleague = held(worker, entered_by=head), held(worker, entered_by=head), staff("practitioner")
    later = child(head, given="Bryony")
    cover = as_(head, actions.cover, worker, colleague=colleague, until=day(7))
    as_(head, actions.allocate, later, to=worker)
    assert [sees(colleague, one) for one in (first, second, later)] == [True] * 3
    assert not sees(colleague, first, now() + timedelta(days=9))

    as_(head, actions.allocate, second, to=staff("practitioner"))
    assert [sees(colleague, one) for one in (first, second, later)] == [True, False, True]

    as_(head, actions.end_cover, cover)
    assert [sees(colleague, one) for one in (first, second, later)] == [False] * 3
    with pytest.raises(Refused, match="ended already"):
        as_(head, actions.end_cover, cover)


def test_ending_one_of_two_covers_leaves_the_other(head: Staff, worker: Staff) -> None:
    ellis, colleague = held(worker, entered_by=head), staff("practitioner")
    as_(head, actions.cover, worker, colleague=colleague, until=day(3))
    long = as_(head, actions.cover, worker, colleague=colleague, until=day(20))
    as_(head, actions.end_cover, long)
    assert sees(colleague, ellis)
    assert not sees(colleague, ellis, now() + timedelta(days=5))


@pytest.mark.parametrize(
    ("role", "days", "words"),
    [
        ("specialist", 7, "does not hold children"),
        ("practitioner", -1, "already past"),
        ("practitioner", 93, "92 days at most"),
    ],
)
def test_a_cover_that_is_none(role: str, days: int, words: str, head: Staff, worker: Staff) -> None:
    held(worker, entered_by=head)
    with pytest.raises(Refused, match=words):
        as_(head, actions.cover, worker, colleague=staff(role), until=day(days))
    assert not Cover.objects.exists()
    with pytest.raises(Refused, match="covers for themselves"):
        as_(head, actions.cover, worker, colleague=worker, until=day())
    with pytest.raises(Refused, match="holds no children"):
        as_(head, actions.cover, staff("practitioner"), colleague=worker, until=day())


def test_todays_list_is_open_to_those_on_duty_until_midnight_in_london(time_machine: Any) -> None:
    time_machine.move_to("2026-07-14T22:30:00Z", tick=False)  # half past eleven in London
    head, worker, on_duty, at_court = (
        staff(role) for role in ("head_of_service", "practitioner", "duty_officer", "court_officer")
    )
    ellis = held(worker, entered_by=head)
    assert as_(worker, actions.put_on_todays_list, ellis) == 2
    assert sees(on_duty, ellis)
    assert sees(at_court, ellis)

    late = staff("practitioner")
    boss = staff("administrator")
    accounts.give_role(late, role="duty_officer", by=boss, at=now())
    late.ask_roles_again()
    assert sees(late, ellis)
    with pytest.raises(Refused, match="on today’s list already"):
        as_(worker, actions.put_on_todays_list, ellis)

    accounts.take_role(late.roles_held.get(role="duty_officer"), by=boss, at=now() + timedelta(seconds=1))
    time_machine.move_to("2026-07-14T22:40:00Z", tick=False)
    late.ask_roles_again()
    assert not sees(late, ellis)

    time_machine.move_to("2026-07-14T23:00:00Z", tick=False)
    assert not sees(on_duty, ellis)


def test_a_list_that_nobody_reads_is_refused_and_a_child_is_taken_off_it(head: Staff, worker: Staff) -> None:
    ellis = held(worker, entered_by=head)
    with pytest.raises(Refused, match="Nobody is on duty"):
        as_(worker, actions.put_on_todays_list, ellis)
    on_duty = staff("duty_officer")
    as_(worker, actions.put_on_todays_list, ellis)
    as_(worker, actions.take_off_todays_list, ellis)
    assert not sees(on_duty, ellis)
    with pytest.raises(Refused, match="not on today’s list"):
        as_(worker, actions.take_off_todays_list, ellis)


def test_a_sample_opens_named_sections_until_a_day(head: Staff, worker: Staff) -> None:
    from waypost.people.need_to_know.reach import reach

    ellis, bryony, auditor = held(worker, entered_by=head), held(worker, entered_by=head), staff("auditor")
    as_(head, actions.sample, [ellis, bryony, ellis], auditor=auditor, sections=["entries", "identity"], until=day(7))
    as_seen_by(auditor)
    assert reach(auditor, ellis, now()).reads == {"entries", "identity"}
    assert reach(auditor, ellis, now()).writes == frozenset()
    assert [sees(auditor, one) for one in (ellis, bryony)] == [True, True]
    assert not sees(auditor, ellis, now() + timedelta(days=9))
    as_(head, actions.end_access, ellis, staff=auditor)
    assert [sees(auditor, one) for one in (ellis, bryony)] == [False, True]


@pytest.mark.parametrize(
    ("role", "sections", "words"),
    [
        ("practitioner", ["entries"], "for an auditor or an inspector"),
        ("auditor", [], "at least one section"),
        ("inspector", ["everything"], "at least one section"),
    ],
)
def test_a_sample_that_is_none(role: str, sections: list[str], words: str, head: Staff, worker: Staff) -> None:
    ellis = held(worker, entered_by=head)
    with pytest.raises(Refused, match=words):
        as_(head, actions.sample, [ellis], auditor=staff(role), sections=sections, until=day())
    with pytest.raises(Refused, match="at least one child"):
        as_(head, actions.sample, [], auditor=staff("auditor"), sections=["entries"], until=day())


DEEDS: dict[str, Callable[[Staff, Child, Staff], Any]] = {
    "allocate": lambda by, of, to: as_(by, actions.allocate, of, to=to),
    "involve": lambda by, of, to: as_(by, actions.involve, of, staff=to),
    "end": lambda by, of, to: as_(by, actions.end_access, of, staff=to),
    "sample": lambda by, of, to: as_(by, actions.sample, [of], auditor=to, sections=["entries"], until=day()),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "role", ["practitioner", "specialist", "business_support", "performance_officer", "auditor", None]
)
def test_only_those_who_give_access_give_it(deed: str, role: str | None, head: Staff, worker: Staff) -> None:
    ellis, before = held(worker, entered_by=head), Access.objects.count()
    with pytest.raises(NotAllowed):
        DEEDS[deed](staff(role), ellis, staff("practitioner"))
    assert Access.objects.count() == before


@pytest.mark.parametrize("deed", [*DEEDS, "list"])
def test_a_sealed_record_is_not_there_to_be_given(deed: str, head: Staff, worker: Staff) -> None:
    """Row security: whoever is not named does nothing to a sealed record, whatever their role."""
    ellis, manager = held(worker, entered_by=head), staff("manager")
    sealed(ellis, worker, head, by=head)
    staff("duty_officer")
    before = list(Access.objects.order_by("pk").values_list("pk", "until"))
    with pytest.raises(NotFound):
        if deed == "list":
            as_(manager, actions.put_on_todays_list, ellis)
        else:
            DEEDS[deed](manager, ellis, staff("practitioner"))
    assert list(Access.objects.order_by("pk").values_list("pk", "until")) == before


def test_a_cover_does_not_open_what_is_sealed(head: Staff, worker: Staff) -> None:
    ellis, bryony, colleague = held(worker, entered_by=head), held(worker, entered_by=head), staff("practitioner")
    sealed(ellis, worker, head, by=head)
    as_(staff("manager"), actions.cover, worker, colleague=colleague, until=day())
    assert (sees(colleague, ellis), sees(colleague, bryony)) == (False, True)


# The diary of who may -------------------------------------------------------------------------------------------------


def test_what_a_role_opened_is_closed_when_the_role_ends(head: Staff, worker: Staff) -> None:
    ellis, boss = held(worker, entered_by=head), staff("administrator")
    auditor, colleague = staff("auditor", "specialist"), staff("practitioner", team=worker.team)
    as_(head, actions.sample, [ellis], auditor=auditor, sections=["entries"], until=day())
    opening.change_team(colleague, at=now(), by=boss)
    assert (sees(auditor, ellis), sees(colleague, ellis)) == (True, True)
    for person, role in ((auditor, "auditor"), (colleague, "practitioner")):
        accounts.take_role(person.roles_held.get(role=role), by=boss, at=now())
        person.ask_roles_again()
        assert not sees(person, ellis), role


def test_what_a_team_opened_is_closed_when_somebody_moves(head: Staff, worker: Staff) -> None:
    ellis, colleague = held(worker, entered_by=head), staff("practitioner")
    boss, hillside = staff("administrator"), team(name="Hillside")
    for to, seen in ((worker.team, True), (hillside, False)):
        accounts.move(colleague, team=to, by=boss, at=now())
        assert sees(colleague, ellis) is seen
    accounts.move(worker, team=hillside, by=boss, at=now())
    assert sees(colleague, ellis)


def test_an_account_that_ended_sees_nothing_and_nothing_comes_back_with_it(head: Staff, worker: Staff) -> None:
    ellis, boss = held(worker, entered_by=head), staff("administrator")
    accounts.end(worker, by=boss, at=now())
    worker.refresh_from_db()
    worker.ask_roles_again()
    assert not sees(worker, ellis)
    accounts.reopen(worker, by=boss)
    accounts.give_role(worker, role="practitioner", by=boss, at=now())
    back = Staff.objects.get(pk=worker.pk)
    assert not sees(back, ellis)
    assert not access_of(back, now()).exists()


def test_a_child_whose_worker_left_is_still_seen_and_a_manager_is_told(head: Staff, worker: Staff) -> None:
    colleague, cover = staff("practitioner", team=worker.team), staff("practitioner")
    ellis, manager = held(worker, entered_by=head), staff("manager")
    as_(head, actions.cover, worker, colleague=cover, until=day(7))
    accounts.end(worker, by=staff("administrator"), at=now())
    assert [sees(who, ellis) for who in (colleague, cover)] == [True, True]
    as_seen_by(manager)
    assert [(line.late, line.do, line.about) for line in today(manager, now())] == [(True, "Give the child", ellis.pk)]
    as_(manager, actions.allocate, ellis, to=staff("practitioner"))
    assert [sees(who, ellis) for who in (colleague, cover)] == [False, False]
    as_seen_by(manager)
    assert today(manager, now()) == []


def test_who_held_a_child_and_who_holds_it_now_are_told_for_a_week(head: Staff, worker: Staff) -> None:
    ellis, other = held(worker, entered_by=head), staff("practitioner", name="Idris Vane")
    as_(head, actions.allocate, ellis, to=other)

    def told(who: Staff, days: int) -> list[tuple[str, str]]:
        as_seen_by(who)
        return [(line.mark, line.title) for line in today(who, now() + timedelta(days=days))]

    assert told(worker, 0) == [("With another", f"Child {ellis.number} is no longer yours")]
    assert told(other, 0) == [("New to you", "Ellis Marden is yours to work with")]
    assert (told(worker, 8), told(other, 8)) == ([], [])


def test_a_child_let_go_is_held_by_nobody(head: Staff, worker: Staff) -> None:
    ellis = held(worker, entered_by=head)
    let_go(ellis, by=head)
    assert actions.holder(ellis, now()) is None
    as_(head, actions.allocate, ellis, to=worker, instead_of="")
    assert sees(worker, ellis)
