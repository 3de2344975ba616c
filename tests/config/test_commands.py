"""bin/waypost: what each command answers, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.processes import PROJECT
from waypost.config import database_roles, private_server
from waypost.config.commands import USAGE, parser

SAMPLE = PROJECT / "src/waypost/demo/sample/alder-vale-2025.md"
SOURCE = PROJECT.parent / "shared/reference/bromley-2015.txt"
Command = Callable[..., subprocess.CompletedProcess[str]]


def waypost(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as bin/waypost runs it, with no database anywhere unless the environment names one."""
    given = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")}
    given |= {
        "DJANGO_SETTINGS_MODULE": "waypost.config.settings",
        "PYTHONPATH": str(PROJECT / "src"),
        "WAYPOST_HOME": "/nonexistent/home",
        **environment,
    }
    command = [sys.executable, "-m", "waypost.config.commands", *map(str, arguments)]
    return subprocess.run(command, env=given, capture_output=True, text=True, cwd="/")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "minutes.md").write_text("# Minutes\n\nNothing was planned.\n")
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    shutil.copy(sys.executable, tmp_path / "program.docx")
    return {path.name: path for path in tmp_path.iterdir()} | {"missing.docx": tmp_path / "missing.docx"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("minutes.md", 2), ("missing.docx", 3), ("empty.docx", 3), ("broken.docx", 3), ("program.docx", 3)],
)
@pytest.mark.parametrize("noun", ["plan", "inspection"])
def test_what_cannot_be_read_is_refused_in_one_line(files, noun, name, code):
    refused = waypost(noun, "read", files[name], "--json")
    assert refused.returncode == code
    assert refused.stdout == ""
    assert refused.stderr.count("\n") == 1
    assert refused.stderr.startswith(f"{name}: ")


def test_a_plan_as_json_and_as_lines():
    read = waypost("plan", "read", SAMPLE, "--json")
    assert (read.returncode, read.stderr) == (0, "")
    found = json.loads(read.stdout)
    assert list(found) == ["source", "areas", "recommendations", "actions", "doubts"]
    assert found["source"]["name"] == SAMPLE.name
    assert (len(found["areas"]), len(found["recommendations"]), len(found["actions"])) == (4, 7, 27)
    lines = waypost("plan", "read", SAMPLE)
    assert lines.returncode == 0
    assert "4 areas, 7 recommendations, 27 actions" in lines.stdout
    assert max(map(len, lines.stdout.splitlines())) <= 100


def test_an_inspection_as_json_and_as_lines():
    found = json.loads(waypost("inspection", "read", SAMPLE, "--json").stdout)
    assert list(found) == ["area", "body", "published", "cases", "themes", "recommendations", "doubts"]
    assert (found["area"], found["published"], found["cases"]) == ("Alder Vale", "2025-06", 34)
    lines = waypost("inspection", "read", SAMPLE)
    assert lines.returncode == 0
    assert "Recommendations (13)" in lines.stdout
    assert max(map(len, lines.stdout.splitlines())) <= 100


@pytest.mark.skipif(not SOURCE.exists(), reason="the public source document is not beside this copy of the project")
def test_the_source_document_is_read_from_the_command_line():
    found = json.loads(waypost("plan", "read", SOURCE, "--json").stdout)
    per = [sum(action["recommendation"] == number for action in found["actions"]) for number in range(1, 8)]
    assert per == [6, 7, 8, 8, 7, 8, 4]


def test_reading_imports_neither_django_nor_a_database():
    script = (
        "import sys; from waypost.config import commands\n"
        f"commands.main(['plan', 'read', {str(SAMPLE)!r}, '--json'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'psycopg', 'granian'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [[], ["plan"], ["plan", "write", "x"], ["log", "forget"], ["staff", "add"]])
def test_what_is_not_a_command_is_told_apart_from_a_reading(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(arguments)
    assert ended.value.code == USAGE
    assert capsys.readouterr().err.startswith("usage: bin/waypost")


@pytest.fixture(scope="module")
def service() -> Iterator[Command]:
    """A real service from nothing: its own empty database on a private server."""
    folder = Path(tempfile.mkdtemp(prefix="waypost commands "))
    folder.chmod(0o711)
    with private_server.server(folder / "var", for_tests=True) as where:
        database_roles.make_private_database(where, "service")
        url = where.url("waypost_owner", "service")
        yield lambda *arguments: waypost(*arguments, WAYPOST_HOME=str(folder / "var"), DATABASE_URL=url)
    shutil.rmtree(folder)


@pytest.mark.slow
class TestWithADatabase:
    def test_an_administrator_comes_first_and_opens_other_accounts(self, service):
        early = service("staff", "add", "--role", "manager", "leila@example.org", "Leila Haddad")
        assert (early.returncode, early.stdout) == (1, "")
        assert "--by EMAIL" in early.stderr
        first = service("staff", "add", "--role", "administrator", "jo@example.org", "Jo Winterbourne")
        assert first.returncode == 0, first.stderr
        assert "http://127.0.0.1:8000/" in first.stdout
        second = service("staff", "add", "--role", "administrator", "lee@example.org", "Lee")
        assert (second.returncode, "an administrator already" in second.stderr) == (1, True)
        given = service(
            "staff", "add", "--role", "manager", "--by", "jo@example.org", "leila@example.org", "Leila Haddad"
        )
        assert given.returncode == 0, given.stderr

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--role", "boss", "a@example.org", "A"], "There is no role boss. The roles are: practitioner,"),
            (["--role", "inspector", "--by", "jo@example.org", "b@example.org", "B"], "visiting role"),
            (["--role", "inspector", "--until", "soon", "--by", "jo@example.org", "b@example.org", "B"], "2026-03-31"),
            (["--role", "manager", "--by", "nobody@example.org", "c@example.org", "C"], "Nobody with the e-mail"),
        ],
    )
    def test_an_account_that_cannot_be_opened_is_refused_whole(self, service, arguments, said):
        refused = service("staff", "add", *arguments)
        assert refused.returncode == 1
        assert said in refused.stderr
        assert refused.stderr.count("\n") == 1

    def test_the_service_is_named(self, service):
        assert service("service", "name", "  Hazel  Bridge ").stdout == "The service is called Hazel Bridge.\n"
        assert service("service", "name", " ").returncode == 1

    def test_the_demonstration_does_not_go_into_a_service_that_has_staff(self, service):
        refused = service("demo", "load")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "empty database" in refused.stderr
        assert service("demo", "passwords").returncode == 1
        grown = service("demo", "grow", "--children", "10")
        assert (grown.returncode, grown.stdout) == (1, "")
        assert "the demonstration only" in grown.stderr

    def test_the_log_is_signed_and_verified(self, service):
        signed = service("log", "anchor")
        assert signed.returncode == 0, signed.stderr
        sound = service("log", "verify")
        assert (sound.returncode, sound.stdout.splitlines()[-1]) == (0, "sound")

    def test_a_database_that_does_not_answer_is_a_sentence(self):
        url = "postgresql://nobody@127.0.0.1:1/none"
        with tempfile.TemporaryDirectory() as home:
            failed = waypost("log", "verify", DATABASE_URL=url, WAYPOST_HOME=home)
        assert failed.returncode == 1
        assert failed.stderr.startswith("The database does not answer: ")
        assert failed.stderr.count("\n") == 1
