"""Filling a demonstration in bulk: how long 50,000 children with a million contacts take, and how much memory.

    .venv/bin/python benchmarks/grow.py [--children 50000] [--contacts 1000000]

Starts a private server of its own, loads the written cases, grows, and writes benchmarks/results/grow.md. Beside the clock
stands what the processors did, ours and the database's: where the two processors did much less than the clock says, the
machine was busy with something else.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT), str(PROJECT / "benchmarks")]

RESULT = PROJECT / "benchmarks" / "results" / "grow.md"


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="waypost-benchmark-") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        os.environ |= {"WAYPOST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "waypost.config.settings"}
        os.environ |= {"WAYPOST_DATABASE_ROLE": "owner", "PYTHONPATH": str(PROJECT / "src")}
        os.environ.pop("DATABASE_URL", None)
        from waypost.config import database_roles, private_server, start

        with private_server.server(home) as where:
            database_roles.make_private_database(where)
            start.bring_up_to_date()
            RESULT.write_text(_grown(asked, int((where.data / "postmaster.pid").read_text().split()[0])))
    sys.stdout.write(RESULT.read_text())
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=50_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    return parser.parse_args()


def _grown(asked: argparse.Namespace, postmaster: int) -> str:
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from waypost.demo.borough.grow import PROCESSES, grow, told
    from waypost.demo.load import load

    load(at=timezone.now(), borough=False)
    connection.close()
    waited, began, busy = os.getloadavg()[0], time.perf_counter(), _processors()
    own, theirs = (
        sum(_times(resource.RUSAGE_CHILDREN)) + sum(_times(resource.RUSAGE_SELF)),
        _of_the_database(postmaster),
    )
    with told(sys.stderr.write, on_a_terminal=sys.stderr.isatty()) as progress:
        grown = grow(asked.children, contacts=asked.contacts, seed=1, at=timezone.now(), progress=progress)
    took = time.perf_counter() - began
    used = {name: after - busy[name] for name, after in _processors().items()}
    connection.close()  # what a backend used is known once it has gone
    time.sleep(1)
    ours = sum(_times(resource.RUSAGE_CHILDREN)) + sum(_times(resource.RUSAGE_SELF)) - own
    database = _of_the_database(postmaster) - theirs
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = cursor.fetchone()
    lines = [
        "# Growing a demonstration: time and memory",
        "",
        f"Command: `python benchmarks/grow.py --children {asked.children} --contacts {asked.contacts}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}.",
        "",
        "| what | how much |",
        "|---|---|",
        f"| children | {grown.children:,} |",
        f"| contacts | {grown.contacts:,} |",
        f"| rows in all | {grown.rows:,} |",
        f"| on the clock | {took:.0f} s |",
        f"| rows a second | {grown.rows / took:,.0f} |",
        f"| processor time of {PROCESSES} writing processes | {ours:.0f} s |",
        f"| processor time of the database | {database:.0f} s |",
        f"| the two together, on {os.cpu_count()} processors with nothing else to do | {(ours + database) / (os.cpu_count() or 1):.0f} s |",
        f"| processor time of everything on the machine meanwhile | {used['busy']:.0f} s of {used['all']:.0f} s |",
        f"| of which others took | {used['busy'] - ours - database:.0f} s |",
        f"| load of the machine before it began | {waited:.1f} |",
        f"| most memory of one writing process | {most} MB |",
        f"| the database afterwards | {size} |",
        "",
        "A batch of 500 children is held in memory, whatever the number of children. Foreign keys and constraints are looked",
        "at as for any other row; no index is dropped. Not to be concluded: how fast pages are afterwards (see people.md).",
        "",
    ]
    return "\n".join(lines)


def _times(who: int) -> tuple[float, float]:
    found = resource.getrusage(who)
    return found.ru_utime, found.ru_stime


def _of_the_database(postmaster: int) -> float:
    """Seconds of the server and of all its backends that have gone."""
    told = Path(f"/proc/{postmaster}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(each) for each in told[11:15]) / os.sysconf("SC_CLK_TCK")


def _processors() -> dict[str, float]:
    """Seconds since the machine started, of all its processors: busy, and all."""
    ticks: list[Any] = [int(each) for each in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    each = os.sysconf("SC_CLK_TCK")
    return {"busy": (sum(ticks) - idle) / each, "all": sum(ticks) / each}


if __name__ == "__main__":
    sys.exit(main())
