"""A committee paper's front: who it goes to, what is asked of them, and which of the council's sections apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.files.reports.model import Block, Fact, Facts, Heading, Paragraph, Withheld
from waypost.files.reports.values import Bullets, Language, Lines
from waypost.kernel.refusal import refuse_if


@dataclass(frozen=True, slots=True)
class Section:
    """One of the council's headings ("Financial implications") and what is said under it."""

    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exempt:
    """What the public's copy leaves out, and the ground for it."""

    what: str
    ground: str


@dataclass(frozen=True, slots=True)
class FrontSheet:
    """Refused where a section would be said both to apply and not to apply, or would be missing its words.

    `contact` and `chief_officer` are printed and stand nowhere in the file's own particulars.
    """

    report_to: str
    meets_on: date
    title: str
    contact: tuple[str, ...]
    reason: tuple[str, ...]
    recommendations: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    not_applicable: tuple[str, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    decision: str = ""
    chief_officer: str = ""
    wards: str = ""
    background: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_if(why_not_publish(self))

    def blocks(self, language: Language = Language.ENGLISH) -> tuple[Block, ...]:
        """The front sheet in reading order, sections and their paragraphs numbered from 1 and 1.1."""
        return tuple(_blocks(self, _WORDS[language]))


def why_not_publish(sheet: FrontSheet) -> str | None:
    """The first thing that would make the sheet contradict itself."""
    if not sheet.reason:
        return "Give the reason for the report."
    given = [section.name.casefold() for section in sheet.sections]
    for section in sheet.sections:
        if not any(paragraph.strip() for paragraph in section.paragraphs):
            return f"Write something under “{section.name}”, or list it among the sections that do not apply."
        if given.count(section.name.casefold()) > 1:
            return f"“{section.name}” is there twice. Put its paragraphs under one heading."
    for name in sheet.not_applicable:
        if name.casefold() in given:
            return f"“{name}” has words under it and is also listed as not applying. Take it out of one of the two."
    return None


@dataclass(frozen=True, slots=True)
class _Words:
    published: str
    part_one: str
    part_two: str
    report_to: str
    date: str
    title: str
    decision: str
    contact: str
    chief_officer: str
    wards: str
    reason: str
    recommendations: str
    exempt: str
    not_applicable: str
    background: str


_WORDS = {
    Language.ENGLISH: _Words(
        published="Publication",
        part_one="Part one: public",
        part_two="Part one, public, with parts left out as exempt",
        report_to="Report to",
        date="Date of meeting",
        title="Title",
        decision="Type of decision",
        contact="Contact officer",
        chief_officer="Chief officer",
        wards="Wards",
        reason="Reason for report",
        recommendations="Recommendations",
        exempt="Exempt items",
        not_applicable="Sections that do not apply",
        background="Background documents",
    ),
    Language.WELSH: _Words(
        published="Cyhoeddi",
        part_one="Rhan un: cyhoeddus",
        part_two="Rhan un, cyhoeddus, gyda rhannau wedi'u hepgor fel rhai eithriedig",
        report_to="Adroddiad i",
        date="Dyddiad y cyfarfod",
        title="Teitl",
        decision="Math o benderfyniad",
        contact="Swyddog cyswllt",
        chief_officer="Prif swyddog",
        wards="Wardiau",
        reason="Rheswm dros yr adroddiad",
        recommendations="Argymhellion",
        exempt="Eitemau eithriedig",
        not_applicable="Adrannau nad ydynt yn berthnasol",
        background="Dogfennau cefndir",
    ),
}


def _blocks(sheet: FrontSheet, words: _Words) -> list[Block]:
    blocks: list[Block] = [Facts(tuple(fact for fact in _facts(sheet, words) if fact.value))]
    parts = [
        Section(words.reason, sheet.reason),
        Section(words.recommendations, sheet.recommendations),
        *sheet.sections,
    ]
    for number, section in enumerate((part for part in parts if part.paragraphs), 1):
        blocks.append(Heading(1, f"{number}. {section.name}"))
        blocks += [Paragraph(text, number=f"{number}.{n}") for n, text in enumerate(section.paragraphs, 1)]
    if sheet.exempt:
        blocks.append(Heading(1, words.exempt))
        blocks += [Withheld(item.what, item.ground) for item in sheet.exempt]
    if sheet.background:
        blocks += [Heading(1, words.background), Bullets(sheet.background)]
    if sheet.not_applicable:
        blocks += [Heading(1, words.not_applicable), Paragraph(", ".join(sheet.not_applicable) + ".")]
    return blocks


def _facts(sheet: FrontSheet, words: _Words) -> list[Fact]:
    return [
        Fact(words.report_to, sheet.report_to),
        Fact(words.date, sheet.meets_on),
        Fact(words.title, sheet.title),
        Fact(words.decision, sheet.decision),
        Fact(words.contact, Lines(sheet.contact) if sheet.contact else None),
        Fact(words.chief_officer, sheet.chief_officer),
        Fact(words.wards, sheet.wards),
        Fact(words.published, words.part_two if sheet.exempt else words.part_one),
    ]
