"""What the application's role may and may not do."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from tests.factories import team
from waypost.access.models import Team

FORBIDDEN = [
    "CREATE TABLE anything (id int)",
    "DROP TABLE access_team",
    "TRUNCATE access_team CASCADE",
    "ALTER TABLE access_team ADD COLUMN anything int",
    "ALTER TABLE access_team DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "CREATE SCHEMA anything",
]


def test_tests_run_as_the_application(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("waypost_app",)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_cannot_change_the_shape_of_the_database(db, statement):
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_application_reads_and_writes_rows(db):
    written = team(name="North")
    Team.objects.filter(pk=written.pk).update(name="South")
    assert Team.objects.get(pk=written.pk).name == "South"
    assert written.delete()


def test_the_owner_can_when_a_test_asks_for_it(as_owner):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE anything (id int)")


@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_committed_is_gone_in_the_next(transactional_db, round_):
    assert not Team.objects.exists()
    team()
