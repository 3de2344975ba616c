"""What is said of some people now, of many kinds, in one question to the database (`docs/adr/0071`).

A page that shows a child reads some forty kinds of statement, each a table of its own. Asked for one by one, the asking
takes longer than the answers; asked for together they come as JSON, and become the same rows of models as ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from json import loads
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Field

from waypost.people.record.models import Statement

Made = Callable[[Any], Any]
Kinds = Mapping[str, type[Statement]]
AS_IT_IS = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.JSONField)
MADE: tuple[tuple[type[Field[Any, Any]], Made], ...] = (
    (models.UUIDField, UUID),
    (models.DateTimeField, lambda words: datetime.fromisoformat(words).astimezone(UTC)),
    (models.DateField, date.fromisoformat),
    (models.TimeField, time.fromisoformat),
    (models.DecimalField, Decimal),
)


def together(kinds: Kinds, people: Collection[UUID]) -> dict[str, list[Any]]:
    """By kind, what is current of these people, the newest first: neither corrected since nor taken out."""
    return together_of({key: (model, people) for key, model in kinds.items()})


def together_of(asked: Mapping[str, tuple[type[Statement], Collection[UUID]]]) -> dict[str, list[Any]]:
    """The same, where not every kind is asked of the same people."""
    found: dict[str, list[Any]] = {key: [] for key in asked}
    wanted = {key: (model, [*people]) for key, (model, people) in asked.items() if people}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        sql = _sql(tuple((key, model) for key, (model, _) in wanted.items()))
        cursor.execute(sql, [people for _, people in wanted.values()])
        for key, row in cursor.fetchall():
            found[key].append(_made(wanted[key][0], row))
    for rows in found.values():
        rows.sort(key=lambda one: one.pk)
        rows.sort(key=lambda one: one.at, reverse=True)
    return found


def tie(ties: Iterable[tuple[Any, str]]) -> None:
    """Read what rows lead to by a name, a question for each model led to; None where a wall stands before it."""
    led: dict[type[models.Model], list[tuple[Any, Any, Any]]] = defaultdict(list)
    for row, name in ties:
        field = row._meta.get_field(name)
        led[field.related_model].append((row, field, getattr(row, field.attname)))
    for model, of_model in led.items():
        there = model._base_manager.in_bulk({pk for _, _, pk in of_model if pk})
        for row, field, pk in of_model:
            field.set_cached_value(row, there.get(pk))


@lru_cache(maxsize=64)
def _sql(kinds: tuple[tuple[str, type[Statement]], ...]) -> str:
    return " UNION ALL ".join(
        f"SELECT '{key}', row_to_json(said)::text FROM {connection.ops.quote_name(model._meta.db_table)} said "
        "WHERE replaced_at IS NULL AND removed_on IS NULL AND person_id = ANY(%s)"
        for key, model in kinds
    )


def _made(model: type[Statement], row: str) -> Any:
    said, columns = loads(row, parse_float=Decimal), _columns(model)
    return model.from_db(
        connection.alias,
        [name for name, _, _ in columns],
        [_value(said[column], made) for _, column, made in columns],
    )


def _value(value: Any, made: Made | None) -> Any:
    return value if value is None or made is None else made(value)


@cache
def _columns(model: type[Statement]) -> tuple[tuple[str, str, Made | None], ...]:
    """Name, column, and how its value is made of what JSON has."""
    return tuple((field.attname, str(field.column), _how(field)) for field in model._meta.concrete_fields)


def _how(field: Any) -> Made | None:
    """Of a field that is none of these nothing is guessed."""
    if isinstance(field, models.ForeignKey):
        return _how(field.target_field)
    if isinstance(field, models.GeneratedField):
        return _how(field.output_field)
    if isinstance(field, ArrayField):
        each = _how(field.base_field)
        return None if each is None else lambda values: [value if value is None else each(value) for value in values]
    made = next((made for kind, made in MADE if isinstance(field, kind)), None)
    if made is None and not isinstance(field, AS_IT_IS):
        raise TypeError(f"{field}: how its value is made of JSON is not known.")
    return made
