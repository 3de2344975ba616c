"""What needs me today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.asking import asking
from waypost.governance import panels
from waypost.people.drafts import panels as drafts
from waypost.people.need_to_know.today import today as need_to_know
from waypost.people.record.due import alerts_due


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Worst first, each line with its reason and one thing to do; ‘nothing new’ is said."""
    now, on = timezone.now(), timezone.localdate()
    asking(request.user, at=now)
    found, waiting = panels.improvement(request.user, on), need_to_know(request.user, now)
    due, going = alerts_due(request.user, now, on), drafts.warned(request.user, now)
    about = [line.about for line in (*due, *waiting) if line.about] + [line.child.pk for line in going if line.child]
    log.viewed(request, "desk.today", listed=[*found.shown, *about])
    context = {"improvement": found, "due": due, "waiting": waiting, "going": going, "on": on}
    return render(request, "desk/today.html", context)
