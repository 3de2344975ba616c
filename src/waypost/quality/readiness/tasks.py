"""What the worker does about open cases, and when."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from waypost.people.record.models import Child
from waypost.quality.readiness import actions


@app.periodic(cron="11 4 * * *")
@app.task(name="quality.go_through", queueing_lock="quality.go_through")
def go_through(timestamp: int) -> None:
    """Nobody asks: what stands behind a wall is not read, and of a sealed record nothing is kept."""
    actions.go_through(Child.objects.all(), at=timezone.now(), whole=True)
