"""Every field is classed once, and no class contradicts another or the model it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from waypost.kernel import field_classes
from waypost.kernel.field_classes import FILE, UnreadableClasses, load, problems

CLASSES = load()
MODELS: dict[str, Any] = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}


def columns(model: Any) -> list[Any]:
    return [field for field in model._meta.get_fields() if field.concrete and not field.many_to_many]


def can_be_empty(field: Any) -> bool:
    if isinstance(field, models.BooleanField) or field.generated:
        return True  # false, as if it had never been ticked
    if isinstance(field, models.JSONField):
        return callable(field.default)
    return field.null or (isinstance(field, models.CharField | models.TextField) and field.blank)


def test_every_field_is_classed() -> None:
    unclassed = [
        f"{label}.{field.name}"
        for label, model in MODELS.items()
        for field in columns(model)
        if label not in CLASSES or CLASSES[label].field(field.name) is None
    ]
    assert unclassed == []


def test_every_class_is_of_a_field() -> None:
    named = {f"{label}.{name}" for label, model in CLASSES.items() for name in model.fields}
    there = {f"{label}.{field.name}" for label, model in MODELS.items() for field in columns(model)}
    assert named - there == set()
    assert CLASSES.keys() - MODELS.keys() == set()


def test_a_librarys_models_say_why_they_are_there_and_ours_class_each_field() -> None:
    ours = {label for label, model in MODELS.items() if model.__module__.startswith("waypost.")}
    assert {label for label, model in CLASSES.items() if not model.library} == ours
    assert {label for label, model in CLASSES.items() if model.every} == CLASSES.keys() - ours


def test_no_class_contradicts_another() -> None:
    assert [problem for model in CLASSES.values() for problem in problems(model)] == []


def test_what_a_removal_empties_can_be_empty() -> None:
    by_files = {"people.document.file", "files.storedfile.name"}  # `files.actions.empty` calls it removed
    empty = [one for model in CLASSES.values() for one in model.fields.values() if one.removal == "empty"]
    stuck = [one for one in empty if not can_be_empty(MODELS[one.model]._meta.get_field(one.name))]
    assert {f"{one.model}.{one.name}" for one in stuck} == by_files


def test_the_ways_to_a_person_are_ways() -> None:
    for model in field_classes.about_people():
        for way in model.about:
            assert MODELS[model.label]._default_manager.filter(**{f"{way}__in": []}) is not None
    related = {
        label
        for label, model in MODELS.items()
        if label.startswith("people.")
        for field in columns(model)
        if field.is_relation and field.related_model._meta.label_lower in ("people.person", "people.child")
    }
    assert related <= {model.label for model in field_classes.about_people()}


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (
            "reason parted_reason: {nature: words, removal: empty}",
            "reason parted_reason: {nature: words}",
            "would keep",
        ),
        ("{nature: opinion, removal: empty}", "{nature: opinion}", "an opinion of somebody that a removal would keep"),
        (
            "  subject: victim\n  disclosure: victim\n",
            "  subject: victim\n  disclosure: none\n",
            "a disclosure class is",
        ),
        (
            "part sound start: {removal: delete_row}",
            "part start: {removal: delete_row}\n    sound: {removal: empty}",
            "both go and be",
        ),
        ("  about: kept gone\n", "", "nothing says how its row leads to them"),
    ],
)
def test_a_contradiction_is_found(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert any(says in problem for problem in wrong_after(tmp_path, was, becomes))


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("subject: victim", "subject: neighbour", "subject 'neighbour' must be child, carer"),
        ("removal: delete_row", "removal: burn", "removal 'burn' must be keep"),
        ("subject_access: derived", "subject_access: secret", "must be in, or why withheld"),
        ("  nature: fact\n  retention: contacts", "  retention: contacts", "nature must be said"),
        ("number: {}", "number: {colour: red}", "colour is not known here"),
        ("kind clock: {}", "kind clock kind: {}", "people.entry.kind is classed twice"),
    ],
)
def test_a_word_that_is_none_of_ours_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(UnreadableClasses, match=says):
        list(wrong_after(tmp_path, was, becomes))


def wrong_after(folder: Path, was: str, becomes: str) -> Iterator[str]:
    text, path = FILE.read_text(), folder / "fields.yaml"
    assert was in text
    path.write_text(text.replace(was, becomes, 1))
    for model in load(path).values():
        yield from problems(model)
