"""Rows into their tables, many at a time, by COPY; in the transaction that is open, or one for each batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.types.json import Jsonb

Row = Mapping[str, Any]


def write(rows: Mapping[type[Model], Sequence[Row]]) -> dict[type[Model], int]:
    """How many of each. Foreign keys are looked at when the transaction ends, so no order is asked for."""
    connection.ensure_connection()
    for model, found in rows.items():
        _copy(model, found)
    return {model: len(found) for model, found in rows.items()}


def _copy(model: type[Model], rows: Iterable[Row]) -> None:
    """Straight into the table where it is ours. The application’s role goes by way of a table of its own: COPY does not
    know the walls, INSERT does."""
    table, names = model._meta.db_table, columns(model)
    listed = ", ".join(connection.ops.quote_name(column) for _, column, _ in names)
    with connection.connection.cursor() as cursor:
        into = table if _is_owner() else f"pg_temp.copied_{table}"
        if into != table:
            cursor.execute(
                f"CREATE TEMP TABLE copied_{table} ON COMMIT DROP AS SELECT {listed} FROM {table} WITH NO DATA"
            )  # noqa: S608 (names of our own tables)
        with cursor.copy(f"COPY {into} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row.get(name, empty) for name, _, empty in names])
        if into != table:
            cursor.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {into}")  # noqa: S608
            cursor.execute(f"DROP TABLE {into}")


def _is_owner() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(tableowner, 'USAGE') FROM pg_tables WHERE tablename = 'people_person'")
        return bool(cursor.fetchone()[0])


@cache
def columns(model: type[Model]) -> list[tuple[str, str, Any]]:
    """Of each column that is written: the name in a row, in the table, and what stands where a row says nothing."""
    return [
        (field.attname, str(field.column), _empty(field))
        for field in model._meta.concrete_fields
        if not field.generated and field.get_internal_type() not in ("BigAutoField", "AutoField")
    ]


def _empty(field: Field[Any, Any]) -> Any:
    if isinstance(field, JSONField):
        return Jsonb({})
    if field.has_default() and not callable(field.default):
        return field.default
    return None if field.null else ""
