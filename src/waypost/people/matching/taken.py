"""Whose a number is, before it is given to somebody: as far as whoever asks may know."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from waypost.people.matching.asked import Asked
from waypost.people.matching.search import restricted
from waypost.people.record.who import Identifier


@dataclass(frozen=True, slots=True)
class Taken:
    """`by` is the person whose number it is; `restricted`, that it is that of a record closed to whoever asks."""

    by: UUID | None = None
    restricted: bool = False

    def __bool__(self) -> bool:
        return self.by is not None or self.restricted


FREE = Taken()


def taken(scheme: str, value: str, *, besides: UUID | None = None) -> Taken:
    """Of a number as its scheme writes it. The person it is to be given to is `besides`: their own is not taken."""
    held = Identifier.objects.current().filter(scheme=scheme, value=value).values_list("person", flat=True).first()
    if held is not None:
        return FREE if held == besides else Taken(by=held)
    return Taken(restricted=True) if restricted(Asked(identifiers=frozenset({(scheme, value)}))) else FREE
