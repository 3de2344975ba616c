"""What needs me today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.governance import panels


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Worst first, each line with its reason and one thing to do; ‘nothing new’ is said."""
    on = timezone.localdate()
    found = panels.improvement(request.user, on)
    log.viewed(request, "desk.today", listed=found.shown)
    return render(request, "desk/today.html", {"improvement": found, "on": on})
