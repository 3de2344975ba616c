"""The colour of an action: a letter, a word, a tick or the colour behind the cell.

A tick, "achieved" and "complete" are blue: in the four-colour scales that councils use, blue is what is finished and
green what is on track. What a scale without blue means by them is not said in the table, so one reading is kept.
"""

from __future__ import annotations

import re
from colorsys import rgb_to_hsv
from typing import Literal

Rag = Literal["red", "amber", "green", "blue"]

_LETTERS: dict[str, Rag] = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "amber"}
_WORDS: dict[str, Rag] = {
    "red": "red",
    "amber": "amber",
    "yellow": "amber",
    "orange": "amber",
    "green": "green",
    "blue": "blue",
    "coch": "red",
    "oren": "amber",
    "ambr": "amber",
    "melyn": "amber",
    "gwyrdd": "green",
    "glas": "blue",
    "achieved": "blue",
    "complete": "blue",
    "completed": "blue",
    "done": "blue",
    "yes": "blue",
    "cyflawnwyd": "blue",
    "on track": "green",
    "off track": "red",
    "at risk": "amber",
}
_TICK = re.compile(r"[✓✔☑✅\uf0fc\u2713\u2714]|\[x\]", re.I)
_GLYPHS: dict[str, Rag] = {"🔴": "red", "🟠": "amber", "🟡": "amber", "🟢": "green", "🔵": "blue", "🟥": "red"}
_GLYPHS |= {"🟧": "amber", "🟨": "amber", "🟩": "green", "🟦": "blue"}
_LABEL = re.compile(r"^(?:b?rag|status|rating|colour)(?:\s+(?:status|rating))?\s*[:=–-]\s*", re.I)
_PALEST = 0.12  # saturation under which a fill is a shade of white or grey
_DARKEST = 0.2


def read_rag(text: str, fill: str | None = None) -> Rag | None:
    """The colour the words name; where they name none, the colour behind them."""
    return _from_words(text) or colour_of(fill)


def is_only_rag(text: str) -> bool:
    """Whether the words say a colour and nothing besides, so that no progress is lost by reading them as one."""
    words = _words(text)
    glyph = _TICK.sub("", words).strip(" .") == "" or words in _GLYPHS
    return bool(words) and (glyph or words.casefold() in _WORDS or _letter(words) is not None)


def _from_words(text: str) -> Rag | None:
    words = _words(text)
    if not words:
        return None
    if (letter := _letter(words)) is not None:
        return letter
    for glyph, colour in _GLYPHS.items():
        if glyph in words:
            return colour
    if words.casefold() in _WORDS:
        return _WORDS[words.casefold()]
    if _TICK.match(words):
        return "blue"
    first = re.match(r"(red|amber|green|blue)\b(?=\s*[-–—:;,.(])", words, re.I)
    return _WORDS[first[1].casefold()] if first else None


def _words(text: str) -> str:
    return _LABEL.sub("", " ".join(text.split())).strip(" .()[]") if "[" not in text else text.strip()


def _letter(words: str) -> Rag | None:
    return _LETTERS.get(words.casefold()) if len(words) == 1 and words.isalpha() else None


def colour_of(fill: str | None) -> Rag | None:
    """Red, amber, green or blue by hue ("rrggbb"); None for white, grey, black and purple."""
    if not fill or not re.fullmatch(r"[0-9a-fA-F]{6}", fill):
        return None
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = rgb_to_hsv(red, green, blue)
    if saturation < _PALEST or value < _DARKEST:
        return None
    degrees = hue * 360
    if degrees < 18 or degrees >= 335:
        return "red"
    if degrees < 66:
        return "amber"
    if degrees < 170:
        return "green"
    return "blue" if degrees < 255 else None
