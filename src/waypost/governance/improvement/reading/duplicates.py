"""Actions that may be one action written twice.

Two texts are alike when at least three quarters of the different words in the two together stand in both. Actions
under one recommendation were written side by side and are meant to differ ("… risk plans", "… vulnerability plans"):
there only the same words throughout count. Each action names at most one other, the most like it of those before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

ALIKE = 0.75
COMMON = 30  # actions; a word in more of them than that is the plan's own jargon and finds no pairs
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Alike:
    """Indexes of two actions, the `later` and the `earlier` it resembles; the words they share, of all they use."""

    later: int
    earlier: int
    shared: int
    words: int

    @property
    def same(self) -> bool:
        return self.shared == self.words


def find_alike(texts: Sequence[str], headings: Sequence[Hashable]) -> list[Alike]:
    """Pairs in the order of the later action; `headings` is what each action stands under, None for nothing."""
    sets = [frozenset(word.casefold() for word in _WORD.findall(text)) for text in texts]
    first: dict[frozenset[str], int] = {}
    pairs: list[Alike] = []
    blocks = _Blocks(sets)
    for at, words in enumerate(sets):
        if not words:
            continue
        if (earlier := first.setdefault(words, at)) != at:
            pairs.append(Alike(at, earlier, len(words), len(words)))
            continue
        best = max(
            (_compare(sets, at, other) for other in blocks.near(at) if _may_be_one(headings, at, other)),
            key=lambda pair: (pair.shared / pair.words, -pair.earlier),
            default=None,
        )
        if best is not None and best.shared >= ALIKE * best.words:
            pairs.append(best)
        blocks.add(at)
    return pairs


def _may_be_one(headings: Sequence[Hashable], at: int, other: int) -> bool:
    return headings[at] is None or headings[at] != headings[other]


def _compare(sets: list[frozenset[str]], at: int, other: int) -> Alike:
    shared = len(sets[at] & sets[other])
    return Alike(at, other, shared, len(sets[at]) + len(sets[other]) - shared)


class _Blocks:
    """Earlier texts by their rarest words: two that are alike must share one of as many as may differ, and one more."""

    def __init__(self, sets: list[frozenset[str]]) -> None:
        self.sets = sets
        self.times = Counter(word for words in sets for word in words)
        self.texts: dict[str, list[int]] = defaultdict(list)

    def near(self, at: int) -> Iterator[int]:
        size = len(self.sets[at])
        seen: set[int] = set()
        for word in self._rarest(at):
            for other in self.texts[word]:
                if other not in seen and ALIKE * size <= len(self.sets[other]) <= size / ALIKE:
                    seen.add(other)
                    yield other

    def add(self, at: int) -> None:
        for word in self._rarest(at):
            self.texts[word].append(at)

    def _rarest(self, at: int) -> list[str]:
        words = sorted(self.sets[at], key=lambda word: (self.times[word], word))
        may_differ = len(words) - ceil(ALIKE * len(words)) + 1
        return [word for word in words[:may_differ] if self.times[word] <= COMMON]
