"""Children whose assessment is in its tenth version: the page of it, a section, two versions side by side, a save.

    .venv/bin/python benchmarks/assessments.py [--children 1000] [--turns 40]

Starts a private server of its own, writes benchmarks/results/assessments.md. Pages are timed inside the process, from
the request to the last byte, as the application's role.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT), str(PROJECT / "benchmarks")]
import people  # noqa: E402

RESULT = PROJECT / "benchmarks" / "results" / "assessments.md"
NOW = people.NOW
FORM, VERSIONS, FACTORS = "full", 10, 8
LIMIT = 150  # ms, of the page of an assessment


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
                assessed = Assessed(made)
                assessed.write()
            settle()
            rows = pages(asked, made, assessed)
    RESULT.write_text(report(asked, made, rows))
    sys.stdout.write(RESULT.read_text())
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=1_000)
    parser.add_argument("--turns", type=int, default=40)
    return parser.parse_args()


class Assessed:
    """For every tenth child ten versions of the whole form, all locked but the last."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.ids = [pk for n, (pk, *_) in enumerate(made.people) if n % 10 == 0]
        self.versions = {pk: [people.new() for _ in range(VERSIONS)] for pk in self.ids}
        self.factors = {pk: [people.new() for _ in range(FACTORS)] for pk in self.ids}

    def write(self) -> None:
        from waypost.casework import models as casework

        made = self.made
        made._insert(casework.Assessment, (self._assessment(pk, n) for pk in self.ids for n in range(VERSIONS)))
        made._insert(casework.Answered, self._answers())
        made._insert(casework.Factor, (self._factor(pk, root) for pk in self.ids for root in self.factors[pk]))
        made.owner.execute("VACUUM ANALYZE")

    def _at(self, n: int) -> Any:
        return NOW - timedelta(weeks=13 * (VERSIONS - n))

    def _assessment(self, pk: Any, n: int) -> dict[str, Any]:
        versions, locked = self.versions[pk], n < VERSIONS - 1
        boss, at = self.made.boss.pk, self._at(n)
        row = {"id": versions[n], "person_id": pk, "form": FORM, "version": 1, "stage": "review", "reason": "period", "previous_id": versions[n - 1] if n else None, "agencies": "{}", "revision": 0, "by_id": self.made.staff[0].pk, "at": at, "once": people.new()}  # fmt: skip
        signed = {"signed_by_id": self.made.staff[0].pk, "signed_at": at, "locked_by_id": boss, "locked_at": at}
        return row | (signed if locked else dict.fromkeys(signed))

    def _answers(self) -> Iterator[dict[str, Any]]:
        import json

        from tests.casework.assessments.made import likely

        from waypost.casework.assessments.definitions import version
        from waypost.casework.assessments.questions import Type

        values = {each.key: (each, likely(each)) for each in version(FORM, 1) if each.type is not Type.FACTORS}
        for pk in self.ids:
            for n in range(VERSIONS):
                for key, (question, value) in values.items():
                    yield {"id": people.new(), "person_id": pk, "assessment_id": self.versions[pk][n], "question": key, "who": question.who[0], "value": json.dumps(value), "words": "", "disclosure": question.disclosure, "unchanged": n == VERSIONS - 1 and len(key) % 3 == 0, "by_id": self.made.staff[0].pk, "at": self._at(n), "turn": 0}  # fmt: skip

    def _factor(self, pk: Any, root: Any) -> dict[str, Any]:
        at = self._at(0)
        return {"id": people.new(), "person_id": pk, "root": root, "factor": "friends", "side": "against", "category": "friends_place", "rating": "strong", "disclosure": "professionals", "since": at, "by_id": self.made.staff[0].pk, "at": at}  # fmt: skip


Row = tuple[str, int, list[float], list[float], int]


def pages(asked: argparse.Namespace, made: Any, assessed: Assessed) -> list[Row]:
    from django.urls import reverse

    client = people.signed_in(made.staff[0])
    own = [pk for n, (pk, *_) in enumerate(made.people) if n % people.STAFF == 0 and pk in assessed.versions]

    def opened(name: str, **more: Any) -> Any:
        def ask(n: int) -> Any:
            pk = own[n % len(own)]
            where = {"pk": pk, "assessment": assessed.versions[pk][-1]} | more
            if name == "assessment_beside":
                where["other"] = assessed.versions[pk][-2]
            return client.get(reverse(name, kwargs=where))

        return ask

    what = {
        "the list of a child’s assessments": lambda n: client.get(
            reverse("assessments", kwargs={"pk": own[n % len(own)]})
        ),
        "the tenth version": opened("assessment"),
        "a section of it": opened("assessment_section", section="home"),
        "beside the ninth": opened("assessment_beside"),
    }
    limits = {"the tenth version": LIMIT, "a section of it": LIMIT}
    rows = [(words, *people.timed(asked.turns, do), limits.get(words, 0)) for words, do in what.items()]
    return [*rows, ("one answer saved, the whole request", 0, _saving(asked, client, own, assessed), [], 0)]


def _saving(asked: argparse.Namespace, client: Any, own: list[Any], assessed: Assessed) -> list[float]:
    from django.urls import reverse

    from waypost.casework.assessments.definitions import version
    from waypost.casework.assessments.questions import PRACTITIONER, Type

    question = next(each for each in version(FORM, 1) if each.type is Type.LONG_TEXT and each.who == (PRACTITIONER,))
    took, pages_open = [], {pk: people.new() for pk in own}
    for n in range(asked.turns):
        pk = own[n % len(own)]
        where = {"pk": pk, "assessment": assessed.versions[pk][-1]}
        posted = {
            "question": question.key,
            question.key: f"Bus times, {n}. " * 20,
            "page": pages_open[pk],
            "turn": n + 1,
        }
        row = _own_row(pk, assessed, question.key) if n < len(own) else ""
        began = time.perf_counter()
        answer = client.post(reverse("assessment_answer", kwargs=where), posted | {f"{question.key}-was": row})
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"answered {answer.status_code}: {answer.content[:200]!r}")
    return took


def _own_row(pk: Any, assessed: Assessed, question: str) -> Any:
    from waypost.casework.models import Answered

    row = (
        Answered.objects.current()
        .filter(assessment=assessed.versions[pk][-1], question=question, unchanged=False)
        .first()
    )
    return row.pk if row else ""


def report(asked: argparse.Namespace, made: Any, rows: list[Row]) -> str:
    counts = ", ".join(f"{name} {number:,}" for name, number in made.counts.items())
    lines = [
        "# Assessments: time",
        "",
        f"Command: `python benchmarks/assessments.py --children {asked.children} --turns {asked.turns}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}.",
        "",
        f"Rows: {counts}.",
        "",
        "| what | queries | median | p95 | of the processors: median | limit, median |",
        "|---|---|---|---|---|---|",
    ]
    for what, queries, clock, processor, limit in rows:
        used = f"{median(processor):.0f} ms" if processor else ""
        p95 = quantiles(clock, n=20)[-1]
        asked_for = queries or ""
        lines.append(
            f"| {what} | {asked_for} | {median(clock):.0f} ms | {p95:.0f} ms | {used} | {f'{limit} ms' if limit else ''} |"
        )
    return "\n".join([*lines, "", "Not to be concluded: how fast a browser shows a page.", ""])


if __name__ == "__main__":
    sys.exit(main())
