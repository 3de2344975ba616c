"""What may be said of a case: opened, transferred, agreed to, overseen, closed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Said = Mapping[str, Any]
SHORTEST = 15  # letters: a word is no account of what a manager saw


def why_not_involvement(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day on which the case was opened."
    if said.get("until") and not said["ended_because"]:
        return "Say why the case was closed."
    if said["ended_because"] and not said.get("until"):
        return "Give the day on which the case was closed."
    return None


def why_not_transfer(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day from which it holds."
    return None if said["authority"].strip() else "Name the other service."


def why_not_consent(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day on which it was given."
    if said.get("until") and said["until"] > today:
        return "It can be withdrawn today, not on a day to come. Write it down when it happens."
    return None


def why_not_oversight(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day."
    return None if len(said["words"].strip()) >= SHORTEST else "Say what you looked at and what you saw, in a sentence."


def why_not_expected(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day from which it holds."
    if said["contacts"] is not None and not said["weeks"]:
        return "Say in how many weeks."
    return None
