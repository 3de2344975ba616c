"""Whether somebody may be written to, by which way and with which words. Pure.

One rule for the form, the action, the page on which it is sent and the letter itself: `why_not_write`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from waypost.casework.letters.definitions import (
    CARER,
    CHANNELS,
    CHILD,
    CONTACT,
    DECISION,
    EMAIL,
    GAP,
    HEARING,
    LETTER,
    LONGEST_TEXT,
    MISSED,
    NOTHING,
    TEXT,
    LetterType,
)
from waypost.kernel.lists import load

ADDRESS = "address"  # where somebody lives, beside the ways of the list
METHODS = {LETTER: (ADDRESS, "post"), TEXT: ("mobile", "text"), EMAIL: ("email",)}
TO_DO = {LETTER: "write to them", TEXT: "text them", EMAIL: "e-mail them"}
SHORTEST = 5  # letters: ‘Yes’ says nothing of how it was agreed
LONGEST = 6000
KEPT = "placement_address"  # the disclosure class of an address that is kept from somebody
MAY_HOLD = {CHILD: frozenset({CHILD}), CARER: frozenset({CHILD, CARER})}  # of which classes a name in a letter may be
NOT_SAFE_INSTEAD = "Use another way that is safe, or tell them when you next see them."
GONE = "That way was corrected or ended since the page was opened. Look at what is recorded now, then choose again."
CHANGED = "How they are reached was corrected or ended since this was made. Do not send it: make it again."


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach whoever it goes to, as far as a rule needs it.

    `safe` is a key of that list; what is said nowhere is not asked. `kept`: an address that is kept from somebody;
    `own`: it belongs to whoever it goes to.
    """

    method: str
    safe: str
    words: str = ""
    kept: bool = False
    own: bool = True


def why_not_write(channel: str, way: Way | None, *, agreed: str = "") -> str | None:
    """`agreed`: how it was agreed with them that this way is safe, where that must be said."""
    return why_not_use(channel, way) or why_not_agreed(way, agreed)


def why_not_use(channel: str, way: Way | None) -> str | None:
    """Whatever was agreed."""
    if way is None:
        return f"No way to {TO_DO[channel]} is recorded. Add one, or choose another way."
    if way.method not in METHODS[channel]:
        return f"This is no way to {TO_DO[channel]}. Choose another."
    if _blocks(way.safe):
        return f"It is not safe to {TO_DO[channel]} there{_said(way)}. {NOT_SAFE_INSTEAD}"
    if way.kept and not way.own:
        return f"This address is kept from somebody: it stands on no letter but to whom it belongs. {NOT_SAFE_INSTEAD}"
    return None


def why_not_agreed(way: Way | None, agreed: str) -> str | None:
    if way is None or not asks_first(way.safe) or len(agreed.strip()) >= SHORTEST:
        return None
    if way.words.strip():
        return f"They said how this way is safe{_said(way)}. Say how you keep to that."
    return "Nobody has asked whether this way is safe. Ask them, then say how it was agreed."


def asks_first(safe: str) -> bool:
    return not _blocks(safe) and load("safe_to_contact")[safe].flag("asks_first")


def _blocks(safe: str) -> bool:
    """What the list does not know is not safe."""
    return safe not in load("safe_to_contact") or load("safe_to_contact")[safe].flag("blocks")


def _said(way: Way) -> str:
    return f" (‘{way.words.strip().rstrip('.')}’)" if way.words.strip() else ""


def strictest(safes: Iterable[str]) -> str:
    """Where the same way is recorded more than once; nothing said of it is not asked."""
    found = [*safes] or ["not_asked"]
    return sorted(found, key=lambda safe: (not _blocks(safe), not _blocks(safe) and not asks_first(safe)))[0]


def why_not_words(channel: str, words: str) -> str | None:
    """Words that can be sent: none missing, nothing left open, no longer than they may be."""
    text = words.strip()
    if not text:
        return "Write what it is to say."
    if gap := GAP.search(text):
        return f"Fill in {gap[0]} or take it out. The record does not say it."
    if channel == TEXT and len(text) > LONGEST_TEXT:
        return (
            f"A text is {LONGEST_TEXT} letters at most, and this has {len(text)}. Make it shorter, or write a letter."
        )
    return f"This is {len(text):,} letters long, and may be {LONGEST:,}." if len(text) > LONGEST else None


def why_not_tell(words: str, *, kept: Iterable[str], own: bool) -> str | None:
    """`kept`: addresses that are kept from somebody, as first lines, postcodes and names of homes."""
    if own or not tells(words, kept):
        return None
    return "The words say where the child lives, and that is kept from somebody. Take it out."


def tells(words: str, kept: Iterable[str]) -> bool:
    text = _plain(words)
    return any(len(plain := _plain(one)) >= SHORTEST and plain in text for one in kept)


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class About:
    """What a letter is about, as far as a rule needs it."""

    of: str  # contact, decision or hearing
    day: date
    came: str = ""
    route: str = ""
    step: str = ""
    duty_until: date | None = None  # of a further warning: see `duty_until`


ASK = {
    CONTACT: "Choose which contact it is about. If it is not in the diary yet, plan it first.",
    MISSED: "Choose which missed contact it is about. If it is not recorded yet, record it first.",
    DECISION: "A warning rests on a decision. Decide first, then choose that decision.",
    HEARING: "Choose which hearing it is about. If it is not recorded yet, add it first.",
}
FURTHER = "This warning was given in the warned period of an earlier one: choose ‘A further warning’."


def duty_until(periods: Iterable[tuple[date, date]], given: date) -> date | None:
    """The last day of the warned periods in which a warning given that day is a further one; None: it is none.

    `periods`: first and last day of the warned period of each warning of that order.
    """
    return max((until for since, until in periods if since < given <= until), default=None)


def why_not_about(letter: LetterType, about: About | None, *, today: date) -> str | None:
    """Whether that letter fits what it is said to be about."""
    if letter.of == NOTHING:
        return None
    if about is None or about.of != (CONTACT if letter.of == MISSED else letter.of):
        return ASK[letter.of]
    if letter.of in (CONTACT, HEARING) and (about.came or about.day < today):
        return "Its day has gone by. Choose one that is to come."
    if letter.of == MISSED and about.came != "missed":
        return "The child did not miss this contact. Choose one that was missed."
    if letter.of == DECISION and about.step != "warn":
        return "This decision gives no warning. Choose one that does."
    if letter.of == DECISION and letter.further != (about.duty_until is not None):
        return FURTHER if about.duty_until else "This is the first warning in its warned period: choose ‘A warning’."
    if letter.route and about.route != letter.route:
        return "This letter has its effect in law under another kind of order. Choose another letter."
    return None


def why_not_letter(letter: LetterType, *, channel: str, to_child: bool) -> str | None:
    if to_child != (letter.to == CHILD):
        return "This letter goes to the child." if letter.to == CHILD else "This letter goes to a carer. Say to whom."
    if channel not in letter.channels:
        ways = " or ".join(CHANNELS[one].lower() for one in letter.channels)
        return f"This one goes as {ways}. Choose that, or another letter."
    return None


def why_not_send(*, sent: bool, changed: bool, unsafe: str | None) -> str | None:
    if sent:
        return "Somebody has said already that it was sent."
    return unsafe or (CHANGED if changed else None)


def disclosure(to: str, *, kept: bool) -> str:
    """Who may be told what a letter says: whoever it went to; with a kept address on it, those who must write there."""
    return KEPT if kept else to


def why_not_reach(reads: Collection[str]) -> str | None:
    if "home" in reads:
        return None
    return "How to reach them is not open to you, so you cannot see whether it is safe. Ask the child’s case manager."
