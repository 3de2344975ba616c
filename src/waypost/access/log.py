"""The log: who did what to which thing, on whose behalf, written in the transaction that does it.

Never the words: a reason and a detail leave only a keyed, salted digest here, and stand on the record they belong to.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest

from waypost.access.log_models import LogEntry, Verb
from waypost.access.models import Staff
from waypost.access.requests import request_id

__all__ = ["Verb", "matches", "record", "viewed"]

Detail = Mapping[str, object]

_INSERT = """
    INSERT INTO public.access_logentry
        (actor, on_behalf_of, verb, event, subject_kind, subject, listed, request,
         digest_key, salt, reason_digest, detail_digest)
    VALUES (%s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s, %s)
"""


def record(
    by: Staff | None,
    verb: Verb,
    event: str,
    subject: models.Model | None = None,
    *,
    listed: Iterable[UUID] = (),
    reason: str = "",
    on_behalf_of: Staff | None = None,
    detail: Detail | None = None,
) -> None:
    """Add one row, kept or lost together with the change it speaks of; `by` is None for the system itself."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{event} must be logged in the transaction that does it.")
    row = (
        by.pk if by else None,
        on_behalf_of.pk if on_behalf_of else None,
        verb.value,
        event,
        subject._meta.label_lower if subject else None,
        subject.pk if subject else None,
        list(listed),
        request_id.get() or None,
        *_digests(reason, detail),
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)


def viewed(
    request: HttpRequest,
    event: str,
    subject: models.Model | None = None,
    listed: Iterable[UUID] = (),
    *,
    on_behalf_of: Staff | None = None,
) -> None:
    """Say what a page shows before it is drawn: when this cannot be written, the page is not shown."""
    by: Staff = request.user  # type: ignore[assignment]
    record(by, Verb.VIEWED, event, subject, listed=listed, on_behalf_of=on_behalf_of)


def matches(entry: LogEntry, *, reason: str = "", detail: Detail | None = None) -> bool:
    """Whether the words kept elsewhere are those that were logged; unanswerable once their key is destroyed."""
    if entry.salt is None:
        return not reason and detail is None
    keys = _keys()
    if entry.digest_key not in keys:
        raise LookupError(f"Key {entry.digest_key} of the log's digests is not here: nothing can be compared.")
    expected = _digests_with(entry.digest_key, keys[entry.digest_key], bytes(entry.salt), reason, detail)
    return expected[2:] == (_bytes(entry.reason_digest), _bytes(entry.detail_digest))


Digests = tuple[int | None, bytes | None, bytes | None, bytes | None]  # key's version, salt, reason's, detail's


def _digests(reason: str, detail: Detail | None) -> Digests:
    if not reason and detail is None:
        return None, None, None, None
    version, key = max(_keys().items())
    return _digests_with(version, key, secrets.token_bytes(16), reason, detail)


def _digests_with(version: int, key: bytes, salt: bytes, reason: str, detail: Detail | None) -> Digests:
    def digest(kind: bytes, text: str) -> bytes:
        return hmac.new(key, salt + kind + b"\0" + text.encode(), hashlib.sha256).digest()

    canonical = None if detail is None else json.dumps(detail, sort_keys=True, ensure_ascii=False, default=str)
    return (
        version,
        salt,
        digest(b"reason", reason) if reason else None,
        None if canonical is None else digest(b"detail", canonical),
    )


def _keys() -> dict[int, bytes]:
    return {version: key.encode() for version, key in settings.LOG_DIGEST_KEYS.items()}


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
