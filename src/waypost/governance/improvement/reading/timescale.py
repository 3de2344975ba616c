"""Start, finish and review out of one timescale cell, by its labels; without labels a lone value is the finish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from waypost.governance.improvement.reading.months import When, read_when

START, FINISH, REVIEW = "start", "finish", "review"

_LABELS = {
    START: r"commenc(?:e[sd]?|ing|ement)|start(?:s|ed|ing)?|begin(?:s|ning)?|from|dechrau",
    FINISH: r"complet(?:e[sd]?|ing|ion)|finish(?:es|ed)?|end(?:s|ing)?(?!\s+of)|due|deadline|target|by|until|to"
    r"|achieved? by|gorffen|cwblhau|erbyn",
    REVIEW: r"(?:next )?review(?:s|ed|ing)?|adolygu|adolygiad",
}
_AFTER = r"(?:\s+(?:date|by|on|from|in))?"
_NAMED = "|".join(f"(?P<{role}>{words})" for role, words in _LABELS.items())
_STRONG = re.compile(rf"(?<![\w-])(?:{_NAMED}){_AFTER}(?:\s*[:=]|\s+[-–—](?=\s|$))", re.I)

_WEAK_LABELS = {role: words.replace("|by|until|to", "|by|until") for role, words in _LABELS.items()}
_WEAK_NAMED = "|".join(f"(?P<{role}>{words})" for role, words in _WEAK_LABELS.items())
_WEAK = re.compile(rf"(?<![\w-])(?:{_WEAK_NAMED})(?!\w){_AFTER}(?=\s+\S)", re.I)
_EDGES = " \t\n,;|/."


@dataclass(frozen=True, slots=True)
class Timescale:
    start: When = When()
    finish: When = When()
    review: When = When()


def read_timescale(lines: Iterable[str], heading: str = "") -> Timescale:
    """What a timescale cell says; "Ongoing from July 2015" starts then and is ongoing, "May to July 2015" is both."""
    text = " \n ".join(lines)
    for labels in (_STRONG, _WEAK):
        if parts := _parts(text, labels):
            return _labelled(parts, heading)
    return _unlabelled(read_when(text, heading))


def has_labels(text: str) -> bool:
    return bool(_STRONG.search(text))


def as_start(when: When) -> When:
    return replace(when, until=None)


def as_finish(when: When) -> When:
    """A range finishes with its last month; what is ongoing has no month to finish in."""
    return replace(when, month=None if when.ongoing else when.until or when.month, until=None)


def _parts(text: str, labels: re.Pattern[str]) -> list[tuple[str | None, str]]:
    """The text cut at its labels: (start, finish, review or None for what stands before the first; its words)."""
    found = list(labels.finditer(text))
    if not found:
        return []
    parts: list[tuple[str | None, str]] = [(None, text[: found[0].start()])]
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        parts.append((match.lastgroup, text[match.end() : end]))
    return parts


def _labelled(parts: list[tuple[str | None, str]], heading: str) -> Timescale:
    words: dict[str, list[str]] = {START: [], FINISH: [], REVIEW: []}
    for role, text in parts:
        if text := " ".join(text.split()).strip(_EDGES):
            words[role or FINISH].append(text)
    start, finish, review = (read_when("; ".join(words[role]), heading) for role in (START, FINISH, REVIEW))
    if start.until and not finish.text:
        return Timescale(as_start(start), as_finish(start), as_start(review))
    if start.ongoing and start.month and not finish.text:
        finish = replace(start, month=None)
    return Timescale(as_start(start), as_finish(finish), as_start(review))


def _unlabelled(when: When) -> Timescale:
    if when.until or (when.month and when.ongoing):
        return Timescale(start=as_start(when), finish=as_finish(when))
    return Timescale(finish=when)
