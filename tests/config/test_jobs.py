"""Jobs whose worker was killed are put back, once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from waypost.config import jobs
from waypost.kernel.ids import new_id

# worker's last sign of life (None: its row is gone), the job's state, is it put back?
STATES = [
    (10, "doing", False),
    (300, "doing", True),
    (None, "doing", True),
    (300, "todo", False),
    (300, "succeeded", False),
]


@pytest.fixture
def all_states(transactional_db):
    ids = {}
    with connection.cursor() as cursor:
        for seconds, state, back in STATES:
            worker = None
            if seconds is not None:
                cursor.execute(
                    "INSERT INTO procrastinate_workers (last_heartbeat)"
                    " VALUES (now() - make_interval(secs => %s)) RETURNING id",
                    [seconds],
                )
                worker = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
                " VALUES ('default', 'nothing.known', '{}', %s, %s) RETURNING id",
                [state, worker],
            )
            ids[cursor.fetchone()[0]] = (state, back)
    return ids


def _states() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs WHERE task_name = 'nothing.known'")
        return dict(cursor.fetchall())


def _put_back_stalled() -> None:
    """As the worker runs it: the task is deferred, and one worker empties the queue of it."""
    jobs.retry_stalled.configure(queue="stalled", queueing_lock=str(new_id())).defer(timestamp=0)

    async def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await worker.run_worker_async(
                    queues=["stalled"], wait=False, listen_notify=False, install_signal_handlers=False,
                    stalled_worker_timeout=100_000,
                )  # fmt: skip

    with ThreadPoolExecutor(1) as thread:  # a browser's test before us may have left a loop running in this one
        thread.submit(lambda: asyncio.run(work())).result()


def test_only_jobs_of_a_silent_worker_are_put_back_and_twice_is_harmless(all_states):
    expected = {job: "todo" if back else state for job, (state, back) in all_states.items()}
    _put_back_stalled()
    assert _states() == expected
    _put_back_stalled()
    assert _states() == expected


def test_the_periodic_jobs_are_those_we_know():
    periodic = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    assert periodic["config.retry_stalled"] == "* * * * *"
    assert periodic["access.sign_log_heads"] == "*/15 * * * *"
