"""What the simulation writes is what the ordinary actions write: the same rows, column by column."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from tests.demo.told_by_actions import InOrder, Teller, plain
from waypost.access.asking import asking
from waypost.access.models import Access, Staff
from waypost.demo.accounts import load_accounts
from waypost.demo.borough import steps
from waypost.demo.borough.borough import Batch, Worker, with_workers
from waypost.demo.borough.life import Life
from waypost.demo.borough.load import cast_of, holders
from waypost.demo.borough.pen import Book, Cast, Who
from waypost.demo.borough.rows import rows_of
from waypost.people.models import Allocation

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()


def lives() -> list[Life]:
    return with_workers(list(Batch(417, TODAY).lives()), [Worker()] * 4, Random(1), today=TODAY)


def the(kinds: tuple[type, ...], among: list[Life], **asked: Any) -> Life:
    """The first life with a step of each of these kinds, within a year, not too long."""
    return next(
        life
        for life in among
        if all(life.of(kind) for kind in kinds)
        and life.entered > date(2025, 2, 1)
        and len(life.of(steps.CaseOpens)) == 1
    )


KINDS = {
    "a contract signed, and missed contacts": (steps.Signed, steps.Decides),
    "remanded, then in custody": (steps.Remanded, steps.Requires),
    "placed": (steps.Placed, steps.Given),
    "voluntary work that ended": (steps.Consents, steps.Ends, steps.CaseCloses),
    "before a court": (steps.Heard, steps.Offence),
}


def test_the_same_seed_gives_the_same_rows_and_another_gives_others() -> None:
    """Ids and keys of forms among them."""
    who = [Who(UUID(int=n), f"Worker {n}") for n in range(1, 7)]
    cast = Cast(who[:4], {one.pk: [] for one in who}, {"health": [who[4]]}, who[4], who[5])

    def rows(seed: int) -> Any:
        book = Book()
        for life in lives()[:30]:
            rows_of(life, cast, "26-0001", chance=Random(f"{seed} {life.number}"), now=AT, book=book)
        return book.rows

    assert rows(1) == rows(1)
    assert rows(1) != rows(2)


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS)
def test_what_the_actions_write_is_what_is_copied(name: str, time_machine: Any) -> None:
    time_machine.move_to(AT)
    load_accounts(at=AT)
    life = the(KINDS[name], lives())
    book, cast = InOrder(), cast_of(holders(), AT)
    rows_of(life, cast, "26-0001", chance=Random(7), now=AT, book=book)
    copied = {model: Counter(plain(model, row) for row in rows) for model, rows in book.rows.items()}

    Teller(book).tell()

    with transaction.atomic():
        asking(Staff.objects.get(name="Maeve Tarrant"), at=AT)
        for model, rows in copied.items():
            told = Counter(plain(model, one.__dict__) for one in model._default_manager.all())
            if not life.is_open and model in (Access, Allocation):
                continue  # no action lets go of a child whose case is closed
            assert rows - told == Counter(), f"{model.__name__}: copied only"
            assert told - rows == Counter(), f"{model.__name__}: told only"
