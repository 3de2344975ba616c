"""bin/waypost alongside read, as a person or a timer runs it: what it says, its exit code, killed and run again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.alongside.exports import PRIYA, SAM, WIDE
from tests.alongside.test_cut_off import many
from tests.alongside.test_read_again import wide
from tests.config.test_commands import waypost
from tests.support.processes import PROJECT
from waypost.config import database_roles, private_server

Command = Callable[..., subprocess.CompletedProcess[str]]
LEILA = "leila@example.org"


@pytest.fixture(scope="module")
def where() -> Iterator[dict[str, str]]:
    """A real service from nothing, with a manager and two case managers."""
    folder = Path(tempfile.mkdtemp(prefix="waypost alongside "))
    folder.chmod(0o711)
    with private_server.server(folder / "var", for_tests=True) as server:
        database_roles.make_private_database(server, "service")
        env = {"WAYPOST_HOME": str(folder / "var"), "DATABASE_URL": server.url("waypost_owner", "service")}
        waypost("staff", "add", "--role", "administrator", "jo@example.org", "Jo", **env)
        for role, email in (("manager", LEILA), ("practitioner", PRIYA), ("practitioner", SAM)):
            added = waypost("staff", "add", "--role", role, "--by", "jo@example.org", email, email, **env)
            assert added.returncode == 0, added.stderr
        yield env
    shutil.rmtree(folder)


def children_in(where: dict[str, str]) -> int:
    with psycopg.connect(where["DATABASE_URL"]) as connection:
        return connection.execute("SELECT count(*) FROM people_child").fetchone()[0]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    (tmp_path / "mapping.yaml").write_text(WIDE.mapping)
    return tmp_path / "export"


@pytest.mark.slow
class TestWithADatabase:
    def test_dry_then_killed_then_gone_on_with(self, where: dict[str, str], export: Path) -> None:
        WIDE.write(export, rows=list(many(60)))
        mapping = export.parent / "mapping.yaml"
        dry = waypost("alongside", "read", export, "--mapping", mapping, "--by", LEILA, "--dry", **where)
        assert (dry.returncode, children_in(where)) == (0, 0), dry.stderr
        assert dry.stdout.startswith("Dry run: nothing is written. Northway, 60 children.\nNew: 60 children, 60 names")
        read = [sys.executable, "-m", "waypost.config.commands", "alongside", "read", export, "--system", "northway", "--by", LEILA]  # fmt: skip
        env = (
            os.environ
            | where
            | {"PYTHONPATH": str(PROJECT / "src"), "DJANGO_SETTINGS_MODULE": "waypost.config.settings"}
        )
        with subprocess.Popen(
            read, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/"
        ) as going:
            line = next(line for line in going.stderr if "of 60 children" in line)
            going.send_signal(signal.SIGKILL)
        there = children_in(where)
        assert line.startswith("6 of 60")
        assert 6 <= there < 60
        again = waypost("alongside", "read", export, "--system", "Northway", "--by", LEILA, **where)
        assert (again.returncode, children_in(where)) == (0, 60), again.stderr
        assert f"New: {60 - there} children" in again.stdout
        assert f"As before: {there} names" in again.stdout

    def test_what_is_wrong_is_told_by_row_and_column(self, where: dict[str, str], export: Path) -> None:
        WIDE.write(export, rows=wide(0, type="ISO"))
        mapping = export.parent / "mapping.yaml"
        read = waypost("alongside", "read", export, "--mapping", mapping, "--by", LEILA, "--dry", **where)
        assert read.returncode == 2
        said = "caseload_2026.csv, row 2, Interv Type: The table interventions of the mapping does not have what stands here."
        assert said in read.stdout

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--by", LEILA], "Say which system this is"),
            (["--by", LEILA, "--system", "Southway"], "No system is called Southway"),
            (
                ["--by", "nobody@example.org", "--system", "Northway"],
                "Nobody with the e-mail nobody@example.org works here.",
            ),
            (["--by", PRIYA, "--system", "Northway"], "Your role does not let you read another system’s caseload"),
            (["--by", LEILA, "--mapping", "nowhere.yaml"], "nowhere.yaml cannot be read"),
            (["--by", LEILA, "--system", "Northway"], "No file in the folder is called caseload_*.csv"),
        ],
    )
    def test_what_is_refused_is_one_sentence(
        self, where: dict[str, str], export: Path, arguments: list[str], said: str
    ) -> None:
        refused = waypost("alongside", "read", export, *arguments, **where)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert said in refused.stderr
        assert refused.stderr.count("\n") == 1
