"""Shares that hold among however few: whoever asks gets yes or no so that the share of yes is never off by one. Pure.

Drawn by chance, 43.6 % of 190 children would be anything from 36 to 51 %; here it is 83 of them at every seed. Which
ones they are is left to the order in which lives are told, and that is shuffled.
"""

from __future__ import annotations


class Quotas:
    """What is owed of each share; `owed` is how it begins: a half rounds to the nearest."""

    def __init__(self, owed: float = 0.5) -> None:
        self._begins = owed
        self._owed: dict[str, float] = {}

    def take(self, key: str, rate: float) -> bool:
        """Yes to as many as the rate says, spread evenly."""
        is_so = self._owed.get(key, self._begins) + rate >= 1
        self.told(key, rate, is_so=is_so)
        return is_so

    def told(self, key: str, rate: float, *, is_so: bool) -> None:
        """It was settled otherwise for this one, and those who ask later make up for it."""
        self._owed[key] = self._owed.get(key, self._begins) + rate - is_so
