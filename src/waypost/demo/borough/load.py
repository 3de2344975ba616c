"""The borough of the demonstration: colleagues beside those of the written cases, and their children of three years."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from waypost.access import accounts, log
from waypost.access.models import Access, Staff, Team
from waypost.demo.accounts import ADMINISTRATOR, COLLEAGUES, WORKED_HERE, email_of
from waypost.demo.borough import writing
from waypost.demo.borough.borough import Batch, Worker, with_workers
from waypost.demo.borough.life import Life
from waypost.demo.borough.pen import Book, Cast, Who
from waypost.demo.borough.rows import rows_of
from waypost.people.record.models import Person

SEED = 2026
ENTERS, MANAGES = "Colin Ashdown", "Leila Haddad"


@transaction.atomic
def load_borough(*, at: datetime, seed: int = SEED) -> None:
    """In the log it is one row: nobody sat at a page and wrote these, and the log never says that somebody did."""
    _colleagues(at)
    workers = list(holders())
    held = Counter(Access.objects.at(at).filter(basis=Access.Basis.ALLOCATED).values_list("staff", flat=True))
    crew = [Worker(holds=held[one.pk]) for one in workers]
    today = timezone.localdate(at)
    lives = list(Batch(seed, today).lives())
    write(with_workers(lives, crew, Random(seed), today=today), cast_of(workers, at), at=at, seed=seed)
    log.record(None, log.Verb.COLLECTED, "demonstration.grown", detail={"children": len(lives), "seed": seed})


def write(lives: list[Life], cast: Cast, *, at: datetime, seed: int | str, once: UUID | None = None) -> dict[Any, int]:
    """The first who was known has the first number. `once`: of the form of the first, by which all are known again."""
    book = Book()
    lives = sorted(lives, key=lambda life: (life.entered, life.number))
    with _nothing_is_garbage():
        for life, number in zip(lives, _numbers([life.entered.year for life in lives]), strict=True):
            rows_of(life, cast, number, chance=Random(f"{seed} {life.number} rows"), now=at, book=book)
        if once:
            book.rows[Person][0]["once"] = once
        return writing.write(book.rows)


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """A hundred thousand rows wait to be written: to look for garbage among them takes a third of the time."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _numbers(years: list[int]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('public.people_child_number') FROM generate_series(1, %s)", [len(years)])
        return [f"{year % 100:02d}-{number:04d}" for year, (number,) in zip(years, cursor.fetchall(), strict=True)]


def _colleagues(at: datetime) -> None:
    administrator = Staff.objects.get(name=ADMINISTRATOR)
    teams = {team.name: team for team in Team.objects.all()}
    for role, name, job, team, agency in COLLEAGUES:
        kept: dict[str, Any] = {"job_title": job, "team": teams.get(team or ""), "agency": agency}
        one = accounts.add(name=name, email=email_of(name), by=administrator, on=timezone.localdate(at), **kept)
        accounts.give_role(one, role=role, by=administrator, at=at - WORKED_HERE)


def holders() -> list[Staff]:
    """Case managers, in the order of their names."""
    rows = Staff.objects.working().filter(roles_held__role__in=("practitioner", "duty_officer"), team__isnull=False)
    return list(rows.order_by("name", "pk"))


def cast_of(workers: list[Staff], at: datetime) -> Cast:
    teams: dict[Any, list[Any]] = defaultdict(list)
    for pk, team in Staff.objects.working().filter(team__isnull=False).order_by("name").values_list("pk", "team"):
        teams[team].append(pk)
    seconded: dict[str, list[Who]] = defaultdict(list)
    for one in Staff.objects.working().holding("specialist", at).order_by("name"):
        seconded[one.agency].append(Who(one.pk, one.name, one.agency))
    named = {one.name: Who(one.pk, one.name) for one in Staff.objects.filter(name__in=(ENTERS, MANAGES))}
    return Cast(
        workers=[Who(one.pk, one.name, one.agency) for one in workers],
        colleagues={one.pk: [pk for pk in teams[one.team_id] if pk != one.pk] for one in workers},
        seconded=seconded,
        enters=named[ENTERS],
        manages=named[MANAGES],
    )
