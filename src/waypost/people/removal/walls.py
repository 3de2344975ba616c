"""Looking behind every wall while something is emptied, moved or counted: nothing stays by being hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from waypost.people.need_to_know.models import Wall

SETTING = "waypost.walls"
EVERY = ",".join(kind for kind in Wall.Kind.values if kind != Wall.Kind.SEALED)


@contextmanager
def every_wall_open() -> Iterator[None]:
    """Of what is read inside only ids and counts leave. A sealed record stays shut: whoever removes it is named on it.

    After an error the setting goes back with the transaction that failed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true), set_config(%s, %s, true)", [SETTING, SETTING, EVERY])
        before = cursor.fetchone()[0]
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, before or ""])


def part_sealed(person: UUID) -> bool:
    """Whether a record that was combined with this one is sealed from whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.people_part_sealed_from_me(%s)", [person])
        return bool(cursor.fetchone()[0])
