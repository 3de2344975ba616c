"""Asked of many kinds together, the database says what it says of each."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import staff
from tests.people import planted
from tests.people.children import OURS, child, related, said, sealed
from waypost.people.record import actions
from waypost.people.record.beside import current
from waypost.people.record.kinds import KINDS
from waypost.people.record.together import _how, tie, together, together_of
from waypost.people.removal.walls import every_wall_open

pytestmark = pytest.mark.django_db


def values(row: Any) -> dict[str, object]:
    """With their types: a day that came as words would look the same in a page."""
    return {field.attname: (type(value := getattr(row, field.attname)), value) for field in row._meta.concrete_fields}


def test_every_kind_comes_as_the_database_has_it() -> None:
    planted.everything()
    models_of = {key: kind.model for key, kind in KINDS.items()}
    with every_wall_open():
        people = {pk for model in models_of.values() for pk in model.objects.values_list("person", flat=True)}
        found = together(models_of, people)
        alone = {key: list(current(model).order_by("-at", "pk")) for key, model in models_of.items()}
    assert {key for key, rows in found.items() if rows} == set(KINDS)
    for key, rows in alone.items():
        assert [values(row) for row in found[key]] == [values(row) for row in rows], key


def test_every_kind_is_one_question() -> None:
    by = staff()
    of = child(by)
    with CaptureQueriesContext(connection) as asked:
        together({key: kind.model for key, kind in KINDS.items()}, [of.pk])
    assert len(asked) == 1


def test_of_nobody_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert together({"name": KINDS["name"].model}, []) == {"name": []}
    assert len(asked) == 0


def test_not_every_kind_is_asked_of_the_same_people() -> None:
    by = staff()
    first, second = child(by), child(by, given="Bryony")
    found = together_of(
        {"name": (KINDS["name"].model, [first.pk, second.pk]), "birth": (KINDS["birth"].model, [first.pk])}
    )
    assert {one.person_id for one in found["name"]} == {first.pk, second.pk}
    assert {one.person_id for one in found["birth"]} == {first.pk}


def test_what_was_corrected_is_not_said() -> None:
    by = staff()
    of = child(by)
    alert = said(of, "alert", by)
    actions.correct(
        alert,
        KINDS["alert"].said_of(alert) | {"words": "Ring first."},
        source=OURS,
        by=by,
        at=timezone.now(),
    )
    assert [one.words for one in together({"alert": KINDS["alert"].model}, [of.pk])["alert"]] == ["Ring first."]


def test_a_wall_stands_before_it() -> None:
    head, by = staff("head_of_service"), staff()
    of = child(by)
    assert together({"name": KINDS["name"].model}, [of.pk])["name"]
    sealed(of, head, by=head)
    assert together({"name": KINDS["name"].model}, [of.pk])["name"] == []


def test_what_rows_lead_to_is_one_question_for_each_model() -> None:
    by, other = staff(), staff("head_of_service")
    of = child(by)
    related(of, by)
    said(of, "alert", other)
    found = together({key: KINDS[key].model for key in ("name", "alert", "relation")}, [of.pk])
    rows = [one for kind in found.values() for one in kind]
    with CaptureQueriesContext(connection) as asked:
        tie((one, "by") for one in rows)
        assert {one.by.name for one in rows} == {by.name, other.name}
    assert len(asked) == 1


def test_of_a_field_nobody_thought_of_nothing_is_guessed() -> None:
    with pytest.raises(TypeError, match="not known"):
        _how(models.BinaryField(name="picture"))
