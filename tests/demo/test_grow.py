"""Growing a demonstration: only one, in whole batches, and going on where it stopped."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from tests.factories import service
from waypost.access.log_models import LogEntry
from waypost.access.models import Access, Staff
from waypost.casework.models import Contact
from waypost.demo.accounts import load_accounts
from waypost.demo.borough.grow import grow, told
from waypost.kernel.refusal import Refused
from waypost.people.models import Child, Name, NameKey

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def grown(children: int, contacts: int | None = None, seed: int = 1, progress: Any = lambda done, of: None) -> Any:
    return grow(children, contacts=contacts, seed=seed, at=AT, progress=progress, at_once=1, of_a_batch=40)


@pytest.fixture
def demonstration(as_owner: None, time_machine: Any) -> None:
    time_machine.move_to(AT)
    load_accounts(at=AT)


def test_as_many_children_as_asked_and_about_as_many_contacts(demonstration: None) -> None:
    found = grown(100, contacts=1500)

    assert (found.children, Child.objects.count()) == (100, 100)
    assert found.contacts == Contact.objects.count()
    assert 1200 <= found.contacts <= 1800
    assert len(set(Child.objects.values_list("number", flat=True))) == 100


def test_each_open_child_is_held_by_one_and_open_to_that_one_s_team(demonstration: None) -> None:
    grown(80)

    held = Access.objects.filter(until=None, basis="allocated")
    per_child = Counter(held.values_list("child", flat=True))
    assert set(per_child.values()) == {1}
    for row in held.select_related("staff"):
        team = set(Staff.objects.filter(team=row.staff.team).exclude(pk=row.staff.pk).values_list("pk", flat=True))
        open_to = Access.objects.filter(until=None, basis="team", child=row.child).values_list("staff", flat=True)
        assert set(open_to) == team


def test_every_name_can_be_found(demonstration: None) -> None:
    grown(40)
    assert set(Name.objects.values_list("pk", flat=True)) == set(NameKey.objects.values_list("name", flat=True))


def test_stopped_in_the_middle_whole_batches_stay_and_the_same_goes_on(demonstration: None) -> None:
    def stops(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grown(100, progress=stops)
    assert Child.objects.count() == 40

    assert grown(100).children == 60
    assert Child.objects.count() == 100
    assert grown(100).children == 0
    assert grown(40, seed=2).children == 40


def test_the_log_has_one_row_and_is_as_sound_as_before(demonstration: None) -> None:
    grown(40)
    of_no_account = LogEntry.objects.exclude(event__startswith="account").exclude(event__startswith="team")
    assert list(of_no_account.values_list("event", "actor")) == [("demonstration.grown", None)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.access_log_broken()")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_only_a_demonstration_is_grown() -> None:
    service(demonstration=False)
    with pytest.raises(Refused, match="the demonstration only"):
        grown(10)
    assert Child.objects.count() == 0


@pytest.mark.django_db
def test_nobody_is_no_number_of_children() -> None:
    service(demonstration=True)
    with pytest.raises(Refused, match="1 or more"):
        grown(0)


def test_a_bar_on_a_terminal_and_lines_elsewhere() -> None:
    bar: list[str] = []
    with told(bar.append, on_a_terminal=True) as progress:
        progress(500, 1000)
    assert bar == [f"\r{'█' * 20}{'░' * 20} 500 of 1,000 children", "\n"]
    lines: list[str] = []
    with told(lines.append, on_a_terminal=False) as progress:
        for done in (50, 90, 100, 1000):
            progress(done, 1000)
    assert lines == ["50 of 1,000 children\n", "100 of 1,000 children\n", "1,000 of 1,000 children\n"]
