"""A service of 2,000 children with their contacts: a child's page, Today, and saving a contact while 20 workers save.

    .venv/bin/python benchmarks/casework.py [--children 2000] [--turns 60] [--workers 20]

Starts a private server of its own, writes benchmarks/results/casework.md. Pages are timed inside the process, from the
request to the last byte, as the application's role. Saving: that many workers at once in as many threads of one process,
each pausing between two saves as a person would; timed are the action alone and the whole request.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT), str(PROJECT / "benchmarks")]
import people  # noqa: E402

RESULT = PROJECT / "benchmarks" / "results" / "casework.md"
NOW = people.NOW
CONTACTS = 60  # of each child, in the last year
PAUSE = 2.0  # seconds between two saves of one worker, on the whole
SAVES = 15  # of each worker


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="waypost-benchmark-") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        os.environ |= {"WAYPOST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "waypost.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import psycopg

        from waypost.config import database_roles, private_server
        from waypost.config.memory import settle

        with private_server.server(home) as where:
            database_roles.make_private_database(where)
            with psycopg.connect(where.url(database_roles.OWNER)) as owner:
                database_roles.prepare(owner)
            people._migrate()
            import django

            django.setup()
            with psycopg.connect(where.url(database_roles.OWNER), autocommit=True) as owner:
                made = people.Population(asked.children, owner)
                made.write()
                Casework(made).write()
            settle()
            rows = pages(asked, made) + saving(asked, made)
    RESULT.write_text(report(asked, made, rows))
    sys.stdout.write(RESULT.read_text())
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=2_000)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--workers", type=int, default=20)
    return parser.parse_args()


class Casework:
    """For each child a case, an order with its requirements, a year of contacts, and what is to be done."""

    def __init__(self, made: Any) -> None:
        self.made, self.chance = made, random.Random(418)
        self.orders = {pk: people.new() for pk, *_ in made.people}
        self.offences = {pk: people.new() for pk, *_ in made.people}

    def write(self) -> None:
        from waypost.casework import models as casework
        from waypost.people.models import Entry

        made, ids = self.made, [pk for pk, *_ in self.made.people]
        day = NOW.date() - timedelta(days=200)
        said = made._said
        made._insert(casework.Involvement, (said(pk, since=day, kind="order") for pk in ids))
        made._insert(casework.Offence, (said(pk, since=day) | {"id": self.offences[pk], "type": "common_assault"} for pk in ids))  # fmt: skip
        made._insert(casework.Outcome, (said(pk, since=day) | {"id": self.orders[pk], "type": "youth_rehabilitation", "length": 12, "persistent": False, "extended_months": 0} for pk in ids))  # fmt: skip
        made._insert(casework.OutcomeFor, ({"id": people.new(), "person_id": pk, "outcome_id": self.orders[pk], "offence_id": self.offences[pk]} for pk in ids))  # fmt: skip
        made._insert(casework.Requirement, (said(pk, outcome_id=self.orders[pk], type=type) for pk in ids for type in ("supervision", "activity")))  # fmt: skip
        made._insert(casework.ExpectedContact, (said(pk, since=day, level="intensive", weeks=4) for pk in ids))
        contacts = list(self._contacts(ids))
        made._insert(Entry, (entry for entry, *_ in contacts))
        for model, place in ((casework.Contact, 1), (casework.ContactWorker, 2), (casework.Attendance, 3)):
            made._insert(model, (row[place] for row in contacts))
        made._insert(casework.Task, (self._task(pk, n) for pk in ids for n in range(4)))
        made.owner.execute("VACUUM ANALYZE")

    def _contacts(self, ids: list[Any]) -> Iterator[tuple[dict[str, Any], ...]]:
        for n, pk in enumerate(ids):
            worker = self.made._holder(n).pk
            for k in range(CONTACTS):
                starts = NOW - timedelta(days=3 * k + 1, minutes=self.chance.randrange(300))
                came = "missed" if k % 9 == 4 else "came"
                entry = self.made._said(pk, since=starts.date(), kind="office", title="Supervision: came", words="Bus times. " * 20, own_words="I just say yes." if k % 5 == 0 else "", said_by="child" if k % 5 == 0 else "", demeanour="")  # fmt: skip
                contact = {"id": people.new(), "person_id": pk, "starts": starts, "minutes": 45, "way": "office", "who": ["child"], "planned": True, "outcome_id": self.orders[pk], "entry_id": entry["id"], "by_id": worker, "at": starts, "once": people.new()}  # fmt: skip
                of = {"person_id": pk, "contact_id": contact["id"]}
                yield (
                    entry,
                    contact,
                    {"id": people.new(), "staff_id": worker} | of,
                    {"id": people.new(), "came": came, "acceptable": False if came == "missed" else None, "reason": "chose_not_to" if came == "missed" else "", "by_id": worker, "at": starts} | of,
                )  # fmt: skip

    def _task(self, pk: Any, n: int) -> dict[str, Any]:
        due = NOW.date() + timedelta(days=self.chance.randrange(-5, 20))
        return {"id": people.new(), "person_id": pk, "key": f"assessment_{n}", "title": "Assessment", "due": due, "starts": due - timedelta(days=20), "role": "practitioner", "from_kind": "person", "by_id": self.made.boss.pk, "at": NOW, "once": people.new()}  # fmt: skip


Row = tuple[str, str, int | str, list[float], list[float], int]


def pages(asked: argparse.Namespace, made: Any) -> list[Row]:
    from django.urls import reverse

    worker, rows = made.staff[0], []
    own = [child for n, child in enumerate(made.people) if n % people.STAFF == 0]
    for who, person in (("case manager", worker), ("manager", made.boss)):
        client = people.signed_in(person)
        tasks = {
            "a child’s page": (lambda n, c=client: c.get(reverse("child", kwargs={"pk": own[n % len(own)][0]})), 150),
            "Today": (lambda n, c=client: c.get(reverse("today")), 100),
            "the form of a contact": (
                lambda n, c=client: c.get(reverse("contact_record", kwargs={"pk": own[n % len(own)][0]})),
                0,
            ),
        }
        for what, (do, limit) in tasks.items():
            rows.append((who, what, *people.timed(asked.turns, do), limit))
    return rows


def saving(asked: argparse.Namespace, made: Any) -> list[Row]:
    """What each save took, of all workers together: the action alone, then the whole request."""
    alone, whole = _at_once(asked, made, _act), _at_once(asked, made, _post)
    at_once = f"{asked.workers} workers at once, each every {PAUSE:g} s"
    return [
        (at_once, "a contact saved, the action", "", alone, [], 50),
        (at_once, "the whole request", "", whole, [], 0),
        ("one worker", "a contact saved, the action", "", [_act(made, 0, n) for n in range(asked.turns)], [], 50),
        ("one worker", "the whole request", "", [_post(made, 0, n) for n in range(asked.turns)], [], 0),
    ]


def _at_once(asked: argparse.Namespace, made: Any, save: Any) -> list[float]:
    took: list[float] = []

    def work(place: int) -> None:
        from django.db import connection

        chance = random.Random(place)
        time.sleep(chance.random() * PAUSE)
        for n in range(SAVES):
            took.append(save(made, place, n))
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
        connection.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(asked.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def _act(made: Any, place: int, n: int) -> float:
    from django.db import transaction

    from waypost.access.asking import asking
    from waypost.access.models import Staff
    from waypost.casework.contacts import actions
    from waypost.casework.contacts.actions import Came, Meeting
    from waypost.people.models import Person

    worker, pk = Staff.objects.get(pk=made.staff[place].pk), _own(made, place, n)
    now, came = people.datetime.now(people.UTC), Came("came", less_safe="nobody", words="Bus times. " * 20)
    began = time.perf_counter()
    with transaction.atomic():
        asking(worker, at=now)
        person = Person.objects.get(pk=pk)
        actions.record(person, Meeting(now - timedelta(hours=1)), came, by=worker, at=now, once=people.new())
    return (time.perf_counter() - began) * 1000


CLIENTS = threading.local()


def _post(made: Any, place: int, n: int) -> float:
    from django.urls import reverse
    from django.utils import timezone

    if not hasattr(CLIENTS, "client"):
        CLIENTS.client = people.signed_in(made.staff[place])
    start = timezone.localtime() - timedelta(hours=1)
    posted = {"once": people.new(), "day-day": start.day, "day-month": start.month, "day-year": start.year, "clock": f"{start:%H:%M}", "minutes": 30, "way": "office", "who": "child", "came": "came", "less_safe": "nobody", "words": "Bus times. " * 20, "acceptable": "not_yet", "next": "none"}  # fmt: skip
    began = time.perf_counter()
    answer = CLIENTS.client.post(reverse("contact_record", kwargs={"pk": _own(made, place, n)}), posted)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 302:
        raise SystemExit(f"answered {answer.status_code}")
    return took


def _own(made: Any, place: int, n: int) -> Any:
    own = [child[0] for k, child in enumerate(made.people) if k % people.STAFF == place and k % 1000 != 7]
    return own[n % len(own)]


def report(asked: argparse.Namespace, made: Any, rows: list[Row]) -> str:
    counts = ", ".join(f"{name} {number:,}" for name, number in made.counts.items())
    lines = [
        "# Casework: time",
        "",
        f"Command: `python benchmarks/casework.py --children {asked.children} --turns {asked.turns} --workers {asked.workers}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}.",
        "",
        f"Rows: {counts}.",
        "",
        "| who | what | queries | median | p95 | of the processors: median | limit, median |",
        "|---|---|---|---|---|---|---|",
    ]
    for who, what, queries, clock, processor, limit in rows:
        p95 = quantiles(clock, n=20)[-1]
        used = f"{median(processor):.0f} ms" if processor else ""
        lines.append(
            f"| {who} | {what} | {queries} | {median(clock):.0f} ms | {p95:.0f} ms | {used} | {f'{limit} ms' if limit else ''} |"
        )
    return "\n".join([*lines, "", "Not to be concluded: how fast a browser shows a page.", ""])


if __name__ == "__main__":
    sys.exit(main())
