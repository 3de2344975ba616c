"""Invented people: names of several languages, the common ones common, and the mistakes that hands make with them."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path

SHORT_FORMS = Path(__file__).resolve().parents[1] / "src/waypost/people/matching/short_forms.csv"
LOCALES = ("en_GB", "pl_PL", "ro_RO", "tr_TR", "pt_PT", "fr_FR", "es_ES", "en_IN", "en_NG")
SPELLED = (("ph", "f"), ("y", "i"), ("ee", "ea"), ("ck", "k"), ("s", "ss"), ("l", "ll"), ("n", "nn"), ("c", "k"))


@cache
def names() -> tuple[list[str], list[str]]:
    """Given and family names as the faker library lists them, in one order of how common they are."""
    given: list[str] = []
    family: list[str] = []
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        most = 2000 if locale == "en_GB" else 150
        kinds = ("first_names", "first_names_male", "first_names_female")
        given += [name for kind in kinds for name in getattr(provider, kind, ())][:most]
        family += list(getattr(provider, "last_names", ()) or getattr(provider, "unisex_last_names", ()))[:most]
    given, family = list(dict.fromkeys(given)), list(dict.fromkeys(family))
    random.Random(1).shuffle(given)
    random.Random(2).shuffle(family)
    return given, family


def one(of: list[str], chance: random.Random) -> str:
    """The first names of the list are many times as common as the last."""
    return of[int(len(of) * chance.random() ** 2.5)]


def misspelt(name: str) -> str:
    """Heard right, written otherwise."""
    for was, becomes in SPELLED:
        if was in name.lower():
            at = name.lower().index(was)
            return name[:at] + becomes + name[at + len(was) :]
    return name


def nhs(stem: int) -> str:
    digits = f"{stem:09d}"
    check = (11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11) % 11
    return f"{digits}{check}" if check < 10 else nhs(stem + 50_000_000)


@dataclass(frozen=True)
class Child:
    given: str
    family: str
    born: date
    known_as: str = ""
    estimated: bool = False
    postcode: str = ""
    nhs: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        legal = f"{self.given} {self.family}".strip()
        return (legal, f"{self.known_as} {self.family}") if self.known_as else (legal,)


def child(number: int, chance: random.Random) -> Child:
    given, family = names()
    second = f" {one(given, chance)}" if chance.random() < 0.3 else ""
    return Child(
        given=one(given, chance) + second,
        family=one(family, chance),
        born=date(2008, 1, 1) + timedelta(days=chance.randrange(365 * 8)),
        known_as=_shortened(one(given, chance), chance) if chance.random() < 0.2 else "",
        postcode=f"ZZ{chance.randrange(1, 40)} {chance.randrange(1, 10)}{chance.choice('ABDEFG')}{chance.choice('ABDEFG')}",
        nhs=nhs(400_000_000 + number) if chance.random() < 0.6 else "",
    )


def typed_again(of: Child, chance: random.Random) -> Child:
    """The same child by another hand: the mistakes and how often they are made are guesses, each written here."""
    found = of
    for often, mistake in (
        (0.12, lambda one: replace(one, given=misspelt(one.given))),
        (0.12, lambda one: replace(one, family=misspelt(one.family))),
        (0.06, lambda one: replace(one, given=_shortened(one.given, chance))),
        (0.06, lambda one: replace(one, given=one.given.split()[0])),
        (0.05, lambda one: replace(one, given=_letter(one.given, chance))),
        (0.04, lambda one: replace(one, given=one.family, family=one.given)),
        (0.03, lambda one: replace(one, family=one_other(chance))),
        (0.02, lambda one: replace(one, given=one.given.replace(" ", ""))),
        (0.03, lambda one: replace(one, born=_swapped(one.born))),
        (0.05, lambda one: replace(one, born=_digit(one.born, chance))),
        (0.03, lambda one: replace(one, born=one.born + timedelta(days=chance.randrange(-300, 300)), estimated=True)),
        (0.35, lambda one: replace(one, postcode=child(0, chance).postcode)),
        (0.50, lambda one: replace(one, nhs="")),
        (0.70, lambda one: replace(one, known_as="")),
    ):
        if chance.random() < often:
            found = mistake(found)
    return found


def one_other(chance: random.Random) -> str:
    return one(names()[1], chance)


@cache
def _short_of() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with SHORT_FORMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for long in row["long"].split():
                found.setdefault(long, []).append(row["short"])
    return found


def _shortened(given: str, chance: random.Random) -> str:
    first, *rest = given.split()
    forms = _short_of().get(first.lower())
    return " ".join([chance.choice(forms).capitalize(), *rest]) if forms else given


def _letter(name: str, chance: random.Random) -> str:
    if len(name) < 4:
        return name
    at = chance.randrange(1, len(name) - 1)
    made: list[Callable[[], str]] = [
        lambda: name[:at] + name[at + 1 :],
        lambda: name[:at] + chance.choice("aeiourstn") + name[at + 1 :],
    ]
    return chance.choice(made)()


def _swapped(born: date) -> date:
    return date(born.year, born.day, born.month) if born.day <= 12 else born


def _digit(born: date, chance: random.Random) -> date:
    text = f"{born:%Y%m%d}"
    for _ in range(20):
        at = chance.randrange(3, 8)
        typed = text[:at] + str(chance.randrange(10)) + text[at + 1 :]
        try:
            found = date(int(typed[:4]), int(typed[4:6]), int(typed[6:]))
        except ValueError:
            continue
        if found != born and found.year < 2026:
            return found
    return born
