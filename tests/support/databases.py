"""One migrated template, and a copy of it for each worker: copied by the owner, used as the application's role."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from waypost.config import database_roles, environment, private_server

KEPT: set[str] = set()  # databases of this worker, as `filled_once` left them


@contextlib.contextmanager
def cluster() -> Iterator[None]:
    """The run's private server with fsync off, or the engineer's own that DATABASE_URL names."""
    if not settings.OWN_CLUSTER:
        yield
        return
    with private_server.server(Path(settings.HOME), for_tests=True) as where:
        database_roles.make_private_database(where)
        yield


def forget_home() -> None:
    """Remove what the run made: its home and the folder of its server's socket."""
    home = Path(settings.HOME)
    shutil.rmtree(private_server.place(home).socket, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def copied(worker: str) -> Iterator[None]:
    """Make this worker's database and connect to it as the application."""
    base = _owner("")["NAME"]
    template, name = f"test_{base}_template", f"test_{base}_{worker}"
    with _one_worker_at_a_time():
        _make_template(template)
    copy(template, name)
    connect_as("app", name)
    try:
        yield
    finally:
        connections.close_all()
        with _maintenance() as owner:
            for made in (name, *KEPT):
                owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(made)))


def copy(template: str, name: str) -> None:
    """Put a fresh copy of the template where the database was, whoever is connected to either."""
    with _maintenance() as owner:
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        names = sql.Identifier(name), sql.Identifier(template)
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def renew() -> None:
    """What a test that commits leaves behind is emptied by the owner: a fresh copy, migrations' own rows and all."""
    connections.close_all()
    name = connections["default"].settings_dict["NAME"]
    copy(f"{name.rsplit('_', 1)[0]}_template", name)


def filled_once(label: str, fill: Callable[[], object]) -> None:
    """Fill this worker's database; from the second time on a copy of what that made takes its place."""
    name = connections["default"].settings_dict["NAME"]
    kept = f"{name}_{label}"
    if kept in KEPT:
        connections.close_all()
        copy(kept, name)
        return
    fill()
    connections.close_all()
    copy(name, kept)
    KEPT.add(kept)


def connect_as(role: str, name: str | None = None) -> None:
    """Let the default connection be the app's or the owner's from now on."""
    connection = connections["default"]
    connection.close()
    name = name or connection.settings_dict["NAME"]
    connection.settings_dict |= database_roles.settings(environment.read(), role) | {"NAME": name}


def _make_template(name: str) -> None:
    """Migrate the template; one that was made from the same migrations is kept."""
    made_from = _migrations_digest()
    with _maintenance() as owner:
        found = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if found and found[0] == made_from:
            return
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with psycopg.connect(**database_roles.parameters(_owner(name))) as owner:
        database_roles.prepare(owner)
    connect_as("owner", name)
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()
    with _maintenance() as owner:
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(made_from)))


def _migrations_digest() -> str:
    digest = hashlib.sha256(Path(database_roles.__file__).read_bytes())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.*")):  # Python, and SQL beside it
            digest.update(file.read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _one_worker_at_a_time() -> Iterator[None]:
    with Path(tempfile.gettempdir(), f"waypost-template-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _owner(name: str) -> dict[str, Any]:
    found = database_roles.settings(environment.read(), "owner")
    return found | {"NAME": name or found["NAME"]}


@contextlib.contextmanager
def _maintenance() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database_roles.parameters(_owner("postgres")), autocommit=True) as owner:
        yield owner
