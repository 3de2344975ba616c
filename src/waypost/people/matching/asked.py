"""What somebody typed to find a child, read as everything it may be. Pure."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from waypost.kernel.identifiers import CHECKS
from waypost.kernel.lists import load
from waypost.people.matching.names import keys, parts, sounds

MOST_PARTS = 6  # of a name; more are not asked for
LONGEST_VALUE = 60  # letters of a number

MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_abbr) if name}
_DAYS = (  # with the groups of day, month and year
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), (3, 2, 1)),
    (re.compile(r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?!\d)"), (1, 2, 3)),
    (
        re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?([a-z]{3,9})\.?,?[\s-]*(\d{4}|\d{2})(?!\d)", re.I),
        (1, 2, 3),
    ),
    (re.compile(r"\b([a-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.I), (2, 1, 3)),
    (re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)"), (1, 2, 3)),
)
_OURS = re.compile(r"\b(\d{2})\s?[-\u2010-\u2015]\s?(\d{1,6})\b")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.I)
_NOT_DIGITS = re.compile(r"[^0-9]")
_ABROAD = re.compile(r"^(00)?44(0)?")
_BORN = re.compile(r"\b(born|dob|d\.o\.b|birth date|date of birth)\b[.:]?", re.I)
_HIDDEN = {"Cc": " ", "Cf": ""}  # control signs part words, format signs do not
SHORTEST_TELEPHONE = 10  # digits


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing in a field: what was typed cannot be that."""

    name: str = ""
    parts: tuple[str, ...] = ()
    born: date | None = None
    number: str = ""  # ours
    identifiers: frozenset[tuple[str, str]] = frozenset()  # scheme and value
    postcode: str = ""
    first_line: str = ""  # of an address
    telephone: str = ""

    @property
    def sounds(self) -> tuple[frozenset[str], ...]:
        """The keys of each part."""
        return tuple(sounds(part) for part in self.parts)

    @property
    def joined(self) -> frozenset[str]:
        """Keys of two parts written as one."""
        return keys(self.name) - frozenset().union(*self.sounds)

    @property
    def enough(self) -> int:
        """Of how many parts a name must have something, for it to be looked at."""
        return min(len(self.parts), 2)


def read(text: str, today: date) -> Asked:
    """Every reading at once: ten digits may be an NHS number or a telephone; 'Mill' may be a name or a street."""
    text = " ".join("".join(_HIDDEN.get(unicodedata.category(sign), sign) for sign in text).split())
    born, rest = _day(text, today)
    ours = _OURS.fullmatch(rest)
    postcode = _POSTCODE.search(rest)
    worded = (_POSTCODE.sub(" ", rest) if postcode else rest).split()
    name = " ".join(word for word in worded if not any(sign.isdecimal() for sign in word))
    name = " ".join(parts(name)[:MOST_PARTS])
    return Asked(
        name=name,
        parts=tuple(name.split()),
        born=born,
        number=f"{ours[1]}-{int(ours[2]):04d}" if ours else "",
        identifiers=frozenset(_identifiers(rest)),
        postcode=f"{postcode[1]}{postcode[2]}".upper() if postcode else "",
        first_line=first_line(rest),
        telephone=_telephone(rest),
    )


def first_line(text: str) -> str:
    """As the database keeps it of an address: up to the first comma, small letters and digits alone."""
    return "".join(sign for sign in re.split(r"[,\n]", text)[0].lower() if sign.isalnum())


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The first day written in the text, in one of many ways, and the text without it."""
    for pattern, (day, month, year) in _DAYS:
        for found in pattern.finditer(text):
            named = found[month].lower()[:3]
            number = MONTHS.get(named, 0) if named.isalpha() else int(named)
            try:
                day_found = date(_year(found[year], today), number, int(found[day]))
            except ValueError:
                continue
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return day_found, " ".join(_BORN.sub(" ", rest).split()).strip(" ,;")
    return None, text


def _year(text: str, today: date) -> int:
    """Two figures are of the last hundred years."""
    if len(text) == 4:
        return int(text)
    century = today.year // 100 * 100
    return century + int(text) - (100 if int(text) > today.year % 100 else 0)


def _identifiers(text: str) -> set[tuple[str, str]]:
    """Each scheme with the number as that scheme writes it: by its own check where there is one."""
    with_digits = "".join(word for word in text.split() if any(sign.isdecimal() for sign in word))
    found = set()
    for scheme in load("identifier_schemes"):
        check = CHECKS.get(scheme.text("check"))
        if check is None and text and len(text) <= LONGEST_VALUE and with_digits:
            found.add((scheme.key, text.upper()))
        elif check:
            found |= {(scheme.key, check.normal(one)) for one in (text, with_digits) if check.why_not(one) is None}
    return found


def _telephone(text: str) -> str:
    digits = _ABROAD.sub("0", _NOT_DIGITS.sub("", text))
    return digits if digits.startswith("0") and len(digits) >= SHORTEST_TELEPHONE else ""
