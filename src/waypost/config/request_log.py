"""One line for each request: which page by its name, how it went and how long it took; never an address with ids."""

from __future__ import annotations

import time

import structlog
from django.http import HttpRequest, HttpResponse

from waypost.access.requests import Around, request_id

log = structlog.get_logger("waypost.requests")
QUIET = {"health"}  # asked for every few seconds by whoever watches the service


class RequestLog(Around):
    """Stands right after RequestId, so that it times everything and every line beneath it bears the request's id."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request_id.get()):
            response = self.get_response(request)
            route = route_of(request)
            if route not in QUIET and (route or response.status_code >= 400):  # a static file has no route
                milliseconds = round((time.perf_counter() - began) * 1000, 1)
                log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds)
        return response


def route_of(request: HttpRequest) -> str | None:
    """The name of the page, or its pattern where it has none; None when no page was found."""
    match = request.resolver_match
    return match.view_name or match.route if match else None
