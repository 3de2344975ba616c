"""Everything about a child is taken out: nothing that was planted is left in any table, in any version, in any form."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, child, said, sealed
from tests.people.planted import Planted, dump, everything, models_planted, stands_in
from tests.support import databases
from waypost.access.models import Access, LogEntry
from waypost.kernel.field_classes import about_people
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.people.models import Child, Name, Person, Relation, Removal
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Statement
from waypost.people.removal import actions
from waypost.people.removal.emptying import rows_about
from waypost.people.removal.walls import every_wall_open

WHY = {"rule": "erasure", "reason": "Asked for by letter, checked with legal."}


def erase(planted: Planted) -> Removal:
    with transaction.atomic():
        as_seen_by(planted.head)
        return actions.erase(planted.child.person, **WHY, by=planted.head, at=timezone.now())


def left_in(text: str, planted: Planted) -> list[str]:
    return [where for where, word in planted.words.items() if stands_in(text, word)]


@pytest.fixture
def planted(transactional_db: None) -> Planted:
    with transaction.atomic():
        return everything()


@pytest.fixture
def as_app_then_owner(planted: Planted) -> Any:
    """Dumps are the owner's: walls do not apply to them."""

    def dumped() -> str:
        databases.connect_as("owner")
        try:
            return dump()
        finally:
            databases.connect_as("app")

    return dumped


def test_nothing_planted_is_left_anywhere(planted: Planted, as_app_then_owner: Any) -> None:
    with transaction.atomic():
        as_seen_by(planted.head)
        with every_wall_open():
            assert models_planted() == {model.label for model in about_people()}, "plant the new model as well"
    assert len(planted.words) > 100
    assert left_in(as_app_then_owner(), planted) == list(planted.words)

    done = erase(planted)

    assert left_in(as_app_then_owner(), planted) == []
    assert (
        done.versions == 2 * len(KINDS) + 2
    )  # as said and as corrected; name and birth date of the record combined with it


def test_every_column_that_a_removal_empties_is_empty_and_who_and_when_stay(planted: Planted) -> None:
    erase(planted)
    with transaction.atomic():
        as_seen_by(planted.head)
        with every_wall_open():
            for model in about_people():
                rows = rows_about(model, actions.together(planted.child.person))
                assert not (model.rows_go and rows.exists()), model.label
                for name in model.that("empty"):
                    if model.label == "people.removal":
                        rows = rows.filter(statement__isnull=False)
                    values = set(map(str, rows.values_list(name, flat=True))) - {"", "None", "False", "{}", "[]"}
                    assert not values or name == "file", f"{model.label}.{name}"
                if issubclass(rows.model, Statement):
                    assert {(row.removed_rule, row.by.pk, row.agency) for row in rows} == {
                        ("erasure", planted.worker.pk, "youth_justice")
                    }
    assert Person.objects.get(pk=planted.child.pk).removed_rule == "erasure"
    assert not Access.objects.at(timezone.now()).filter(child=planted.child.pk).exists()
    assert LogEntry.objects.filter(event="child.erased", subject=planted.child.pk, verb="erased").count() == 1


def test_twice_is_once(planted: Planted) -> None:
    assert erase(planted) == erase(planted)
    assert LogEntry.objects.filter(event="child.erased").count() == 1


def test_nothing_is_written_about_them_any_more(planted: Planted) -> None:
    erase(planted)
    with transaction.atomic(), pytest.raises(Refused, match="Everything about them was removed"):
        said(planted.child, "entry", planted.head)


def test_a_hold_refuses_it_and_says_whose(planted: Planted) -> None:
    with transaction.atomic():
        as_seen_by(planted.head)
        held = actions.hold(
            planted.child.person, reason="A claim was made on 3 May.", by=planted.head, at=timezone.now()
        )
    with pytest.raises(Refused, match=f"{planted.head.name} has held this record against removal since"):
        erase(planted)
    with transaction.atomic():
        as_seen_by(planted.head)
        assert Name.objects.filter(person=planted.child.pk, removed_on__isnull=True).exists()
        actions.end_hold(held, by=planted.head, at=timezone.now())
    erase(planted)


def test_a_hold_on_a_record_that_was_combined_holds_both(planted: Planted) -> None:
    with transaction.atomic():
        as_seen_by(planted.head)
        part = Child.objects.get(combined_into=planted.child).person
        actions.hold(part, reason="A claim was made on 3 May.", by=planted.head, at=timezone.now())
    with pytest.raises(Refused, match="has held this record"):
        erase(planted)


def test_half_of_a_child_is_not_taken_for_the_whole(planted: Planted) -> None:
    with transaction.atomic():
        as_seen_by(planted.worker)
        sealed(Child.objects.get(combined_into=planted.child), planted.worker, by=planted.worker)
    with pytest.raises(Refused, match="Part of this record is not open to you"):
        erase(planted)


@pytest.mark.parametrize("role", ["practitioner", "manager", "business_support"])
def test_only_who_may_remove_words_erases(planted: Planted, role: str) -> None:
    planted.head = staff(role)
    with pytest.raises(NotAllowed):
        erase(planted)


def test_killed_on_the_way_nothing_is_gone(planted: Planted) -> None:
    databases.connect_as("owner")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$"
            " BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;"
            "CREATE TRIGGER die BEFORE INSERT ON public.people_removal FOR EACH ROW EXECUTE FUNCTION public.die()"
        )
    databases.connect_as("app")
    with pytest.raises(OperationalError):
        erase(planted)
    connections.close_all()
    databases.connect_as("owner")
    assert left_in(dump(), planted) == list(planted.words)
    databases.connect_as("app")


def test_two_at_once_are_one(planted: Planted) -> None:
    def alone(number: int) -> Any:
        try:
            return erase(planted).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(alone, range(2))
    assert first == second
    with transaction.atomic():
        as_seen_by(planted.head)
        assert Removal.objects.filter(statement__isnull=True).count() == 1


@pytest.mark.django_db
def test_of_a_child_who_is_a_sibling_elsewhere_only_their_own_record_goes() -> None:
    worker, head = staff("practitioner"), staff("head_of_service")
    ellis, sister = child(worker), child(worker, given="Bryony", family="Marden")
    tie = said(sister, "relation", worker, other=ellis.person)
    entry = said(sister, "entry", worker, words="Came with Ellis Marden, who said nothing.")
    other = said(sister, "entry", worker, words="Came alone.")
    as_seen_by(head)

    done = actions.erase(ellis.person, **WHY, by=head, at=timezone.now())

    assert set(done.elsewhere) == {tie.pk, entry.pk}
    for one in (tie, entry, other):
        one.refresh_from_db()
        assert one.removed_on is None
    assert entry.words == "Came with Ellis Marden, who said nothing."  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_those_known_only_through_the_child_go_with_them_when_that_is_asked() -> None:
    worker, head = staff("practitioner"), staff("head_of_service")
    ellis, sister = child(worker), child(worker, given="Bryony")
    mother, uncle = (Person.objects.create(entered_by=worker, entered_at=timezone.now()) for _ in range(2))
    said(ellis, "relation", worker, other=mother)
    said(ellis, "relation", worker, other=uncle)
    said(sister, "relation", worker, other=mother, relation="mother")
    said(uncle, "name", worker, given="Zachary")
    as_seen_by(head)

    actions.erase(ellis.person, **WHY, by=head, at=timezone.now(), with_those_known_only_here=True)

    assert Person.objects.get(pk=uncle.pk).removed_on and not Name.objects.filter(given="Zachary").exists()
    assert Person.objects.get(pk=mother.pk).removed_on is None
    assert Relation.objects.get(person=sister.pk).other_id == mother.pk
    assert not apps.get_model("people.namekey").objects.filter(part__icontains="zachary").exists()
