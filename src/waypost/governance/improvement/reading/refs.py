"""Refs as plans print them: "a", "1a", "(1b)", "2 (i)", "1.2", in a cell of their own or before the action's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Ref:
    """`number` is the recommendation's part and `letter` the action's; a lone number is a letter until settled.

    `code` is a ref of the council's own ("LG3"), which is used as it stands.
    """

    number: str | None = None
    letter: str | None = None
    code: str | None = None

    @property
    def is_plain_number(self) -> bool:
        return self.number is None and self.letter is not None and self.letter.isdigit()


_LABEL = r"(?:(?:action|ref(?:erence)?|rec(?:ommendation)?|item|no|cam|rhif|cyf)\b\.?\s*(?:no\b\.?\s*)?)?"
_NUMBER = r"\d{1,3}(?:\.\d{1,3})*"
_LETTER = r"[A-Za-z]|[ivx]{2,4}"
_FULL = re.compile(
    rf"{_LABEL}R?(?=[\d(a-zA-Z])\(?\s*(?:(?P<number>{_NUMBER})\.?\s*[-–/]?\s*)?\(?\s*(?P<letter>{_LETTER})?\s*\)?[.):]*",
    re.I,
)
_CODE = re.compile(r"[A-Z&]{1,6}[-–./ ]?\d{1,3}(?:[.-]\d{1,2}|[a-z])?")
_FUSED = re.compile(
    rf"""(?P<bare>[a-z])\s+(?=[A-Z0-9“"'‘(])
    | \(\s*(?P<ring>{_LETTER}|\d{{1,2}})\s*\)[.:]?\s+(?=\S)
    | (?P<dotted>[a-zA-Z]|[ivx]{{2,4}}|\d{{1,2}})[.)]\s+(?=\S)
    | \(?(?P<number>{_NUMBER})\.?\s?\(?(?P<letter>[a-z]|[ivx]{{2,4}})\)?[.):]?\s+(?=[A-Z“"'‘(])
    | \(?(?P<nested>\d{{1,2}}(?:\.\d{{1,2}})+)\)?[.:]?\s+(?=\S)""",
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def read_ref(text: str) -> Ref | None:
    """The whole of a cell as a ref, or None where it is anything else."""
    text = text.strip()
    if not text or len(text) > 24:
        return None
    found = _FULL.fullmatch(text)
    if found and (found["number"] or found["letter"]):
        return _ref(found["number"], found["letter"])
    return Ref(code=text) if _CODE.fullmatch(text) else None


def split_ref(text: str) -> tuple[Ref | None, str]:
    """The ref before the words of an action and the words; "A review of …" and "a review …" have none."""
    found = _FUSED.match(text)
    if not found:
        return None, text
    single = found["bare"] or found["ring"] or found["dotted"]
    ref = _ref(None, single) if single else _ref(found["number"] or found["nested"], found["letter"])
    return ref, text[found.end() :]


def _ref(number: str | None, letter: str | None) -> Ref:
    if number and letter is None:
        head, _, tail = number.rpartition(".")
        return Ref(head or None, tail)
    return Ref(number, letter)


def printed(number: str | int | None, letter: str | None) -> str:
    """ "1a", "1.2": the two parts in one, with a dot between two numbers."""
    if letter is None or number is None:
        return str(letter if number is None else number)
    return f"{number}.{letter}" if letter.isdigit() else f"{number}{letter}"
