"""How a refusal is shown, and the trace it leaves in the log.

By then the request's own transaction has been rolled back, with whatever it had logged: so what was asked for in vain
is written here, in a transaction of its own. When it cannot be written, the refusal is not answered either.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from waypost.access import log
from waypost.access.log_models import NOT_FOUND, REFUSED
from waypost.access.requests import Around
from waypost.kernel.refusal import NotFound, Refused


class Refusals(Around):
    """A refusal becomes a page that says why and what to do instead, and a row that says who asked for what."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return response
        ids = [value for value in match.kwargs.values() if isinstance(value, UUID)]
        if event := asked_in_vain(response.status_code, match.url_name or "page", ids):
            with transaction.atomic():
                log.record(request.user, log.Verb.VIEWED, event, listed=ids)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(
                request, "ui/refused.html", {"reason": error.reason, "closed": error.status == 403}, status=error.status
            )
        if isinstance(error, NotFound):
            raise Http404 from error
        return None


def asked_in_vain(status: int, page: str, ids: Sequence[UUID]) -> str | None:
    """The event of a request that was not let in: refused, or told that the record its address names is not there.

    The second may be somebody trying what is hidden from them, and must not be the way to look unseen.
    """
    if status == 403:
        return f"{REFUSED}.{page}"
    return f"{NOT_FOUND}.{page}" if status == 404 and ids else None
