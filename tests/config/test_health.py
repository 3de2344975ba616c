"""What /health tells whoever watches the service."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from waypost.config import health


def _worker(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [seconds]
        )


def _job(seconds: int, *, starts_in: int = 0) -> None:
    """A job deferred some seconds ago, to be started when it was or later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " VALUES ('default', 'a.task', '{}', now() + make_interval(secs => %s)) RETURNING id",
            [starts_in - seconds],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s) WHERE job_id = %s",
            [seconds, cursor.fetchone()[0]],
        )


def test_a_quiet_service_is_well(client, db):
    answer = client.get("/health")
    assert answer.status_code == 200
    found = answer.json()
    assert found["database"]["answers"]
    assert found["database"]["milliseconds"] < 5_000
    assert found["jobs"] == {"oldest_waiting_seconds": None}
    assert found["worker"] == {"last_sign_of_life_seconds": None}


def test_the_oldest_waiting_job_and_the_newest_sign_of_life_are_told(client, db):
    _worker(300), _worker(7)
    _job(40), _job(90), _job(500, starts_in=900)
    found = client.get("/health").json()
    assert found["worker"]["last_sign_of_life_seconds"] == pytest.approx(7, abs=1)
    assert found["jobs"]["oldest_waiting_seconds"] == pytest.approx(90, abs=1)


def test_a_database_that_does_not_answer_is_503(client, monkeypatch):
    def gone(query: str) -> float:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "_seconds", gone)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"database": {"answers": False}}


def test_it_is_for_this_machine_not_for_whoever_comes_through_a_proxy(client, db):
    assert client.get("/health", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
