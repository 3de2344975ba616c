"""The words and glyphs inspectorates judge with."""

from __future__ import annotations

import re

# Each from worst to best: first the joint inspections' scale of 2014 to 2017, then the inspectorate's since 2018.
SCALES = (
    ("poor", "unsatisfactory", "satisfactory", "good"),
    ("inadequate", "requires improvement", "good", "outstanding"),
)
_SYNONYMS = {"require improvement": "requires improvement", "requiring improvement": "requires improvement"}
_WORDS = sorted({word for scale in SCALES for word in scale} | set(_SYNONYMS), key=len, reverse=True)
WORD = "|".join(re.escape(word) for word in _WORDS)

_FILLED = "★⭐✭✮✯"
_HOLLOW = "☆✩✰"
GLYPHS = rf"(?:[{_FILLED}{_HOLLOW}]\ufe0f?\s?){{3,8}}"

_WHOLE_WORD = re.compile(rf"(?:{WORD})", re.IGNORECASE)
_WHOLE_GLYPHS = re.compile(GLYPHS)

# "Overall, work to X was (judged to be) poor": what lies between the verb and the word may not turn it round.
_OVERALL = re.compile(
    r"\boverall\b(?P<what>[^.]{0,300}?)\b(?:was|were|is|are)\s+"
    r"(?:(?:judged|considered|rated|found|assessed|graded|therefore|to|be|as)\s+)*"
    rf"(?P<word>{WORD})\b(?!\s+enough)",
    re.IGNORECASE,
)


def canonical(word: str) -> str:
    lower = " ".join(word.lower().split())
    return _SYNONYMS.get(lower, lower)


def rating_in(cell: str) -> str | None:
    """The rating a cell consists of, or None where it says anything else."""
    return canonical(cell.strip(" .")) if _WHOLE_WORD.fullmatch(cell.strip(" .")) else None


def stars_in(cell: str) -> tuple[int, int] | None:
    """How many glyphs are filled, and how many there are, in a cell of nothing but glyphs."""
    if not _WHOLE_GLYPHS.fullmatch(cell.strip()):
        return None
    filled = sum(cell.count(glyph) for glyph in _FILLED)
    return filled, filled + sum(cell.count(glyph) for glyph in _HOLLOW)


def judged_overall(text: str) -> tuple[str, str] | None:
    """What was judged and the word for it, from the first sentence that says what something was overall."""
    found = _OVERALL.search(text)
    return (found["what"], canonical(found["word"])) if found else None


def rank(word: str, among: set[str]) -> int | None:
    """The word's place from 1 on the one scale that holds all of the words used, or None where none does."""
    fitting = [scale for scale in SCALES if among <= set(scale)]
    return fitting[0].index(word) + 1 if len(fitting) == 1 and word in fitting[0] else None
