"""What happens around every request: its id, who is asking, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotFound, Refused

Handler = Callable[[HttpRequest], HttpResponse]
request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestId:
    """Give the request a random id for the logs; never one the caller chose."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(str(new_id()))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class SignedIn:
    """Every page asks who is asking, except those that say `open_to_all`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:  # type: ignore[type-arg]
        if request.user.is_authenticated or getattr(view, "open_to_all", False):
            return None
        return redirect_to_login(request.get_full_path())


def open_to_all(view: Callable) -> Callable:  # type: ignore[type-arg]
    """Mark a view that needs no sign-in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


class Refusals:
    """A refusal becomes a page that says why and what to do instead."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(request, "ui/refused.html", {"reason": error.reason}, status=error.status)
        if isinstance(error, NotFound):
            raise Http404 from error
        return None
