"""What a service planned and what took place, for those who manage it; on a page and as a workbook."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.interventions.paper import report_of
from waypost.casework.interventions.service import PERIODS, Service, service
from waypost.files.taken import file_of, from_whom
from waypost.ui.listing import Choice, Column

manages = needs_children(Permission.GIVE_ACCESS)
FIRST = "91"
COLUMNS = [
    Column("Who or what", width="w25"),
    Column("Took place"),
    Column("Missed", numeric=True),
    Column("Cancelled", numeric=True),
    Column("Not held", numeric=True),
    Column("Not recorded", numeric=True),
    Column("Lost most because", width="w25"),
]


@require_safe
@manages
def delivery(request: HttpRequest) -> HttpResponse:
    """It names workers and programmes, and no child."""
    period, found = _asked(request)
    log.viewed(request, "intervention.service")
    choice = Choice("days", "Period to today", list(PERIODS.items()), period)
    context = {"found": found, "choice": choice, "columns": COLUMNS, "period": period}
    return render(request, "interventions/service.html", context)


@require_safe
@manages
def delivery_file(request: HttpRequest, kind: str) -> HttpResponse:
    _, found = _asked(request)
    log.record(request.user, log.Verb.DISCLOSED, f"intervention.service_taken_{kind}")  # type: ignore[arg-type]
    on = timezone.localdate()
    return file_of(report_of(found, on=on, **from_whom(request)), kind, "planned against delivered", on)


def _asked(request: HttpRequest) -> tuple[str, Service]:
    asked = request.GET.get("days", FIRST)
    period = asked if asked in PERIODS else FIRST
    until = timezone.localdate()
    since = until - timedelta(days=int(period) - 1)
    return period, service(request.user, timezone.now(), since, until)  # type: ignore[arg-type]
