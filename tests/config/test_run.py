"""bin/run: what it says, how it ends, and what a killed process leaves behind."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shutil
import signal
import subprocess
import tempfile
import termios
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import psycopg
import pytest

from tests.support.processes import Waypost, free_port, wait_until
from waypost.access.permissions import ROLES
from waypost.config import private_server
from waypost.kernel.ids import new_id

pytestmark = pytest.mark.slow
NAME = "Zebedee Quillfeather"


@pytest.fixture(scope="module")
def waypost() -> Iterator[Waypost]:
    """One home for the whole file, with a space in its name, so that only the first test waits for a first start."""
    folder = Path(tempfile.mkdtemp(prefix="waypost run "))
    folder.chmod(0o711)
    running = Waypost(folder / "var").start()
    yield running
    running.end()
    shutil.rmtree(folder)


@pytest.fixture
def running(waypost: Waypost) -> Waypost:
    return waypost if waypost.code is None else waypost.start()


def _database(waypost: Waypost) -> psycopg.Connection:
    return psycopg.connect(private_server.place(waypost.home).url("waypost_app"), autocommit=True)


def _write(waypost: Waypost, name: str) -> None:
    with _database(waypost) as connection:
        connection.execute("INSERT INTO access_team (id, name) VALUES (%s, %s)", [new_id(), name])


def _teams(waypost: Waypost) -> set[str]:
    with _database(waypost) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM access_team").fetchall()}


def _get(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_first_start_says_how_to_sign_in_in_each_role(waypost):
    parts = [line.removeprefix("sign in: ").split(" | ") for line in waypost.lines if line.startswith("sign in: ")]
    assert {role for role, _, _ in parts} == {role.name for role in ROLES.values()}
    assert len(parts) == len(ROLES)
    assert all("@" in email and len(password) >= 16 for _, email, password in parts)
    assert waypost.lines[-1] == f"Waypost is at {waypost.address} (Ctrl-C ends it)"


def test_it_serves_with_two_workers_and_is_healthy(running):
    assert _get(f"{running.address}/sign-in/")[0] == 200
    status, body = _get(f"{running.address}/health")
    assert status == 200
    assert json.loads(body)["worker"]["last_sign_of_life_seconds"] < 30
    assert len(running.member("waypost.config.web").children()) == 2


def test_a_name_in_an_address_a_form_or_a_header_does_not_reach_the_log(running):
    word = quote(NAME)
    for path in (f"/sign-in/?next={word}", f"/nothing/{word}", f"/files/{word}?q={word}"):
        _get(f"{running.address}{path}", Referer=f"http://{word}/", Cookie=f"session={word}")
    status, _ = _get(f"{running.address}/health", Host=f"{NAME.split()[0]}.example")
    assert status == 400
    form = urllib.request.Request(f"{running.address}/sign-in/", data=f"login={word}&password={word}".encode())
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(form, timeout=20)
    refused.value.close()
    wait_until(lambda: running.errors.count('"event": "request"') >= 5, "five requests are in the log")
    assert all(json.loads(line) for line in running.errors.splitlines())
    for part in (NAME, *NAME.split(), word):
        assert part.lower() not in running.errors.lower()


def test_a_taken_port_is_refused_with_another_to_try(running):
    second = Waypost(running.home)
    second.port = running.port
    second.launch()
    assert second.ended() == 2
    assert f"bin/run --port {running.port + 1}" in second.errors


def test_two_on_two_ports_share_the_database_and_the_last_one_stops_it(running):
    second = Waypost(running.home).start()
    assert second.lines[0].startswith("Passwords were printed at the first start.")
    running.process.terminate()
    assert running.process.wait(60) == 0
    assert _get(f"{second.address}/sign-in/")[0] == 200
    assert second.end() == 0
    assert running.ended() == 0  # its PostgreSQL too, now that nobody uses it


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "TERM"])
def test_asked_to_end_it_leaves_no_process(running, how):
    assert len(running.family) > 6
    assert running.end(how) == 0
    assert running.left() == []
    assert running.lines[-1].startswith("Waypost has ended:")


def test_a_closed_terminal_leaves_no_process(waypost):
    if waypost.code is None:
        waypost.end()
    ours, theirs = pty.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    waypost.start(stdin=theirs, preexec_fn=take_terminal)
    os.close(theirs)
    os.close(ours)
    waypost.ended()
    assert waypost.left() == []


KILLED = {
    "supervisor": ("waypost.config.start",),
    "web server": ("waypost.config.web",),
    "job worker": ("waypost.config.worker",),
    "PostgreSQL": ("bin/postgres", "-D"),
    "keeper": ("postgres_keeper.py",),
}


@pytest.mark.parametrize("killed", KILLED)
def test_after_kill_9_all_ends_the_next_start_works_and_what_was_committed_is_there(running, killed):
    _write(running, killed)
    running.member(*KILLED[killed]).kill()
    assert running.ended() != 0
    if killed != "supervisor":
        assert "ended by itself" in running.lines[-1]
    assert killed in _teams(running.start())
    assert _get(f"{running.address}/sign-in/")[0] == 200


def test_a_killed_web_worker_is_replaced(running):
    first, second = running.member("waypost.config.web").children()
    first.kill()
    web = running.member("waypost.config.web")
    wait_until(lambda: len({child.pid for child in web.children()} - {first.pid}) == 2, "another worker starts")
    assert second.is_running()
    assert _get(f"{running.address}/sign-in/")[0] == 200
    running.end()


def test_after_a_killed_backend_the_next_start_works_and_what_was_committed_is_there(running):
    _write(running, "backend")
    backends = [each for each in running.member("bin/postgres", "-D").children() if "waypost_app" in each.cmdline()[0]]
    backends[0].kill()
    wait_until(lambda: running.code is not None or _get(f"{running.address}/sign-in/")[0] == 200, "it ends or answers")
    running.end()
    assert "backend" in _teams(running.start())


def test_a_pid_file_that_names_another_living_process_is_not_believed(running):
    _write(running, "pid file")
    running.end()
    where = private_server.place(running.home)
    account = {"user": where.account, "cwd": "/"} if where.account else {}
    private_server._private_folder(where.socket, where.account)
    with subprocess.Popen(["sleep", "600"], **account) as stranger:
        (where.data / "postmaster.pid").write_text(
            f"{stranger.pid}\n{where.data}\n1\n5432\n{where.socket}\n\n\nready\n"
        )
        (where.socket / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")
        running.start()
        assert stranger.poll() is None
        stranger.kill()
    assert "pid file" in _teams(running)


def test_with_a_database_of_the_operator_nothing_of_the_demonstration_is_loaded(running):
    """The other database on the same server stands for the operator's."""
    where = private_server.place(running.home)
    with psycopg.connect(where.url("waypost_owner", "postgres"), autocommit=True) as owner:
        owner.execute("CREATE DATABASE operators")
    theirs = Waypost(running.home, DATABASE_URL=where.url("waypost_owner", "operators")).start()
    with psycopg.connect(where.url("waypost_app", "operators")) as app:
        assert app.execute(
            "SELECT (SELECT count(*) FROM access_staff), (SELECT count(*) FROM access_service)"
        ).fetchone() == (0, 0)
        assert app.execute(
            "SELECT DISTINCT current_user FROM access_team RIGHT JOIN (SELECT 1) AS one ON true"
        ).fetchone()
    told, greeting = theirs.lines
    assert told.endswith("The wall is real once DATABASE_APP_URL names a login of its own.")
    assert greeting == f"Waypost is at {theirs.address} (Ctrl-C ends it)"
    assert theirs.end() == 0
    with psycopg.connect(where.url("waypost_owner", "postgres"), autocommit=True) as owner:
        owner.execute("DROP DATABASE operators")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DATABASE_URL", "mysql://somewhere/x", "DATABASE_URL must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "Connection refused"),
        ("WAYPOST_TLS", "perhaps", "WAYPOST_TLS is 'perhaps': write 1 or 0."),
        ("WAYPOST_DATABASE_ROLE", "boss", "WAYPOST_DATABASE_ROLE is 'boss': write app or owner."),
    ],
)
def test_what_is_set_wrongly_is_named(tmp_path, variable, value, said):
    wrong = Waypost(tmp_path / "var", **{variable: value})
    wrong.port = free_port()
    wrong.launch()
    assert wrong.ended() == 2
    assert said in wrong.errors
    assert "Traceback" not in wrong.errors
