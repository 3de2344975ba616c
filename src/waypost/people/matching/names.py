"""Two names, typed by two hands in any script: whether they may be one, and why in words. Pure.

`parts` makes a name comparable, `sounds` (beside) gives the keys that are stored for each part, and `alike` decides
on two whole names, of which the parts may stand in any order and some may be missing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations

from waypost.people.matching.scripts import latin
from waypost.people.matching.sounds import bare_key, longer_forms, same_vowels, sounds

__all__ = ["alike", "keys", "may_be", "parts", "sounds"]

_TITLES = frozenset("dr jr miss mr mrs ms mx prof rev sir sr".split())
_APOSTROPHES = frozenset("'’‘`´ʹʻʼʽʾʿˈ′＇ʔ‛")
_PARTICLES = frozenset("al ap bin bint da de del der di dos du el ferch ibn la le los van von".split())
_JOINED_UP_TO = 6  # parts; more are compared as they stand
_SHORT = 5  # letters: of two parts written as one, one is as short as this

SAME, JOINED, SOUND, SHORT, LETTER = range(5)
_WORDS = {
    SAME: "same name",
    JOINED: "same name, written apart or together",
    SOUND: "same sound",
    SHORT: "short for",
    LETTER: "one letter differs",
}


def parts(text: str) -> tuple[str, ...]:
    """'Siân O’Neill-Jones' → ('sian', 'oneill', 'jones'): only a to z and digits. A title goes, unless it is all."""
    kept = "".join(_letter(letter) for letter in unicodedata.normalize("NFKC", text))
    found = tuple(part for word in kept.split() for part in latin(word).split())
    return tuple(part for part in found if part not in _TITLES) or found


def keys(text: str) -> frozenset[str]:
    """Every key under which a whole name is stored: of its parts, and of two of them written as one."""
    found = parts(text)
    return frozenset(key for part in {*found, *_joins(found)} for key in sounds(part))


def may_be(a: str, b: str) -> bool:
    """Whether the stored keys alone bring two names together: each part of the shorter meets one of the longer."""
    return any(len(x) > 0 and _all_meet(x, y, _keys_meet) and _enough(x, y) for x, y, _ in _ways(parts(a), parts(b)))


def alike(a: str, b: str) -> str | None:
    """Why two names may be one, in words a person reads; None where they are different names.

    Parts may stand in any order. Of a name with three parts or more, parts may be missing where two are left. One
    letter may differ in one part of a name of which the rest is the same.
    """
    found = min((how for x, y, joined in _ways(parts(a), parts(b)) for how in _how(x, y, joined)), default=None)
    if found is None:
        return None
    level, missing, words = found
    return (words or _WORDS[level]) + (", a part left out" if missing else "")


def _letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter in _APOSTROPHES or kind == "Cf" or (kind == "Cc" and not letter.isspace()):
        return ""
    return letter if kind[0] in "LM" or kind == "Nd" else " "


def _ways(a: tuple[str, ...], b: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """The two names as they stand, shorter first; then with two parts of either written as one; then less particles."""
    yield *_by_length(a, b), False
    for x, y in ((a, b), (b, a)):
        if 1 < len(x) <= _JOINED_UP_TO:
            for one, two in permutations(range(len(x)), 2):
                if min(len(x[one]), len(x[two])) > _SHORT:
                    continue
                rest = tuple(part for at, part in enumerate(x) if at not in (one, two))
                yield *_by_length((*rest, x[one] + x[two]), y), True
    less_a, less_b = _less_particles(a), _less_particles(b)
    if (less_a, less_b) != (a, b):
        yield *_by_length(less_a, less_b), False


def _by_length(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (a, b) if len(a) <= len(b) else (b, a)


def _less_particles(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in name if part not in _PARTICLES) or name


def _joins(found: tuple[str, ...]) -> Iterable[str]:
    """Two parts as one, in either order, where one of them is as short as what is often written apart."""
    if len(found) > _JOINED_UP_TO:
        return []
    return [x + y for x, y in permutations(found, 2) if min(len(x), len(y)) <= _SHORT]


def _enough(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return len(short) == len(long) or len(short) > 1


def _how(short: tuple[str, ...], long: tuple[str, ...], joined: bool) -> Iterator[tuple[int, bool, str]]:
    if not short or not _enough(short, long):
        return
    missing = len(short) < len(long)
    if _all_meet(short, long, str.__eq__):
        yield (JOINED if joined else SAME), missing, ""
    elif _all_meet(short, long, _same_sound):
        yield SOUND, missing, ""
    elif _all_meet(short, long, lambda x, y: _same_sound(x, y) or bool(_shortened(x, y))):
        yield SHORT, missing, _short_words(short, long)
    elif len(short) > 1 and not joined and _all_but_one_letter(short, long):
        yield LETTER, missing, ""


def _all_but_one_letter(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return _met(short, long, _same_sound) >= len(short) - 1 and _all_meet(
        short, long, lambda x, y: _same_sound(x, y) or _one_letter(x, y)
    )


def _short_words(short: tuple[str, ...], long: tuple[str, ...]) -> str:
    said = sorted({words for x in short for y in long if not _same_sound(x, y) and (words := _shortened(x, y))})
    return said[0] if said else _WORDS[SHORT]


def _all_meet(short: tuple[str, ...], long: tuple[str, ...], meet: Callable[[str, str], bool]) -> bool:
    return _met(short, long, meet) == len(short)


def _met(short: tuple[str, ...], long: tuple[str, ...], meet: Callable[[str, str], bool]) -> int:
    """How many parts of the shorter can each be given one of the longer, none twice: the order of parts is nothing."""
    given: dict[int, int] = {}

    def give(at: int, tried: set[int]) -> bool:
        for to, part in enumerate(long):
            if to not in tried and meet(short[at], part):
                tried.add(to)
                if to not in given or give(given[to], tried):
                    given[to] = at
                    return True
        return False

    return sum(give(at, set()) for at in range(len(short)))


def _keys_meet(x: str, y: str) -> bool:
    return bool(sounds(x) & sounds(y))


def _same_sound(x: str, y: str) -> bool:
    return x == y or (bool(bare_key(x) & bare_key(y)) and same_vowels(x, y))


def _shortened(x: str, y: str) -> str | None:
    for short, long in ((x, y), (y, x)):
        if any(_same_sound(form, long) for form in longer_forms(short)):
            return f"{short.capitalize()} is short for {long.capitalize()}"
    return None


def _one_letter(x: str, y: str) -> bool:
    """One letter changed, left out or swapped with its neighbour, in a long part, but neither its first nor its end.

    The end is where many languages say girl or boy: Martin and Martina are two names.
    """
    short, long = sorted((x, y), key=len)
    if len(short) < 5 or len(long) - len(short) > 1 or x[0] != y[0] or x[-1] != y[-1]:
        swapped = sorted(x) == sorted(y) and len(x) >= 5 and x[:-2] == y[:-2]
        return swapped and x != y
    at = next((n for n, (s, t) in enumerate(zip(short, long, strict=False)) if s != t), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swap = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swap
