"""The one question every action asks first."""

from __future__ import annotations

from waypost.access.models import Staff
from waypost.access.permissions import Permission, why_not
from waypost.kernel.refusal import NotAllowed


def require(staff: Staff, permission: Permission) -> None:
    """Raise NotAllowed, with who to ask, unless one of the person's roles today allows it."""
    reason = why_not(permission, staff.roles()) if staff.is_active else "Your account has ended. Ring the service."
    if reason is not None:
        raise NotAllowed(reason)
