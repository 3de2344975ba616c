"""Addresses by name, for pages of many lines."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from django.urls import reverse
from django.utils.functional import lazystr

KEPT = 20_000  # a page names one child in many places, and the next page names them again


@lru_cache(KEPT)
def url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs or None)


class _Later:
    __slots__ = ("kwargs", "name")

    def __init__(self, name: str, kwargs: dict[str, Any]) -> None:
        self.name, self.kwargs = name, kwargs

    def __str__(self) -> str:
        return url(self.name, **self.kwargs)


def address(name: str, **kwargs: Any) -> str:
    """Worked out when it is shown: most lines of a long list never are."""
    return cast(str, lazystr(_Later(name, kwargs)))
