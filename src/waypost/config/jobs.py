"""Jobs about jobs."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

STALLED_AFTER = 60.0  # seconds without a sign of life from the worker that took the job


@app.periodic(cron="* * * * *")
@app.task(name="config.retry_stalled", queueing_lock="config.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put back the jobs of a worker that was killed. Twice is harmless: a job put back is stalled no more."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        if job.id != context.job.id:
            await jobs.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="config.forget_finished", queueing_lock="config.forget_finished", pass_context=True)
async def forget_finished(context: JobContext, timestamp: int) -> None:
    """Jobs that ended well a week ago say nothing any more; failed ones stay to be seen."""
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24)
