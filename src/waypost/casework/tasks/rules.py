"""When something may be put down as to be done, and when it is done. Pure."""

from __future__ import annotations

from datetime import date

SHORTEST = 3  # letters


def why_not_put(title: str, due: date | None, *, today: date) -> str | None:
    if len(title.strip()) < SHORTEST:
        return "Say what is to be done."
    if due is None or due < today:
        return "Give the day by which it is to be done: today, or a later one."
    return None


def why_not_do(words: str, *, done: bool) -> str | None:
    if done:
        return "Somebody has done this already."
    return None if len(words.strip()) >= SHORTEST else "Say how it was done, in a few words."
