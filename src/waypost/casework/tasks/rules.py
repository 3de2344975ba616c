"""When something may be put down as to be done, and when it is done. Pure."""

from __future__ import annotations

from datetime import date

from waypost.kernel.lists import load

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


def why_not_say_late(reason: str, words: str, *, due: date, done: date | None, today: date) -> str | None:
    """What was done late has a reason as much as what is not done yet."""
    if (done or today) <= due:
        return "It was done in time." if done else "It is not late. A reason is given once its day has gone by."
    if not reason:
        return "Choose why it is late."
    if load("late_reasons")[reason].needs_words and len(words.strip()) < SHORTEST:
        return "Say more: the reason chosen says too little."
    return None
