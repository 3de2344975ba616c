"""The child's page, and the way to enter a child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.people.need_to_know.reach import reach
from waypost.people.need_to_know.views import or_with_a_reason
from waypost.people.record import panels
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child

opens = needs_children(Permission.OPEN_CHILDREN)


@require_safe
@opens
@or_with_a_reason
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    found = get_object_or_404(Child.objects.visible_to(request.user, now).select_related("person"), pk=pk)
    record = panels.record(found, reach(request.user, found, now))
    log.viewed(request, "child.page", found)
    kinds = [kind for kind in KINDS.values() if kind.section in record.reach.writes]
    return render(request, "desk/child.html", {"child": found, "record": record, "on": on, "kinds": kinds})
