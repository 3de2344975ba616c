"""What is taken from a person is gone at their next request, whichever process answers it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories import staff
from waypost.access import accounts
from waypost.access.models import Staff

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PROGRAM = "tests.support.whose_worker:application"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def database_url() -> str:
    now = connection.settings_dict
    where = (
        f"host={quote(now['HOST'], safe='')}&port={now['PORT']}"
        if now["PORT"]
        else f"host={quote(now['HOST'], safe='')}"
    )
    return f"postgresql://{now['USER']}@/{now['NAME']}?{where}"


@pytest.fixture
def port() -> Iterator[int]:
    """Two real processes that serve this test's database."""
    chosen = free_port()
    env = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    env |= {"WAYPOST_HOME": str(settings.HOME)}
    served = ["--interface", "wsgi", "--workers", "2", "--host", "127.0.0.1", "--port", str(chosen), "--no-ws", PROGRAM]
    with subprocess.Popen([sys.executable, "-m", "granian", *served], env=env, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(chosen)
            yield chosen
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError):
            get(port, "/sign-in/", "")
            return
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.1)


def get(port: int, path: str, session: str) -> tuple[str, int]:
    """Which process answered, and how."""
    asking = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asking.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
        answer = asking.getresponse()
        return answer.headers["X-Worker"], answer.status
    finally:
        asking.close()


def both_answer(port: int, path: str, session: str) -> dict[str, set[int]]:
    """Ask again until two processes have answered."""
    heard: dict[str, set[int]] = {}
    for _ in range(300):
        worker, status = get(port, path, session)
        heard.setdefault(worker, set()).add(status)
        if len(heard) == 2:
            return heard
    raise AssertionError(f"only {len(heard)} process answered")


def session_of(person: Staff) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_a_role_an_account_and_a_session_end_in_both_processes_at_once(port: int) -> None:
    boss, person = staff("administrator"), staff("administrator")
    session = session_of(person)
    workers = both_answer(port, "/staff/", session)
    assert list(workers.values()) == [{200}, {200}]

    accounts.take_role(person.roles_held.get(), by=boss, at=timezone.now())
    assert both_answer(port, "/staff/", session) == dict.fromkeys(workers, {403})

    accounts.give_role(person, role="administrator", by=boss, at=timezone.now())
    assert both_answer(port, "/staff/", session) == dict.fromkeys(workers, {200})

    accounts.sign_out_everywhere(person)
    assert both_answer(port, "/staff/", session) == dict.fromkeys(workers, {302})

    session = session_of(Staff.objects.get(pk=person.pk))
    assert both_answer(port, "/my-account/", session) == dict.fromkeys(workers, {200})
    accounts.end(person, by=boss, at=timezone.now())
    assert both_answer(port, "/my-account/", session) == dict.fromkeys(workers, {302})
