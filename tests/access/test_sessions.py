"""How long a session lasts, what its cookie allows, and what ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from http import HTTPStatus

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import PASSWORD, service, staff
from waypost.access import tasks

pytestmark = pytest.mark.django_db


def sign_in(client: Client, **request) -> Client:
    client.post("/sign-in/", {"login": staff().email, "password": PASSWORD}, **request)
    return client


def is_in(client: Client) -> bool:
    return client.get("/my-account/").status_code == HTTPStatus.OK


@pytest.mark.parametrize(("minutes", "still_in"), [(1, True), (29, True), (30, False), (60, False)])
def test_it_ends_after_thirty_minutes_without_use(client: Client, time_machine, minutes: int, still_in: bool) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    sign_in(client)
    time_machine.shift(minutes * 60)
    assert is_in(client) is still_in


def test_whoever_is_signed_out_for_not_using_it_is_told_why_and_comes_back(client: Client, time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    sign_in(client)
    time_machine.shift(31 * 60)
    answer = client.get("/my-account/")
    assert answer["Location"] == "/sign-in/?next=/my-account/"
    assert "nothing was done for 30 minutes" in client.get(answer["Location"]).content.decode()


def test_the_operator_says_how_long(client: Client, settings, time_machine) -> None:
    settings.SESSION_IDLE_SECONDS = 5 * 60
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    sign_in(client)
    time_machine.shift(5 * 60)
    assert not is_in(client)


def test_it_ends_after_twelve_hours_however_much_it_is_used(client: Client, time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    sign_in(client)
    used = []
    for _ in range(37):
        time_machine.shift(20 * 60)
        used.append(is_in(client))
    assert used.index(False) == 35  # the 36th use, twelve hours after sign-in
    assert not any(used[35:])


def test_use_is_written_once_a_minute(client: Client, time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    sign_in(client)
    stamps = []
    for seconds in (20, 20, 20, 20):
        time_machine.shift(seconds)
        client.get("/my-account/")
        stamps.append(client.session["used"])
    assert len(set(stamps)) == 2


def test_a_page_left_open_posts_back_to_the_page_it_stood_on(client: Client) -> None:
    service()
    where = {"Referer": "http://testserver/staff/add/"}
    assert client.post("/staff/add/", headers=where)["Location"] == "/sign-in/?next=/staff/add/"
    elsewhere = {"Referer": "https://elsewhere.example/staff/"}
    assert client.post("/staff/add/", headers=elsewhere)["Location"] == "/sign-in/?next=/"


def test_a_fragment_sends_its_page_to_sign_in_and_back(client: Client) -> None:
    service()
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/?q=1"}
    assert client.get("/staff/", headers=asked)["HX-Redirect"] == "/sign-in/?next=/staff/%3Fq%3D1"


@pytest.fixture(scope="module")
def over_tls() -> dict[str, object]:
    """What the one settings file says when it is served over TLS."""
    names = [
        *("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"),
        *("CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE"),
        "SECURE_HSTS_SECONDS",
    ]
    program = f"import json; from waypost.config import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    env = os.environ | {"WAYPOST_TLS": "1", "WAYPOST_HOSTS": "waypost.example"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_over_tls_both_cookies_are_bound_to_the_host(over_tls, settings) -> None:
    for name, value in over_tls.items():
        setattr(settings, name, value)
    client = Client()
    page = client.get("/sign-in/", secure=True)
    sign_in(client, secure=True)

    assert sorted(client.cookies) == ["__Host-csrf", "__Host-session"]
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), cookie.key
        assert (cookie["path"], cookie["domain"]) == ("/", ""), cookie.key
    assert client.cookies["__Host-session"]["max-age"] == ""  # gone when the browser is closed
    assert page["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_the_cookies_are_not_for_scripts_or_for_other_sites(client: Client) -> None:
    client.get("/sign-in/")
    sign_in(client)
    assert sorted(client.cookies) == ["csrf", "session"]
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in client.cookies.values())


def test_what_ended_sessions_held_is_let_go(client: Client, time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    sign_in(client)
    time_machine.shift(11 * 60 * 60)
    tasks.forget_sessions(0)
    assert Session.objects.count() == 1
    time_machine.shift(2 * 60 * 60)
    tasks.forget_sessions(0)
    assert Session.objects.count() == 0
