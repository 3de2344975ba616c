"""A deputy holds a manager's role for a time, and the log says for whom they acted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff, team
from waypost.access import accounts, deputies
from waypost.access.models import LogEntry, RoleHeld, Staff
from waypost.access.permissions import Permission
from waypost.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
REVIEW = Permission.REVIEW_REASONS


def day(days: int = 7) -> date:
    return timezone.localdate() + timedelta(days=days)


def named(manager: Staff, to: Staff, *, by: Staff | None = None, until: date | None = None) -> RoleHeld:
    return deputies.deputise(manager, to=to, until=until or day(), by=by or manager, at=timezone.now())


def test_a_deputy_manages_until_the_last_day_and_no_longer() -> None:
    manager, colleague = staff("manager"), staff("practitioner")
    held = named(manager, colleague, until=day(3))
    now = timezone.now()
    assert colleague.may(REVIEW, now)
    assert held.deputy_for == manager
    assert (colleague.may(REVIEW, now + timedelta(days=2)), colleague.may(REVIEW, now + timedelta(days=5))) == (
        True,
        False,
    )
    assert LogEntry.objects.get(event="account.deputy_named").subject == colleague.pk


@pytest.mark.parametrize("who", ["manager", "deputy", "administrator"])
def test_it_is_ended_sooner_by_those_it_is_about(who: str) -> None:
    people = {"manager": staff("manager"), "deputy": staff("practitioner"), "administrator": staff("administrator")}
    held = named(people["manager"], people["deputy"])
    with pytest.raises(NotAllowed):
        deputies.end(held, by=staff("manager"), at=timezone.now())
    deputies.end(held, by=people[who], at=timezone.now())
    assert not people["deputy"].may(REVIEW, timezone.now())
    with pytest.raises(Refused, match="already ended"):
        deputies.end(held, by=people[who], at=timezone.now())


def test_who_names_whom() -> None:
    manager, colleague, boss = staff("manager"), staff("practitioner"), staff("administrator")
    named(manager, colleague, by=boss)
    with pytest.raises(NotAllowed, match="names their own deputy"):
        named(manager, colleague, by=staff("manager"))
    with pytest.raises(NotAllowed):
        named(manager, colleague, by=staff("practitioner"))
    colleague.ask_roles_again()
    for away, to, by, words in (
        (manager, manager, manager, "their own deputy"),
        (manager, staff("board_member"), manager, "works with children’s records"),
        (manager, staff("practitioner", is_active=False, ended=day(0)), manager, "works with children’s records"),
        (manager, colleague, manager, "deputy already"),
        (colleague, staff("practitioner"), colleague, "a deputy names no other"),
        (staff("practitioner"), colleague, boss, "Only a manager has a deputy"),
        (manager, boss, boss, "makes themselves a deputy"),
    ):
        with pytest.raises(Refused, match=words):
            named(away, to, by=by)
    for until, words in ((day(-1), "already past"), (day(93), "92 days at most")):
        with pytest.raises(Refused, match=words):
            named(manager, staff("practitioner"), until=until)


def test_the_log_names_both_and_only_where_the_deputy_needs_the_role() -> None:
    riverside, hillside = team(name="Riverside"), team(name="Hillside")
    manager, worker = staff("manager", team=riverside), staff("practitioner", team=riverside)
    other = staff("manager", team=hillside)
    named(manager, worker)
    named(manager, other)
    now = timezone.now()
    assert deputies.acting_for(worker, REVIEW, at=now) == manager
    assert deputies.acting_for(worker, Permission.OPEN_CHILDREN, at=now) is None, "their own role allows it"
    assert deputies.acting_for(other, REVIEW, at=now) is None
    assert deputies.acting_for(other, REVIEW, at=now, team=riverside.pk) == manager, "it is of the manager’s team"
    assert deputies.acting_for(other, REVIEW, at=now, team=hillside.pk) is None
    assert deputies.teams_managed(other, now) == {riverside.pk, hillside.pk}
    assert deputies.teams_managed(worker, now) == {riverside.pk}


def test_a_deputy_whose_account_ends_is_one_no_longer() -> None:
    manager, colleague = staff("manager"), staff("practitioner")
    named(manager, colleague)
    accounts.end(colleague, by=staff("administrator"), at=timezone.now())
    assert not deputies.running(timezone.now()).exists()


def test_the_page_names_and_ends(signed_in: Callable[[Staff], Client]) -> None:
    manager, colleague = staff("manager"), staff("practitioner", name="Idris Vane")
    client, until = signed_in(manager), day(3)
    typed = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    page = reverse("deputies")
    assert client.post(page, {"manager": staff("manager").pk, "to": colleague.pk, **typed}).status_code == 422
    assert client.post(page, {"manager": manager.pk, "to": colleague.pk, **typed}).status_code == 302
    assert "Idris Vane" in client.get(page).text
    held = colleague.roles_held.get(role="manager")
    assert "A deputy names no deputy" in signed_in(colleague).get(page).text
    assert client.post(reverse("deputy_end", kwargs={"held": held.pk})).status_code == 302
    assert not colleague.may(REVIEW, timezone.now())
