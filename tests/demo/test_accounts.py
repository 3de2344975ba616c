"""The invented accounts: one to sign in for each role, only in an empty database, drawn afresh."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import service, staff
from waypost.access.log_models import LogEntry
from waypost.access.models import RoleHeld, Service, Staff
from waypost.access.permissions import ROLES
from waypost.demo.accounts import PEOPLE, load_accounts, redraw_passwords
from waypost.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_one_person_signs_in_for_each_role() -> None:
    drawn = load_accounts()

    assert sorted(each.role for each in drawn) == sorted(ROLES)
    for each in drawn:
        answer = Client().post("/sign-in/", {"login": each.email, "password": each.password})
        assert (answer.status_code, answer["Location"]) == (302, "/"), each.role
        assert Staff.objects.get(email=each.email).roles() == (each.role,)


def test_every_page_of_it_says_so() -> None:
    load_accounts()
    assert Service.objects.get().demonstration
    assert "Alder Vale Youth Justice Service is invented" in Client().get("/sign-in/").content.decode()


def test_visiting_roles_end_and_every_role_was_given_by_somebody() -> None:
    load_accounts()
    held = RoleHeld.objects.exclude(role="administrator")
    assert held.count() == len(PEOPLE) - 1
    assert not held.filter(given_by=None).exists()
    assert {one.role for one in held if one.until} == {"auditor", "inspector"}


def test_passwords_are_long_differ_and_are_drawn_afresh() -> None:
    before = {each.email: each.password for each in load_accounts()}
    after = {each.email: each.password for each in redraw_passwords()}

    assert before.keys() == after.keys()
    assert len({*before.values(), *after.values()}) == 2 * len(ROLES)
    assert all(len(password) == 19 for password in after.values())
    email, old = next(iter(before.items()))
    assert Client().post("/sign-in/", {"login": email, "password": old}).status_code == 200


def test_it_is_in_the_log() -> None:
    load_accounts()
    events = list(LogEntry.objects.values_list("event", flat=True))
    assert events.count("account.added") == len(PEOPLE)
    assert events.count("account.password_drawn") == len(ROLES)


@pytest.mark.parametrize("there_is", [lambda: staff(), lambda: service(demonstration=False)])
def test_only_into_an_empty_database(there_is) -> None:
    there_is()
    before = Staff.objects.count()
    with pytest.raises(Refused, match="an empty database"):
        load_accounts()
    assert Staff.objects.count() == before


def test_no_password_is_drawn_in_a_service_with_real_people() -> None:
    service(demonstration=False)
    with pytest.raises(Refused, match="for the demonstration only"):
        redraw_passwords()
