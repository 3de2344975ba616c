"""How hard a text is to read, for whoever writes it for a child. Pure.

English by the Flesch–Kincaid grade (Kincaid and others, 1975), told as a school year of England: grade + 1. Syllables
are counted by where a word may be broken and by its vowels, whichever finds more: it is an estimate, and says so. For
Welsh there is no such measure that is tested; its sentences are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pyphen

LONG = 15  # words: a sentence that is longer is named
EASIEST, HARDEST = 1, 14  # school years that are told apart
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
VOWELS, SILENT = re.compile("[aeiouy]+"), re.compile("(?<=[^aeiouy])e[sd]?$")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Reads:
    """`year` is None in Welsh, and where there is too little to tell."""

    words: int
    sentences: int
    long: tuple[str, ...]  # each sentence that is long
    year: int | None = None


def reads(text: str, language: str = "english") -> Reads:
    sentences = [found.strip() for found in SENTENCE.findall(text) if WORD.search(found)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    long = tuple(one for one in sentences if len(WORD.findall(one)) > LONG)
    if language != "english" or not words:
        return Reads(len(words), len(sentences), long)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return Reads(len(words), len(sentences), long, max(EASIEST, min(HARDEST, round(grade) + 1)))


def syllables(word: str) -> int:
    plain = word.lower()
    return max(len(_breaks().positions(plain)) + 1, len(VOWELS.findall(SILENT.sub("", plain))))


@cache
def _breaks() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=1)
