"""Get help, Accessibility, Privacy: true, and open to whoever asks; names only to those who are signed in."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import service, staff
from waypost.access.models import LogEntry
from waypost.access.permissions import ROLES
from waypost.access.tasks import forget_guesses

pytestmark = pytest.mark.django_db
PAGES = ("/help/", "/accessibility/", "/privacy/")


def text(answer) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split()))


def test_a_visitor_is_told_whom_to_ask_and_is_given_nobody_s_name(client: Client) -> None:
    boss = staff("administrator", name="Jo Winterbourne")
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200
        assert boss.name not in answer.content.decode()
        assert boss.email not in answer.content.decode()
    assert "Ask an administrator of your service. If you do not know who that is" in text(client.get("/help/"))
    assert not LogEntry.objects.exists()


def test_whoever_is_signed_in_finds_the_administrators_of_today_by_name(signed_in) -> None:
    jo, bea = staff("administrator", name="Jo Winterbourne"), staff("administrator", name="Bea Marsh")
    staff("administrator", name="Cai Reed", is_active=False, ended=timezone.localdate())
    dee = staff("administrator", name="Dee Holt")
    dee.roles_held.update(until=timezone.now() - timedelta(hours=1))
    asker = staff("practitioner")
    page = text(signed_in(asker).get("/help/"))
    assert f"Ask an administrator: Bea Marsh, {bea.email} Jo Winterbourne, {jo.email}" in page
    assert "Cai Reed" not in page
    assert "Dee Holt" not in page
    (row,) = LogEntry.objects.all()
    assert (row.actor, row.event, set(row.listed)) == (asker.pk, "desk.help", {jo.pk, bea.pk})


def test_a_service_with_no_administrator_left_names_none(signed_in) -> None:
    assert "Ask an administrator of your service." in text(signed_in(staff("practitioner")).get("/help/"))


def test_help_asks_as_much_for_many_administrators_as_for_one(signed_in, queries) -> None:
    client = signed_in(staff("administrator"))
    client.get("/help/")
    with queries(8):
        client.get("/help/")
    for _ in range(20):
        staff("administrator")
    with queries(8):
        client.get("/help/")


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("manager", {"my_account", "how_status", "read"}),
        ("board_member", {"my_account", "how_status"}),
        ("panel_volunteer", {"my_account"}),
    ],
)
def test_help_leads_only_to_what_is_open(signed_in, role: str, shown: set[str]) -> None:
    client = signed_in(staff(role))
    main = client.get("/help/").content.decode().partition("<main")[2].partition("</main>")[0]
    links = set(re.findall(r'href="(/[^"]*)"', main))
    assert links == {reverse(name) for name in shown | {"privacy", "accessibility"}}
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_every_role_is_explained(client: Client) -> None:
    page = text(client.get("/help/"))
    assert [role.name for role in ROLES.values() if f"{role.name}. {role.sentence}" not in page] == []


def test_the_minutes_are_those_that_are_set(client: Client, settings) -> None:
    settings.SESSION_IDLE_SECONDS = 12 * 60
    assert "signed out after 12 minutes without use" in text(client.get("/accessibility/"))


def test_the_service_is_named_as_the_controller_where_it_is_real(client: Client) -> None:
    service(name="Harbour Vale YJS", demonstration=False)
    assert "Harbour Vale YJS is the controller." in text(client.get("/privacy/"))
    assert "Harbour Vale YJS answers for it" in text(client.get("/accessibility/"))


def test_a_demonstration_is_nobody_s_controller(client: Client) -> None:
    service(name="Alder Vale YJS")
    assert "The service that uses Waypost is the controller." in text(client.get("/privacy/"))


def test_who_reads_the_log_is_said_as_it_is(client: Client) -> None:
    assert "whose role is manager, head of service or administrator;" in text(client.get("/privacy/"))


@pytest.mark.parametrize("is_set", [True, False])
def test_mail_and_a_work_account_are_mentioned_where_there_are_any(client: Client, settings, is_set: bool) -> None:
    settings.SENDS_MAIL = is_set
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{"name": "Council ID"}]}} if is_set else {}
    page = text(client.get("/privacy/"))
    assert ("goes by e-mail" in page, "Who signs in with Council ID" in page) == (is_set, is_set)


class TestWhatThePrivacyPageClaims:
    def test_two_cookies_and_none_for_a_reader(self, client: Client) -> None:
        person = staff("practitioner")
        for address in PAGES:
            client.get(address)
        assert not client.cookies
        client.force_login(person)
        client.get("/my-account/")  # a page with a form on it
        assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}

    def test_nothing_is_loaded_from_anywhere_else(self, client: Client) -> None:
        policy = client.get("/privacy/")["Content-Security-Policy"]
        assert "http" not in policy
        assert "*" not in policy

    def test_where_guesses_came_from_is_deleted_the_night_after(self, client: Client) -> None:
        staff(email="there@example.org")
        client.post("/sign-in/", {"login": "there@example.org", "password": "wrong"})
        cache.set("counts_still", 1, timeout=600)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_cache")
            assert cursor.fetchone()[0] > 1
            cursor.execute("UPDATE access_cache SET expires = now() - interval '1 s' WHERE cache_key NOT LIKE '%still'")
            forget_guesses(timestamp=0)
            cursor.execute("SELECT cache_key FROM access_cache")
            assert cursor.fetchall() == [(":1:counts_still",)]
