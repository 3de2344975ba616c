"""The improvement plan under load: reading a document, the page of 500 actions, its files, the answer.

    .venv/bin/python benchmarks/plan.py [--turns 20] [--document FILE]

Starts a private server of its own, writes benchmarks/results/plan.md. Pages are timed inside the process, from the
request to the last byte, queries, log row and template included, for the most restricted role that sees them and for
the head of service. A page shows a hundred actions; the whole list is every page of it, one after the other. Memory is
how much larger the process became during one request. Where the clock says much more than the processor, the machine
was busy with something else.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT)]
SAMPLE = PROJECT / "src/waypost/demo/sample/alder-vale-2025.md"
RESULT = PROJECT / "benchmarks" / "results" / "plan.md"
NOW = datetime.now(UTC)


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="waypost-benchmark-") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        os.environ |= {"WAYPOST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "waypost.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import psycopg

        from waypost.config import database_roles, private_server

        with private_server.server(home) as where:
            database_roles.make_private_database(where)
            with psycopg.connect(where.url(database_roles.OWNER)) as owner:
                database_roles.prepare(owner)
            _migrate()
            rows = measured(asked)
    RESULT.write_text(report(asked, rows))
    sys.stdout.write(RESULT.read_text())
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--document", type=Path, default=SAMPLE)
    return parser.parse_args()


def _migrate() -> None:
    import subprocess

    env = os.environ | {"WAYPOST_DATABASE_ROLE": "owner"}
    done = [sys.executable, str(PROJECT / "manage.py")]
    subprocess.run([*done, "migrate", "-v0"], check=True, env=env)
    subprocess.run([*done, "collectstatic", "--noinput", "-v0"], check=True, env=env)


def measured(asked: argparse.Namespace) -> list[tuple[str, str, str]]:
    import django

    django.setup()
    from waypost.access.models import Staff
    from waypost.config.memory import settle
    from waypost.demo.accounts import load_accounts

    settle()  # as a worker of the web server does
    load_accounts(at=NOW)
    head, board = (Staff.objects.get(name=name) for name in ("Imogen Fenwick", "Ferhat Aydin"))
    rows = [*reading(asked), *small_plan(asked, head)]
    for size in (50, 500, 5000):
        rows += pages(asked, size, head, board)
    return rows


def reading(asked: argparse.Namespace) -> list[tuple[str, str, str]]:
    from waypost.files.reading import read_document
    from waypost.governance.improvement.reading_file import found_in, read_file

    name = asked.document.name
    return [
        timed(
            f"{name} read, plan and inspection, in the process",
            10,
            lambda: found_in(read_document(asked.document), name),
            "1 s",
        ),
        timed("the same in a confined child process", 5, lambda: read_file(asked.document, name), "1 s"),
    ]


def small_plan(asked: argparse.Namespace, head: Any) -> list[tuple[str, str, str]]:
    from waypost.files.reading import read_document
    from waypost.governance.improvement import reading_actions
    from waypost.governance.improvement.reading_file import found_in

    found = found_in(read_document(asked.document), asked.document.name)
    kept = reading_actions.keep_reading(
        asked.document.name,
        asked.document.read_bytes(),
        content_type=found.content_type,
        plan=found.plan,
        inspection=found.inspection,
        by=head,
        at=NOW,
    )
    plan = reading_actions.accept(kept, by=head, at=NOW)
    client = signed_in(head)
    actions = len(found.plan["actions"]) if found.plan else 0
    pdf = got(client, f"/improvement/versions/{plan.pk}/pdf/?status=all")
    return [
        once(f"PDF of its {actions} actions, the first in a process (fonts read)", pdf),
        timed(f"PDF of its {actions} actions, with its queries", asked.turns, pdf, "0.2 s"),
        timed("the answer page", asked.turns, got(client, f"/answer/{plan.inspection_id}/"), ""),
        timed("its PDF", asked.turns, got(client, f"/answer/{plan.inspection_id}/files/pdf/"), ""),
    ]  # fmt: skip


def pages(asked: argparse.Namespace, size: int, head: Any, board: Any) -> list[tuple[str, str, str]]:
    reading = reading_of(size, head)
    rows = [once(f"{size:,} actions accepted in one write", lambda: accepted(reading, head))]
    plan = noted(reading, head)
    turns = asked.turns if size <= 500 else 5
    for who, person in (("board member", board), ("head of service", head)):
        client = signed_in(person)
        first, whole = got(client, "/improvement/"), got(client, "/improvement/?status=all")
        limit = "0.1 s" if size == 500 else ""
        rows += [
            timed(f"plan of {size:,} as first shown, {who} ({queries(first)} queries)", turns, first, limit),
            timed(f"its whole plan, 100 to a page, {who} ({queries(whole)} queries)", turns, whole, limit),
        ]
        if size == 500:
            rows.append(timed(f"its whole list, five pages in turn, {who}", turns, every_page(client)))
    if size == 5000:
        excel = got(signed_in(head), f"/improvement/versions/{plan.pk}/excel/?status=all")
        rows += [timed(f"Excel of {size:,}, with its queries", 5, excel, "0.7 s"), *growth(excel, "30 MB")]
    return rows


def every_page(client: Any) -> Callable[[], None]:
    pages = [got(client, f"/improvement/?status=all&page={number}") for number in range(1, 6)]

    def get() -> None:
        for page in pages:
            page()

    return get


def queries(get: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get()
    with CaptureQueriesContext(connection) as asked_for:
        get()
    return len(asked_for)


def growth(get: Callable[[], None], limit: str) -> list[tuple[str, str, str]]:
    """Of the process, which has served such pages before, and of what Python itself holds at its most."""
    gc.collect()
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak
    get()
    grown = memory("VmHWM") - before
    tracemalloc.start()
    get()
    held = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    return [
        ("the process grew in one of them by", f"{grown:.0f} MB", limit),
        ("Python held for one of them at its most", f"{held:.0f} MB", limit),
    ]


def memory(what: str) -> float:
    """MB this process has now (VmRSS) or had at most (VmHWM), as Linux counts them."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def reading_of(size: int, head: Any) -> Any:
    """The reading of a plan of so many actions, five to a recommendation, each with two undated lines."""
    from waypost.governance.improvement import reading_actions

    actions = [_action(n) for n in range(size)]
    recommendations = [
        {"number": n, "area": f"Area {n % 4}", "text": f"Recommendation number {n}"} for n in range(1, size // 5 + 1)
    ]
    areas = [{"name": f"Area {n}", "recommendations": []} for n in range(4)]
    plan = {
        "areas": areas,
        "recommendations": recommendations,
        "actions": actions,
        "doubts": [],
        "rows": [],
        "source": {},
    }
    data = f"plan of {size}".encode()
    return reading_actions.keep_reading(
        "plan.md", data, content_type="text/markdown", plan=plan, inspection=None, by=head, at=NOW
    )


def accepted(reading: Any, head: Any) -> None:
    from waypost.governance.improvement import reading_actions

    reading_actions.accept(reading, by=head, at=NOW)


def noted(reading: Any, head: Any) -> Any:
    """Its plan, half the actions with three notes each."""
    from waypost.governance.improvement.models import Note, Plan

    made = Plan.objects.get(key=reading.pk)
    ids = list(made.actions.values_list("pk", flat=True))
    Note.objects.bulk_create(
        Note(action_id=pk, by=head, dated=NOW.date(), words="Ten files looked at.", at=NOW) for pk in ids[::2] * 3
    )
    return made


def _action(n: int) -> dict[str, Any]:
    return {
        "ref": f"{n // 5 + 1}{'abcde'[n % 5]}",
        "recommendation": n // 5 + 1,
        "text": f"Check every plan in sample {n} before the family sees it, with the worker who wrote it",
        "outcome": "Plans a child can follow",
        "leads": [{"name": "Leila Haddad", "role": "Team manager", "kind": "person"}, {"name": "Health trust", "role": "", "kind": "body"}],
        "start": {"text": "", "month": "2025-11"},
        "finish": {"text": "", "month": f"202{6 + n % 3}-06", "ongoing": False},
        "review": {"text": "", "month": None, "cadence": "monthly"},
        "progress": ["Dates to be set", "Sheet of five questions"],
        "rag": None,
        "where": {"line": n},
        "cells": [["Action", "as read"]],
        "area": None,
    }  # fmt: skip


def signed_in(person: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def got(client: Any, address: str) -> Callable[[], None]:
    def get() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        b"".join(response)

    return get


def once(what: str, do: Callable[[], object]) -> tuple[str, str, str]:
    began, used = time.perf_counter(), time.process_time()
    do()
    clock, processor = time.perf_counter() - began, time.process_time() - used
    return what, f"{clock * 1000:.0f} ms ({processor * 1000:.0f} ms of our processor), once", ""


def timed(what: str, turns: int, do: Callable[[], object], limit: str = "") -> tuple[str, str, str]:
    do()
    clock, processor = [], []
    for _ in range(turns):
        began, used = time.perf_counter(), time.process_time()
        do()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    p95 = quantiles(clock, n=20)[-1] if len(clock) > 1 else clock[0]
    return (
        what,
        f"{median(clock) * 1000:.0f} ms ({median(processor) * 1000:.0f} ms of our processor), p95 {p95 * 1000:.0f} ms",
        limit,
    )


def report(asked: argparse.Namespace, rows: list[tuple[str, str, str]]) -> str:
    lines = [
        "# The improvement plan: time",
        "",
        f"Command: `python benchmarks/plan.py --turns {asked.turns}`"
        + ("" if asked.document == SAMPLE else " with the published source document"),
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, with"
        f" {os.getloadavg()[2]:.1f} programs at work on them, others' too, in its last quarter of an hour. Median of the"
        " turns.",
        "",
        "| what | time | limit |",
        "|---|---|---|",
        *(f"| {what} | {time_} | {limit} |" for what, time_, limit in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
