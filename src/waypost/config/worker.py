"""The job worker: takes jobs from the database, one process, and starts the periodic ones."""

from __future__ import annotations

import asyncio

import django

CONCURRENCY = 2
GRACE = 5.0  # seconds a job may take to finish when the worker is asked to end; then it is retried later


async def work() -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        async with worker.open_async():
            await worker.run_worker_async(concurrency=CONCURRENCY, shutdown_graceful_timeout=GRACE)


if __name__ == "__main__":
    django.setup()
    asyncio.run(work())
