"""bin/test: every check there is, all of them even if one fails, and one line of counts at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command; sys.argv[0] = 'lint-imports'; lint_imports_command()"
STATIC = {  # each in a module of its own package: a tool that is missing fails
    "lint (ruff)": ["ruff", "check", "."],
    "format (ruff)": ["ruff", "format", "--check", "."],
    "types (mypy)": ["mypy"],
    "templates (djlint)": ["djlint", "src", "--lint"],
    "generated docs": ["waypost.config.docs", "--check"],
}
TESTS = ["pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "12"]
COUNTED = re.compile(r"(\d+) (passed|failed|errors?)\b")


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float
    said: str


def main(arguments: list[str]) -> int:
    """`arguments` go to pytest; without any, all tests run."""
    results = [find_browser()]
    static = threading.Thread(target=lambda: results.extend(_static_checks()))
    static.start()
    tests = _run("tests (pytest)", [PYTHON, "-m", *TESTS, *arguments], shown=True)
    static.join()
    for result in results:
        if not result.passed:
            _say(f"\n── {result.name} failed ──\n{result.said}")
    _say("")
    for result in [*results, tests]:
        _say(f"{'ok    ' if result.passed else 'FAILED'}  {result.name:<24} {result.seconds:6.1f} s")
    passed, failed = _totals(results, tests)
    _say(f"\n{_last_line(tests.said)}")
    _say(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 else 1


def find_browser() -> Result:
    """Chromium for the tests that drive one: the system's, or one that is installed now."""
    began = time.monotonic()
    if _has_browser():
        return Result("browser", True, time.monotonic() - began, "")
    said = ""
    for words, command in _ways_to_a_browser():
        _say(f"No Chromium was found: {words}")
        done = subprocess.run(command, capture_output=True, text=True)
        said += done.stdout[-1000:] + done.stderr[-1000:]
        if done.returncode == 0 and _has_browser():
            return Result("browser", True, time.monotonic() - began, "")
    return Result("browser", False, time.monotonic() - began, f"No Chromium could be installed.\n{said}")


def _has_browser() -> bool:
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return True
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    found = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    return found.returncode == 0 and Path(found.stdout.strip()).exists()


def _ways_to_a_browser() -> list[tuple[str, list[str]]]:
    ways = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = (
            "apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install chromium"
        )
        ways.append(("installing the Debian package chromium.", ["sh", "-c", install]))
    download = [PYTHON, "-m", "playwright", "install", "chromium"]
    return [*ways, ("downloading the browser tool's own (playwright install chromium).", download)]


def _static_checks() -> list[Result]:
    results = [_run(name, [PYTHON, "-m", *command]) for name, command in STATIC.items()]
    return [*results, _run("architecture (imports)", [PYTHON, "-c", IMPORT_LINTER])]


def _run(name: str, command: list[str], *, shown: bool = False) -> Result:
    """Run to the end; `shown` lets people read along."""
    began = time.monotonic()
    lines = []
    with tempfile.TemporaryDirectory(prefix="waypost-check-") as home:
        environment = {**os.environ, "PYTHONPATH": f"src{os.pathsep}."}
        if not shown:  # pytest makes a home of its own; for the others there are keys in it and nothing else
            environment |= {"DJANGO_SETTINGS_MODULE": "waypost.config.settings", "WAYPOST_HOME": home}
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        with process:
            for line in process.stdout or ():
                lines.append(line)
                if shown:
                    _say(line.rstrip("\n"))
    return Result(name, process.returncode == 0, time.monotonic() - began, "".join(lines))


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if COUNTED.search(line)]
    return lines[-1] if lines else "pytest ended without its counts"


def _totals(results: list[Result], tests: Result) -> tuple[int, int]:
    """Checks and tests together; a run of tests that failed otherwise than by a test counts as one."""
    counts = {"passed": 0, "failed": 0, "error": 0}
    for number, word in COUNTED.findall(_last_line(tests.said)):
        counts[word.removesuffix("s")] += int(number)
    failed = counts["failed"] + counts["error"] or int(not tests.passed)
    checks = [result.passed for result in results]
    return counts["passed"] + checks.count(True), failed + checks.count(False)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (this is its voice)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
