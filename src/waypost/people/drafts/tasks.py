"""What the worker does for drafts, and when."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from waypost.people.drafts import actions


@app.periodic(cron="7 4 * * *")
@app.task(name="people.empty_old_drafts", queueing_lock="people.empty_old_drafts")
def empty_old_drafts(timestamp: int) -> None:
    actions.empty_old(at=timezone.now())
