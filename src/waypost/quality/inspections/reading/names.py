"""Telling that two headings name the same theme, though one says "the child" and the other "children"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEFT_OUT = {"the", "a", "an", "that", "is", "are", "to", "of", "or", "and", "in", "for", "their", "theme", "our"}
_SAME = {"children": "child", "people": "person", "persons": "person", "reoffending": "offending"}
_ENOUGH = 0.5
_SAME_NAME = 0.75
_THEME_NUMBER = re.compile(r"theme\s+(\d{1,2})\b", re.IGNORECASE)


def _stems(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", name.lower().replace("re-offend", "reoffend"))
    return frozenset(_SAME.get(word, word)[:6] for word in words if word not in _LEFT_OUT)


def likeness(one: str, other: str) -> float:
    """Share of the two names' words, cut to their stems, that both have: 0 to 1."""
    a, b = _stems(one), _stems(other)
    return len(a & b) / len(a | b) if a and b else 0.0


def same_name(one: str, other: str) -> bool:
    return likeness(one, other) >= _SAME_NAME


def speaks_of(text: str, name: str) -> bool:
    """Whether at least half of the name's words are in the text."""
    stems = _stems(name)
    return len(stems & _stems(text)) * 2 >= len(stems) > 0


def named_by(heading: str, names: Sequence[str]) -> int | None:
    """Which of the names the heading means; None where none, or two equally, are like it."""
    likes = [likeness(heading, name) for name in names]
    best = max(likes, default=0.0)
    if best >= _ENOUGH and likes.count(best) == 1:
        return likes.index(best)
    number = _THEME_NUMBER.match(heading)
    if best < _ENOUGH and number and 1 <= int(number[1]) <= len(names):
        return int(number[1]) - 1
    return None
