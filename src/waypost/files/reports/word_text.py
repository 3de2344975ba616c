"""Paragraphs and runs of a Word file: text cleaned, direction and language marked, a status told by shape and word."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement

from waypost.files.reports.legible import legible, right_to_left
from waypost.files.reports.values import (
    LOOKS,
    Bullets,
    Language,
    OwnWords,
    Simple,
    Stars,
    Status,
    Strong,
    Value,
    parts_of,
)
from waypost.files.reports.words import in_words, stars_in_words

SERIF = "Georgia"
QUIET = "484949"


def paragraph(style: str, *, right: bool = False) -> CT_P:
    """An empty paragraph in the style of that id."""
    p: CT_P = OxmlElement("w:p")
    p.style = style
    if right:
        _put(p.get_or_add_pPr(), "w:jc", "right")
    return p


def add(
    p: CT_P,
    text: str,
    *,
    bold: bool = False,
    ink: str = "",
    tint: str = "",
    font: str = "",
    language: Language | None = None,
) -> CT_R:
    """One run at the end of the paragraph; a line feed in the text is a line end, a tab a tab."""
    run = p.add_r()
    clean = legible(text)
    look = run.get_or_add_rPr()
    if font:
        fonts = OxmlElement("w:rFonts")
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), font)
        look.append(fonts)
    if bold:
        look.append(OxmlElement("w:b"))
        look.append(OxmlElement("w:bCs"))
    if ink:
        _put(look, "w:color", ink.upper())
    if tint:
        _put(look, "w:shd", "clear").set(qn("w:fill"), tint.upper())
    if right_to_left(clean):
        look.append(OxmlElement("w:rtl"))
    if language is not None:
        _put(look, "w:lang", f"{language}-GB")
    run.text = clean
    return run


def turn(p: CT_P, text: str) -> CT_P:
    """Lets a paragraph run from right to left where its text begins so; it keeps its place at the left of a cell."""
    if right_to_left(text):
        about = p.get_or_add_pPr()
        about.insert_element_before(OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr")
        if about.find(qn("w:jc")) is None and p.style in {"TableText", "TableBullet"}:
            _put(about, "w:jc", "right")
    return p


def paragraphs(value: Value, language: Language, *, right: bool = False) -> list[CT_P]:
    """A table cell's content: at least one paragraph, as Word requires."""
    made = [p for part in parts_of(value) for p in _paragraphs(part, language, right)]
    return made or [paragraph("TableText")]


def add_value(p: CT_P, value: Value, language: Language) -> None:
    """The value within a paragraph, its parts on lines of their own."""
    for number, part in enumerate(parts_of(value)):
        if number:
            p.add_r().add_br()
        _add_part(p, part, language)


def add_own_words(p: CT_P, own: OwnWords, *, new_line: bool = False) -> None:
    """The only serif."""
    add(p, f"“{own.words}”", font=SERIF, language=own.language)
    if own.who:
        if new_line:
            p.add_r().add_br()
        add(p, own.who if new_line else f" {own.who}", ink=QUIET)


def _paragraphs(part: Simple, language: Language, right: bool) -> list[CT_P]:
    if isinstance(part, Bullets):
        return [_said("TableBullet", item) for item in part.items]
    if isinstance(part, str):
        return [_said("TableText", part, right=right)]
    p = paragraph("TableText", right=right)
    _add_part(p, part, language)
    return [p]


def _said(style: str, text: str, *, right: bool = False) -> CT_P:
    p = paragraph(style, right=right)
    add(p, text)
    return turn(p, text)


def _add_part(p: CT_P, part: Simple, language: Language) -> None:
    match part:
        case Status():
            look = LOOKS[part.shape]
            add(p, f"\u00a0{look.mark} ", bold=True, ink=look.ink, tint=look.tint)
            add(p, f"{part.word}\u00a0", bold=True, ink=look.ink, tint=look.tint)
            if part.why:
                p.add_r().add_br()
                add(p, part.why)
        case Stars():
            add(p, f"{part.drawn} ")
            add(p, stars_in_words(part, language), ink=QUIET)
            if part.word:
                p.add_r().add_br()
                add(p, part.word, bold=True)
        case Strong():
            add(p, part.text, bold=True)
        case OwnWords():
            add_own_words(p, part)
        case _:
            add(p, in_words(part, language))


def _put(parent: BaseOxmlElement, tag: str, value: str) -> BaseOxmlElement:
    child: BaseOxmlElement = OxmlElement(tag)
    child.set(qn("w:val"), value)
    parent.append(child)
    return child
