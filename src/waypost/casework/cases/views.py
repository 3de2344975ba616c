"""The page of children near 18, or between services."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.cases import panels
from waypost.ui.listing import Column

STEPS = [Column("Steps done", width="w10"), Column("Next", width="w25")]
TURNING = [Column("Child", width="w15"), Column("18", width="w20"), Column("Order"), *STEPS]
MOVING = [Column("Child", width="w15"), Column("What happens", width="w25"), Column("What was agreed"), *STEPS]


@require_safe
@needs_children(Permission.OPEN_CHILDREN)
def transitions(request: HttpRequest) -> HttpResponse:
    """The oldest first: whoever is 18 already stands at the top."""
    on = timezone.localdate()
    found = panels.transitions(request.user, at=timezone.now(), on=on)  # type: ignore[arg-type]
    log.viewed(request, "case.transitions", listed=[one.child.pk for one in (*found.turning, *found.moving)])
    context = {"found": found, "on": on, "turning_columns": TURNING, "moving_columns": MOVING}
    return render(request, "cases/transitions.html", context)
