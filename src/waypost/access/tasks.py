"""What the worker does for this room, and when."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from waypost.access import log_anchors


@app.periodic(cron="*/15 * * * *")
@app.task(name="access.sign_log_heads", queueing_lock="access.sign_log_heads")
def sign_log_heads(timestamp: int) -> None:
    """Signing twice is harmless: a second line says the same."""
    log_anchors.sign(connection, settings.LOG_ANCHORS, settings.LOG_SIGNING_KEYS, at=timezone.now())


@app.periodic(cron="37 3 * * *")
@app.task(name="access.forget_sessions", queueing_lock="access.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """What a session held is let go once nobody can come back to it."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@app.periodic(cron="41 3 * * *")
@app.task(name="access.forget_guesses", queueing_lock="access.forget_guesses")
def forget_guesses(timestamp: int) -> None:
    """Where guesses at a password came from is let go once they no longer count; the cache forgets only when full."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_cache WHERE expires < %s", [timezone.now()])
