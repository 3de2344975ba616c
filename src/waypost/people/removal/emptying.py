"""Rows emptied as `definitions/fields.yaml` says, whichever model they are of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.files import actions as files
from waypost.files.models import StoredFile
from waypost.kernel.field_classes import ModelClass, about_people, load
from waypost.people.drafts.models import Draft
from waypost.people.record.home import Harmed, Relation
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Person, Statement
from waypost.people.record.who import Name

SHARED = 20  # letters in a row: a draft that has so many of what was removed has its words
Rows = models.QuerySet[Any]


def rows_about(model: ModelClass, people: Iterable[UUID]) -> Rows:
    """Every row that is about one of them, by whichever way the classes name."""
    found = Q()
    for way in model.about:
        found |= Q(**{f"{way}__in": list(people)})
    return apps.get_model(model.label)._default_manager.filter(found)


def empty_everything(people: list[UUID], *, rule: str, by: Staff, at: datetime, on: date) -> int:
    """How many statements it was. To be called where every wall is open."""
    emptied = 0
    for model in about_people():
        rows = rows_about(model, people)
        of_statements = issubclass(rows.model, Statement)
        emptied += rows.filter(removed_on__isnull=True).count() if of_statements else 0
        empty(model, rows, rule=rule, by=by, at=at, on=on)
    Draft.objects.filter(person__in=people, ended_at__isnull=True).update(ended_at=at)
    return emptied


def empty_statements(kind: Kind, versions: list[Statement], *, rule: str, by: Staff, at: datetime, on: date) -> None:
    """One statement with all that stood in its place, its keys for searching and the drafts that have its words."""
    ids = [one.pk for one in versions]
    forms = [draft.pk for draft in drafts_on(kind, versions)]
    Draft.objects.filter(pk__in=forms).update(typed={}, ended_at=at)
    rows = kind.model._default_manager.filter(pk__in=ids)
    empty(load()[kind.model._meta.label_lower], rows, rule=rule, by=by, at=at, on=on)
    if kind.model is Name:
        empty(load()["people.namekey"], _keys_of(ids), rule=rule, by=by, at=at, on=on)


def empty(model: ModelClass, rows: Rows, *, rule: str, by: Staff, at: datetime, on: date) -> None:
    if model.rows_go:
        rows.delete()
        return
    if issubclass(rows.model, Statement):
        rows.filter(removed_on__isnull=True).update(removed_on=on, removed_rule=rule)
    classed = [rows.model._meta.get_field(name) for name in model.that("empty")]
    fields = [field for field in classed if not field.generated]  # the database makes those of the others
    for field in fields:
        if field.related_model is StoredFile:
            _empty_files(rows, field.name, by=by, at=at)
    changes = {field.name: nothing_in(field) for field in fields if field.related_model is not StoredFile}
    if changes:
        rows.update(**changes)


def nothing_in(field: Any) -> Any:
    """What the column holds once nothing is said in it."""
    if field.null:
        return None
    if isinstance(field, models.BooleanField):
        return False
    return field.default() if isinstance(field, models.JSONField) else ""


def _empty_files(rows: Rows, name: str, *, by: Staff, at: datetime) -> None:
    """A file that another document still holds stays until that one goes too."""
    held = set(rows.values_list(name, flat=True))
    still = rows.model._default_manager.filter(**{f"{name}__in": held}, removed_on__isnull=True)
    for file in StoredFile.objects.filter(pk__in=held - set(still.values_list(name, flat=True))):
        if file.emptied_at is None:
            files.empty(file, by=by, at=at)


def _keys_of(names: list[UUID]) -> Rows:
    return apps.get_model("people.namekey")._default_manager.filter(name__in=names)


def versions_of(statement: Statement) -> list[Statement]:
    """The statement, all it replaced and all that replaced it; the oldest first."""
    rows: Any = type(statement)._default_manager
    found: list[Any] = [statement]
    while found[0].replaces_id is not None:
        found.insert(0, rows.get(pk=found[0].replaces_id))
    while (later := rows.filter(replaces=found[-1].pk).first()) is not None:
        found.append(later)
    return found


def drafts_on(kind: Kind, versions: list[Statement]) -> list[Draft]:
    """Drafts that were begun on one of them or have its words."""
    words = {text for one in versions for text in _texts(kind, one)}
    waiting = Draft.objects.filter(person=versions[0].person_id, ended_at__isnull=True)
    return [draft for draft in waiting if any(str(one.pk) in draft.form for one in versions) or _shares(draft, words)]


def _texts(kind: Kind, statement: Statement) -> list[str]:
    names = load()[kind.model._meta.label_lower].that("empty")
    return [value for name in names if isinstance(value := getattr(statement, name), str) and value.strip()]


def _shares(draft: Draft, words: set[str]) -> bool:
    typed = "\n".join(str(value) for value in draft.typed.values())
    pieces = {line.strip() for text in words for line in text.splitlines()}
    return any(len(piece) >= SHARED and piece in typed for piece in pieces) or bool(words & set(typed.split("\n")))


def naming(people: list[UUID]) -> list[Statement]:
    """What was said about others and names one of these people, by a tie or in its words: for a person to decide."""
    found: list[Statement] = []
    names = _full_names(people)
    for kind in KINDS.values():
        ties = [
            field.name
            for field in kind.model._meta.get_fields()
            if field.concrete and field.related_model is Person and field.name != "person"
        ]
        named = Q()
        for tie in ties:
            named |= Q(**{f"{tie}__in": people})
        for column in _columns_of_words(kind):
            for name in names:
                named |= Q(**{f"{column}__icontains": name})
        if named:
            rows: Any = kind.model._default_manager.filter(named, removed_on__isnull=True)
            found += rows.exclude(person__in=people).order_by("at")
    return found


def known_only_through(people: list[UUID]) -> list[UUID]:
    """Carers, family and others who are in nobody else’s life here: once the tie is gone nobody could reach them."""
    tied = Person.objects.filter(relation_to__person__in=people, child__isnull=True, removed_on__isnull=True)
    ties: Any = Relation._default_manager
    of_others = ties.exclude(person__in=people).filter(other__isnull=False).values("other")
    harmed = Harmed.objects.values("person")
    return list(tied.exclude(pk__in=of_others).exclude(pk__in=harmed).distinct().values_list("pk", flat=True))


def _columns_of_words(kind: Kind) -> list[str]:
    """Columns of text in which a name may stand."""
    return [
        name
        for name in load()[kind.model._meta.label_lower].that("empty")
        if isinstance(kind.model._meta.get_field(name), models.CharField | models.TextField)
    ]


def _full_names(people: list[UUID]) -> list[str]:
    held: Any = Name.objects.filter(person__in=people, removed_on__isnull=True)
    return sorted({str(name) for name in held if name.given and name.family})
