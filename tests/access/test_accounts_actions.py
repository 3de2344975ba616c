"""What an administrator does: what changes, what stands in the log, who is refused and what stays as it was."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories import staff, team
from tests.support.sign_in import second_factor_of
from waypost.access import accounts
from waypost.access.log_models import LogEntry
from waypost.access.models import Access, RoleHeld, Staff
from waypost.access.permissions import ROLES, Permission
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def boss(time_machine) -> Staff:
    time_machine.move_to(NOW, tick=False)
    return staff("administrator")


def logged(subject) -> list[str]:
    return list(LogEntry.objects.filter(subject=subject.pk).order_by("at").values_list("event", flat=True))


class TestAdd:
    def test_an_account_without_role_or_password(self, boss: Staff) -> None:
        riverside = team(name="Riverside")
        email = "  Ada.Stone@Example.ORG "
        person = accounts.add(name="Ada Stone", email=email, team=riverside, by=boss, on=date(2026, 5, 11))
        assert (person.email, person.team, person.joined) == ("ada.stone@example.org", riverside, date(2026, 5, 11))
        assert (person.roles(), person.has_usable_password()) == ((), False)
        assert logged(person) == ["account.added"]

    def test_one_e_mail_is_one_account(self, boss: Staff) -> None:
        staff(email="ada.stone@example.org", name="Ada Stone")
        with pytest.raises(Refused, match="Ada Stone already has an account with this e-mail"):
            accounts.add(name="A. Stone", email="ADA.STONE@example.org", by=boss, on=date(2026, 5, 11))

    def test_who_comes_back_gets_their_old_account(self, boss: Staff) -> None:
        staff(email="ada.stone@example.org", name="Ada Stone", is_active=False, ended=date(2026, 1, 5))
        with pytest.raises(Refused, match="Open that account again instead"):
            accounts.add(name="Ada Stone", email="ada.stone@example.org", by=boss, on=date(2026, 5, 11))


class TestRoles:
    def test_given_now_by_somebody_until_further_notice(self, boss: Staff) -> None:
        person = staff(None)
        held = accounts.give_role(person, role="manager", by=boss, at=NOW)
        assert (held.since, held.until, held.given_by) == (NOW, None, boss)
        assert Staff.objects.get(pk=person.pk).may(Permission.SET_STATUS)
        assert logged(person) == ["account.role_given"]

    def test_a_last_day_lasts_until_midnight_in_london(self, boss: Staff) -> None:
        person = staff(None)
        held = accounts.give_role(person, role="auditor", until=date(2026, 7, 1), by=boss, at=NOW)
        assert held.until == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)  # summer time
        assert person.roles(held.until - timedelta(microseconds=1)) == ("auditor",)
        assert person.roles(held.until) == ()

    def test_taken_now_by_somebody_and_kept_as_a_fact(self, boss: Staff) -> None:
        person = staff("manager")
        held = person.roles_held.get()
        accounts.take_role(held, by=boss, at=NOW)
        held.refresh_from_db()
        assert (held.until, held.taken_by) == (NOW, boss)
        assert person.roles(NOW) == ()
        assert person.roles(NOW - timedelta(seconds=1)) == ("manager",)
        assert logged(person) == ["account.role_taken"]

    def test_a_role_ends_once(self, boss: Staff) -> None:
        held = staff("manager").roles_held.get()
        accounts.take_role(held, by=boss, at=NOW)
        with pytest.raises(Refused, match="has already ended"):
            accounts.take_role(held, by=boss, at=NOW + timedelta(days=1))

    def test_the_same_role_may_be_held_again_later(self, boss: Staff) -> None:
        person = staff("manager")
        accounts.take_role(person.roles_held.get(), by=boss, at=NOW)
        accounts.give_role(person, role="manager", by=boss, at=NOW + timedelta(days=1))
        assert person.roles_held.count() == 2

    def test_the_last_administrator_stays_one(self, boss: Staff) -> None:
        with pytest.raises(Refused, match="Give the role to another person first"):
            accounts.take_role(boss.roles_held.get(), by=boss, at=NOW)
        assert boss.roles(NOW) == ("administrator",)
        assert logged(boss) == []

    @pytest.mark.parametrize("other", ["whose role has a last day", "whose account has ended"])
    def test_an_administrator_who_will_not_be_one_does_not_count(self, boss: Staff, other: str) -> None:
        second = staff(None)
        until = date(2026, 5, 20) if other == "whose role has a last day" else None
        accounts.give_role(second, role="administrator", until=until, by=boss, at=NOW)
        if until is None:
            accounts.end(second, by=boss, at=NOW + timedelta(hours=1))
        with pytest.raises(Refused, match="No administrator would be left"):
            accounts.take_role(boss.roles_held.get(), by=boss, at=NOW + timedelta(hours=2))

    def test_with_two_administrators_one_may_stop(self, boss: Staff) -> None:
        staff("administrator")
        accounts.take_role(boss.roles_held.get(), by=boss, at=NOW)
        assert boss.roles(NOW) == ()


class TestEnd:
    def test_everything_that_opens_a_door_goes_and_the_name_stays(self, boss: Staff) -> None:
        person = staff("manager", "duty_officer")
        second_factor_of(person)
        Access.objects.create(staff=person, child=new_id(), basis="allocated", since=NOW - timedelta(days=90))
        accounts.end(person, by=boss, at=NOW)

        person.refresh_from_db()
        assert (person.is_active, person.ended, person.has_usable_password()) == (False, date(2026, 5, 11), False)
        assert person.roles(NOW) == ()
        assert not Authenticator.objects.filter(user=person).exists()
        assert not Access.objects.at(NOW).exists()
        assert {one.taken_by for one in person.roles_held.all()} == {boss}
        assert logged(person) == ["account.ended"]

    def test_opened_again_it_has_no_role_and_no_password(self, boss: Staff) -> None:
        person = staff("manager")
        accounts.end(person, by=boss, at=NOW)
        accounts.reopen(person, by=boss)
        person = Staff.objects.get(pk=person.pk)
        assert (person.is_active, person.ended, person.roles(NOW)) == (True, None, ())
        assert not person.has_usable_password()

    def test_nobody_ends_their_own(self, boss: Staff) -> None:
        staff("administrator")
        with pytest.raises(Refused, match="cannot end your own"):
            accounts.end(boss, by=boss, at=NOW)


def test_moving_and_teams(boss: Staff) -> None:
    person = staff()
    riverside = accounts.add_team("  Riverside   ", by=boss)
    assert riverside.name == "Riverside"
    accounts.move(person, team=riverside, by=boss, at=NOW)
    person.refresh_from_db()
    assert person.team == riverside
    accounts.move(person, team=None, by=boss, at=NOW)
    assert logged(person) == ["account.moved", "account.moved"]
    with pytest.raises(Refused, match="a team called riverside already"):
        accounts.add_team("riverside", by=boss)


def test_a_lost_telephone_is_forgotten_once(boss: Staff) -> None:
    person = staff()
    second_factor_of(person)
    accounts.forget_second_factor(person, by=boss)
    assert not Authenticator.objects.filter(user=person).exists()
    with pytest.raises(Refused, match="has no second factor to forget"):
        accounts.forget_second_factor(person, by=boss)


def test_a_password_link_is_not_for_an_ended_account(boss: Staff) -> None:
    with pytest.raises(Refused, match="Open it again first"):
        accounts.password_link(staff(is_active=False, ended=date(2026, 1, 5)), by=boss)


class TestFirstAdministrator:
    def test_makes_the_account_that_makes_the_others(self, time_machine) -> None:
        time_machine.move_to(NOW, tick=False)
        first = accounts.first_administrator(name="Ada", email="ada@example.org", at=NOW, roles=["head_of_service"])
        assert set(first.roles(NOW)) == {"administrator", "head_of_service"}
        assert logged(first) == ["account.added", "account.role_given", "account.role_given"]
        assert accounts.add(name="Ben", email="ben@example.org", by=first, on=NOW.date()).pk

    def test_only_while_there_is_none(self, boss: Staff) -> None:
        with pytest.raises(Refused, match="There is an administrator already"):
            accounts.first_administrator(name="Ada", email="ada@example.org", at=NOW)


ASKED = {
    "add": lambda person, by: accounts.add(name="Ada", email="ada@example.org", by=by, on=NOW.date()),
    "end": lambda person, by: accounts.end(person, by=by, at=NOW),
    "reopen": lambda person, by: accounts.reopen(person, by=by),
    "give_role": lambda person, by: accounts.give_role(person, role="manager", by=by, at=NOW),
    "take_role": lambda person, by: accounts.take_role(person.roles_held.get(), by=by, at=NOW),
    "move": lambda person, by: accounts.move(person, team=None, by=by, at=NOW),
    "add_team": lambda person, by: accounts.add_team("Riverside", by=by),
    "password_link": lambda person, by: accounts.password_link(person, by=by),
    "forget_second_factor": lambda person, by: accounts.forget_second_factor(person, by=by),
}


@pytest.mark.parametrize("action", ASKED)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_nobody_else_does_any_of_it(action: str, role: str) -> None:
    person, other = staff(), staff(role)
    with pytest.raises(NotAllowed, match="Ask an administrator"):
        ASKED[action](person, other)
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("action", ASKED)
def test_an_administrator_whose_account_ended_does_none_of_it(action: str) -> None:
    with pytest.raises(NotAllowed, match="Your account has ended"):
        ASKED[action](staff(), staff("administrator", is_active=False, ended=date(2026, 1, 5)))


class TestTheDatabaseHoldsIt:
    def test_a_visiting_role_without_an_end(self) -> None:
        with pytest.raises(IntegrityError, match="visiting_role_has_an_end"):
            RoleHeld.objects.create(staff=staff(None), role="auditor")

    def test_one_role_twice_at_once(self) -> None:
        person = staff("manager")
        with pytest.raises(IntegrityError, match="one_open_role"):
            RoleHeld.objects.create(staff=person, role="manager")

    @pytest.mark.parametrize("fields", [{"is_active": False}, {"ended": date(2026, 1, 5)}])
    def test_an_account_half_ended(self, fields) -> None:
        with pytest.raises(IntegrityError, match="an_account_is_active_or_has_ended"):
            staff(**fields)

    def test_an_e_mail_in_capitals(self) -> None:
        with pytest.raises(IntegrityError, match="email_is_in_small_letters"):
            staff(email="Ada@example.org")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_s_role_at_once_leave_one() -> None:
    pair = [staff("administrator"), staff("administrator")]
    start, told = threading.Barrier(2), []

    def take(mine: Staff, theirs: Staff) -> None:
        try:
            start.wait(timeout=10)
            accounts.take_role(theirs.roles_held.get(), by=Staff.objects.get(pk=mine.pk), at=timezone.now())
            told.append("taken")
        except Refused as refusal:
            told.append(refusal.reason)
        finally:
            connection.close()

    both = [threading.Thread(target=take, args=(pair[n], pair[1 - n])) for n in (0, 1)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=30)

    assert RoleHeld.objects.filter(role="administrator", until=None).count() == 1
    assert sorted(told)[1] == "taken"
    assert "Ask" in sorted(told)[0] or "No administrator would be left" in sorted(told)[0]


def test_a_change_that_fails_leaves_no_row_in_the_log() -> None:
    boss, person = staff("administrator"), staff()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        accounts.give_role(person, role="manager", by=boss, at=timezone.now())
        _ = 1 / 0
    assert logged(person) == []
    assert person.roles(timezone.now()) == ("practitioner",)
