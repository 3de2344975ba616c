"""An operator's own database: what is made in it, and the sentence where it cannot be."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from waypost.config import database_roles, environment, private_server

URL = "postgresql://owner@db.example/waypost"
APP_URL = "postgresql://web:secret@db.example/waypost"


def _settings(role: str, **variables: str) -> dict[str, object]:
    return database_roles.settings(environment.read({"WAYPOST_HOME": "/nonexistent", **variables}), role)


def test_with_one_address_the_application_gives_up_the_owners_rights_as_it_connects():
    assert _settings("owner", DATABASE_URL=URL)["OPTIONS"] == {}
    app = _settings("app", DATABASE_URL=f"{URL}?options=-c%20lock_timeout%3D5s&sslmode=require")
    assert (app["USER"], app["HOST"]) == ("owner", "db.example")
    assert app["OPTIONS"] == {"sslmode": "require", "options": "-c lock_timeout=5s -c role=waypost_app"}


def test_with_two_addresses_each_connects_as_itself():
    variables = {"DATABASE_URL": URL, "DATABASE_APP_URL": APP_URL}
    assert _settings("owner", **variables)["USER"] == "owner"
    app = _settings("app", **variables)
    assert (app["USER"], app["PASSWORD"], app["OPTIONS"]) == ("web", "secret", {})


def test_one_login_given_twice_is_still_one_and_gives_up_its_rights_too():
    app = _settings("app", DATABASE_URL=URL, DATABASE_APP_URL="postgresql://owner:secret@pool.example/waypost")
    assert (app["USER"], app["HOST"]) == ("owner", "pool.example")
    assert app["OPTIONS"] == {"options": "-c role=waypost_app"}


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, False),  # the private server has two logins
        ({"DATABASE_URL": URL}, True),
        ({"DATABASE_URL": URL, "DATABASE_APP_URL": URL}, True),
        ({"DATABASE_URL": URL, "DATABASE_APP_URL": APP_URL}, False),
    ],
)
def test_an_operator_with_one_login_is_told_how_the_wall_becomes_real(variables, told):
    said = database_roles.one_login_for_both(environment.read({"WAYPOST_HOME": "/nonexistent", **variables}))
    assert ("DATABASE_APP_URL" in said and "\n" not in said) if told else said is None


@pytest.fixture
def cluster(django_db_setup) -> Iterator[psycopg.Connection]:
    """A superuser on the run's own server, or as near to one as the engineer's database gives."""
    if settings.OWN_CLUSTER:
        given = {"conninfo": private_server.place(settings.HOME).url("postgres", "postgres")}
    else:
        owner = database_roles.settings(environment.read(), "owner") | {"NAME": "postgres"}
        given = database_roles.parameters(owner)
    with psycopg.connect(**given, autocommit=True) as connection:
        yield connection


@pytest.fixture
def operators(cluster) -> Iterator[tuple[psycopg.Connection, str]]:
    """A database of an owner who may make no roles, and the name of another login."""
    name = f"operators_{secrets.token_hex(4)}"
    owner, login, database = (sql.Identifier(f"{name}{end}") for end in ("_owner", "_web", ""))
    cluster.execute(sql.SQL("CREATE ROLE {} LOGIN").format(owner))
    cluster.execute(sql.SQL("CREATE ROLE {} LOGIN").format(login))
    cluster.execute(sql.SQL("GRANT {} TO current_user WITH SET TRUE, INHERIT TRUE").format(owner))
    cluster.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    info = cluster.info
    with psycopg.connect(host=info.host, user=f"{name}_owner", dbname=name, autocommit=True) as connection:
        yield connection, f"{name}_web"
    cluster.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))
    cluster.execute(sql.SQL("DROP ROLE {}").format(login))
    cluster.execute(sql.SQL("DROP ROLE {}").format(owner))


def test_with_one_login_the_rights_laid_down_can_be_taken_up_again(operators, cluster):
    """Why the operator is told: without a login of its own the wall stops mistakes, not people."""
    owner, login = operators
    members = sql.SQL(", ").join(map(sql.Identifier, (owner.info.user, login)))
    cluster.execute(sql.SQL("GRANT waypost_app TO {}").format(members))
    database_roles.prepare(owner, login)
    where = {"host": owner.info.host, "dbname": owner.info.dbname, "autocommit": True}
    with psycopg.connect(**where, user=owner.info.user, options="-c role=waypost_app") as shared:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shared.execute("CREATE TABLE mine (id int)")
        shared.execute("SET ROLE NONE")
        shared.execute("CREATE TABLE mine (id int)")
    with psycopg.connect(**where, user=login) as own:
        own.execute("SET ROLE NONE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute("DROP TABLE mine")


def test_an_owner_who_cannot_is_told_which_statements_would(operators):
    owner, login = operators
    with pytest.raises(database_roles.CannotPrepare) as refused:
        database_roles.prepare(owner, login)
    said = str(refused.value)
    assert f"does not let {owner.info.user} make the role" in said
    assert said.endswith(f": CREATE ROLE waypost_app NOLOGIN; GRANT waypost_app TO {owner.info.user}, {login};")


def test_once_it_was_said_the_rest_is_done_and_may_be_repeated(operators, cluster):
    owner, login = operators
    members = sql.SQL(", ").join(map(sql.Identifier, (owner.info.user, login)))
    cluster.execute(sql.SQL("GRANT waypost_app TO {}").format(members))  # the role is there on every test server
    for _ in (1, 2):
        database_roles.prepare(owner, login)
    owner.execute("CREATE TABLE child (id int GENERATED ALWAYS AS IDENTITY, name text)")
    with psycopg.connect(host=owner.info.host, user=login, dbname=owner.info.dbname, autocommit=True) as web:
        web.execute("INSERT INTO child (name) VALUES ('somebody')")
        assert web.execute("DELETE FROM child RETURNING name").fetchone() == ("somebody",)
        for statement in ("TRUNCATE child", "DROP TABLE child", "CREATE TABLE other (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement)
