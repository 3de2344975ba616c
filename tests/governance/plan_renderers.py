"""Tables of a made-up plan drawn as Word, PDF, HTML, Markdown, Excel and CSV, as people and programs write them."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import typst
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell

from tests.governance.plan_writer import Box, Rows, Sheet, Style

FORMATS = {
    "word": ".docx",
    "pdf": ".pdf",
    "html": ".html",
    "markdown tabs": ".txt",
    "markdown pipes": ".md",
    "excel": ".xlsx",
    "csv": ".csv",
}
WITHOUT_COLOUR = {"markdown tabs", "markdown pipes", "csv"}
BEFORE = ("Improvement plan", "This plan was agreed by the board. It is read at every meeting.")
CONTACTS = (
    ("Name", "Role", "Telephone"),
    ("A. Person", "Clerk", "01632 960 001"),
    ("B. Person", "Typist", "01632 960 002"),
)
WORDS_USED = (("Term", "Meaning"), ("Review", "Looking again"), ("Action", "A thing to be done"))
AFTER = "Printed by the council."


def draw(sheets: list[Sheet], style: Style, kind: str) -> bytes:
    drawn = {
        "word": _word,
        "pdf": _pdf,
        "html": _html,
        "markdown tabs": _tabs,
        "markdown pipes": _pipes,
        "excel": _excel,
        "csv": _csv,
    }[kind](sheets, style)
    return drawn if isinstance(drawn, bytes) else drawn.encode()


def _placed(rows: Rows) -> Iterator[tuple[int, int, Box]]:
    """(row, column, box) with merged cells counted where they reach."""
    for at, row in enumerate(rows):
        column = 0
        for box in row:
            if box is not None:
                yield at, column, box
            column += 1 if box is None else box.across


def _width(rows: Rows) -> int:
    return max(sum(1 if box is None else box.across for box in row) for row in rows)


def _flat(rows: Rows) -> list[list[Box]]:
    """Rows of a format that cannot merge: what is merged is written once, and blank after."""
    flat = [[Box()] * _width(rows) for _ in rows]
    for at, column, box in _placed(rows):
        flat[at][column] = box
    return flat


def _typed(box: Box) -> str:
    return "\n".join(f"• {line.words}" if line.bullet else line.words for line in box.lines)


# Word


def _word(sheets: list[Sheet], style: Style) -> bytes:
    word = docx.Document()
    if style.around:
        word.add_heading(BEFORE[0], level=1)
        word.add_paragraph(BEFORE[1])
        _word_small(word, CONTACTS)
        word.add_paragraph()
    for sheet in sheets:
        word.add_heading(sheet.title, level=2) if sheet.title else word.add_paragraph()
        _word_table(word, sheet.rows)
    if style.around:
        word.add_paragraph(AFTER)
        _word_small(word, WORDS_USED)
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _word_small(word: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, target in zip(rows, table.rows, strict=True):
        for words, cell in zip(row, target.cells, strict=True):
            cell.text = words


def _word_table(word: Any, rows: Rows) -> None:
    table = word.add_table(rows=len(rows), cols=_width(rows), style="Table Grid")
    grid = [row.cells for row in table.rows]
    for at, column, box in _placed(rows):
        cell = grid[at][column]
        if box.across > 1 or box.down > 1:
            cell = cell.merge(grid[at + box.down - 1][column + box.across - 1])
        _word_cell(cell, box)


def _word_cell(cell: _Cell, box: Box) -> None:
    for number, line in enumerate(box.lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if line.bullet:
            paragraph.style = "List Bullet"
        for words, bold in line.runs:
            paragraph.add_run(words).bold = bold
    if box.fill:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), box.fill)
        cell._tc.get_or_add_tcPr().append(shading)


# PDF


def _pdf(sheets: list[Sheet], style: Style) -> bytes:
    parts = [
        '#set page(paper: "a4", flipped: true, margin: 1.2cm)',
        '#set text(size: 7pt, lang: "en")',
        "#set par(spacing: 2.4em)",
    ]
    if style.around:
        parts += [f"= #{_literal(BEFORE[0])}", f"#{_literal(BEFORE[1])}", _typst_small(CONTACTS)]
    for sheet in sheets:
        parts += [f"== #{_literal(sheet.title)}"] if sheet.title else []
        parts.append(_typst_table(sheet.rows))
    if style.around:
        parts += [f"#{_literal(AFTER)}", _typst_small(WORDS_USED)]
    return typst.compile("\n\n".join(parts).encode())


def _literal(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'text("{escaped}")'


def _typst_small(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ", ".join(f"[#{_literal(words)}]" for row in rows for words in row)
    return f"#table(columns: {len(rows[0])}, {cells})"


def _typst_table(rows: Rows) -> str:
    cells = [_typst_cell(box) for row in rows[1:] for box in row if box is not None]
    heading = ", ".join(_typst_cell(box) for box in rows[0] if box is not None)
    widths = ", ".join(f"{width}fr" for width in _widths(rows))
    return f"#table(columns: ({widths}), table.header({heading}), {', '.join(cells)})"


def _widths(rows: Rows) -> list[int]:
    """Wide enough for the longest word of each column, and wider where there is much to say."""
    widths = [4] * _width(rows)
    for _, column, box in _placed(rows):
        if box.across == 1:
            longest = max((len(word) for word in box.words.split()), default=0)
            widths[column] = max(widths[column], longest + 2, min(24, len(box.words) // 5))
    return widths


def _typst_cell(box: Box) -> str:
    fill = f'fill: rgb("{box.fill}"), ' if box.fill else ""
    lines = []
    for line in box.lines:
        words = "".join(f"#strong({_literal(w)})" if bold else f"#{_literal(w)}" for w, bold in line.runs)
        lines.append(f"#list([{words}])" if line.bullet else words)
    # Each line is a paragraph of its own: lines broken without more room between look like one line that ran on.
    body = "".join(line if line.startswith("#list") else f"{line}#parbreak()" for line in lines)
    return f"table.cell({fill}colspan: {box.across}, rowspan: {box.down})[{body}]"


# HTML and Markdown


def _html(sheets: list[Sheet], style: Style) -> str:
    parts = [f"<h1>{BEFORE[0]}</h1><p>{BEFORE[1]}</p>{_html_small(CONTACTS)}"] if style.around else []
    for sheet in sheets:
        parts += [f"<h2>{html.escape(sheet.title)}</h2>"] if sheet.title else []
        rows = "\n".join(
            "<tr>" + "".join(_html_cell(box, at == 0) for box in row if box is not None) + "</tr>"
            for at, row in enumerate(sheet.rows)
        )
        parts.append(f"<table>\n{rows}\n</table>")
    parts += [f"<p>{AFTER}</p>{_html_small(WORDS_USED)}"] if style.around else []
    return "<!doctype html>\n<html lang='en'><meta charset='utf-8'><title>x</title><body>" + "\n".join(parts)


def _html_small(rows: tuple[tuple[str, ...], ...]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{w}</td>" for w in row) + "</tr>" for row in rows) + "</table>"


def _html_cell(box: Box, heading: bool) -> str:
    tag = "th" if heading else "td"
    spans = (f' colspan="{box.across}"' if box.across > 1 else "") + (f' rowspan="{box.down}"' if box.down > 1 else "")
    fill = f' style="background-color: #{box.fill}"' if box.fill else ""
    return f"<{tag}{spans}{fill}>{_marked_up(box, html.escape)}</{tag}>"


def _marked_up(box: Box, escape: Any) -> str:
    parts, items = [], []
    for line in box.lines:
        words = "".join(f"<b>{escape(w)}</b>" if bold else escape(w) for w, bold in line.runs)
        (items if line.bullet else parts).append(f"<li>{words}</li>" if line.bullet else words)
    return "<br>".join(parts) + (f"<ul>{''.join(items)}</ul>" if items else "")


def _escaped(words: str) -> str:
    """As a careful converter writes words into Markdown: marks by a backslash, angle brackets as entities."""
    marked = re.sub(r"([\\*_`\[\]])", r"\\\1", words)
    return html.escape(marked, quote=False)


def _tabs(sheets: list[Sheet], style: Style) -> str:
    parts = [f"# {BEFORE[0]}", BEFORE[1], *("\t".join(row) for row in CONTACTS), ""] if style.around else []
    for sheet in sheets:
        parts += [f"## {_escaped(sheet.title)}", ""] if sheet.title else []
        parts += ["\t".join(_marked_up(box, _escaped) for box in row) for row in _flat(sheet.rows)]
        parts.append("")
    parts += [AFTER, "", *("\t".join(row) for row in WORDS_USED)] if style.around else []
    return "\n".join(parts) + "\n"


def _pipes(sheets: list[Sheet], style: Style) -> str:
    parts = [f"# {BEFORE[0]}", "", BEFORE[1], "", *_pipe_rows([list(row) for row in CONTACTS])] if style.around else []
    for sheet in sheets:
        parts += [f"## {_escaped(sheet.title)}", ""] if sheet.title else []
        parts += _pipe_rows([[_marked_up(box, _escaped) for box in row] for row in _flat(sheet.rows)])
    parts += [AFTER, "", *_pipe_rows([list(row) for row in WORDS_USED])] if style.around else []
    return "\n".join(parts) + "\n"


def _pipe_rows(rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(words.replace("|", "\\|") for words in row) + " |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:], ""]


# Excel and CSV


def _excel(sheets: list[Sheet], style: Style) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("Plan")
        top = 0
        if style.around:
            page.write_string(0, 0, BEFORE[0])
            page.write_string(1, 0, BEFORE[1])
            top = 3
        for sheet in sheets:
            if sheet.title:
                page.write_string(top, 0, sheet.title, book.add_format({"bold": True}))
                top += 1
            _excel_table(book, page, sheet.rows, top, style)
            top += len(sheet.rows) + 1
        if style.around:
            other = book.add_worksheet("Contacts")
            for at, row in enumerate(CONTACTS):
                other.write_row(at, 0, row)
    return content.getvalue()


def _excel_table(book: Any, page: Any, rows: Rows, top: int, style: Style) -> None:
    for at, column, box in _placed(rows):
        look = {"text_wrap": True, "bold": bool(box.lines) and all(bold for line in box.lines for _, bold in line.runs)}
        if box.fill:
            look["bg_color"] = f"#{box.fill}"
        place = (top + at, column)
        real = {"May 2025": "mmmm yyyy", "May-25": "mmm-yy"}.get(style.months)
        if box.across > 1 or box.down > 1:
            corner = (place[0] + box.down - 1, place[1] + box.across - 1)
            page.merge_range(*place, *corner, _typed(box), book.add_format(look))
        elif box.month and real:
            year, month = map(int, box.month.split("-"))
            page.write_datetime(*place, date(year, month, 1), book.add_format(look | {"num_format": real}))
        elif box.lines:
            page.write_string(*place, _typed(box), book.add_format(look))
        else:
            page.write_blank(*place, None, book.add_format(look))


def _csv(sheets: list[Sheet], style: Style) -> bytes:
    content = io.StringIO()
    writer = csv.writer(content)
    width = _width(sheets[0].rows)  # spreadsheets write every row as wide as the widest
    if style.around:
        writer.writerows([words, *[""] * (width - 1)] for words in (*BEFORE, ""))
    for sheet in sheets:
        writer.writerows([[sheet.title, *[""] * (width - 1)]] if sheet.title else [])
        writer.writerows([[_typed(box) for box in row] for row in _flat(sheet.rows)])
        writer.writerow([""] * width)
    if style.around:
        writer.writerow([AFTER, *[""] * (width - 1)])
    return content.getvalue().encode("utf-8-sig")
