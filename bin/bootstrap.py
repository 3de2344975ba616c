"""Make the environment beside the project when it is missing or its lock has changed, then run in it.

Standard library only. Packages come from whatever index this machine's pip is set up for, each held to its hash.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
INSTALLED = ENVIRONMENT / "waypost-installed.json"  # written last: an install cut short is begun again
INSTALL_LOG = ENVIRONMENT / "install.log"

# What each command needs and runs. The development lock holds everything of the base lock, at the same versions.
LOCKS = {"run": "base", "waypost": "base", "test": "dev"}
MODULES = {"run": "waypost.config.start", "waypost": "waypost.config.commands", "test": "tests.checks"}


def main(command: str, arguments: list[str]) -> None:
    try:
        with Path(__file__).open("rb") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)  # two who start at once: the second waits
            ensure(LOCKS[command])
    except CannotInstall as error:
        sys.exit(f"Waypost could not make its environment. {error}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # where images are kept small: every process would compile us anew
    if command == "test":
        os.chdir(PROJECT)
    os.execv(PYTHON, [str(PYTHON), "-m", MODULES[command], *arguments])


class CannotInstall(Exception):
    """One sentence: what was missing and what to do."""


def ensure(lock: str) -> None:
    """Install the lock unless it, or the development lock that holds it, is installed for this Python."""
    python = ".".join(map(str, sys.version_info[:2]))
    if _version_of(PYTHON) != python:
        _make(python)
    digests = {name: _digest(PROJECT / "requirements" / f"{name}.txt") for name in ("base", "dev")}
    found = _installed()
    if any(found.get(name) == digests[name] for name in (lock, "dev")):
        return
    _install(lock)
    INSTALLED.write_text(json.dumps({lock: digests[lock]}))


def _make(python: str) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotInstall(
            f"Python {python} is here without its 'venv' and 'ensurepip' modules."
            f" On Debian or Ubuntu: apt install python{python}-venv. On others, install the full Python."
        )
    _say(f"making {ENVIRONMENT}")
    _call([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], "The environment could not be made")
    packages = next((ENVIRONMENT / "lib").glob("python*")) / "site-packages"
    (packages / "waypost.pth").write_text("../../../../src\n")  # relative: the folder may be moved


def _install(lock: str) -> None:
    path = PROJECT / "requirements" / f"{lock}.txt"
    number = sum(line[:1].isalnum() for line in path.read_text().splitlines())
    _say(f"installing {number} packages, each held to its hash")
    # The lock is complete, so nothing is left to resolve; modules are compiled as they are first used.
    options = ["--require-hashes", "--no-deps", "--no-compile", "--no-input", "--disable-pip-version-check", "-q"]
    _call(
        [str(PYTHON), "-m", "pip", "install", *options, "-r", str(path)],
        "The packages could not be installed. Is the package index reachable?"
        " It is the one that pip is set up for on this machine (pip config list)",
    )


def _call(command: list[str], sentence: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ENVIRONMENT.is_dir():
        INSTALL_LOG.write_text(done.stdout)
    if done.returncode != 0:
        last = [line for line in done.stdout.splitlines() if line.startswith("ERROR")] or done.stdout.splitlines()
        raise CannotInstall(f"{sentence}. It said: " + "\n  ".join(["", *last[-5:]]))


def _installed() -> dict[str, str]:
    try:
        return json.loads(INSTALLED.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _version_of(python: Path) -> str | None:
    """The version of the environment's Python, None where it no longer starts: what it was made from may have gone."""
    ask = "import sys; print(*sys.version_info[:2], sep='.')"
    try:
        return subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _say(what: str) -> None:
    print(f"waypost: {what}", file=sys.stderr, flush=True)  # noqa: T201 (this is its voice)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
