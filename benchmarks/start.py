"""How long from a fresh clone until it serves, at its first start and at its second.

    .venv/bin/python benchmarks/start.py [--rounds 1]

Clones the last commit into a folder with a space in its name, without pip's cache, starts it with bin/run, and ends it;
then starts it again. Writes benchmarks/results/start.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
RESULT = PROJECT / "benchmarks" / "results" / "start.md"
STEPS = {  # what bin/run says, and what has been done when it says it
    "waypost: installing": "environment made",
    "sign in:": "packages installed, database made, demonstration loaded",
    "Waypost is at": "serving",
}
LIMITS = {"first start": 90.0, "second start": 10.0}  # seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    rounds = parser.parse_args().rounds
    found = [_one_clone() for _ in range(rounds)]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(_report(found, rounds)) + "\n")
    print(RESULT.read_text())  # noqa: T201 (a benchmark's answer)
    return 0 if all(_median(found, start, "serving") < limit for start, limit in LIMITS.items()) else 1


def _one_clone() -> dict[str, dict[str, float]]:
    folder = Path(tempfile.mkdtemp(prefix="waypost start "))
    folder.chmod(0o711)
    clone = folder / "a clone"
    try:
        subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
        return {start: _start(clone) for start in LIMITS}
    finally:
        shutil.rmtree(folder)


def _start(clone: Path) -> dict[str, float]:
    """Seconds until each step was said."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "WAYPOST_"))}
    environment["PIP_NO_CACHE_DIR"] = "1"
    began, steps = time.monotonic(), {}
    process = subprocess.Popen(
        [str(clone / "bin" / "run"), "--port", str(_free_port())],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout or ():
        for said, step in STEPS.items():
            if line.startswith(said):
                steps.setdefault(step, time.monotonic() - began)
        if "serving" in steps:
            break
    process.terminate()
    process.communicate()
    return steps


def _report(found: list[dict[str, dict[str, float]]], rounds: int) -> list[str]:
    lines = [
        "# From a fresh clone until it serves",
        "",
        f"Command: `python benchmarks/start.py --rounds {rounds}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f} at the end. pip's cache off; packages from the index that pip is set up for.",
        "",
        "| start | until | seconds | limit |",
        "|---|---|---|---|",
    ]
    for start, limit in LIMITS.items():
        for step in STEPS.values():
            if all(step in one[start] for one in found):
                said = f"{limit:.0f}" if step == "serving" else ""
                lines.append(f"| {start} | {step} | {_median(found, start, step):.1f} | {said} |")
    return [
        *lines,
        "",
        "Most of a first start is the package index: on a slow connection it is the connection that is timed.",
    ]


def _median(found: list[dict[str, dict[str, float]]], start: str, step: str) -> float:
    return median(one[start][step] for one in found)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
