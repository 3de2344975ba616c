"""Text that came from outside, made fit for every format: what it said is kept, what would break a file is not."""

from __future__ import annotations

import re
import unicodedata

REPLACED = "\ufffd"  # stands where a character could not be kept
_LINE_END = "\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]"
# Control characters and the byte order mark say nothing; overrides make a text read otherwise than it was typed.
_NOTHING = "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\u202d\u202e\ufff9-\ufffb\U000e0000-\U000e0fff]"
_LAST_TWO = "".join(f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(17))
_NO_CHARACTER = f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]"
_UNFIT = re.compile(f"(?P<line_end>{_LINE_END})|(?P<nothing>{_NOTHING})|(?P<no_character>{_NO_CHARACTER})")
# Nearly every text holds only these; finding that out takes a twentieth of the time of looking for each that is unfit.
_MAY_BE_UNFIT = re.compile("[^\t\n -~\xa0-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u2fff]")
_INSTEAD = {"line_end": "\n", "nothing": "", "no_character": REPLACED}
BREAK_HERE = "\x01"  # cannot be in legible text


def legible(text: str) -> str:
    """The text without what XML, PDF/UA or a reader cannot take; every line end is a line feed."""
    if _MAY_BE_UNFIT.search(text) is None:
        return text
    return _UNFIT.sub(lambda found: _INSTEAD[str(found.lastgroup)], text)


def named(text: str) -> str:
    """The text for a place that may not be empty, a title or a heading: a dash where there is nothing to see."""
    seen = any(not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc"} for letter in legible(text))
    return text if seen else "–"


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left: Arabic, Hebrew."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def with_breaks(text: str, longest: int) -> str:
    """Marks where words of more letters than `longest` may be broken: between whole characters only."""
    if len(text) <= longest:
        return text
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    pieces = [word[0]]
    for letter in word[1:]:
        joins = unicodedata.category(letter)[0] == "M" or letter == "\u200d" or pieces[-1].endswith("\u200d")
        if joins or right_to_left(letter):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return BREAK_HERE.join(pieces)
