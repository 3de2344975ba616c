"""Addresses by name, for pages of many lines."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy

KEPT = 20_000  # a page names one child in many places, and the next page names them again


@lru_cache(KEPT)
def url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs or None)


_later = lazy(url, str)  # made once: each making is a class of its own


def address(name: str, **kwargs: Any) -> str:
    """Worked out when it is shown: most lines of a long list never are."""
    return _later(name, **kwargs)
