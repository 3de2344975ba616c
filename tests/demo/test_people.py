"""The demonstration's children: whom each role finds there, and what is kept from whom."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.demo.children import CHILDREN
from waypost.demo.load import load
from waypost.kernel.lists import load as load_list
from waypost.people.models import Alert, Child, Entry, Harmed, Name
from waypost.people.record.fields import ASKED, SOURCE, Listed, asked_of
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def loaded(time_machine) -> None:
    time_machine.move_to(AT)
    load(at=AT, borough=False)


def the(name: str) -> Staff:
    found = Staff.objects.get(name=name)
    as_seen_by(found)
    return found


def named(given: str) -> Child:
    return Child.objects.get(pk=Name.objects.get(given=given, kind="legal").person_id)


def test_every_child_is_held_and_one_is_there_for_three_people_only(loaded):
    for who, seen in (("Leila Haddad", len(CHILDREN) - 1), ("Imogen Fenwick", len(CHILDREN)), ("Delphine Marsh", 5)):
        worker = the(who)
        assert Child.objects.visible_to(worker, timezone.now()).count() == seen, who


def test_every_kind_of_statement_is_there_to_be_seen(loaded):
    the("Maeve Tarrant")
    assert {key for key, kind in KINDS.items() if not kind.model.objects.exists()} == set()
    assert Harmed.objects.count() == 1


def test_an_alert_is_overdue_and_an_entry_is_held_back_within_health(loaded):
    the("Priya Nandakumar")
    ellis = named("Ellis")
    assert Alert.objects.current().filter(person=ellis.pk, review_by__lt=AT.date()).count() == 1
    assert not Entry.objects.filter(title="Seen in clinic").exists()
    the("Hazel Quayle")
    assert Entry.objects.filter(title="Seen in clinic").exists()


def test_nobody_in_it_could_be_rung_or_written_to(loaded):
    """Numbers are those kept for stories; no postcode begins as a real one does."""
    the("Imogen Fenwick")
    for value in KINDS["contact"].model.objects.values_list("value", flat=True):
        assert re.fullmatch(r"07700 900\d{3}", value)
    for code in KINDS["address"].model.objects.exclude(postcode="").values_list("postcode", flat=True):
        assert code.startswith("ZZ")


def test_nobody_is_older_or_younger_than_told(loaded):
    as_seen_by(Staff.objects.get(name="Imogen Fenwick"))
    born = KINDS["birth"].model.objects.filter(person__child__isnull=False).values_list("born", flat=True)
    assert all(timedelta(days=365 * 13) < AT.date() - one < timedelta(days=366 * 18) for one in born)


def test_every_answer_is_one_of_its_list(loaded):
    as_seen_by(Staff.objects.get(name="Maeve Tarrant"))
    wrong = [
        f"{asked.key}.{name}: {value}"
        for asked in ASKED.values()
        if not asked.page
        for one in asked.kind.model.objects.all()
        if asked_of(one) is asked
        for name, field in {**asked.fields, **SOURCE}.items()
        if isinstance(field, Listed) and (value := getattr(one, name)) and value not in load_list(field.name)
    ]
    assert wrong == []
