"""Addresses of a long list's lines."""

from __future__ import annotations

from typing import Any, cast

from django.urls import reverse_lazy


def address(name: str, **kwargs: Any) -> str:
    """Worked out when it is shown: most lines of a long list never are."""
    return cast(str, reverse_lazy(name, kwargs=kwargs))
