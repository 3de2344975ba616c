"""Two roles: the owner changes the shape of the database, the app reads and writes rows and can do nothing else."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from waypost.config import environment, private_server
from waypost.config.environment import Environment

OWNER, APP = "waypost_owner", "waypost_app"
Connection = psycopg.Connection[Any]


class CannotPrepare(Exception):
    """The operator's database does not let us make the app's role; the sentence says which statements would."""


def settings(env: Environment, role: str) -> dict[str, Any]:
    """Django's settings for connecting as 'owner' or 'app'."""
    if env.database_url is None:
        return environment.database(private_server.place(env.home).url(OWNER if role == "owner" else APP))
    owner = environment.database(env.database_url)
    if role == "owner":
        return owner
    app = environment.database(env.database_app_url, "DATABASE_APP_URL") if env.database_app_url else owner
    return acting_as_app(app) if app["USER"] == owner["USER"] else app


def one_login_for_both(env: Environment) -> str | None:
    """What an operator should know whose application shares the owner's login; None where it has its own."""
    if env.database_url is None or settings(env, "app")["USER"] != settings(env, "owner")["USER"]:
        return None
    return (
        "Web and worker use the owner's login and only lay down its rights: whoever makes them run SQL of their own can"
        " take them up again, and change the log. The wall is real once DATABASE_APP_URL names a login of its own."
    )


def acting_as_app(owner: dict[str, Any]) -> dict[str, Any]:
    """The owner's connection, which gives up the owner's rights as it opens."""
    given = owner["OPTIONS"].get("options", "")
    return owner | {"OPTIONS": owner["OPTIONS"] | {"options": f"{given} -c role={APP}".strip()}}


def parameters(found: dict[str, Any]) -> dict[str, Any]:
    """Django's settings for a connection, as psycopg takes them."""
    given = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: found[key] for name, key in given.items() if found[key]} | found["OPTIONS"]


def make_private_database(where: private_server.Place, database: str = "waypost") -> None:
    """Both roles and the database on a private server; nothing where they are there."""
    with psycopg.connect(where.url("postgres", "postgres"), autocommit=True) as superuser:
        superuser.execute("SELECT pg_advisory_lock(1)")  # two programs may start at once; let go at the end
        for role, rights in ((OWNER, "LOGIN CREATEDB CREATEROLE"), (APP, "LOGIN")):
            if not _role_exists(superuser, role):
                superuser.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights)))
        superuser.execute(f"GRANT {APP} TO {OWNER} WITH ADMIN TRUE, INHERIT TRUE, SET TRUE")
        if not superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            names = sql.Identifier(database), sql.Identifier(OWNER)
            superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def prepare(owner: Connection, app_login: str | None = None) -> None:
    """Give the app's role its rights on what the owner will make. Safe to repeat; must come before the migrations.

    `app_login` is the operator's login of another name, which becomes a member of the role.
    """
    me, database = owner.execute("SELECT current_user, current_database()").fetchone() or ("", "")
    try:
        if not _role_exists(owner, APP):
            owner.execute(f"CREATE ROLE {APP} NOLOGIN")
        for member in {me, app_login or me} - {APP}:
            if not owner.execute("SELECT pg_has_role(%s, %s, 'SET')", [member, APP]).fetchone()[0]:  # type: ignore[index]
                owner.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(member)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise CannotPrepare(_what_would(me, app_login)) from error
    owner.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(APP)))
    owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    owner.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
    rights = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE", "FUNCTIONS": "EXECUTE"}
    for kind, granted in rights.items():
        owner.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {granted} ON {kind} TO {APP}")


def _what_would(me: str, app_login: str | None) -> str:
    return (
        f"The database does not let {me} make the role of the application. Ask whoever runs it to say:"
        f" CREATE ROLE {APP} NOLOGIN; GRANT {APP} TO {', '.join(sorted({me, app_login or me}))};"
    )


def _role_exists(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
