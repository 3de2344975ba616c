"""The letters, texts and e-mails a worker may begin from, one file each in `definitions/letters/`. Pure.

What a template may leave open is a closed list: nothing else of the record comes into a letter by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from waypost.casework.compliance import definitions as routes
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, one_of, whole
from waypost.kernel.words import listed

LETTERS = FOLDER / "letters"
CHILD, CARER = "child", "carer"
LETTER, TEXT, EMAIL = "letter", "text", "email"
CHANNELS = {LETTER: "Letter by post", TEXT: "Text message", EMAIL: "E-mail"}
LANGUAGES = {"english": "English", "welsh": "Welsh"}
CONTACT, MISSED, DECISION, HEARING, NOTHING = "contact", "missed", "decision", "hearing", "nothing"
LONGEST_TEXT = 320  # letters: two messages of a telephone
FIELDS = {  # what a template may leave open
    "name_known_as": "the name by which whoever it goes to wants to be called",
    "child": "the name by which the child wants to be called, to a carer alone",
    "worker": "whoever writes",
    "service": "the service",
    "service_phone": "the telephone of the service",
    "day": "the day of what it is about",
    "time": "its time",
    "place": "where a contact is",
    "court": "which court",
    "order": "which order",
    "missed_days": "the days that a warning is about",
    "warned_until": "the last day of the warned period",
    "duty_until": "after a further warning, until which day the court must be told of what is missed",
}
ALWAYS = frozenset({"name_known_as", "worker", "service", "service_phone"})
OF = {  # what a letter is about, and what is known of that
    CONTACT: frozenset({"day", "time", "place"}),
    MISSED: frozenset({"day", "time", "place", "order"}),
    DECISION: frozenset({"day", "order", "missed_days", "warned_until", "duty_until"}),
    HEARING: frozenset({"day", "time", "court"}),
    NOTHING: frozenset[str](),
}
NEEDED: dict[str, type] = {
    "name": str,
    "about": str,
    "to": str,
    "of": str,
    "channels": list,
    "source": str,
    "checked": date,
    "next_review": date,
    "english": dict,
    "welsh": dict,
}
OPTIONAL: dict[str, type] = {"route": str, "effect": str, "further": bool}
WORDING: dict[str, type] = {"checked": bool, "title": str, "letter": str}
WORDING_MAY: dict[str, type] = {"text": str}


@dataclass(frozen=True, slots=True)
class Wording:
    """In one language. `checked`: by somebody who writes that language for a living."""

    checked: bool
    title: str
    letter: str
    text: str = ""

    def on(self, channel: str) -> str:
        return self.text if channel == TEXT else self.letter


@dataclass(frozen=True, slots=True)
class LetterType:
    key: str
    name: str
    about: str
    to: str
    of: str
    channels: tuple[str, ...]
    source: str
    checked: date
    next_review: date
    english: Wording
    welsh: Wording
    route: str = ""  # of an order: a letter with an effect in law has it under that order alone
    effect: str = ""  # that effect, for whoever writes
    further: bool = False  # of a warning: given in the warned period of an earlier one

    def wording(self, language: str) -> Wording:
        return self.welsh if language == "welsh" else self.english

    @property
    def open(self) -> frozenset[str]:
        """What it may leave open."""
        found = ALWAYS | OF[self.of] | ({"child"} if self.to == CARER else set())
        return found if self.further else found - {"duty_until"}


@cache
def load() -> Mapping[str, LetterType]:
    """Every letter by its key, by what it is about; Unreadable where one is not as it should be."""
    found = [read(path) for path in sorted(LETTERS.glob("*.yaml"))]
    about = [*OF]
    return MappingProxyType({one.key: one for one in sorted(found, key=lambda one: (about.index(one.of), one.route))})


def read(path: Path) -> LetterType:
    """The letter in a file; Unreadable with the file and the key where it is not as it should be."""
    where = path.name
    given = fields(where, whole(path, expected=NEEDED), NEEDED, OPTIONAL)
    if not KEY.fullmatch(path.stem):
        raise Unreadable(
            f"{where}: a letter's file is called by its key: small letters, digits and single underscores."
        )
    one_of(where, "to", given["to"], (CHILD, CARER))
    one_of(where, "of", given["of"], OF)
    channels = given.pop("channels")
    for channel in channels:
        one_of(where, "channels", channel, CHANNELS)
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{where}: next_review {given['next_review']} is not after checked {given['checked']}.")
    wordings: Any = {language: _wording(f"{where}: {language}", given.pop(language)) for language in LANGUAGES}
    letter = LetterType(key=path.stem, channels=tuple(channels), **wordings, **given)
    _check_effect(where, letter)
    for language in LANGUAGES:
        _check_words(f"{where}: {language}", letter, letter.wording(language))
    return letter


def _wording(where: str, given: Any) -> Wording:
    return Wording(**fields(where, given, WORDING, WORDING_MAY))


def _check_effect(where: str, letter: LetterType) -> None:
    if bool(letter.route) != bool(letter.effect):
        raise Unreadable(f"{where}: effect: what it brings by law goes together with the route of an order.")
    if letter.route:
        one_of(where, "route", letter.route, routes.load())
    warns = letter.of == DECISION
    if letter.further and not warns:
        raise Unreadable(f"{where}: further: only a warning is a further one.")
    if warns and (not letter.route or routes.WARN not in routes.load()[letter.route].keys):
        raise Unreadable(f"{where}: route: a warning is given under an order whose law knows warnings.")


def _check_words(where: str, letter: LetterType, wording: Wording) -> None:
    if bool(wording.text) != (TEXT in letter.channels):
        raise Unreadable(f"{where}: text: it goes together with text among the channels.")
    if len(wording.text) > LONGEST_TEXT:
        raise Unreadable(f"{where}: text: at most {LONGEST_TEXT} letters, and is {len(wording.text)}.")
    for name, words in (("title", wording.title), ("letter", wording.letter), ("text", wording.text)):
        may = frozenset[str]() if name == "title" else letter.open
        if unknown := _left_open(f"{where}: {name}", words) - may:
            expected = f"may leave open {listed(sorted(may))}" if may else "leaves nothing open"
            raise Unreadable(f"{where}: {name} {expected}, and leaves open {listed(sorted(unknown))}.")


def _left_open(where: str, words: str) -> set[str]:
    try:
        parts = list(Formatter().parse(words))
    except ValueError as problem:
        raise Unreadable(f"{where}: {problem}.") from problem
    found = {name for _, name, _, _ in parts if name is not None}
    if odd := [name for _, name, spec, turn in parts if name is not None and (spec or turn or not KEY.fullmatch(name))]:
        raise Unreadable(f"{where}: {listed(odd)} is not the name of a field alone, as {{day}}.")
    return found


GAP = re.compile(r"\[[^\[\]\n]{1,60}\]")  # ‘[where]’: what is not known, for whoever writes to fill in
GAPS = {  # how a page asks for what the record does not say
    "name_known_as": "[name]",
    "child": "[name of the child]",
    "service_phone": "[telephone of the service]",
    "day": "[day]",
    "time": "[time]",
    "place": "[where]",
    "court": "[which court]",
    "order": "[which order]",
    "missed_days": "[days]",
    "warned_until": "[day]",
    "duty_until": "[last day]",
    "worker": "[your name]",
    "service": "[the service]",
}


def filled(words: str, known: Mapping[str, str]) -> str:
    """The template with what is known; what is not stands as a gap, which nobody can send."""
    return words.format_map({name: known.get(name) or GAPS[name] for name in FIELDS}).strip()
