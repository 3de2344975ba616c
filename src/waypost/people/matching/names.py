"""A name in comparable parts, and the sounds of a part. Pure."""

from __future__ import annotations


def parts(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().replace("-", " ").split())


def sounds(part: str) -> frozenset[str]:
    return frozenset({part[:3]})
