"""Identifiers."""

from __future__ import annotations

from uuid import UUID

import uuid6


def new_id() -> UUID:
    """A version 7 UUID: ordered by time for the index, 74 random bits for the URL."""
    return UUID(int=uuid6.uuid7().int)
