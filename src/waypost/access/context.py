"""What every page knows: the service, today, who is asking and what they may do."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from waypost.access.permissions import Permission
from waypost.access.requests import service_of


def page(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)

    def may(name: str) -> bool:
        return user is not None and user.is_authenticated and user.may(Permission[name])

    return {"service": service_of(request), "today": timezone.localdate(), "user": user, "may": may}
