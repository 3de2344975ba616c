"""Which actions may answer a line of the inspection: proposed with the words that suggest it, never decided. Pure.

A word weighs more the fewer actions use it. An action is proposed when the words it shares with the line carry at
least `ENOUGH` of the line's whole weight; words the plan never uses count against every action.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import snowballstemmer

ENOUGH = 0.18
AT_MOST = 3
COMMONPLACE = 0.3  # what a word weighs that every youth justice document is full of

_STOP = frozenset(
    "a all also an and any are as at be been both by can could do does done each ensure ensured ensuring "
    "everybody for from has have how in into is it its made make may more most must no nobody not of on one or "
    "other others out over own per should so some somebody such than that the their them there these they this "
    "three through to two up use used using via was were what when where which who why will with within work "
    "worked working works would".split()
)
_EVERYWHERE = frozenset(
    "child children offence offences offended offending people person service services team young youth yjs yos "
    "yot".split()
)
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Proposal:
    action_id: object
    share: float  # of the line's weight, 0 to 1
    stems: frozenset[str]


@cache
def stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of a text's meaningful words."""
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 2 and word not in _STOP)


_COMMON_STEMS = frozenset(stem(word) for word in _EVERYWHERE)


def propose(line: str, actions: Mapping[object, frozenset[str]]) -> list[Proposal]:
    """At most three actions for a line, likeliest first. `actions`: id → stems of what the action says."""
    used = Counter(word for words in actions.values() for word in words)
    wanted = stems(line)
    weight = {word: _weight(word, used[word], len(actions)) for word in wanted}
    whole = sum(weight.values())
    if not whole:
        return []
    shares = (
        Proposal(action_id, sum(weight[word] for word in wanted & words) / whole, (wanted & words) - _COMMON_STEMS)
        for action_id, words in actions.items()
    )
    return sorted((p for p in shares if p.share >= ENOUGH and p.stems), key=lambda p: -p.share)[:AT_MOST]


def marked(text: str, suggested_by: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that suggested the match."""
    found = frozenset(suggested_by)
    return [
        (piece, bool(piece.isalpha() and stem(piece.lower()) in found))
        for piece in re.split(r"([A-Za-z]+)", text)
        if piece
    ]


def _weight(word: str, uses: int, actions: int) -> float:
    rarity = math.log((actions + 1) / (uses + 0.5))
    return rarity * COMMONPLACE if word in _COMMON_STEMS else rarity
