"""Definition files, read strictly: an unknown, missing or mistyped name is told with the file and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from waypost.kernel.words import listed

FOLDER = Path(__file__).resolve().parents[1] / "definitions"
KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
EXPECTED = {
    str: "text in quotes",
    int: "a whole number",
    date: "a day, as 2015-09-01",
    bool: "true or false",
    list: "a list",
    dict: "names with what each means",
}


class Unreadable(ValueError):
    """A definition that cannot be used as it is written: the file, the key and what was expected."""


class OnceOnly(yaml.SafeLoader):
    """Refuses a name given twice in one place, of which YAML would silently keep the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(name, deep=True) for name, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{name} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)


def whole(path: Path, *, expected: Iterable[str]) -> dict[str, Any]:
    """All that is in a file, by name."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=OnceOnly)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Unreadable(f"{path.name}: not YAML: {problem}") from problem
    if not isinstance(found, dict):
        raise Unreadable(f"{path.name}: must have {listed(list(expected))}.")
    return found


def fields(where: str, given: Any, needed: Mapping[str, type], optional: Mapping[str, type]) -> dict[str, Any]:
    """What is given, each of its kind, without the optional names that are not given."""
    if not isinstance(given, dict):
        raise Unreadable(f"{where}: must have {listed(list(needed))}, and is {given!r}.")
    only(where, given, {*needed, *optional})
    if missing := [name for name in needed if name not in given]:
        raise Unreadable(f"{where}: {listed(missing)} must be given.")
    return {name: value(where, given, name, kind) for name, kind in {**needed, **optional}.items() if name in given}


def only(where: str, given: Mapping[Any, Any], known: set[str]) -> None:
    if unknown := [str(name) for name in given if name not in known]:
        raise Unreadable(f"{where}: {listed(unknown)} is not known here. Known are {listed(sorted(known))}.")


def value(where: str, given: Mapping[str, Any], name: str, kind: type) -> Any:
    """What is given under that name, None where it is not; of exactly that kind: a date is no date and time."""
    found = given.get(name)
    if name in given and (type(found) is not kind or not str(found).strip()):
        raise Unreadable(f"{where}: {name} must be {EXPECTED[kind]}, and is {found!r}.")
    return found


def one_of(where: str, name: str, found: str, known: Iterable[str]) -> str:
    """The word found, if it is one that is known there."""
    if found not in (words := sorted(known)):
        raise Unreadable(f"{where}: {name} must be {listed(words, 'or')}, and is {found!r}.")
    return found


def in_order(where: str, since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Unreadable(f"{where}: until {until} is before since {since}.")


def follow_on(where: str, until: date | None, since: date) -> None:
    """The law after a change begins on the day after the law before it ended."""
    if until is None or since != until + timedelta(days=1):
        raise Unreadable(f"{where}: the version from {since} must begin on the day after the one before it ended.")
