"""What needs me today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.asking import asking
from waypost.desk.today import mine
from waypost.governance import panels
from waypost.people.drafts import panels as drafts
from waypost.people.need_to_know.today import today as need_to_know
from waypost.ui.listing import Column

CASELOAD = [
    Column("Child"),
    Column("Order and end"),
    Column("How often"),
    Column("Contacts, 4 weeks"),
    Column("Next seen"),
    Column("Own words"),
    Column("Late"),
]


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Worst first, each line with its reason and one thing to do; ‘nothing new’ is said."""
    now, on = timezone.now(), timezone.localdate()
    asking(request.user, at=now)
    found, waiting = panels.improvement(request.user, on), need_to_know(request.user, now)
    own, going = mine(request.user, now), drafts.warned(request.user, now)  # type: ignore[arg-type]
    about = [line.about for line in waiting if line.about] + [line.child.pk for line in going if line.child]
    log.viewed(request, "desk.today", listed=[*own.shown, *found.shown, *about])
    context = {"improvement": found, "mine": own, "waiting": waiting, "going": going, "on": on}
    return render(request, "desk/today.html", context | {"caseload_columns": CASELOAD})
