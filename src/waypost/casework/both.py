"""Columns that go together: who and when."""

from __future__ import annotations

from django.db.models import Q


def both_or_neither(first: str, second: str) -> Q:
    """A condition for the database: both columns are given, or neither is."""
    both = {f"{first}__isnull": False, f"{second}__isnull": False}
    return Q(**both) | Q(**dict.fromkeys(both, True))
