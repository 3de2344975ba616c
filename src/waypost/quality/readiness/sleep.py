"""For how long a check may be quiet. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from waypost.kernel.words import count
from waypost.quality.readiness import definitions
from waypost.quality.readiness.definitions import Severity

LONGEST = {
    Severity.NOW: timedelta(days=7),
    Severity.SOON: timedelta(days=28),
    Severity.TIDY: timedelta(days=91),
}
SHORTEST_REASON = 15  # letters, as wherever a reason is asked


def why_not_snooze(check: str, until: date, reason: str, *, on: date) -> str | None:
    known = definitions.load()
    if check not in known:
        return "There is no such check any more. Go back to the list."
    longest = LONGEST[known[check].severity]
    if until <= on:
        return "Give a day after today."
    if until > on + longest:
        return f"This may be quiet for {count(longest.days, 'day')} at most. Give an earlier day."
    if len(reason.strip()) < SHORTEST_REASON:
        return "Say why it can wait, so that whoever reads it knows that somebody has looked."
    return None
