"""The pages for what went wrong, each saying what to do instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/403.html", {"reason": str(exception)}, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: signed out and in again since, or sent from another site."""
    return render(request, "ui/403.html", {"reason": "This form is too old, or was not sent from here."}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/404.html", status=404)


def too_large(request: HttpRequest, limit: str) -> HttpResponse:
    return render(request, "ui/413.html", {"limit": limit}, status=413)


def broken(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, so that it asks nothing of a database that may be what broke."""
    return HttpResponse(render_to_string("ui/500.html"), status=500)
