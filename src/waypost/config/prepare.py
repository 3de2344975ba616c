"""Brings a database and the static files to this version. Run as the owner, before anything serves."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from waypost.config import database_roles, environment
from waypost.config.environment import Environment


def main() -> int:
    env = environment.read()
    try:
        _prepare_roles(env)
    except (database_roles.CannotPrepare, psycopg.OperationalError) as error:
        print(f"The database is not ready: {error}", file=sys.stderr)  # noqa: T201 (the refusal is for a person)
        return 2
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    collect_static(env.home / "static")
    return 0


def _prepare_roles(env: Environment) -> None:
    app_login = database_roles.settings(env, "app")["USER"] if env.database_app_url else None
    with psycopg.connect(**database_roles.parameters(database_roles.settings(env, "owner"))) as owner:
        database_roles.prepare(owner, app_login)


def collect_static(folder: Path) -> bool:
    """Gather the files under their hashed names; False when nothing has changed since the last time."""
    mark = folder / ".collected"
    digest = _sources_digest()
    if mark.is_file() and mark.read_text() == digest:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(digest)
    return True


def _sources_digest() -> str:
    digest = hashlib.sha256()
    for line in sorted(_sources()):
        digest.update(line.encode())
    return digest.hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list(None):
            yield f"{path} {hashlib.sha256(Path(storage.path(path)).read_bytes()).hexdigest()}\n"


if __name__ == "__main__":
    sys.exit(main())
