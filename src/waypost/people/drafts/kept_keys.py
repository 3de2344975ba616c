"""The key under which a browser keeps a person's unsaved words: theirs alone, from a file outside the database.

Derived, so that nothing is stored for a person: HMAC-SHA256 of the person's id under the newest version of the file
(the extract-and-expand of RFC 5869 is not needed where the input is a uniform key already).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

from waypost.access.models import Staff


def keys_of(staff: Staff, versions: Mapping[int, str]) -> dict[int, str]:
    """Each version's 256 bits in base64: the newest closes, every one opens."""
    return {number: base64.b64encode(_derived(secret, "words", staff)).decode() for number, secret in versions.items()}


def mark_of(staff: Staff, versions: Mapping[int, str]) -> str:
    """Stands beside words kept in a browser: says to the same person that they are theirs, and nothing to others."""
    return _derived(versions[min(versions)], "mark", staff).hex()[:32]


def _derived(secret: str, purpose: str, staff: Staff) -> bytes:
    return hmac.new(secret.encode(), f"kept {purpose} {staff.pk}".encode(), hashlib.sha256).digest()
