"""A register posted twice at one moment is saved once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from tests.casework.casework import at
from tests.factories import service, staff
from tests.governance.test_attack_at_once import overlapping
from tests.people.children import as_seen_by, child
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.contacts.register_actions import Row, register
from waypost.kernel.ids import new_id
from waypost.people.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(transactional_db):
    service()
    return staff("practitioner")


def saves(worker, children: list[Any], once: UUID) -> Callable[[], Any]:
    rows = [Row(one.person, Came("came", less_safe="nobody", words="Joined in.")) for one in children]

    def do() -> Any:
        with transaction.atomic():
            as_seen_by(worker)
            return register(rows, Meeting(at(1)), did="", by=worker, at=timezone.now(), once=once)

    return do


def group(worker) -> list[Any]:
    with transaction.atomic():
        return [child(worker, given=given) for given in ("Ellis", "Bryony", "Callan")]


def test_one_register_posted_twice_at_one_moment_is_one(worker) -> None:
    children, once = group(worker), new_id()
    first, second = overlapping(saves(worker, children, once), saves(worker, children, once))
    assert first == second
    with transaction.atomic():
        as_seen_by(worker)
        assert (Contact.objects.count(), Entry.objects.count()) == (3, 3)
