"""A service of 50,000 children under load: finding one, a list, a page, entering one.

    .venv/bin/python benchmarks/people.py [--children 50000] [--turns 60]

Starts a private server of its own, writes benchmarks/results/people.md. Pages are timed inside the process, from the
request to the last byte: queries under row security as the application's role, log row and template included. Every
turn asks for another child. Beside the clock stands what a turn took of the processors, ours and the database's: where
the clock says much more, the machine was busy with something else.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT), str(PROJECT / "benchmarks")]
import invented  # noqa: E402

RESULT = PROJECT / "benchmarks" / "results" / "people.md"
NOW = datetime.now(UTC)
LIMIT = 100  # ms, at the 95th percentile
TEAM = 10
STAFF = 100


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
            _migrate()
            import django

            django.setup()
            with psycopg.connect(where.url(database_roles.OWNER), autocommit=True) as owner:
                made = Population(asked.children, owner)
                made.write()
                if asked.explain:
                    explain(made, asked.explain)
                    return 0
            settle()  # as a worker of the web server does; and the invented people are none of its memory
            rows = measured(asked, made)
    RESULT.write_text(report(asked, made, rows))
    sys.stdout.write(RESULT.read_text())
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=50_000)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--explain", metavar="TEXT", help="say how each question of one search is answered, and stop")
    return parser.parse_args()


def _migrate() -> None:
    env = os.environ | {"WAYPOST_DATABASE_ROLE": "owner", "PYTHONPATH": str(PROJECT / "src")}
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, str(PROJECT / "manage.py"), *command], check=True, env=env)


class Population:
    """Invented people: names of many languages, the common ones common; written by the owner, in bulk."""

    def __init__(self, size: int, owner: Any) -> None:
        self.owner, self.size, self.chance = owner, size, random.Random(417)
        self.counts: dict[str, int] = {}
        self.given, self.family = invented.names()
        self.people: list[tuple[Any, str, str, date, str]] = []  # id, given, family, born, number
        self.identifiers: list[str] = []

    def write(self) -> None:
        from waypost.access.models import Access, Service
        from waypost.people import models as people

        Service.objects.create(name="Benchmark", demonstration=True)
        self._staff()
        ids = self._ids(self.size)
        self.people = [
            (pk, self._one(self.given), self._one(self.family), self._born(), f"{16 + n % 11}-{n:05d}")
            for n, pk in enumerate(ids)
        ]
        carers = self._ids(self.size // 2)
        harmed = self._ids(self.size // 25)
        self._insert(people.Person, ({"id": pk, "entered_by_id": self.boss.pk, "entered_at": NOW, "removed_rule": ""} for pk in [*ids, *carers, *harmed]))  # fmt: skip
        self._insert(people.Child, ({"person_id": pk, "number": number} for pk, *_, number in self.people))
        names = [*self._childrens_names(), *self._others_names([*carers, *harmed])]
        self._insert(people.Name, names)
        self._insert(people.NameKey, self._keys(names))
        self._insert(people.Birth, (self._said(pk, born=born, estimated=False) for pk, _, _, born, _ in self.people))
        self._insert(people.Identifier, self._identifiers(ids))
        self._insert(people.Address, (self._address(pk) for pk in [*ids, *carers]))
        self._insert(people.ContactDetail, (self._telephone(pk) for pk in ids))
        self._insert(people.Relation, (self._said(ids[n], other_id=pk, relation="mother", parental_responsibility=True, carer=True, household=True) for n, pk in enumerate(carers)))  # fmt: skip
        self._insert(people.Alert, (self._alert(pk) for pk in ids[::4]))
        self._insert(people.Entry, (self._entry(pk) for pk in ids for _ in range(2)))
        self._insert(people.Allocation, ({"id": new(), "person_id": pk, "staff_id": self._holder(n).pk, "since": NOW, "given_by_id": self.boss.pk} for n, pk in enumerate(ids)))  # fmt: skip
        self._insert(Access, self._access(ids))
        walls = self._walls(ids, harmed)
        self._insert(people.Wall, walls)
        self._insert(people.WallKey, ({"id": new(), "wall_id": wall["id"], "staff_id": one.pk, "since": NOW, "given_by_id": self.boss.pk} for wall in walls if wall["kind"] == "sealed" for one in self.staff[:2]))  # fmt: skip
        of_harmed = [wall for wall in walls if wall["kind"] == "victim"]
        self._insert(people.Harmed, (self._said(wall["person_id"], child_id=ids[n], wall_id=wall["id"], disclosure="victim", keep_apart=False, words="") for n, wall in enumerate(of_harmed)))  # fmt: skip
        self.owner.execute("VACUUM ANALYZE")

    def _staff(self) -> None:
        from waypost.access.models import RoleHeld, Staff, Team

        def one(name: str, role: str, team: Any = None) -> Any:
            person = Staff.objects.create(email=f"{name}@example.org", name=name.capitalize(), team=team)
            RoleHeld.objects.create(staff=person, role=role, since=NOW - timedelta(days=9))
            return person

        self.boss = one("manager", "manager")
        self.specialist = one("specialist", "specialist")
        teams = [Team.objects.create(name=f"Team {n}") for n in range(STAFF // TEAM)]
        self.staff = [one(f"worker{n}", "practitioner", teams[n // TEAM]) for n in range(STAFF)]

    def _ids(self, number: int) -> list[Any]:
        return [new() for _ in range(number)]

    def _one(self, names: list[str]) -> str:
        return invented.one(names, self.chance)

    def _born(self) -> date:
        return date(1998, 1, 1) + timedelta(days=self.chance.randrange(365 * 18))

    def _holder(self, n: int) -> Any:
        return self.staff[n % STAFF]

    def _said(self, person: Any, **what: Any) -> dict[str, Any]:
        source = {"by_id": self.boss.pk, "at": NOW, "agency": "youth_justice", "how": "observed"}
        return (
            {"id": new(), "person_id": person, "basis": "crime_and_disorder_39", "disclosure": "child"} | source | what
        )

    def _childrens_names(self) -> Iterator[dict[str, Any]]:
        for n, (pk, given, family, *_) in enumerate(self.people):
            yield self._said(pk, kind="legal", given=given, family=family)
            if n % 2:
                yield self._said(pk, kind="known_as", given=self._one(self.given), family="")
            if n % 6 == 0:
                yield self._said(pk, kind="former", given=given, family=self._one(self.family))

    def _others_names(self, people: list[Any]) -> Iterator[dict[str, Any]]:
        for pk in people:
            yield self._said(pk, kind="legal", given=self._one(self.given), family=self._one(self.family))

    def _keys(self, names: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        from waypost.people.matching import keys
        from waypost.people.models import Name

        made: dict[tuple[str, str], list[Any]] = {}
        for said in names:
            text = said["given"], said["family"]
            if text not in made:
                made[text] = keys.made_of(Name(given=text[0], family=text[1]))
            for key in made[text]:
                yield {"name_id": said["id"], "person_id": said["person_id"], "part": key.part, "sound": key.sound, "start": key.start}  # fmt: skip

    def _identifiers(self, ids: list[Any]) -> Iterator[dict[str, Any]]:
        for n, pk in enumerate(ids):
            nhs = invented.nhs(400_000_000 + n)
            self.identifiers.append(nhs)
            yield self._said(pk, scheme="nhs", value=nhs)
            if n % 2:
                yield self._said(pk, scheme="childrens_social_care", value=f"AV {n:06d}")

    def _address(self, pk: Any) -> dict[str, Any]:
        number, street = self.chance.randrange(1, 200), self._one(self.family)
        postcode = f"ZZ{self.chance.randrange(1, 40)} {self.chance.randrange(1, 10)}{self.chance.choice('ABDEFG')}{self.chance.choice('ABDEFG')}"
        return self._said(pk, lines=f"{number} {street} Road\nAlder Vale", postcode=postcode, accommodation="parents", suitability="suitable")  # fmt: skip

    def _telephone(self, pk: Any) -> dict[str, Any]:
        return self._said(
            pk, method="mobile", value=f"07700 9{self.chance.randrange(10**5):05d}", safe="safe", words=""
        )

    def _alert(self, pk: Any) -> dict[str, Any]:
        return self._said(
            pk, kind="weapon", words="A knife.", what_to_do="", evidence="The school.", review_by=NOW.date()
        )

    def _entry(self, pk: Any) -> dict[str, Any]:
        return self._said(pk, since=NOW.date(), kind="note", title="A call", words="The school rang. " * 10, own_words="", demeanour="")  # fmt: skip

    def _access(self, ids: list[Any]) -> Iterator[dict[str, Any]]:
        """Held by one, open to the nine others of the team; the specialist is involved with one in five hundred."""
        for n, pk in enumerate(ids):
            row = {"child": pk, "since": NOW - timedelta(days=30), "sections": [], "given_by_id": self.boss.pk}
            holder = n % STAFF
            first = holder - holder % TEAM
            for place in range(first, first + TEAM):
                basis = "allocated" if place == holder else "team"
                yield row | {"id": new(), "staff_id": self.staff[place].pk, "basis": basis}
            if n % 500 == 0:
                yield row | {"id": new(), "staff_id": self.specialist.pk, "basis": "involved"}

    def _walls(self, ids: list[Any], harmed: list[Any]) -> list[dict[str, Any]]:
        made = {"made_by_id": self.boss.pk, "made_at": NOW, "agency": "", "subject": "", "reason": ""}
        sealed = [{"id": new(), "kind": "sealed", "person_id": pk} | made for pk in ids[7::1000]]
        held = [{"id": new(), "kind": "held_back", "person_id": pk} | made | {"agency": "health", "subject": "physical_health", "bears_on_safety": False} for pk in ids[::25]]  # fmt: skip
        return [*sealed, *held, *({"id": new(), "kind": "victim", "person_id": pk} | made for pk in harmed)]

    def _insert(self, model: Any, rows: Iterable[dict[str, Any]]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated and field.column != "id" or field.get_internal_type() == "UUIDField"]  # fmt: skip
        columns = ", ".join(field.column for field in fields)
        number = 0
        with self.owner.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row.get(field.attname, _empty(field)) for field in fields])
                number += 1
        self.counts[model._meta.verbose_name] = number


def _empty(field: Any) -> Any:
    if field.has_default() and not callable(field.default):
        return field.default
    return None if field.null else ""


def new() -> Any:
    from waypost.kernel.ids import new_id

    return new_id()


def measured(asked: argparse.Namespace, made: Population) -> list[tuple[str, str, int, list[float], list[float]]]:
    from django.urls import NoReverseMatch, reverse

    rows = []
    people = {"case manager": made.staff[0], "specialist": made.specialist, "manager": made.boss}
    for who, person in people.items():
        client = signed_in(person)
        own = {"case manager": 100, "specialist": 500, "manager": 1}[who]  # every how manieth child is open to them

        def finds(text: Callable[[int], str], client: Any = client) -> Callable[[int], Any]:
            return lambda n: client.post(reverse("find"), {"what": text(n)})

        def child_of(n: int) -> Any:
            return made.people[n * 7919 % made.size]

        tasks = {
            "a child by name": finds(lambda n: f"{child_of(n)[1]} {child_of(n)[2]}"),
            "by one name": finds(lambda n: child_of(n)[2]),
            "by a name spelled otherwise": finds(
                lambda n: f"{invented.misspelt(child_of(n)[1])} {invented.misspelt(child_of(n)[2])}"
            ),
            "by the first letters": finds(lambda n: f"{child_of(n)[1][:4]} {child_of(n)[2][:3]}"),
            "by the commonest names": finds(lambda n: f"{made.given[n % 5]} {made.family[n // 5 % 5]}"),
            "by birth date": finds(lambda n: f"{child_of(n)[3]:%d/%m/%Y}"),
            "by name and birth date": finds(lambda n: f"{child_of(n)[1]} {child_of(n)[2]} {child_of(n)[3]:%d %b %Y}"),
            "by NHS number": finds(lambda n: made.identifiers[n * 7919 % made.size]),
            "by our number": finds(lambda n: child_of(n)[4]),
            "a child’s page": lambda n, own=own, client=client: client.get(
                reverse("child", kwargs={"pk": made.people[n * 13 * own % made.size][0]})
            ),  # fmt: skip
            "who may be the same, before a child is entered": lambda n, client=client: client.post(
                reverse("child_enter"), _entering(child_of(n))
            ),
        }
        try:
            address = reverse("children")
            tasks["the list of children"] = lambda n, client=client, address=address: client.get(address)
        except NoReverseMatch:
            pass
        rows += [(who, what, *timed(asked.turns, do)) for what, do in tasks.items()]
    return rows


def _entering(child: Any) -> dict[str, str]:
    born: date = child[3]
    day = {"born-day": str(born.day), "born-month": str(born.month), "born-year": str(born.year)}
    source = {"how": "observed", "agency": "youth_justice", "basis": "crime_and_disorder_39", "disclosure": "child"}
    return {"given": invented.misspelt(child[1]), "family": child[2], "once": str(new())} | day | source


def signed_in(person: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def timed(turns: int, do: Callable[[int], Any]) -> tuple[int, list[float], list[float]]:
    """Queries; then of each turn the time by the clock, and what it took of both processors, ours and the database's."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def used() -> float:
        return time.process_time() + int(backend.read_text().split()[0]) / 1e9

    clock, processor = [], []
    for n in range(turns + 3):
        began, spent = time.perf_counter(), used()
        response = do(n)
        b"".join(response)
        if n >= 3:
            clock.append((time.perf_counter() - began) * 1000)
            processor.append((used() - spent) * 1000)
        if response.status_code not in (200, 422):
            raise SystemExit(f"answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        do(0)
    return len(queries), clock, processor


def explain(made: Population, text: str) -> None:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from waypost.access.asking import asking

    client = signed_in(made.staff[0])
    client.post(reverse("find"), {"what": text})
    with CaptureQueriesContext(connection) as asked:
        client.post(reverse("find"), {"what": text})
    for query in sorted(asked.captured_queries, key=lambda query: -float(query["time"]))[:6]:
        sys.stdout.write(f"\n{query['time']} s  {query['sql'][:3000]}\n")
        if query["sql"].startswith("SELECT"):
            with transaction.atomic():
                asking(made.staff[0], at=NOW)
                with connection.cursor() as cursor:
                    cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"].replace("%", "%%"), [])
                    sys.stdout.write("\n".join(line for (line,) in cursor.fetchall()) + "\n")


def report(
    asked: argparse.Namespace, made: Population, rows: list[tuple[str, str, int, list[float], list[float]]]
) -> str:
    counts = ", ".join(f"{name} {number:,}" for name, number in made.counts.items())
    options = (
        "" if asked.turns == 60 and asked.children == 50_000 else f" --children {asked.children} --turns {asked.turns}"
    )
    lines = [
        f"# A service of {made.size:,} children: time",
        "",
        f"Command: `python benchmarks/people.py{options}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}. {asked.turns} turns each, every turn another child.",
        "",
        f"Rows: {counts}; {STAFF} case managers in teams of {TEAM}, each holding {made.size // STAFF:,} and seeing {made.size // STAFF * TEAM:,}.",
        "",
        "| who | what | queries | median | p95 | of the processors: median | p95 | limit, p95 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for who, what, queries, clock, processor in rows:
        times = " | ".join(f"{figure:.0f} ms" for found in (clock, processor) for figure in (median(found), quantiles(found, n=20)[-1]))  # fmt: skip
        lines.append(f"| {who} | {what} | {queries} | {times} | {LIMIT} ms |")
    lines += ["", "Not to be concluded: how fast a browser shows a page, or what many people at once would see."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
