"""By what name a person is called. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

IN_ORDER = ("preferred", "legal", "known_as", "birth", "married", "former", "other_script", "alias")
LIKED = ("known_as",)  # said beside the name: ‘El’


class NameLike(Protocol):
    kind: str
    given: str
    family: str


def called(names: Iterable[NameLike]) -> str:
    """The name they want to be called by, whole; else the legal one; empty when there is none.

    A name that is not to be used any more is never given.
    """
    by_kind: dict[str, NameLike] = {}
    for name in names:
        by_kind.setdefault(name.kind, name)
    found = next((by_kind[kind] for kind in IN_ORDER if kind in by_kind), None)
    if found is None:
        return ""
    legal = by_kind.get("legal")
    family = found.family or (legal.family if legal and found.kind == "preferred" else "")
    return f"{found.given} {family}".strip()


def liked(names: Iterable[NameLike]) -> list[str]:
    """What family and friends say."""
    return [f"{name.given} {name.family}".strip() for name in names if name.kind in LIKED]


def first_name(whole: str) -> str:
    """For a sentence; a name of one part is that part."""
    return whole.split()[0] if whole.split() else whole
