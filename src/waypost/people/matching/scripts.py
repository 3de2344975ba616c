"""A word in any script as plain small Latin letters. Pure.

`anyascii` does most scripts. Three kinds of writing leave out vowels that another hand will have written, and there
the reading is ours, from `scripts.yaml`: Arabic and Hebrew write no short vowels, the scripts of India do not write
the vowel that every consonant carries, and Korean family names are spelled by custom.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from anyascii import anyascii

_TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("scripts.yaml").read_text(encoding="utf-8"))
_VOWELS = frozenset("aeiou")
_NO_VOWEL_AFTER = frozenset({"Mc", "Mn"})  # a vowel sign, or the sign that there is none


def latin(word: str) -> str:
    """'محمد' → 'muhammad', 'शर्मा' → 'sharma', '김민준' → 'kim min jun': a to z, digits, a space between signs."""
    return " ".join("".join(_read(script, "".join(run)) for script, run in groupby(word, _script)).split())


def _script(letter: str) -> str:
    code = ord(letter)
    if code < 0x590:
        return "other"
    if code < 0x600 or 0xFB1D <= code < 0xFB50:
        return "hebrew"
    if code < 0x780 or 0x8A0 <= code < 0x900:
        return "arabic"
    if 0x900 <= code < 0xD80:
        return "indian"
    if 0xAC00 <= code < 0xD7A4:
        return "korean"
    return "signs" if unicodedata.name(letter, "").startswith("CJK") else "other"


def _read(script: str, run: str) -> str:
    if script in ("arabic", "hebrew"):
        return _without_short_vowels(run, _TABLE[script])
    if script == "indian":
        return _with_the_vowel_not_written(run)
    if script == "korean":
        first = _TABLE["korean_families"].get(run[0]) if 1 < len(run) < 5 else None
        return " ".join(["", first or _plain(run[0]), *map(_plain, run[1:]), ""])
    return " ".join(["", *map(_plain, run), ""]) if script == "signs" else _plain(run)


def _plain(text: str) -> str:
    return "".join(letter for letter in anyascii(text).lower() if letter.isalnum())


def _without_short_vowels(run: str, table: dict[str, dict[str, str]]) -> str:
    run = "".join(table["same"].get(letter, letter) for letter in run)
    if known := table["names"].get("".join(letter for letter in run if unicodedata.category(letter) != "Mn")):
        return known
    if run.startswith("ال") and len(run) > 4:
        return "al" + _without_short_vowels(run[2:], table)
    read: list[str] = []
    for at, letter in enumerate(run):
        after = run[at + 1 : at + 2]
        sound = table["letters"].get(letter, "" if unicodedata.category(letter) == "Mn" else _plain(letter))
        if letter in "هה" and not after and at:
            sound = "a"
        elif letter in "ويוי" and at and after not in ("ا", "א", "أ"):
            sound = {"و": "u", "ו": "o"}.get(letter, "i")
        if read and sound and read[-1][-1] not in _VOWELS and sound[0] not in _VOWELS and letter != "ھ":
            read.append("e" if _VOWELS & set("".join(read)) else "a")
        read += [sound] if sound else []
    return "".join(read)


def _with_the_vowel_not_written(run: str) -> str:
    read: list[str] = []
    for at, letter in enumerate(run):
        sound = _indian(letter, run[at + 1 : at + 2])
        read.append(sound)
        bare = unicodedata.category(letter) == "Lo" and sound and not set(sound) & _VOWELS
        after = run[at + 1 : at + 2]
        nasal = after and any(word in unicodedata.name(after, "") for word in _NASAL)
        if bare and after and (nasal or unicodedata.category(after) not in _NO_VOWEL_AFTER):
            read.append("a")
    return "".join(read)


def _indian(letter: str, after: str) -> str:
    name = unicodedata.name(letter, "")
    if any(nasal in name for nasal in ("ANUSVARA", "CANDRABINDU", "BINDI", "TIPPI")):
        return "m" if after and _plain(after)[:1] in ("p", "b", "m") else "n"
    return "sh" if name.endswith((" LETTER SHA", " LETTER SSA")) else _plain(letter)


_NASAL = ("ANUSVARA", "CANDRABINDU", "BINDI", "TIPPI", "ADDAK", "VISARGA")
