"""What may be said of what came of somebody’s words, and by when somebody acts on harm. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from waypost.kernel.days import midnight_after
from waypost.kernel.words import LONDON

SHORTEST = 15  # letters: "noted" changes nothing
NOTHING = ("noted", "nothing", "none", "n/a", "discussed")
LATEST = timedelta(hours=24)


def why_not_because(words: str) -> str | None:
    plain = words.strip().rstrip(".").lower()
    if plain in NOTHING or len(plain) < SHORTEST:
        return "Say what is different because of it: what we do now, or stop doing. If nothing is, leave it."
    return None


def why_not_act_by(moment: datetime, *, now: datetime) -> str | None:
    """Harm is acted on today; told late in the evening, by this time tomorrow."""
    if moment <= now:
        return "That time has gone. Give one that is still to come."
    today = moment.astimezone(LONDON).date() == now.astimezone(LONDON).date()
    if not today and moment > now + LATEST:
        return "Harm is acted on today, or at the latest within a day. Give an earlier time."
    return None


def act_by_at_first(now: datetime) -> datetime:
    """In four hours, or at the end of the day if that is sooner."""
    local = now.astimezone(LONDON)
    end = midnight_after(local.date()) - timedelta(minutes=1)
    return min(local + timedelta(hours=4), end.astimezone(LONDON)).replace(second=0, microsecond=0)
