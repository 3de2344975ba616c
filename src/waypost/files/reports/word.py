"""A report as a Word file: real headings, named tables, our own styles, and no person in its particulars."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm

from waypost.files.reports.legible import legible, named
from waypost.files.reports.model import (
    Block,
    Facts,
    Group,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Report,
    Table,
    Withheld,
)
from waypost.files.reports.scene import counted
from waypost.files.reports.spreads import spreads
from waypost.files.reports.values import Bullets, OwnWords, Stars, Status
from waypost.files.reports.word_tables import TWIPS_PER_CM, table_element
from waypost.files.reports.word_text import QUIET, add, add_own_words, add_value, paragraph, turn
from waypost.files.reports.words import WORDS, day_in_words

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES = Path(__file__).parent / "word_styles.xml"
_LONG, _SHORT, _MARGIN = 29.7, 21.0, 2.0


def render(report: Report) -> bytes:
    """The whole report as .docx."""
    document = docx.Document()
    _own_styles(document, report)
    _particulars(document, report)
    turned = spreads(report.blocks)
    for number, spread in enumerate(turned):
        section = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        _page(section, spread.landscape)
        _furniture(section, report, first=not number)
        if not number:
            _top(document, report)
        for block in spread.blocks:
            _append(document, *_elements(block, report, _text_width(section)))
    if not turned:
        _page(document.sections[0], landscape=False)
        _furniture(document.sections[0], report, first=True)
        _top(document, report)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _own_styles(document: Document, report: Report) -> None:
    """Our styles in place of the library's, in the report's language."""
    ours = parse_xml(_STYLES.read_bytes())
    for language in ours.iter(qn("w:lang")):
        language.set(qn("w:val"), f"{report.language}-GB")
    styles = document.styles.element
    styles[:] = list(ours)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _particulars(document: Document, report: Report) -> None:
    made = datetime.combine(report.made_on, time(), tzinfo=UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.subject = _one_line(named(report.title)), _one_line(report.subtitle)
    about.author = _one_line(report.author)
    about.language = f"{report.language}-GB"
    about.created = about.modified = made
    about.last_modified_by = about.comments = about.keywords = ""
    package = document.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _one_line(text: str) -> str:
    return " ".join(legible(text).split())[:255]


def _page(section: Section, landscape: bool) -> None:
    wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(wide), Cm(high)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    section.header_distance = section.footer_distance = Cm(1.0)


def _text_width(section: Section) -> float:
    return (_LONG if section.orientation == WD_ORIENT.LANDSCAPE else _SHORT) - 2 * _MARGIN


def _furniture(section: Section, report: Report, *, first: bool) -> None:
    """What stands at the top and foot of each page; the first page has its title already."""
    words = WORDS[report.language]
    edge = _text_width(section)
    section.different_first_page_header_footer = first
    made = f"{report.author} · {words.made_on} {day_in_words(report.made_on, report.language)}"
    headers = [(section.header, report.title)] + ([(section.first_page_header, "")] if first else [])
    for header, title in headers:
        header.is_linked_to_previous = False
        p = _lined("Header", title, edge)
        add(p, report.marking, bold=True)
        header._element[:] = [p]
    for footer in [section.footer] + ([section.first_page_footer] if first else []):
        footer.is_linked_to_previous = False
        p = _lined("Footer", made, edge)
        before, between, after = words.page.split("{}")
        for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            add(p, text)
            if code:
                p.append(_field(code))
        footer._element[:] = [p]


def _lined(style: str, left: str, edge: float) -> CT_P:
    """A line with something at either end."""
    p = paragraph(style)
    tabs = OxmlElement("w:tabs")
    tab = OxmlElement("w:tab")
    tab.set(qn("w:val"), "right")
    tab.set(qn("w:pos"), str(round(edge * TWIPS_PER_CM)))
    tabs.append(tab)
    p.get_or_add_pPr().append(tabs)
    add(p, f"{_one_line(left)}\t")
    return p


def _field(code: str) -> BaseOxmlElement:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    run.text = "1"
    field.append(run)
    return field


def _top(document: Document, report: Report) -> None:
    for style, text in (("Service", report.author), ("Title", named(report.title)), ("Subtitle", report.subtitle)):
        if text:
            _append(document, _plain(style, text))
    if report.filters:
        _append(document, *_facts(Facts(report.filters), report))


def _append(document: Document, *elements: BaseOxmlElement) -> None:
    """Before the body's last child, which is the section it ends with."""
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, element)


def _elements(block: Block, report: Report, width: float) -> list[BaseOxmlElement]:
    match block:
        case Heading():
            return [_plain(f"Heading{block.level}", named(block.text))]
        case Paragraph():
            return [
                _plain("Numbered", f"{block.number}\t{block.text}") if block.number else _plain("Normal", block.text)
            ]
        case Note():
            return [_plain("Note", block.text)]
        case Bullets():
            return [_plain("ListBullet", item) for item in block.items]
        case Facts():
            return _facts(block, report)
        case Table():
            return _table(block, report, width)
        case Withheld():
            return [_withheld(WORDS[report.language].withheld.format(block.what), block.why)]
        case OwnWords():
            p = paragraph("OwnWords")
            add_own_words(p, block, new_line=True)
            return [turn(p, block.words)]
        case Status() | Stars():
            p = paragraph("Normal")
            add_value(p, block, report.language)
            return [p]
        case PageBreak():
            p = paragraph("Normal")
            p.add_r().add_br().type = "page"
            return [p]


def _plain(style: str, text: str) -> CT_P:
    p = paragraph(style)
    add(p, text)
    return turn(p, text)


def _facts(facts: Facts, report: Report) -> list[BaseOxmlElement]:
    made: list[BaseOxmlElement] = []
    for fact in facts.items:
        p = paragraph("Fact")
        add(p, f"{fact.label}\t", bold=True)
        add_value(p, fact.value, report.language)
        made.append(p)
    return made


def _table(table: Table, report: Report, width: float) -> list[BaseOxmlElement]:
    words = WORDS[report.language]
    entries = list(table.entries())
    rows = sum(not isinstance(entry, Group) for entry in entries)
    caption = f"{table.caption} ({counted(rows, table.out_of, words)})"
    if not rows:
        return [_withheld(caption, words.nothing)]
    after = paragraph("Note")
    return [_plain("Caption", caption), table_element(table, entries, report.language, width=width), after]


def _withheld(what: str, why: str) -> CT_P:
    p = paragraph("Withheld")
    add(p, what, bold=True)
    if why:
        p.add_r().add_br()
        add(p, why, ink=QUIET)
    return p
