"""A server killed in the middle of writing: what was answered as committed is there, and every chain is sound."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tests.access.log_support import NOW, sign, verify
from waypost.config import database_roles, environment, private_server
from waypost.config.private_server import Place

pytestmark = pytest.mark.slow
WRITERS = 8
Written = tuple[int, int, bytes]  # lane, number, hash


@pytest.fixture
def home() -> Iterator[Path]:
    """The home of a server of this test's own, which keeps what it commits as a real one does."""
    home = Path(settings.HOME) / "killed"
    shutil.rmtree(home, ignore_errors=True)
    yield home
    shutil.rmtree(private_server.place(home).socket, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def migrated(home: Path, where: Place) -> None:
    database_roles.make_private_database(where)
    with psycopg.connect(where.url(database_roles.OWNER)) as owner:
        database_roles.prepare(owner)
    asked = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATABASE_APP_URL")}
    asked |= {
        "WAYPOST_HOME": str(home),
        "WAYPOST_DATABASE_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": "waypost.config.settings",
        "PYTHONPATH": str(environment.PROJECT / "src"),
    }
    command = [sys.executable, environment.PROJECT / "manage.py", "migrate", "access", "--verbosity=0"]
    subprocess.run(command, env=asked, check=True)


def write_until_cut_off(where: Place, started: Event) -> list[Written]:
    """Rows the server said were committed; two in each transaction, with something in between to be killed in."""
    written: list[Written] = []
    with pytest.raises(psycopg.OperationalError), psycopg.connect(where.url(database_roles.APP)) as own:
        while True:
            first = _add(own)
            own.execute("SELECT pg_sleep(0.001)")
            second = _add(own)
            own.commit()
            written += [first, second]
            started.set()
    return written


def _add(own: psycopg.Connection[Any]) -> Written:
    return own.execute(
        "INSERT INTO access_logentry (verb, event, listed) VALUES ('changed', 'test.done', '{}')"
        " RETURNING lane, number, hash"
    ).fetchone()  # type: ignore[return-value]


def kill_while_writing(where: Place, kill: Callable[[], None]) -> list[Written]:
    started = [Event() for _ in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write_until_cut_off, where, event) for event in started]
        assert all(event.wait(60) for event in started)
        time.sleep(0.2)
        kill()
        return [row for writer in writers for row in writer.result(timeout=60)]


def connect_again(where: Place) -> psycopg.Connection[Any]:
    for _ in range(600):
        try:
            return psycopg.connect(where.url(database_roles.OWNER))
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("the server did not come back in a minute")


def check(where: Place, written: list[Written], anchors: Path) -> None:
    with connect_again(where) as owner:
        there = set(owner.execute("SELECT lane, number, hash FROM access_logentry").fetchall())
        assert len(written) == len(set(written)) >= 2 * WRITERS
        assert set(written) <= there
        assert verify(owner, anchors, NOW).faults == ()


def test_killed_while_writing_a_row_answered_for_is_kept_and_the_log_is_sound(home, tmp_path):
    def kill_one_session() -> None:
        with psycopg.connect(where.url("postgres")) as superuser:
            query = "SELECT pid FROM pg_stat_activity WHERE usename = 'waypost_app' LIMIT 1"
            (pid,) = superuser.execute(query).fetchone()
        os.kill(pid, signal.SIGKILL)  # PostgreSQL then ends every session and recovers

    def kill_the_server() -> None:
        os.kill(int((where.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    with private_server.server(home) as where:
        migrated(home, where)
        written = kill_while_writing(where, kill_one_session)
        check(where, written, tmp_path)
        with connect_again(where) as owner:
            sign(owner, tmp_path)
        written += kill_while_writing(where, kill_the_server)
    with private_server.server(home) as where:
        check(where, written, tmp_path)
