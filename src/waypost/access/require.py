"""The one question every action asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.access.asking import asking
from waypost.access.models import Staff
from waypost.access.permissions import Permission, why_not
from waypost.kernel.refusal import NotAllowed

View = Callable[..., HttpResponse]


def require(staff: Staff, permission: Permission) -> None:
    """Raise NotAllowed, with who to ask, unless one of the person's roles today allows it."""
    reason = why_not(permission, staff.roles()) if staff.is_active else "Your account has ended. Ring the service."
    if reason is not None:
        raise NotAllowed(reason)


def needs(permission: Permission) -> Callable[[View], View]:
    """A page for those whose roles give the permission; others are told whom to ask."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, permission)  # type: ignore[arg-type]
            return view(request, *args, **kwargs)

        return checked

    return wrap


def needs_children(permission: Permission) -> Callable[[View], View]:
    """The same for a page that shows children: the database is told who asks, so that its walls open to them."""

    def wrap(view: View) -> View:
        @needs(permission)
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asking(request.user, at=timezone.now())  # type: ignore[arg-type]
            return view(request, *args, **kwargs)

        return checked

    return wrap
