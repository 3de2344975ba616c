"""The pages about staff are in the log with everyone they showed, as the pages about the plan are; none without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.factories import staff, team
from waypost.access import log, matrix
from waypost.access.models import LogEntry, Staff, Team

pytestmark = pytest.mark.django_db
PAGES = {"staff", "staff_person", "staff_end", "teams", "deputies", "log"}
NOBODY_ELSE = {  # page of this room → why it leaves no row of having been looked at
    "my_account": "their own account",
    "staff_add": "an empty form",
    **dict.fromkeys(
        ["account_change_password", "account_set_password", "account_reauthenticate"], "their own password"
    ),
    **dict.fromkeys(
        ["mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_reauthenticate", "mfa_view_recovery_codes"],
        "their own second factor",
    ),
    **dict.fromkeys(["mfa_download_recovery_codes", "mfa_generate_recovery_codes"], "their own second factor"),
}


@pytest.fixture
def riverside() -> Team:
    return team(name="Riverside")


@pytest.fixture
def ada(riverside: Team) -> Staff:
    return staff("manager", name="Ada Stone", team=riverside)


@pytest.fixture
def boss(ada: Staff) -> Staff:
    return staff("administrator", name="Jo Winterbourne")


@pytest.fixture
def client(signed_in, boss: Staff) -> Client:
    return signed_in(boss)


def looks() -> list[tuple[object, str, str, object, set[object]]]:
    rows = LogEntry.objects.order_by("at", "number")
    return [(row.actor, row.verb, row.event, row.subject, set(row.listed)) for row in rows]


def views() -> Iterator[tuple[str, str]]:
    """Each address's name, and the module of what answers it."""
    waiting = [*get_resolver().url_patterns]
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            waiting += one.url_patterns
        else:
            yield str(one.name), one.callback.__module__


def test_every_page_of_this_room_is_here_or_shows_nobody_else() -> None:
    table = matrix.load()
    asked = {"GET", "download"}
    other_rooms = tuple(
        f"waypost.{room}." for room in ("desk", "governance", "quality", "casework", "people", "files", "ui", "config")
    )
    here = {url for url, module in views() if not module.startswith(other_rooms)}
    pages = {url for url in table.behind if table.methods_of(url) & asked and not table.is_open(url)}
    assert pages & here == PAGES | NOBODY_ELSE.keys()


def test_the_list_names_all_who_stood_in_it_those_who_left_too(client: Client, boss: Staff, ada: Staff) -> None:
    gone = staff(name="Bea Marsh", is_active=False, ended=timezone.localdate())
    client.get("/staff/")
    assert looks() == [(boss.pk, "viewed", "account.list", None, {boss.pk, ada.pk, gone.pk})]


@pytest.mark.parametrize("page", ["staff_person", "staff_end"])
def test_a_person_s_page_is_about_them(client: Client, boss: Staff, ada: Staff, page: str) -> None:
    client.get(reverse(page, kwargs={"pk": ada.pk}))
    assert looks() == [(boss.pk, "viewed", "account.page", ada.pk, set())]


def test_a_person_s_page_given_back_with_what_to_mend_was_shown_too(client: Client, boss: Staff, ada: Staff) -> None:
    assert client.post(f"/staff/{ada.pk}/roles/", {"role": "auditor"}).status_code == 422
    assert looks() == [(boss.pk, "viewed", "account.page", ada.pk, set())]


@pytest.mark.parametrize("posted", [None, {"name": "riverside"}])
def test_teams_are_named(client: Client, boss: Staff, riverside: Team, posted: dict[str, str] | None) -> None:
    answer: HttpResponse = client.post("/staff/teams/", posted) if posted else client.get("/staff/teams/")
    assert b"Riverside" in answer.content
    assert looks() == [(boss.pk, "viewed", "team.list", None, {riverside.pk})]


def test_whom_somebody_looked_up_can_be_asked(client: Client, ada: Staff) -> None:
    for address in ("/staff/", f"/staff/{ada.pk}/", "/staff/teams/"):
        client.get(address)
    assert {row.event for row in LogEntry.objects.that_showed(ada.pk)} == {"account.list", "account.page"}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_that_cannot_be_logged_is_not_shown(
    client: Client, ada: Staff, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise DatabaseError("the log is full")

    where = {"pk": ada.pk} if page in ("staff_person", "staff_end") else None
    monkeypatch.setattr(log, "_digests", fails)
    client.raise_request_exception = False
    answer = client.get(reverse(page, kwargs=where))
    assert answer.status_code == 500
    assert b"Ada Stone" not in answer.content
