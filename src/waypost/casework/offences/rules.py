"""What may be said of an offence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waypost.kernel.school_age import age

RESPONSIBLE_FROM = 10  # years: Children and Young Persons Act 1933, section 50


def why_not_offence(on: date, *, born: date | None) -> str | None:
    if born is None:
        return None
    if on < born:
        return "The child was not born then. Look at the day and at the birth date."
    if age(born, on) >= RESPONSIBLE_FROM:
        return None
    return (
        f"The child was {age(born, on)} on that day: below {RESPONSIBLE_FROM} the law knows no offence."
        " Write it down as what happened."
    )


def why_not_co_accused(said: Mapping[str, Any], today: date) -> str | None:
    """Whoever may not open the record of a child of ours has the name to read."""
    return None if said["name"].strip() else "Write their name, as the police or the court gave it."
