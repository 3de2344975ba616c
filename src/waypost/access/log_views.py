"""Who looked at what: the log, for those who answer for it. To look here is itself logged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log, log_panels
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.ui.listing import Column

COLUMNS = [Column("When", width="w20"), Column("Who", width="w20"), Column("What"), Column("Record")]


@require_safe
@needs(Permission.SEE_LOG)
def who_looked(request: HttpRequest) -> HttpResponse:
    found = log_panels.who_looked(request.GET.dict(), at=timezone.now())
    log.viewed(request, "log.page", listed=found.shown)
    return render(
        request, "access/log.html", {"found": found, "columns": COLUMNS}, status=422 if found.not_an_id else 200
    )
