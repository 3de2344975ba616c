"""Many more invented children: a demonstration as large as a country’s, to see how the pages bear it.

Batch by batch: a team with its workers and some hundred children, each in a transaction of its own, by COPY. Killed in
the middle, what was written is whole and stays; asked again with the same seed it goes on with the batches that are not
there yet. A batch is known by the form (`once`) of its first child, which is made from the seed and its number.

In the log it is one row, put down when it begins: nobody sat at a page and wrote these, and the log never says so. The
lanes and the chain of the log are as sound afterwards as before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from multiprocessing import get_context
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils import timezone

from waypost.access import accounts, log
from waypost.access.models import Service, Staff, Team
from waypost.demo.accounts import ADMINISTRATOR, WORKED_HERE
from waypost.demo.borough import load as loading
from waypost.demo.borough import processes, steps
from waypost.demo.borough.borough import Batch, Worker, with_workers
from waypost.demo.borough.life import Life
from waypost.demo.borough.names import named
from waypost.demo.borough.pen import Cast, Who
from waypost.kernel.refusal import Refused
from waypost.people.record.models import Person

OF_A_BATCH = 500  # children; so many lives are held in memory by each process, and no more
OF_A_BOROUGH = 700  # children in the borough that is calibrated, or a little more
WORKERS = 10  # of a batch: each holds some dozen
BESIDE = (
    ("specialist", "Police officer", "police"),
    ("specialist", "Nurse", "health"),
    ("specialist", "Education worker", "education"),
)
GROWN = UUID("3c2f4f0e-6b1d-5f0a-9a52-7d1c6e4b8a90")
PROCESSES = 2
APART = 1_000_000  # numbers of batches from which some lives more are taken

Progress = Callable[[int, int], None]  # children written, of how many


@dataclass(frozen=True, slots=True)
class Grown:
    children: int
    contacts: int
    rows: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one process writes in one go."""

    seed: int
    number: int
    children: int
    often: float
    at: datetime
    whole: int = OF_A_BATCH  # children of a batch that is not the last

    @property
    def once(self) -> UUID:
        return uuid5(GROWN, f"{self.seed} {self.number}")

    def lives(self, today: date) -> list[Life]:
        found: list[Life] = []
        for more in count():
            number = self.number + 1 + more * APART
            found += Batch(self.seed, today, number, self.whole * 1.06 / OF_A_BOROUGH, self.often).lives()
            if len(found) >= self.children:
                return [replace(life, number=n) for n, life in enumerate(found[: self.children])]
        raise AssertionError("count has no end")


def grow(
    children: int,
    *,
    contacts: int | None,
    seed: int,
    at: datetime,
    progress: Progress,
    at_once: int = PROCESSES,
    of_a_batch: int = OF_A_BATCH,
) -> Grown:
    """As many children as asked, beside those there are; about as many contacts."""
    if not Service.objects.filter(demonstration=True).exists():
        raise Refused(
            "Invented children are added to the demonstration only, and this is not one."
            " Load it into an empty database first: bin/waypost demo load"
        )
    if children < 1:
        raise Refused("Say how many children: 1 or more.")
    often = how_often(contacts / children, seed, timezone.localdate(at)) if contacts else 1.0
    parts = [Part(seed, n, size, often, at, of_a_batch) for n, size in enumerate(_sizes(children, of_a_batch))]
    with transaction.atomic():
        log.record(None, log.Verb.COLLECTED, "demonstration.grown", detail={"children": children, "seed": seed})
    done, total = 0, Grown(0, 0, 0)
    for part, grown in _written(parts, at_once):
        done += part.children
        total = Grown(total.children + grown.children, total.contacts + grown.contacts, total.rows + grown.rows)
        progress(done, children)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return total


def _sizes(children: int, of_a_batch: int) -> list[int]:
    whole, rest = divmod(children, of_a_batch)
    return [of_a_batch] * whole + [rest] * (rest > 0)


def _written(parts: Sequence[Part], at_once: int) -> Iterator[tuple[Part, Grown]]:
    if at_once < 2 or len(parts) < 2:
        yield from ((part, write_part(part)) for part in parts)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(
        at_once, mp_context=context, initializer=processes.begin, initargs=(dict(os.environ),)
    ) as pool:
        asked = {pool.submit(write_part, part): part for part in parts}
        for one in as_completed(asked):
            yield asked[one], one.result()


@transaction.atomic
def write_part(part: Part) -> Grown:
    """A team and its children, or nothing where it is there already."""
    if Person.objects.filter(once=part.once).exists():
        return Grown(0, 0, 0)
    today, chance = timezone.localdate(part.at), Random(f"{part.seed} {part.number} team")
    lives = with_workers(part.lives(today), [Worker()] * WORKERS, chance, today=today)
    cast = _team(part, chance)
    written = loading.write(lives, cast, at=part.at, seed=f"{part.seed} {part.number}", once=part.once)
    of = {model._meta.model_name: number for model, number in written.items()}
    return Grown(of["child"], of.get("contact", 0), sum(written.values()))


def _team(part: Part, chance: Random) -> Cast:
    """A manager, case managers and those seconded to them."""
    administrator = Staff.objects.get(name=ADMINISTRATOR)
    team: Team = accounts.add_team(f"Team {part.seed}-{part.number + 1}", by=administrator)

    def one(n: int, role: str, job: str, agency: str = "youth_justice") -> Who:
        who = named(chance)
        email = f"{role}.{part.seed}.{part.number}.{n}@alder-vale.example"
        kept: dict[str, Any] = {"by": administrator, "on": timezone.localdate(part.at), "agency": agency}
        ours = team if role != "specialist" else None
        made = accounts.add(name=f"{who.given} {who.family}", email=email, job_title=job, team=ours, **kept)
        accounts.give_role(made, role=role, by=administrator, at=part.at - WORKED_HERE)
        return Who(made.pk, made.name, agency)

    manages = one(0, "manager", "Team manager")
    workers = [one(n, "practitioner", "Case manager") for n in range(WORKERS)]
    of_team = [manages.pk, *(worker.pk for worker in workers)]
    return Cast(
        workers,
        {worker.pk: [pk for pk in of_team if pk != worker.pk] for worker in workers},
        {agency: [one(n, role, job, agency)] for n, (role, job, agency) in enumerate(BESIDE)},
        enters=_enters(),
        manages=manages,
    )


def _enters() -> Who:
    found = Staff.objects.get(name=loading.ENTERS)
    return Who(found.pk, found.name, found.agency)


def how_often(contacts: float, seed: int, today: date) -> float:
    """By how much to meet more or less often, so that a child has so many contacts on the whole. Tried on one batch."""
    often = 1.0
    for _ in range(3):
        lives = Batch(seed, today, 0, OF_A_BATCH / OF_A_BOROUGH, often).lives()
        each = [len(life.of(steps.Met)) for life in lives]
        often *= contacts / (sum(each) / len(each))
    return often


@contextmanager
def told(write: Callable[[str], object], *, on_a_terminal: bool) -> Iterator[Progress]:
    """A bar that moves on a terminal, a line for each tenth elsewhere."""
    last = -1

    def progress(done: int, of: int) -> None:
        nonlocal last
        tenth = done * 10 // of
        if on_a_terminal:
            filled = "█" * (done * 40 // of)
            write(f"\r{filled:░<40} {done:,} of {of:,} children")
        elif tenth > last:
            last = tenth
            write(f"{done:,} of {of:,} children\n")

    yield progress
    if on_a_terminal:
        write("\n")
