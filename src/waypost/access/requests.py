"""What happens around every request: its id, its size, who is asking."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from waypost.access.models import Service
from waypost.access.second_factor import has_second_factor
from waypost.kernel.ids import new_id
from waypost.ui import errors

Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
request_id: ContextVar[str] = ContextVar("request_id", default="")
LARGEST_REQUEST = 51 * 1024 * 1024  # a file of 50 MB, and what is typed beside it
METHODS = ("GET", "HEAD", "POST")


class Around:
    """A middleware that has nothing to do but what its hooks do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class RequestId(Around):
    """Give the request a random id for the logs; never one the caller chose."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(str(new_id()))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class Size(Around):
    """What is larger than any file that may be kept is refused before a byte of it is read, whoever sends it."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        too_large = not size.isascii() or not size.isdigit() or len(size) > 12 or int(size) > LARGEST_REQUEST
        return errors.too_large(request, "50 MB") if too_large else self.get_response(request)


class Methods(Around):
    """Pages are got, headed and posted to; nothing answers any other method."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class SessionLimits(Around):
    """A session ends when it has not been used for a while, and twelve hours after sign-in whatever happened in it."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (reason := self._over(request)):
            logout(request)
            messages.warning(request, reason)
        return self.get_response(request)

    def _over(self, request: HttpRequest) -> str | None:
        now, session = timezone.now().timestamp(), request.session
        if now - session.setdefault("began", now) >= settings.SESSION_COOKIE_AGE:
            return "You were signed out: a session lasts at most 12 hours."
        idle = now - session.setdefault("used", now)
        if idle >= settings.SESSION_IDLE_SECONDS:
            return f"You were signed out: nothing was done for {settings.SESSION_IDLE_SECONDS // 60} minutes."
        if idle >= min(60, settings.SESSION_IDLE_SECONDS / 4):  # one write a minute, not one a request
            session["used"] = now
        return None


class SignedIn(Around):
    """Every page asks who is asking, except those that say `open_to_all`; none of them stays in a shared browser."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.user.is_authenticated or getattr(view, "open_to_all", False):
            return None
        return _instead(request, redirect_to_login(_page(request)).url)


class SecondFactor(Around):
    """Whoever has no second factor is sent to set one up, except in the demonstration, whose records are invented."""

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or getattr(view, "before_second_factor", False):
            return None
        if getattr(view, "open_to_all", False) or is_demonstration(request) or has_second_factor(request.user):
            return None
        return _instead(request, reverse("mfa_activate_totp"))


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def before_second_factor(view: View) -> View:
    """Mark a view that a signed-in person may use on the way to a second factor."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def service_of(request: HttpRequest) -> Service | None:
    """The service, asked of the database once for this request."""
    if not hasattr(request, "_service"):
        request._service = Service.objects.first()  # type: ignore[attr-defined]
    return request._service  # type: ignore[attr-defined]


def is_demonstration(request: HttpRequest) -> bool:
    service = service_of(request)
    return service is not None and service.demonstration


def _page(request: HttpRequest) -> str:
    """The page the person is on. A fragment or a posted form is asked for from one, and is no place to come back to."""
    if request.htmx:  # type: ignore[attr-defined]
        return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    if request.method != "POST":
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    return urlsplit(before).path if url_has_allowed_host_and_scheme(before, request.get_host()) else "/"


def _instead(request: HttpRequest, url: str) -> HttpResponse:
    """Go there: a page is redirected; a fragment tells the page that asked for it to go."""
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)  # type: ignore[attr-defined]
