"""bin/test: all checks run, the counts are right, and a browser is found or fetched."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import checks
from tests.checks import Result

# what pytest said last, did it pass, how many of two other checks failed, the totals
COUNTS = [
    ("======= 12 passed in 3.21s =======", True, 0, (14, 0)),
    ("==== 1 failed, 11 passed, 2 skipped in 3.21s ====", False, 0, (13, 1)),
    ("1 failed, 11 passed, 2 errors in 3.21s", False, 1, (12, 4)),
    ("======= 12 passed in 3.21s =======", False, 0, (14, 1)),
    ("Interrupted: the machine went away", False, 2, (0, 3)),
]


@pytest.mark.parametrize(("said", "passed", "others_failed", "totals"), COUNTS)
def test_checks_and_tests_are_counted_together(said, passed, others_failed, totals):
    others = [Result("one", others_failed < 1, 1.0, ""), Result("two", others_failed < 2, 1.0, "")]
    tests = Result("tests", passed, 1.0, f"lines before\nFAILED tests/x.py::test_3_passed_words\n{said}\n")
    assert checks._totals(others, tests) == totals


def _main(monkeypatch, capsys, *, lint: str, tests: str) -> tuple[int, list[str]]:
    python = {name: ["-c", f"print({name!r}); {script}"] for name, script in (("lint", lint), ("tests", tests))}
    monkeypatch.setattr(checks, "find_browser", lambda: Result("browser", True, 0.0, ""))
    monkeypatch.setattr(checks, "STATIC", {})
    monkeypatch.setattr(checks, "_static_checks", lambda: [checks._run("lint", [sys.executable, *python["lint"]])])
    monkeypatch.setattr(checks, "TESTS", ["code"])
    run = checks._run

    def tests_instead(name: str, command: list[str], *, shown: bool = False) -> Result:
        return run(name, [sys.executable, *python["tests"]] if shown else command, shown=shown)

    monkeypatch.setattr(checks, "_run", tests_instead)
    return checks.main([]), capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("lint", "tests", "code", "last"),
    [
        ("pass", "print('=== 5 passed in 1s ===')", 0, "7 passed, 0 failed"),
        ("raise SystemExit('bad line')", "print('=== 5 passed in 1s ===')", 1, "6 passed, 1 failed"),
        ("import no_such_tool", "print('= 1 failed, 4 passed in 1s =') or exit(1)", 1, "5 passed, 2 failed"),
    ],
)
def test_all_run_and_the_last_line_is_the_counts(monkeypatch, capsys, lint, tests, code, last):
    ended, lines = _main(monkeypatch, capsys, lint=lint, tests=tests)
    assert (ended, lines[-1]) == (code, last)
    assert "passed in 1s" in lines[-2]
    assert [line.split()[1] for line in lines if line.startswith(("ok  ", "FAILED  "))] == ["browser", "lint", "tests"]


def _browser(monkeypatch, capsys, *, root: bool, works: str) -> tuple[bool, list[str]]:
    """Whether one was had, and what was said, on a machine with apt where only `works` leads to a browser."""
    done: list[str] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        done.append(" ".join(command))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(checks.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(checks.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(checks.subprocess, "run", run)
    monkeypatch.setattr(checks, "_has_browser", lambda: any(works in command for command in done))
    result = checks.find_browser()
    return result.passed, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("root", "works", "had", "said"),
    [
        (True, "apt-get", True, ["Debian package"]),
        (True, "playwright install", True, ["Debian package", "playwright install"]),
        (False, "playwright install", True, ["playwright install"]),
        (False, "nothing", False, ["playwright install"]),
    ],
)
def test_where_there_is_no_browser_one_is_fetched_and_it_is_said(monkeypatch, capsys, root, works, had, said):
    passed, lines = _browser(monkeypatch, capsys, root=root, works=works)
    assert passed == had
    assert len(lines) == len(said)
    assert all(
        words in line and line.startswith("No Chromium was found: ") for words, line in zip(said, lines, strict=True)
    )
