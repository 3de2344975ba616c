"""bin/run, bin/test and bin/waypost make their environment, once, in a folder with a space in its name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import PROJECT

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The launchers, two empty locks and a program that says what it was asked."""
    project = tmp_path / "a clone"
    shutil.copytree(PROJECT / "bin", project / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "requirements").mkdir()
    for lock in ("base", "dev"):
        (project / "requirements" / f"{lock}.txt").write_text("")
    program = project / "src" / "waypost" / "config"
    program.mkdir(parents=True)
    for package in (program, program.parent):
        (package / "__init__.py").write_text("")
    (program / "commands.py").write_text("import sys; print(sys.prefix, sys.argv[1:]); sys.exit(7)\n")
    return project


def _run(clone: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": os.environ.get("HOME", "/"),
    }
    return subprocess.run(
        [str(clone / "bin" / "waypost"), *arguments], env=given | environment, capture_output=True, text=True, cwd="/"
    )


def test_the_environment_is_made_once_and_again_when_the_lock_changes(clone):
    first = _run(clone, "plan", "read", "a file.docx")
    assert first.returncode == 7, first.stderr
    assert first.stdout == f"{clone / '.venv'} ['plan', 'read', 'a file.docx']\n"
    assert first.stderr.splitlines()[0] == f"waypost: making {clone / '.venv'}"
    assert _run(clone).stderr == ""
    (clone / "requirements" / "base.txt").write_text("# another lock\n")
    again = _run(clone)
    assert again.stderr == "waypost: installing 0 packages, each held to its hash\n"
    moved = clone.rename(clone.with_name("moved clone"))
    assert _run(moved).stdout.startswith(str(moved / ".venv"))


def test_a_package_without_the_right_hash_is_refused_and_nothing_is_taken_as_installed(clone):
    lock = clone / "requirements" / "base.txt"
    lock.write_text("structlog==26.1.0 --hash=sha256:" + "0" * 64 + "\n")
    refused = _run(clone, PIP_NO_INDEX="1")
    assert refused.returncode == 1
    assert "Waypost could not make its environment. The packages could not be installed." in refused.stderr
    assert "ERROR:" in refused.stderr
    assert not (clone / ".venv" / "waypost-installed.json").exists()


def test_a_python_without_venv_is_told_how_to_get_it(clone):
    (clone / "bin" / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None\n")
    refused = _run(clone, PYTHONPATH=str(clone / "bin"))
    assert refused.returncode == 1
    assert "apt install python3" in refused.stderr
    assert not (clone / ".venv").exists()


def test_without_a_python_that_will_do_it_says_which_will(clone, tmp_path):
    old = tmp_path / "old"
    old.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (old / name).write_text("#!/bin/sh\nexit 1\n")
        (old / name).chmod(0o755)
    refused = _run(clone, PATH=f"{old}{os.pathsep}/usr/bin{os.pathsep}/bin")
    assert refused.returncode == 1
    assert "Waypost needs Python 3.11 or later" in refused.stderr


def test_what_the_program_needs_is_among_what_its_tests_install() -> None:
    """The tests install one locked list, the program another: a package in the one alone is found on a clean machine."""
    folder = Path(__file__).resolve().parents[2] / "requirements"
    base, dev = (
        {line.split(" ")[0] for line in (folder / name).read_text().splitlines() if "==" in line.split(" ")[0]}
        for name in ("base.txt", "dev.txt")
    )
    assert base - dev == set()
