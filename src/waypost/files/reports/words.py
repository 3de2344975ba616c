"""The few words a renderer says of its own, in English and Welsh, and values said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.files.reports.values import (
    Bullets,
    Language,
    Mark,
    NotShown,
    OwnWords,
    Simple,
    Stars,
    Status,
    Strong,
    Value,
    parts_of,
)
from waypost.kernel.months import Month
from waypost.kernel.rates import Rate


@dataclass(frozen=True, slots=True)
class Words:
    """Those with {} are filled with `str.format`."""

    about: str
    made_on: str
    made_by: str
    marking: str
    filters: str
    no_filters: str
    rows: str
    nothing: str
    why: str
    number: str
    out_of: str
    of: str
    page: str
    stars: str
    withheld: str
    not_drawn: str
    cut_short: str
    marks: dict[Mark, str]
    months: tuple[str, ...]


_ENGLISH = Words(
    about="About this file",
    made_on="Made on",
    made_by="Made by",
    marking="Marking",
    filters="Filters",
    no_filters="None: every row is here",
    rows="Rows",
    nothing="Nothing to list.",
    why="why",
    number="number",
    out_of="out of",
    of="{} of {}",
    page="Page {} of {}",
    stars="{} of {} stars",
    withheld="Not in this file: {}.",
    not_drawn="Characters that could not be drawn here stand as \ufffd: {}. The Word, Excel and CSV files have them.",
    cut_short="… (cut here, a cell holds no more: the PDF, Word and CSV files have the rest)",
    marks={Mark.HIDDEN: "hidden", Mark.UNRELIABLE: "unreliable", Mark.NOT_AVAILABLE: "not available"},
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
)

_WELSH = Words(
    about="Ynghylch y ffeil hon",
    made_on="Lluniwyd ar",
    made_by="Lluniwyd gan",
    marking="Marc",
    filters="Hidlwyr",
    no_filters="Dim: mae pob rhes yma",
    rows="Rhesi",
    nothing="Dim i'w restru.",
    why="pam",
    number="nifer",
    out_of="allan o",
    of="{} o {}",
    page="Tudalen {} o {}",
    stars="{} o {} seren",
    withheld="Heb fod yn y ffeil hon: {}.",
    not_drawn="Ni ellid dangos rhai nodau yma ac mae \ufffd yn eu lle: {}. Maent yn y ffeiliau Word, Excel a CSV.",
    cut_short="… (torrwyd yma, nid oes lle i ragor mewn cell: mae'r gweddill yn y ffeiliau PDF, Word a CSV)",
    marks={Mark.HIDDEN: "cuddiwyd", Mark.UNRELIABLE: "annibynadwy", Mark.NOT_AVAILABLE: "ddim ar gael"},
    months=(
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
        *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    ),
)

WORDS = {Language.ENGLISH: _ENGLISH, Language.WELSH: _WELSH}


def day_in_words(day: date, language: Language) -> str:
    """ "12 May 2026", "12 Mai 2026"."""
    return f"{day.day} {WORDS[language].months[day.month - 1]} {day.year}"


def rate_in_words(rate: Rate, language: Language) -> str:
    """ "17 of 27 (63%)": never the percentage alone."""
    fraction = WORDS[language].of.format(f"{rate.numerator:,}", f"{rate.denominator:,}")
    return fraction if rate.percent is None else f"{fraction} ({rate.percent}%)"


def not_shown_in_words(missing: NotShown, language: Language) -> str:
    """ "[c] hidden: fewer than five children"."""
    return f"[{missing.mark}] {WORDS[language].marks[missing.mark]}" + (f": {missing.why}" if missing.why else "")


def stars_in_words(stars: Stars, language: Language) -> str:
    return WORDS[language].stars.format(stars.given, stars.out_of)


def own_words_in_words(own: OwnWords) -> str:
    return f"“{own.words}”" + (f" {own.who}" if own.who else "")


def in_words(value: Value, language: Language) -> str:
    """The value as plain text, one line for each thing that stands under another."""
    return "\n".join(_one_in_words(part, language) for part in parts_of(value))


def _one_in_words(value: Simple, language: Language) -> str:
    match value:
        case None:
            return ""
        case date():
            return day_in_words(value, language)
        case Month():
            return f"{WORDS[language].months[value.month - 1]} {value.year}"
        case Rate():
            return rate_in_words(value, language)
        case Status():
            return f"{value.word}\n{value.why}" if value.why else value.word
        case Stars():
            return f"{stars_in_words(value, language)}\n{value.word}" if value.word else stars_in_words(value, language)
        case NotShown():
            return not_shown_in_words(value, language)
        case Strong():
            return value.text
        case Bullets():
            return "\n".join(f"• {item}" for item in value.items)
        case OwnWords():
            return own_words_in_words(value)
        case str():
            return value
        case _:
            return f"{value:,}"
