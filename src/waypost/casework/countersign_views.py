"""What waits for whoever may countersign."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.deputies import acting_for
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.countersign import waiting
from waypost.ui.listing import Column

COLUMNS = [Column("Child"), Column("What"), Column("Signed by"), Column("Since"), Column("Do")]


@require_safe
@needs_children(Permission.COUNTERSIGN)
def countersign(request: HttpRequest) -> HttpResponse:
    """The longest waiting first."""
    now = timezone.now()
    lines = waiting(request.user, now)  # type: ignore[arg-type]
    stands_in_for = acting_for(request.user, Permission.COUNTERSIGN, at=now)  # type: ignore[arg-type]
    log.viewed(request, "countersign.list", listed=[one.child.pk for one in lines], on_behalf_of=stands_in_for)
    return render(request, "assessments/countersign.html", {"lines": lines, "columns": COLUMNS})
