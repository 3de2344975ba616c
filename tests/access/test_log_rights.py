"""What the web and the worker may not do to the log, even when told to."""

from __future__ import annotations

import psycopg
import pytest

from tests.access.log_support import APP, add, tried

pytestmark = pytest.mark.django_db

TRIED = [
    "UPDATE access_logentry SET event = 'test.other'",
    "UPDATE access_logentry SET hash = hash",
    "DELETE FROM access_logentry",
    "TRUNCATE access_logentry",
    "TRUNCATE access_logentry CASCADE",
    "MERGE INTO access_logentry l USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    "SELECT * FROM access_logentry FOR UPDATE",
    "LOCK access_logentry IN ACCESS EXCLUSIVE MODE",
    "ALTER TABLE access_logentry DISABLE TRIGGER chain",
    "ALTER TABLE access_logentry DISABLE TRIGGER ALL",
    "ALTER TABLE access_logentry DROP COLUMN prev",
    "ALTER TABLE access_logentry DROP CONSTRAINT log_event_is_a_name",
    "ALTER TABLE access_logentry RENAME TO elsewhere",
    "ALTER TABLE access_logentry OWNER TO waypost_app",
    "ALTER TABLE access_logentry ENABLE ROW LEVEL SECURITY",
    "DROP TABLE access_logentry",
    "DROP TRIGGER chain ON access_logentry",
    "CREATE TRIGGER other BEFORE INSERT ON access_logentry FOR EACH ROW EXECUTE FUNCTION access_log_chain()",
    "CREATE RULE nothing AS ON INSERT TO access_logentry DO INSTEAD NOTHING",
    "CREATE INDEX ON access_logentry (event)",
    "DROP FUNCTION access_log_chain",
    "ALTER FUNCTION access_log_chain RENAME TO other",
    "ALTER FUNCTION access_log_chain SET search_path = public",
    "CREATE OR REPLACE FUNCTION access_log_chain() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION access_log_broken() RETURNS TABLE (lane integer, number bigint, why text)"
    " LANGUAGE sql AS 'SELECT 1, 1::bigint, '''' WHERE false'",
    "SET session_replication_role = replica",
    "ALTER ROLE waypost_app SUPERUSER",
    "CREATE FUNCTION public.coalesce_head() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE public.access_log (lane int)",
]


@pytest.mark.parametrize("statement", TRIED)
def test_refused_to_the_app(statement):
    with tried(APP) as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute(statement)


def test_the_app_cannot_give_itself_a_right():
    with tried(APP) as own:
        own.execute("GRANT UPDATE, DELETE ON access_logentry TO waypost_app")  # says only that nothing was granted
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute("DELETE FROM access_logentry")


def test_the_app_reads_and_adds():
    with tried(APP) as own:
        add(own, 2)
        assert own.execute("SELECT count(*) FROM access_logentry").fetchone() == (2,)


def test_the_app_holds_exactly_these_rights():
    with tried() as own:
        held = own.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE table_name = 'access_logentry' AND grantee IN ('waypost_app', 'PUBLIC')"
        ).fetchall()
    assert sorted(held) == [("INSERT",), ("SELECT",)]


def test_a_table_of_the_apps_own_with_the_same_name_does_not_mislead_the_chain():
    with tried(APP) as own:
        own.execute("CREATE TEMP TABLE access_logentry (lane smallint, number bigint, hash bytea)")
        own.execute("INSERT INTO access_logentry SELECT lane, 500, '' FROM generate_series(0, 63) AS lane")
        own.execute("INSERT INTO public.access_logentry (verb, event, listed) VALUES ('viewed', 'test.seen', '{}')")
        assert own.execute("SELECT number, prev FROM public.access_logentry").fetchall() == [(1, None)]
        assert own.execute("SELECT * FROM public.access_log_broken()").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE access_logentry SET hash = hash WHERE false", "DELETE FROM access_logentry", "TRUNCATE access_logentry"],
)
def test_the_owner_is_kept_from_a_mistake(statement):
    with tried() as own, pytest.raises(psycopg.errors.InsufficientPrivilege, match="the log is only added to"):
        own.execute(statement)
