"""What the log's tests share: sessions of their own as owner and as app, rows, anchors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from waypost.access import log_anchors, log_verify
from waypost.config import database_roles, environment

NOW = datetime(2011, 3, 4, 10, 30, tzinfo=UTC)  # the rows' own time is the database's: later, so never 'an hour ago'
KEYS = {1: "a key of the tests"}
KNOWN = log_anchors.public_keys(KEYS)
APP = "app"
ROLES = {"owner": database_roles.OWNER, "app": database_roles.APP}


def session(role: str = "owner", **options: Any) -> psycopg.Connection[Any]:
    """A session with the test's database, beside Django's."""
    given = database_roles.settings(environment.read(), "owner") | {"USER": ROLES[role]}
    names = {"host": "HOST", "port": "PORT", "password": "PASSWORD", "user": "USER"}
    parameters = {name: given[key] for name, key in names.items() if given[key]}
    return psycopg.connect(dbname=connection.settings_dict["NAME"], **parameters, **options)


@contextmanager
def tried(role: str = "owner") -> Iterator[psycopg.Connection[Any]]:
    """A session whose work is undone at the end."""
    with session(role) as own:
        try:
            yield own
        finally:
            own.rollback()


def add(own: psycopg.Connection[Any], rows: int = 1, *, subject: UUID | None = None, event: str = "test.done") -> None:
    own.execute(
        "INSERT INTO access_logentry (actor, verb, event, subject_kind, subject, listed, digest_key, salt, reason_digest)"
        " SELECT %s, 'changed', %s, 'test.thing', %s, ARRAY[%s::uuid], 1, %s, %s FROM generate_series(1, %s)",
        [uuid4(), event, subject or uuid4(), uuid4(), b"s" * 16, b"d" * 32, rows],
    )


def lane_of(own: psycopg.Connection[Any]) -> int:
    """The lane a session writes to while nobody else writes."""
    return own.execute("SELECT pg_backend_pid() %% 64", ()).fetchone()[0]


def sign(own: psycopg.Connection[Any], folder: Path, at: datetime = NOW) -> log_anchors.Anchor:
    return log_anchors.sign(own, folder, KEYS, at=at)


def verify(own: psycopg.Connection[Any], anchors: Path, at: datetime = NOW) -> log_verify.Report:
    return log_verify.verify(own, anchors, KNOWN, at=at)


def rewrite_lane(own: psycopg.Connection[Any], lane: int) -> None:
    """Make a lane consistent again after tampering, as only somebody with every right in the database could."""
    before = None
    numbers = own.execute("SELECT number FROM access_logentry WHERE lane = %s ORDER BY number", [lane]).fetchall()
    for (number,) in numbers:
        own.execute("UPDATE access_logentry SET prev = %s WHERE (lane, number) = (%s, %s)", [before, lane, number])
        (before,) = own.execute(
            "UPDATE access_logentry l SET hash = sha256(access_log_line(l)) WHERE (lane, number) = (%s, %s)"
            " RETURNING hash",
            [lane, number],
        ).fetchone()
