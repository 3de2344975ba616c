"""Every check asked of every open case, of 2,000 and of 20,000.

    .venv/bin/python benchmarks/readiness.py [--sizes 2000 20000]

Starts a private server of its own for each size, fills it with simulated children until as many cases are open, and writes
benchmarks/results/readiness.md. Timed is the whole going-through: read, checked, kept; first when nothing was known, then as
on any other night.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT), str(PROJECT / "benchmarks")]
import scale  # noqa: E402

RESULT = PROJECT / "benchmarks" / "results" / "readiness.md"
OF_WHOM_OPEN = 4.3  # simulated children to one open case, and some more
LIMITS = {2000: 2.0, 20000: 20.0}  # seconds


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="waypost-benchmark-") as folder:
        Path(folder).chmod(0o711)
        if asked.one:
            asked.into.write_text(json.dumps(_measured(asked.one, folder)), encoding="utf-8")
            return 0
        rows = [_apart(size, Path(folder) / f"{size}.json") for size in asked.sizes]
    RESULT.write_text(_report(asked.sizes, rows), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))
    return 0


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000])
    asked.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    asked.add_argument("--into", type=Path, default=Path(), help=argparse.SUPPRESS)
    return asked.parse_args()


def _apart(size: int, into: Path) -> dict[str, Any]:
    """In a process of its own: each has a server of its own, and the settings are read once in each."""
    command = [sys.executable, __file__, "--one", str(size), "--into", str(into)]
    subprocess.run(command, check=True)
    found: dict[str, Any] = json.loads(into.read_text(encoding="utf-8"))
    return found


def _measured(size: int, folder: str) -> dict[str, Any]:
    os.environ |= {"WAYPOST_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "waypost.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    from waypost.config import environment, start

    with start.database(environment.read()):
        start.bring_up_to_date()
        import django

        django.setup()
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django.utils import timezone

        from waypost.demo.load import load
        from waypost.people.record.models import Child
        from waypost.quality.models import ReadinessResult
        from waypost.quality.readiness import actions

        load(at=timezone.now())
        scale.grow(int(size * OF_WHOM_OPEN))
        scale.swept()
        runs = []
        for _ in range(4):
            began = time.perf_counter()
            run = actions.go_through(Child.objects.all(), at=timezone.now(), whole=True)
            runs.append(time.perf_counter() - began)
        with CaptureQueriesContext(connection) as asked:
            actions.go_through(Child.objects.all(), at=timezone.now(), whole=True)
        return {
            "cases": run.cases,
            "standing": ReadinessResult.objects.standing().count(),
            "first": runs[0],
            "then": sorted(runs[1:])[1],
            "queries": len(asked),
        }


def _report(sizes: list[int], rows: list[dict[str, Any]]) -> str:
    lines = [
        "# Readiness: time",
        "",
        f"Command: `python benchmarks/readiness.py --sizes {' '.join(map(str, sizes))}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, PostgreSQL "
        "beside it on the same two.",
        "",
        "| open cases | what stands | queries | the first night | any other night, median of three | limit |",
        "|---|---|---|---|---|---|",
    ]
    for size, row in zip(sizes, rows, strict=True):
        limit = f"{LIMITS[size]:.0f} s" if size in LIMITS else ""
        lines.append(
            f"| {row['cases']:,} | {row['standing']:,} | {row['queries']} | {row['first']:.1f} s | {row['then']:.1f} s | {limit} |"
        )
    lines += [
        "",
        "Not to be concluded: how long it takes where children have many assessments; the simulation has few.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
