"""Markdown and plain text: headings, lists, and tables set with tabs or pipes, their cells perhaps with HTML inside."""

from __future__ import annotations

import re
from importlib import import_module

from .document import Cell, Contents, Paragraph, Row, Table, Where
from .inline import rows_of, runs_of
from .kinds import decoded
from .lines import fold, lines_of, number_of, paragraph_of, seen, without_bullet

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:-\s*){3,}$|\s*(?:\*\s*){3,}$|\s*(?:_\s*){3,}$")
_UNDERLINE = re.compile(r"\s*(={2,}|-{2,})\s*$")
_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_MARK = re.compile(r"\s*[-*+]\s+")
_EMPTY_MARK = re.compile(r"\s*[-*+]\s*$")
_HTML_TABLE = re.compile(r"\s*<table[\s>]", re.IGNORECASE)
_UNSEEN_BLOCKS = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))


BROKEN: tuple[type[Exception], ...] = ()  # a text that has been decoded can be read, whatever it says


def read(content: bytes) -> Contents:
    """The blocks in order; `where.line` counts the file's lines from 1."""
    reader = _Reader()
    held: list[str] = []  # the lines of an HTML table that is still open
    for line, words in enumerate(_without_unseen(decoded(content)).split("\n"), start=1):
        if held or _HTML_TABLE.match(words):
            held.append(words)
            if "</table>" in words.lower() and _depth(held) <= 0:
                reader.take_html(line - len(held) + 1, "\n".join(held))
                held = []
        else:
            reader.take(line, words)
    if held:
        reader.take_html(line - len(held) + 1, "\n".join(held))
    return Contents(reader.finish())


def _depth(lines: list[str]) -> int:
    """How many HTML tables the lines leave open."""
    text = "\n".join(lines).lower()
    return text.count("<table") - text.count("</table>")


def _without_unseen(text: str) -> str:
    """The text without comments, scripts and styles, its lines still where they were."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for start, end in _UNSEEN_BLOCKS:
        lower = text.lower() if start in text.lower() else ""
        parts, at = [], 0
        while lower and (opens := lower.find(start, at)) >= 0 and (closes := lower.find(end, opens)) >= 0:
            parts += [text[at:opens], "\n" * text.count("\n", opens, closes)]
            at = closes + len(end)
        text = "".join([*parts, text[at:]])
    return text


def _is_pipe_row(content: str) -> bool:
    return content.lstrip().startswith("|") and content.count("|") >= 2


def _pipe_fields(content: str) -> list[str]:
    content = content.strip()
    content = content.removeprefix("|")
    if content.endswith("|") and not content.endswith("\\|"):
        content = content[:-1]
    return [field.replace("\\|", "|") for field in _PIPE.split(content)]


def _is_list_entry(content: str) -> bool:
    """A bullet or number set off by one tab, as word processors write lists into plain text."""
    first, _, rest = content.strip().partition("\t")
    return "\t" not in rest and (without_bullet(f"{first} x") == "x" or number_of(f"{first} x")[1] == "x")


class _Reader:
    """Takes lines one by one; holds the paragraph and the table that are still open."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self.rows: list[Row] = []
        self.tables = 0
        self.kept: list[str] = []  # the open paragraph's lines
        self.began = 0
        self.entry = False  # the open paragraph is a list entry

    def take(self, line: int, content: str) -> None:
        if self._is_tab_row(content):
            self._row(line, content.split("\t"))
        elif _is_pipe_row(content):
            if not (self.rows and _PIPE_RULE.match(content)):
                self._row(line, _pipe_fields(content))
        elif not seen(content).strip() or _FENCE.match(content):
            self._close()
        else:
            self._close_table()
            self._words(line, content)

    def take_html(self, line: int, text: str) -> None:
        self._close()
        html = import_module(".html", __package__)  # most texts hold no such table and need not wait for the library
        try:
            self.blocks += html.read_fragment(text, line=line, tables=self.tables).blocks
        except html.BROKEN:
            self.take(line, fold(text))
        self.tables = sum(isinstance(block, Table) for block in self.blocks)

    def finish(self) -> tuple[Paragraph | Table, ...]:
        self._close()
        return tuple(self.blocks)

    def _is_tab_row(self, content: str) -> bool:
        if "\t" not in content:
            return False
        if self.rows:
            return True
        return "\t" in content.strip() and not _is_list_entry(content)

    def _row(self, line: int, fields: list[str]) -> None:
        self._close_paragraph()
        if not self.rows:
            self.tables += 1
        where = Where(line=line, table=self.tables, row=len(self.rows) + 1)
        cells = tuple(Cell(lines_of(rows_of(field)) if field else (), where=where) for field in fields)
        self.rows.append(Row(cells, where))

    def _words(self, line: int, content: str) -> None:
        if found := _HEADING.match(content):
            self._close_paragraph()
            self._paragraph(found[2], line, level=len(found[1]))
        elif self.kept and (underline := _UNDERLINE.match(content)) and not self.entry and len(self.kept) == 1:
            heading = self.kept.pop()
            self._paragraph(heading, self.began, level=1 if underline[1][0] == "=" else 2)
        elif _RULE.match(content) or _EMPTY_MARK.match(content):
            self._close_paragraph()
        else:
            self._run_on(line, _QUOTE.sub("", content, count=1) if content.lstrip().startswith(">") else content)

    def _run_on(self, line: int, content: str) -> None:
        entry = bool(_MARK.match(content)) or without_bullet(content) is not None
        number = number_of(content)[0]
        starts = entry or (number is not None and (self.entry or number == "1"))
        if starts or not self.kept:
            self._close_paragraph()
            self.began = line
            self.entry = entry or number is not None
        self.kept.append(content)

    def _paragraph(self, content: str, line: int, *, level: int | None = None) -> None:
        bullet = False
        if level is None and (found := _MARK.match(content)):
            content, bullet = content[found.end() :], True
        where = Where(line=line)
        if paragraph := paragraph_of(runs_of(content), level=level, bullet=bullet, where=where):
            self.blocks.append(paragraph)

    def _close_paragraph(self) -> None:
        if self.kept:
            self._paragraph("\n".join(self.kept), self.began)
        self.kept = []
        self.entry = False

    def _close_table(self) -> None:
        if self.rows:
            self.blocks.append(Table(tuple(self.rows), Where(line=self.rows[0].where.line, table=self.tables)))
        self.rows = []

    def _close(self) -> None:
        self._close_paragraph()
        self._close_table()
