"""What may be said about a person: each rule answers None for yes, or what to mend. Pure.

`said` is what the statement would hold, field by field, as the model names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from waypost.kernel.identifiers import CHECKS, Check
from waypost.kernel.lists import load

Said = Mapping[str, Any]
OLDEST = 120  # years
PARTICULARS = {  # which list answers which particular; the others have only words
    "sex": "sexes",
    "ethnicity": "ethnicities",
    "religion": "religions",
    "immigration": "immigration_statuses",
}
WALLS = {"police_intelligence": "intelligence", "victim": "victim"}  # by disclosure class
WALLED_DOCUMENTS = {"intelligence": "intelligence", "victim": "victim"}  # by kind of document
LONGEST_TO_REVIEW = timedelta(days=183)


def why_not_period(said: Said, today: date, *, ahead: bool = False) -> str | None:
    since, until = said.get("since"), said.get("until")
    if since and until and until < since:
        return "The end is before the start. Correct one of them."
    if ahead or since is None or since <= today:
        return None
    return "The start is in the future. Write it down when it has begun."


def why_not_name(said: Said, today: date) -> str | None:
    return None if said["given"].strip() or said["family"].strip() else "Enter a given name, a family name, or both."


def why_not_birth(said: Said, today: date) -> str | None:
    born = said["born"]
    if born is None:
        return "Enter the birth date. Where it is not known, estimate it and say so."
    if born > today:
        return f"Nobody is born after today. {born:%-d %B %Y} is still to come."
    return f"Nobody is over {OLDEST} years old. Check the year." if born.year < today.year - OLDEST else None


def why_not_particular(said: Said, today: date) -> str | None:
    if not said["code"] and not said["words"].strip():
        return "Choose an answer, or give the person’s own words."
    if said["code"] and (name := PARTICULARS.get(said["which"])) and said["code"] in load(name):
        more = load(name)[said["code"]].needs_words and not said["words"].strip()
        return "Say more in their own words: the answer chosen says too little." if more else None
    return None


def why_not_address(said: Said, today: date) -> str | None:
    no_address = not said["lines"].strip() and not said["postcode"].strip()
    return "Enter the address, or where they are staying as far as you know." if no_address else None


def why_not_contact(said: Said, today: date) -> str | None:
    if not said["value"].strip():
        return "Enter the number or address."
    if load("safe_to_contact")[said["safe"]].needs_words and not said["words"].strip():
        return "Say how it is safe: who may hear it, and when."
    return None


def why_not_education(said: Said, today: date) -> str | None:
    offered, attended = said["hours_offered"], said["hours_attended"]
    if attended is not None and offered is None:
        return "Hours attended are part of hours offered. Enter both."
    if attended is not None and attended > offered:
        return "More hours attended than offered. Check both: they are hours a week."
    return None


def why_not_alert(said: Said, today: date) -> str | None:
    if not said["words"].strip():
        return "Say what somebody who meets the child must know first."
    if not said["evidence"].strip():
        return "Say what it rests on: what happened, when, and who said so."
    review = said["review_by"]
    if said.get("until") and review:
        return None  # it has ended: nobody looks at it again
    if review is None or review <= today:
        return "Give a day after today on which somebody looks at it again."
    return "Look at it again within six months. Give an earlier day." if review > today + LONGEST_TO_REVIEW else None


def why_not_words(said: Said, today: date) -> str | None:
    return None if said["words"].strip() else "Write what is known, even in a few words."


def why_not_entry(said: Said, today: date) -> str | None:
    if said["since"] is None:
        return "Give the day on which it happened."
    if said["since"] > today:
        return "An entry says what has happened. Its day cannot be in the future."
    if not any(said[name].strip() for name in ("title", "words", "own_words")):
        return "Write what happened, or what was said."
    return None


def tidied_identifier(said: Said) -> Said:
    """The number as its scheme writes it, so that equal numbers are equal."""
    check, value = _check_of(said), " ".join(said["value"].split()).upper()
    return {**said, "value": check.normal(value) if check else value}


def why_not_identifier(said: Said, today: date) -> str | None:
    if not said["value"].strip():
        return "Enter the number."
    scheme = load("identifier_schemes")[said["scheme"]]
    if (check := _check_of(said)) is not None:
        return check.why_not(said["value"])
    pattern = scheme.text("pattern")
    if pattern and not re.fullmatch(pattern, said["value"]):
        return f"This does not look like: {scheme.words}. Look at the letter or the screen it comes from again."
    return None


def _check_of(said: Said) -> Check | None:
    return CHECKS.get(load("identifier_schemes")[said["scheme"]].text("check"))


def why_not_self(said: Said, today: date) -> str | None:
    return None


def why_not_source(*, how: str, said_by: str, speaker: str, own_words: bool) -> str | None:
    """Where a statement comes from must be whole: reported by somebody, own words by their speaker."""
    if how == "reported" and not said_by:
        return "It was told to you. Say by whom."
    if own_words and not said_by:
        return "Own words are somebody’s. Say whose."
    return None


def wall_around(disclosure: str, document: str | None) -> str | None:
    """The kind of wall that must stand around a statement, whatever else was thought of."""
    return WALLS.get(disclosure) or WALLED_DOCUMENTS.get(document or "")
