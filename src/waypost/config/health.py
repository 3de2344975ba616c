"""Is it well? For whoever watches the service: no names, no counts of children, no sign-in."""

from __future__ import annotations

import time
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from waypost.access.requests import open_to_all

WAITING = """
    SELECT extract(epoch FROM now() - min(event.at))
    FROM procrastinate_jobs AS job JOIN procrastinate_events AS event ON event.job_id = job.id
    WHERE job.status = 'todo' AND event.type = 'deferred' AND coalesce(job.scheduled_at, now()) <= now()
"""
SIGN_OF_LIFE = "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"


@open_to_all
@transaction.non_atomic_requests
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """503 when the database does not answer; otherwise 200, with what there is to worry about in the answer."""
    if "X-Forwarded-For" in request.headers:  # a proxy asks for somebody elsewhere: this is for this machine
        raise Http404
    began = time.perf_counter()
    try:
        waiting, sign_of_life = _seconds(WAITING), _seconds(SIGN_OF_LIFE)
    except OperationalError:
        return JsonResponse({"database": {"answers": False}}, status=503)
    milliseconds = round((time.perf_counter() - began) * 1000, 1)
    found: dict[str, Any] = {
        "database": {"answers": True, "milliseconds": milliseconds},
        "jobs": {"oldest_waiting_seconds": waiting},
        "worker": {"last_sign_of_life_seconds": sign_of_life},
    }
    return JsonResponse(found)


def _seconds(query: str) -> float | None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchone()[0]
    return None if found is None else round(float(found), 1)
