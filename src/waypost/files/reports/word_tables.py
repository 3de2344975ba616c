"""A table in a Word file: named, its head repeated on every page, rows that stay whole, widths in proportion."""

from __future__ import annotations

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement

from waypost.files.reports.legible import legible
from waypost.files.reports.model import Entry, Group, Kind, Table
from waypost.files.reports.values import Language
from waypost.files.reports.word_text import add, paragraph, paragraphs, turn

_RIGHT = {Kind.NUMBER, Kind.RATE}
TWIPS_PER_CM = 567


def table_element(table: Table, entries: list[Entry], language: Language, *, width: float) -> CT_Tbl:
    """`width` in centimetres is filled; the caption is the table's alternative text too."""
    wanted = sum(column.width for column in table.columns)
    widths = [round(column.width / wanted * width * TWIPS_PER_CM) for column in table.columns]
    tbl = _frame(table.caption, widths)
    head = [
        _cell([_head(column.name, column.kind in _RIGHT)], w) for column, w in zip(table.columns, widths, strict=True)
    ]
    tbl.append(_row(head, is_head=True))
    for entry in entries:
        if isinstance(entry, Group):
            tbl.append(_row([_across(entry, widths)]))
            continue
        sides = zip(entry.cells, table.columns, widths, strict=True)
        tbl.append(_row([_cell(paragraphs(v, language, right=c.kind in _RIGHT), w) for v, c, w in sides]))
    return tbl


def _frame(caption: str, widths: list[int]) -> CT_Tbl:
    tbl: CT_Tbl = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblStyle w:val="ReportTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        "<w:tblCaption/></w:tblPr><w:tblGrid/></w:tbl>"
    )
    tbl.tblPr.find(qn("w:tblCaption")).set(qn("w:val"), " ".join(legible(caption).split()))
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        tbl.tblGrid.append(column)
    return tbl


def _row(cells: list[BaseOxmlElement], *, is_head: bool = False) -> BaseOxmlElement:
    row = OxmlElement("w:tr")
    about = OxmlElement("w:trPr")
    about.append(OxmlElement("w:cantSplit"))
    if is_head:
        about.append(OxmlElement("w:tblHeader"))
    row.append(about)
    row.extend(cells)
    return row


def _cell(content: list[CT_P], width: int, across: int = 1) -> BaseOxmlElement:
    cell = OxmlElement("w:tc")
    about = OxmlElement("w:tcPr")
    size = OxmlElement("w:tcW")
    size.set(qn("w:w"), str(width))
    size.set(qn("w:type"), "dxa")
    about.append(size)
    if across > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(across))
        about.append(span)
    cell.append(about)
    cell.extend(content)
    return cell


def _across(group: Group, widths: list[int]) -> BaseOxmlElement:
    p = paragraph(f"TableGroup{group.level}")
    add(p, group.text)
    return _cell([turn(p, group.text)], sum(widths), len(widths))


def _head(name: str, right: bool) -> CT_P:
    p = paragraph("TableHead", right=right)
    add(p, name)
    return p
