"""The pages that every page's footer leads to. They are open before sign-in, when help is often needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log, panels
from waypost.access.permissions import ROLES, Permission, who_may
from waypost.access.requests import open_to_all


@open_to_all
@require_safe
def get_help(request: HttpRequest) -> HttpResponse:
    """Whom to ask: by name only for those who are signed in."""
    administrators = []
    if request.user.is_authenticated:
        administrators = panels.administrators(at=timezone.now())
        log.viewed(request, "desk.help", listed=[one.pk for one in administrators])
    return render(request, "desk/help.html", {"administrators": administrators, "roles": ROLES.values()})


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/accessibility.html", {"idle_minutes": settings.SESSION_IDLE_SECONDS // 60})


@open_to_all
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    provider: Any = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect")
    context = {
        "see_log": who_may(Permission.SEE_LOG),
        "sends_mail": settings.SENDS_MAIL,
        "work_account": provider["APPS"][0]["name"] if provider else None,
    }
    return render(request, "desk/privacy.html", context)
