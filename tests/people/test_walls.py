"""What the database keeps back, whatever a query forgets."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, child, said, sealed
from waypost.people.models import Alert, Child, Entry, Name, Person, Wall, WallKey
from waypost.people.record.models import Statement

pytestmark = pytest.mark.django_db


def nobody_asks() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('waypost.staff', '', true), set_config('waypost.walls', '', true), set_config('waypost.agency', '', true)"
        )


def test_a_sealed_child_is_there_for_the_named_and_for_nobody_else() -> None:
    worker, other, head = staff("practitioner"), staff("practitioner"), staff("head_of_service")
    ellis = child(worker)
    said(ellis, "alert", worker)
    as_seen_by(head)
    sealed(ellis, worker, by=head)

    for who, sees in ((worker, 1), (other, 0), (head, 0)):
        as_seen_by(who)
        assert [model.objects.count() for model in (Child, Person, Name, Alert)] == [sees] * 4, who
    nobody_asks()
    assert [model.objects.count() for model in (Child, Person, Name, Alert, Wall)] == [0] * 5


def test_a_key_that_ended_opens_nothing() -> None:
    worker, head = staff("practitioner"), staff("head_of_service")
    ellis = child(worker)
    sealed(ellis, worker, by=head)
    as_seen_by(worker)
    WallKey.objects.update(until=timezone.now())
    as_seen_by(worker)
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    ("kind", "who", "sees"),
    [
        ("victim", ("victim_worker", {}), True),
        ("victim", ("practitioner", {}), False),
        ("victim", ("head_of_service", {}), True),
        ("intelligence", ("practitioner", {}), True),
        ("intelligence", ("specialist", {"agency": "police"}), True),
        ("intelligence", ("specialist", {"agency": "health"}), False),
        ("intelligence", ("performance_officer", {}), False),
        ("not_to_police", ("practitioner", {}), True),
        ("not_to_police", ("specialist", {"agency": "police"}), False),
        ("held_back", ("specialist", {"agency": "health"}), True),
        ("held_back", ("specialist", {"agency": "education"}), False),
        ("held_back", ("head_of_service", {}), False),
    ],
)
def test_a_wall_opens_to_a_role_or_an_agency(kind: str, who: tuple[str, dict[str, Any]], sees: bool) -> None:
    worker = staff("practitioner")
    ellis = child(worker)
    held = {"agency": "health", "subject": "physical_health", "bears_on_safety": False} if kind == "held_back" else {}
    wall = Wall(kind=kind, person_id=ellis.pk, made_by=worker, made_at=timezone.now(), **held)
    wall.save(force_insert=True)
    said(ellis, "entry", worker, wall=wall)

    as_seen_by(staff(who[0], **who[1]))
    assert Entry.objects.exists() is sees
    nobody_asks()
    assert not Entry.objects.exists()


def test_everybody_counts_in_all() -> None:
    worker, head = staff("practitioner"), staff("head_of_service")
    ellis = child(worker)
    child(worker, given="Bryony")
    sealed(ellis, head, by=head)
    as_seen_by(worker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_children_in_all()")
        assert cursor.fetchone()[0] == 2
    assert Child.objects.count() == 1


def test_every_table_that_speaks_of_a_person_has_its_walls() -> None:
    about_people = {
        model._meta.db_table
        for model in apps.get_models()
        if any(
            field.related_model in (Person, Child)
            for field in model._meta.get_fields()
            if field.many_to_one or field.one_to_one and not field.auto_created
        )
    }
    assert {model._meta.db_table for model in apps.get_models() if issubclass(model, Statement)} <= about_people
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        walled = {name for (name,) in cursor.fetchall()}
    assert about_people - walled == set()
