"""The two errors a person may be shown. Anything else that is raised is a bug and crashes."""

from __future__ import annotations


class Refused(Exception):
    """The thing asked for will not be done; the reason says what to do instead."""

    status = 409

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refused):
    """The person's roles do not reach this."""

    status = 403


class NotFound(Exception):
    """There is no such thing, or it may not be known that there is."""


def refuse_if(reason: str | None) -> None:
    """Turn a rule's answer (None means yes) into a refusal."""
    if reason is not None:
        raise Refused(reason)
