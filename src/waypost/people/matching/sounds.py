"""The keys under which a name part is stored, so that spellings of one name by different hands meet. Pure.

A key is the consonants as they sound, the first vowel's kind and the last vowel's: 'muhammad' → 'mUhmd'. Spellings
that read one way in one language and another in the next are kept both ways. The rules are data: `sounds.yaml`.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__)
_TABLE: dict[str, Any] = yaml.safe_load(_HERE.with_name("sounds.yaml").read_text(encoding="utf-8"))
_READINGS = [(re.compile(pattern), becomes) for pattern, becomes, _ in _TABLE["readings"]]
_RULES = [(re.compile(pattern), becomes) for pattern, becomes, _ in _TABLE["rules"]]
_ONE_NAME = {other: names[0] for names in map(str.split, _TABLE["one_name"]) for other in names[1:]}
_MOST_READINGS = 16
_REMEMBERED = 20_000  # parts; the same few names come again and again

_RUN = re.compile(r"[aeiouy]+|[^aeiouy]")
_SILENT_E = re.compile(r"^([^aeiouy]*)([aeiouy])([^aeiouy])e$")
_LONG = {"a": "E", "e": "I", "i": "Y", "y": "Y", "o": "O", "u": "U"}
_KINDS = (  # of a vowel, by how its letters begin
    (r"ai|ay|ei|ey|ae", "E"),
    (r"ee|ea|i|y", "I"),
    (r"eu|ou|oo|u", "U"),
    (r"oa|oe", "O"),
    (r"au|o", "o"),
    (r"a", "a"),
    (r"e", "e"),
)
_WIDE = str.maketrans({"e": "I", "o": "U", "O": "U"})  # in a longer name these are heard, and written, one for another


def sounds(part: str) -> frozenset[str]:
    """The keys of one part as `names.parts` gives it, and of the longer names it is short for."""
    return frozenset(key for form in (part, *longer_forms(part)) for key in bare_key(form))


@lru_cache(_REMEMBERED)
def bare_key(part: str) -> frozenset[str]:
    """The keys of one part as it is spelled."""
    return frozenset(_key(folded) for folded in _folded(part))


def longer_forms(part: str) -> tuple[str, ...]:
    return LONGER.get(part, ())


def same_vowels(x: str, y: str) -> bool:
    """Whether two parts with one key agree in the vowels the key leaves out: Amir is not Amar."""
    a, b = ({tuple(_inner(folded)) for folded in _folded(part)} for part in (x, y))
    return any(_near(one, other) for one in a for other in b)


@lru_cache(_REMEMBERED)
def _folded(part: str) -> frozenset[str]:
    spelled = _ONE_NAME.get(part, part)
    found = {spelled}
    for pattern, becomes in _READINGS:
        if pattern.search(spelled) and len(found) < _MOST_READINGS:
            found |= {pattern.sub(becomes, one) for one in found}
    return frozenset(re.sub(r"^y(?=[aeou])", "Y", _fold(one)) for one in found)


def _fold(spelled: str) -> str:
    for pattern, becomes in _RULES:
        spelled = pattern.sub(becomes, spelled)
    return spelled


def _key(folded: str) -> str:
    one_beat = _SILENT_E.match(folded)
    if one_beat:
        before, vowel, after = one_beat.groups()
        return f"{before}{_LONG[vowel]}{after}"
    runs = _runs(folded)
    vowels = [run for run in runs if run[0] in "aeiouy"]
    if not vowels:
        return folded
    end = _end(runs, len(vowels))
    first, single = _kind(vowels[0]), len(vowels) == 1 and not end
    key, seen = "", False
    for run in runs:
        if run[0] not in "aeiouy'":
            key += run
        elif not seen:
            key, seen = key + (first if single else first.translate(_WIDE)), True
    return re.sub(r"(.)\1", r"\1", key) + ("-" + end if end else "")


def _runs(folded: str) -> list[str]:
    """Vowels together, consonants one by one; y and i before a broad vowel count as a consonant after the first."""
    runs: list[str] = []
    for run in _RUN.findall(folded):
        if len(run) > 1 and run[0] in "iy" and run[1] in "aou" and any(r[0] in "aeiouy" for r in runs):
            runs += ["Y", run[1:]]
        else:
            runs.append(run)
    if len(runs) > 1 and runs[-1] == "e" and any(r[0] in "aeiouy" for r in runs[:-1]):
        runs.pop()
    return runs


def _end(runs: list[str], beats: int) -> str:
    """The kind of the vowel a part ends in: a, i or o; nothing for a consonant or for one vowel alone."""
    last = runs[-1]
    if last == "'":
        return "'"
    if last[0] not in "aeiouy" or (beats == 1 and not re.fullmatch(r"[iyeou]+a|[ei]+o|oi|a[iy]a", last)):
        return ""
    return "a" if last[-1] == "a" else "i" if last[-1] in "eiy" else "o"


def _kind(run: str) -> str:
    return next(kind for pattern, kind in _KINDS if re.match(pattern, run))


def _inner(folded: str) -> list[str]:
    return [_kind(run) for run in _runs(folded) if run[0] in "aeiouy"][1:]


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other):
        return True  # a short vowel one hand wrote and the other did not: Fatima, Fatma
    return not any({a, b} in ({"a", "I"}, {"I", "U"}) for a, b in zip(one, other, strict=True))


def _read_short_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    with _HERE.with_name("short_forms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["short"]] = (*found.get(row["short"], ()), *row["long"].split())
    return found


LONGER = _read_short_forms()
