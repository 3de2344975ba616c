"""What is taken from a person is gone at their next request, whichever process answers it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from tests.factories import staff, team
from tests.people.children import as_seen_by, held
from waypost.access import accounts
from waypost.access.models import Access, Staff
from waypost.people.need_to_know import actions

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
    asking = HTTPConnection("127.0.0.1", port, timeout=60)
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


def test_access_to_a_child_ends_in_both_processes_at_once(port: int) -> None:
    head, boss, worker = staff("head_of_service"), staff("administrator"), staff("practitioner", team=team())
    colleague, nurse = staff("practitioner", team=worker.team), staff("specialist")
    with transaction.atomic():
        ellis = held(worker, entered_by=head)
    page = f"/children/{ellis.pk}/who/"

    def done(deed: Callable[..., Any], *args: Any, **said: Any) -> Any:
        with transaction.atomic():
            as_seen_by(head)
            return deed(*args, by=head, at=timezone.now(), **said)

    done(actions.involve, ellis, staff=nurse)
    cover = done(actions.cover, worker, colleague=staff("practitioner"), until=timezone.localdate())
    sessions = {one: session_of(one) for one in (worker, colleague, nurse, cover.colleague)}
    workers = both_answer(port, page, sessions[worker])

    def both(who: Staff, status: int) -> None:
        assert both_answer(port, page, sessions[who]) == dict.fromkeys(workers, {status}), who

    for one in sessions:
        both(one, 200)
    done(actions.end_access, ellis, staff=nurse)
    both(nurse, 404)
    Access.objects.filter(basis="cover").update(since=ago(2), until=ago(1))  # the clock has passed the last day
    both(cover.colleague, 404)
    accounts.move(colleague, team=team(), by=boss, at=timezone.now())
    both(colleague, 404)
    accounts.take_role(worker.roles_held.get(), by=boss, at=timezone.now())
    both(worker, 403)
    accounts.end(worker, by=boss, at=timezone.now())
    both(worker, 302)


def ago(minutes: int) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)
