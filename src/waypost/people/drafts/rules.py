"""What may be saved as a draft, over what, and for how long it is kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from waypost.kernel.words import LONDON, day

KEPT = timedelta(days=30)  # since the last save; then the words go
WARNED = timedelta(days=23)
LONGEST = 100_000  # letters, over all boxes of a form: five of the longest texts a statement takes
NEWER = "Newer words of yours were saved from another page. Both are shown."
ENDED = "These words are in the record already, or were thrown away."


def why_not_typed(typed: Mapping[str, str]) -> str | None:
    if any("\0" in text for text in typed.values()):
        return "There is a character in it that cannot be kept: it came with something pasted. Take that out."
    length = sum(map(len, typed.values()))
    if length > LONGEST:
        return f"This is {length:,} letters long, and a form takes {LONGEST:,}. Save a part of it to the record first."
    return None


def why_not_over(*, revision: int, page: UUID, turn: int, saved: tuple[int, UUID | None, int]) -> str | None:
    """Over what was `saved`: from its revision, or later by the page that saved it and never heard that it did."""
    saved_revision, saved_page, saved_turn = saved
    if page == saved_page:
        return None if turn > saved_turn else NEWER
    return None if revision == saved_revision else NEWER


def last_day(saved_at: datetime) -> date:
    return (saved_at + KEPT).astimezone(LONDON).date()


def warning(saved_at: datetime, at: datetime) -> str | None:
    """From the 23rd day on: when the words go."""
    if at < saved_at + WARNED:
        return None
    return f"The words go on {day(last_day(saved_at))} unless you save them to the record or go on with them."
