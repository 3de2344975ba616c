"""Code lists: what may be chosen, as it stands in `definitions/lists/<name>.yaml`.

A list says who issues it and when it was last checked; `flags` and `texts` name what its codes say beyond the fields
every code has. A key is never used again for something else: an old code gets an `until` and stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from waypost.kernel.definition_files import KEY, Unreadable, only, value, whole
from waypost.kernel.words import listed

FOLDER = Path(__file__).resolve().parents[1] / "definitions" / "lists"
LONGEST_KEY = 40
NEEDED: dict[str, type] = {
    "title": str,
    "about": str,
    "source": str,
    "checked": date,
    "next_review": date,
    "codes": list,
}
OPTIONAL: dict[str, type] = {"flags": dict, "texts": dict}
CODE: dict[str, type] = {
    "key": str,
    "words": str,
    "national": str,
    "since": date,
    "until": date,
    "note": str,
    "needs_words": bool,
}
UnreadableList = Unreadable


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that may be chosen, from the first day of `since` to the last of `until`."""

    key: str
    words: str
    national: str | None = None  # its code or category in the national mapping the list names
    since: date | None = None
    until: date | None = None
    note: str | None = None
    needs_words: bool = False  # whoever chooses it says more in their own words
    flags: Mapping[str, bool] = field(default_factory=dict, hash=False)
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def flag(self, name: str) -> bool:
        """False where the code does not say; KeyError where the list has no such flag."""
        return self.flags[name]

    def text(self, name: str) -> str:
        """Empty where the code does not say; KeyError where the list has no such text."""
        return self.texts[name]

    def is_open(self, day: date) -> bool:
        """Whether it may be chosen on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class CodeList:
    """All codes there ever were, in the order in which they are offered."""

    name: str
    title: str
    about: str
    source: str
    checked: date
    next_review: date
    codes: tuple[Code, ...]
    flags: Mapping[str, str] = field(default_factory=dict, hash=False)  # name → what it means
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, key: object) -> bool:
        return any(code.key == key for code in self.codes)

    def __getitem__(self, key: str) -> Code:
        """Any code there ever was; KeyError with the list's name where there was none."""
        for code in self.codes:
            if code.key == key:
                return code
        raise KeyError(f"{key} in the list {self.name}")

    def on(self, day: date) -> tuple[Code, ...]:
        """What may be chosen on that day."""
        return tuple(code for code in self.codes if code.is_open(day))

    def choices(self, day: date) -> list[tuple[str, str]]:
        """(key, words) of what may be chosen on that day."""
        return [(code.key, code.words) for code in self.on(day)]

    def words(self, key: str) -> str:
        """What a person reads, today as on any other day."""
        return self[key].words


def names() -> tuple[str, ...]:
    """Every list there is."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load(name: str) -> CodeList:
    """The list of that name; UnreadableList where there is none or it is not as it should be."""
    path = FOLDER / f"{name}.yaml"
    if not KEY.fullmatch(name) or not path.is_file():
        raise UnreadableList(f"There is no list {name}. There are {listed(list(names()))}.")
    return read(path)


def read(path: Path) -> CodeList:
    """The list in a file; UnreadableList with the file and the key where it is not as it should be."""
    where = path.name
    given = whole(path, expected=NEEDED)
    only(where, given, {*NEEDED, *OPTIONAL})
    values: dict[str, Any] = {name: value(where, given, name, kind) for name, kind in NEEDED.items()}
    if missing := [name for name, found in values.items() if not found]:
        raise UnreadableList(f"{where}: {listed(missing)} must be given.")
    if values["next_review"] <= values["checked"]:
        raise UnreadableList(f"{where}: next_review {values['next_review']} is not after checked {values['checked']}.")
    more: dict[str, Any] = {name: value(where, given, name, kind) or {} for name, kind in OPTIONAL.items()}
    codes = tuple(_code(where, number, code, **more) for number, code in enumerate(values.pop("codes"), start=1))
    keys = [code.key for code in codes]
    if twice := [key for key in dict.fromkeys(keys) if keys.count(key) > 1]:
        raise UnreadableList(f"{where}: {listed(twice)} is given twice; a key has one meaning for good.")
    return CodeList(name=path.stem, codes=codes, **values, **more)


def _code(where: str, number: int, given: Any, flags: Mapping[str, str], texts: Mapping[str, str]) -> Code:
    if not isinstance(given, dict):
        raise UnreadableList(f"{where}: code {number} must have a key and words, and is {given!r}.")
    key = given.get("key")
    if not isinstance(key, str) or not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        expected = f"small letters, digits and single underscores, {LONGEST_KEY} at most"
        raise UnreadableList(f"{where}: the key of code {number} must be {expected}, and is {key!r}.")
    where = f"{where}: {key}"
    only(where, given, {*CODE, *flags, *texts})
    if "words" not in given:
        raise UnreadableList(f"{where}: words must be given: what a person reads.")
    code = Code(
        **{name: found for name, kind in CODE.items() if (found := value(where, given, name, kind)) is not None},
        flags={name: value(where, given, name, bool) or False for name in flags},
        texts={name: value(where, given, name, str) or "" for name in texts},
    )
    if code.since and code.until and code.until < code.since:
        raise UnreadableList(f"{where}: until {code.until} is before since {code.since}.")
    return code
