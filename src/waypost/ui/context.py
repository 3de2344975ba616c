"""What every page knows: the service, whether it is the demonstration, and today."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from waypost.access.models import Service


def page(request: HttpRequest) -> dict[str, object]:
    return {"service": Service.objects.first(), "today": timezone.localdate(), "user": getattr(request, "user", None)}
