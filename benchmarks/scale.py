"""A service at 5,000 and at 50,000 children: pages of the most restricted role, then fifty people at once for a minute.

    .venv/bin/python benchmarks/scale.py [--sizes 5000 50000] [--turns 60] [--users 50] [--seconds 60]

Starts a private server of its own, loads the demonstration and grows it as `bin/waypost demo grow` does, writes
benchmarks/results/scale.md. Pages are timed inside one process, from the request to the last byte, as the application's
role. Then one web worker serves fifty signed-in people over the loopback, each turning a page or saving something every
few seconds, while another case system's export is read in: no answer may be an error, no saved word may be lost.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT), str(PROJECT / "benchmarks")]
import invented  # noqa: E402

import people  # noqa: E402

RESULT = PROJECT / "benchmarks" / "results" / "scale.md"
CONTACTS = 20  # of each child
PAUSE = 8.0  # seconds between two things one person does, on the whole
LIMITS = {"Today": 100, "the list of children": 100, "a child’s page": 150}  # ms, p95; searches: 100
AT_ONCE = 400  # ms, p95
EXPORT = 400  # children in the export that is read meanwhile
SERVED = "from waypost.config import web; import django, sys; django.setup(); web.WORKERS, web.THREADS = 1, 8; web.serve(int(sys.argv[1]))"


@dataclass
class Size:
    """What was found at one size."""

    children: int
    grown: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    megabytes: float = 0.0
    pages: list[tuple[str, str, int, list[float]]] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)  # MB
    at_once: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    saved: tuple[int, int] = (0, 0)  # contacts answered as saved, and found afterwards
    changed: tuple[int, int, int] = (0, 0, 0)  # dates of one action: accepted, found in its history, refused as stale
    batch: str = ""


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="waypost-benchmark-") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        os.environ |= {"WAYPOST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "waypost.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        from waypost.config import environment, start

        with start.database(environment.read()):
            start.bring_up_to_date()
            import django

            django.setup()
            from django.utils import timezone

            from waypost.demo.load import load

            load(at=timezone.now())
            found = [measured(asked, children, Path(folder)) for children in asked.sizes]
    RESULT.write_text(report(asked, found))
    sys.stdout.write(RESULT.read_text())
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    return parser.parse_args()


def measured(asked: argparse.Namespace, children: int, folder: Path) -> Size:
    size = Size(children)
    began = time.perf_counter()
    grow(children)
    size.grown = time.perf_counter() - began
    swept()
    size.counts, size.megabytes = counted()
    size.pages = pages(asked)
    at_once(asked, size, folder)
    return size


def grow(children: int) -> None:
    """To that many: what a smaller size has grown already is gone on with."""
    number = ["--children", str(children), "--contacts", str(children * CONTACTS)]
    subprocess.run([str(PROJECT / "bin" / "waypost"), "demo", "grow", *number], check=True)


def swept() -> None:
    """As the database is a night later: no sweeping of seven million new rows goes on beside what is timed."""
    import psycopg

    from waypost.config import database_roles, environment

    owner = database_roles.parameters(database_roles.settings(environment.read(), "owner"))
    with psycopg.connect(**owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def counted() -> tuple[dict[str, int], float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r' AND relname ~ '^(people|casework|access)_'"
        )
        found = {name: max(number, 0) for name, number in cursor.fetchall()}
        cursor.execute("SELECT pg_database_size(current_database())")
        return found, cursor.fetchone()[0] / 1e6


# Pages, one after another ---------------------------------------------------------------------------------------------


def pages(asked: argparse.Namespace) -> list[tuple[str, str, int, list[float]]]:
    from django.urls import reverse

    from waypost.config.memory import settle

    settle()
    rows = []
    for who, person in (("specialist", specialist()), ("case manager", busiest("allocated"))):
        client, own = people.signed_in(person), children_of(person)
        names = names_at(own)
        tasks: dict[str, Callable[[int], Any]] = {
            "Today": lambda n, c=client: c.get(reverse("today")),
            "the list of children": lambda n, c=client: c.get(reverse("children")),
            "a child’s page": lambda n, c=client, own=own: c.get(reverse("child", kwargs={"pk": own[n % len(own)]})),
            "a child by name": lambda n, c=client, names=names: c.post(
                reverse("find"), {"what": " ".join(names[n % len(names)])}
            ),
            "by a family name": lambda n, c=client, names=names: c.post(
                reverse("find"), {"what": names[n % len(names)][1]}
            ),
            "by the first letters": lambda n, c=client, names=names: c.post(
                reverse("find"), {"what": " ".join(one[:3] for one in names[n % len(names)])}
            ),
        }
        for what, do in tasks.items():
            queries, clock, _ = people.timed(asked.turns, do)
            rows.append((f"{who}, {len(own)} children open to them", what, queries, clock))
    return rows


def specialist() -> Any:
    return busiest("involved")


def busiest(basis: str) -> Any:
    """Of those who hold children in that way whoever holds as many as half of them do: the middle of the list."""
    from django.db.models import Count

    from waypost.access.models import Access, Staff

    rows = (
        Access.objects.filter(basis=basis, until=None).values("staff").annotate(number=Count("pk")).order_by("number")
    )
    return Staff.objects.get(pk=rows[len(rows) * 3 // 4]["staff"])


def children_of(person: Any) -> list[Any]:
    from django.utils import timezone

    from waypost.access.models import access_of

    return list(access_of(person, timezone.now()).values_list("child", flat=True).distinct()[:500])


def names_at(children: list[Any]) -> list[tuple[str, str]]:
    from django.db import transaction
    from django.utils import timezone

    from waypost.access.asking import asking
    from waypost.access.models import Staff
    from waypost.people.models import Name

    with transaction.atomic():
        asking(Staff.objects.filter(roles_held__role="head_of_service").first(), at=timezone.now())
        return list(Name.objects.filter(person__in=children, kind="legal").values_list("given", "family"))


# Fifty at once --------------------------------------------------------------------------------------------------------


def at_once(asked: argparse.Namespace, size: Size, folder: Path) -> None:
    from django.utils import timezone

    from waypost.casework.models import Contact
    from waypost.governance.improvement.models import ActionChange

    users = [User(person, n) for n, person in enumerate(workers(asked.users))]
    managers = [User(person, 900 + n) for n, person in enumerate(leaders(2))]
    began = timezone.now()
    with serving() as (port, process):
        for one in (*users, *managers):
            one.meet(port)
        batch = read_export(folder, size.children)
        until = time.monotonic() + asked.seconds
        threads = [threading.Thread(target=one.work, args=(until,)) for one in users]
        threads += [threading.Thread(target=one.change_dates, args=(until,)) for one in managers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - until + asked.seconds
        size.batch = said_of(batch, took)
        size.memory["web worker"] = resident(process.pid)
    for one in (*users, *managers):
        for what, times in one.took.items():
            size.at_once.setdefault(what, []).extend(times)
        size.wrong += one.wrong
    saved = Contact.objects.filter(by__in=[one.person.pk for one in users], at__gte=began).count()
    size.saved = (sum(one.saved for one in users), saved)
    changes = ActionChange.objects.filter(at__gte=began).values("at", "by").distinct().count()
    size.changed = (sum(one.saved for one in managers), changes, sum(one.stale for one in managers))


def workers(number: int) -> list[Any]:
    from waypost.access.models import Access, Staff

    held = Access.objects.filter(basis="allocated", until=None).values("staff")
    return list(Staff.objects.working().filter(pk__in=held).order_by("?")[:number])


def leaders(number: int) -> list[Any]:
    from django.utils import timezone

    from waypost.access.models import Staff

    return list(Staff.objects.working().holding("head_of_service", timezone.now())) + list(
        Staff.objects.working().holding("manager", timezone.now())[: number - 1]
    )


@contextmanager
def serving() -> Iterator[tuple[int, Any]]:
    """One worker process of the web server as the service runs it."""
    import socket

    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    env = os.environ | {"PYTHONPATH": str(PROJECT / "src"), "WAYPOST_DATABASE_ROLE": "app"}
    log = Path(os.environ["WAYPOST_HOME"]).parent / "web.log"
    with log.open("a") as out:
        process = subprocess.Popen([sys.executable, "-c", SERVED, str(port)], env=env, stdout=out, stderr=out)
    try:
        for _ in range(300):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/sign-in/")
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(2)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


class User:
    """One signed-in person at a browser: a page, a look at it, the next."""

    def __init__(self, person: Any, place: int) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(person)
        self.person, self.chance = person, random.Random(place)
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        self.own = children_of(person)
        self.names = names_at(self.own) if self.own else []
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        self.saved = self.stale = 0

    def meet(self, port: int) -> None:
        self.web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.ask("GET", "/")  # and the token of its forms

    def work(self, until: float) -> None:
        time.sleep(self.chance.random() * PAUSE)
        while time.monotonic() < until:
            self.chance.choices((self.today, self.list, self.find, self.child, self.record), (20, 15, 20, 30, 15))[0]()
            time.sleep(self.chance.uniform(0.5, 1.5) * PAUSE)

    def today(self) -> None:
        self.timed("Today", "GET", "/")

    def list(self) -> None:
        self.timed("the list of children", "GET", "/children/")

    def find(self) -> None:
        given, family = self.chance.choice(self.names)
        self.timed("a search", "POST", "/find/", {"what": f"{given[:4]} {family}"})

    def child(self) -> None:
        self.timed("a child’s page", "GET", f"/children/{self.chance.choice(self.own)}/")

    def record(self) -> None:
        from datetime import timedelta

        from django.utils import timezone

        start = timezone.localtime() - timedelta(hours=1)
        posted = {"once": people.new(), "day-day": start.day, "day-month": start.month, "day-year": start.year, "clock": f"{start:%H:%M}", "minutes": 30, "way": "office", "who": "child", "came": "came", "less_safe": "nobody", "words": "Bus times. " * 20, "acceptable": "not_yet", "next": "none"}  # fmt: skip
        status, _ = self.timed(
            "a contact saved", "POST", f"/children/{self.chance.choice(self.own)}/contacts/record/", posted, (302,)
        )
        self.saved += status == 302

    def change_dates(self, until: float) -> None:
        """Two of them change the dates of one action, each from the page they last read."""
        action = _an_action()
        address = f"/improvement/actions/{action}/dates/"
        while time.monotonic() < until:
            _, page = self.timed("the form of an action’s dates", "GET", address)
            found = re.search(rb'name="revision"[^>]*value="(\d+)"', page)
            time.sleep(self.chance.uniform(0.2, 1.2))
            month = self.chance.randrange(1, 13)
            posted = {
                "start-month": month,
                "start-year": 2025,
                "finish-month": month,
                "finish-year": self.chance.randrange(2027, 2090),
                "why": "Agreed.",
                "revision": found[1].decode() if found else "",
            }
            status, _ = self.timed("dates of an action changed", "POST", address, posted, (302, 409))
            self.saved += status == 302
            self.stale += status == 409

    def timed(
        self, what: str, method: str, path: str, posted: dict[str, Any] | None = None, well: tuple[int, ...] = (200,)
    ) -> tuple[int, bytes]:
        began = time.perf_counter()
        try:
            status, body = self.ask(method, path, posted)
        except (OSError, http.client.HTTPException) as error:
            self.wrong[f"{what}: {type(error).__name__}"] += 1
            self.web.close()
            return 0, b""
        self.took[what].append((time.perf_counter() - began) * 1000)
        if status not in well:
            self.wrong[f"{what}: {status}"] += 1
        return status, body

    def ask(self, method: str, path: str, posted: dict[str, Any] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if posted is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": self.cookies.get("csrf", ""),
                "Origin": f"http://127.0.0.1:{self.web.port}",
            }
            body = urlencode(posted)
        self.web.request(method, path, body, headers)
        answer = self.web.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read()


def _an_action() -> Any:
    from waypost.governance.improvement.models import Action

    return Action.objects.filter(plan__replaced_at=None).order_by("ref").first().pk


def read_export(folder: Path, size: int) -> tuple[Any, float]:
    """Begins reading another system's export, as its nightly run does: a process of its own."""
    from tests.alongside import exports

    export = folder / f"export {size}"
    export.mkdir()
    by = leaders(1)[0].email
    given, family = ([name for name in of if _in_windows(name)] for of in invented.names())
    names = list(zip(given, family, strict=False))
    rows = []
    for n in range(EXPORT):
        first, last = names[n % len(names)]
        row = list(exports.wide_rows()[n % 2])
        born = f"{1 + n % 28:02d}/{1 + n // 28 % 12:02d}/{2009 + n % 5}"
        row[:5] = [f"NW{size}{n:05d}", first, last, born, "M"]
        row[6], row[8], row[16] = "", f"{size}{n:05d}", f"{size}{n:06d}"
        rows.append(row)
    exports.WIDE.write(export, rows)
    mapping = export.with_suffix(".yaml")
    held = [one.email for one in workers(2)]
    mapping.write_text(exports.WIDE.mapping.replace(exports.PRIYA, held[0]).replace(exports.SAM, held[1]))
    command = [
        str(PROJECT / "bin" / "waypost"),
        "alongside",
        "read",
        str(export),
        "--mapping",
        str(mapping),
        "--by",
        by,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True), time.monotonic()


def _in_windows(name: str) -> bool:
    """As an export in the code page of Windows can write it."""
    return name == name.encode("cp1252", errors="ignore").decode("cp1252")


def said_of(batch: tuple[Any, float], people_ended: float) -> str:
    """What became of it; it goes on to its end after the people have gone home."""
    process, began = batch
    went_on = process.poll() is None
    said, _ = process.communicate(timeout=900)
    if process.returncode not in (0, 2):
        raise SystemExit(f"the export was not read: {said}")
    when = "all the minute" if went_on else f"{people_ended:.0f} s"
    return f"an export of {EXPORT} children read in {time.monotonic() - began:.0f} s, {when}: {said.splitlines()[-1]}"


def resident(pid: int) -> float:
    """MB of a process and of those it has started."""
    found = subprocess.run(["ps", "-o", "rss=", "--pid", str(pid), "--ppid", str(pid)], capture_output=True, text=True)
    return sum(map(int, found.stdout.split())) / 1024


def report(asked: argparse.Namespace, found: list[Size]) -> str:
    sizes = " ".join(map(str, asked.sizes))
    lines = [
        "# A service at two sizes: time and memory",
        "",
        f"Command: `python benchmarks/scale.py --sizes {sizes} --turns {asked.turns} --users {asked.users} --seconds {asked.seconds}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, PostgreSQL beside it on the same two.",
        "",
        "| | " + " | ".join(f"{one.children:,} children" for one in found) + " |",
        "|---" * (len(found) + 1) + "|",
        _row("contacts", found, lambda one: f"{one.counts['casework_contact']:,}"),
        _row("rows of who may open whom", found, lambda one: f"{one.counts['access_access']:,}"),
        _row("grown in", found, lambda one: f"{one.grown:.0f} s"),
        _row("database", found, lambda one: f"{one.megabytes:,.0f} MB"),
        _row("a child costs", found, lambda one: f"{one.megabytes * 1000 / one.children:.0f} kB"),
        _row("web worker after the minute", found, lambda one: f"{one.memory['web worker']:.0f} MB"),
        "",
        "## One after another",
        "",
        f"{asked.turns} turns each, each turn another child; milliseconds at the server, median and p95.",
        "",
        "| who | what | queries | "
        + " | ".join(f"{one.children:,}: median | p95" for one in found)
        + " | limit, p95 |",
        "|---" * (2 * len(found) + 4) + "|",
    ]
    for n, (_, what, queries, _) in enumerate(found[0].pages):
        times = " | ".join(
            f"{median(one.pages[n][3]):.0f} | {quantiles(one.pages[n][3], n=20)[-1]:.0f}" for one in found
        )
        who = "; ".join(dict.fromkeys(one.pages[n][0] for one in found))
        lines.append(f"| {who} | {what} | {queries} | {times} | {LIMITS.get(what, 100)} |")
    lines += [
        "",
        f"## {asked.users} at once, for {asked.seconds} s, one web worker",
        "",
        f"Each does something every {PAUSE:g} s on the whole; two who lead change the dates of one action as fast as they can;",
        "meanwhile another system’s export is read. Milliseconds over the loopback, the wait for the worker included.",
        "",
        "| what | " + " | ".join(f"{one.children:,}: times | median | p95" for one in found) + " | limit, p95 |",
        "|---" * (3 * len(found) + 2) + "|",
    ]
    for what in ("all", *found[0].at_once):
        cells = []
        for one in found:
            took = (
                [ms for times in one.at_once.values() for ms in times] if what == "all" else one.at_once.get(what, [])
            )
            cells.append(
                f"{len(took)} | {median(took):.0f} | {quantiles(took, n=20)[-1]:.0f}"
                if len(took) > 1
                else f"{len(took)} | |"
            )
        lines.append(f"| {what} | {' | '.join(cells)} | {AT_ONCE} |")
    lines += [""]
    for one in found:
        wrong = ", ".join(f"{what} ({number})" for what, number in one.wrong.items()) or "none"
        lines.append(
            f"- {one.children:,} children: errors: {wrong}; contacts answered as saved {one.saved[0]}, found in the database"
            f" {one.saved[1]}; dates of one action accepted {one.changed[0]}, in its history {one.changed[1]}, refused because"
            f" the page was no longer the latest {one.changed[2]}; {one.batch}"
        )
    return "\n".join(
        [*lines, "", "Not to be concluded: how fast a browser shows a page; what another machine does.", ""]
    )


def _row(name: str, found: list[Size], said: Callable[[Size], str]) -> str:
    return f"| {name} | {' | '.join(map(said, found))} |"


if __name__ == "__main__":
    sys.exit(main())
