"""Markdown emphasis and the few HTML tags people set inside Markdown cells, into runs of text."""

from __future__ import annotations

import html
import re

from .lines import Run

_BOLD = {"b", "strong"}
_ITALIC = {"i", "em", "cite"}
_BREAKS = {"br", "p", "div", "ul", "ol", "tr", "td", "th", "table", "hr"}
_PLAIN = {"u", "a", "span", "sup", "sub", "font", "small", "big", "mark", "s", "del", "ins", "code", "tt", "strike"}
_KNOWN = _BOLD | _ITALIC | _BREAKS | _PLAIN | {"li", "img", "input"}
_VOID = {"br", "hr", "img", "input"}

_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*\)")
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>[\s/][^<>]*)?>"
    r"|<(?P<address>(?:https?://|mailto:)[^\s<>]+)>"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<stars>\*{1,3}(?!\*))"
    r"|(?P<underscores>(?<![\w_])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![\w_]))"
)
_HIDDEN = re.compile(r"\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _flanks(text: str, found: re.Match[str]) -> tuple[bool, bool]:
    """Whether a mark can open, and whether it can close, by what stands beside it."""
    before = text[found.start() - 1 : found.start()]
    after = text[found.end() : found.end() + 1]
    return bool(after.strip()), bool(before.strip())


def _paired(text: str, tokens: list[re.Match[str]]) -> dict[int, str]:
    """For each mark by its place in `tokens`: "open" or "close"; a mark without a partner has no entry."""
    roles: dict[int, str] = {}
    waiting: dict[str, int] = {}
    for place, token in enumerate(tokens):
        mark = token["stars"] or token["underscores"]
        if not mark:
            continue
        opens, closes = _flanks(text, token)
        if closes and mark in waiting:
            roles[waiting.pop(mark)] = "open"
            roles[place] = "close"
        elif opens:
            waiting[mark] = place
    return roles


class _Writer:
    """Collects runs into lines while tags and marks open and close."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[Run], bool]] = []
        self.runs: list[Run] = []
        self.bullet = False
        self.bold = 0
        self.italic = 0
        self.hidden = 0

    def write(self, text: str) -> None:
        if text and not self.hidden:
            self.runs.append(Run(html.unescape(text), self.bold > 0, self.italic > 0))

    def break_line(self) -> None:
        if any(run.text.strip() for run in self.runs):
            self.rows.append((self.runs, self.bullet))
            self.bullet = False
        self.runs = []

    def mark(self, mark: str, role: str | None) -> None:
        if role is None:
            # A lone * is a star; a lone ** is markup left over, which nobody means to be read.
            self.write(mark if len(mark) == 1 else "")
            return
        step = 1 if role == "open" else -1
        self.bold += step * (len(mark) >= 2)
        self.italic += step * (len(mark) != 2)

    def tag(self, name: str, *, closes: bool, attributes: str) -> None:
        if self.hidden or (not closes and name not in _VOID and _HIDDEN.search(attributes)):
            if name not in _VOID:
                self.hidden = max(0, self.hidden + (-1 if closes else 1))
            return
        step = -1 if closes else 1
        if name in _BOLD:
            self.bold = max(0, self.bold + step)
        elif name in _ITALIC:
            self.italic = max(0, self.italic + step)
        elif name == "li":
            self.break_line()
            self.bullet = not closes
        elif name in _BREAKS:
            self.break_line()


def rows_of(text: str) -> list[tuple[list[Run], bool]]:
    """The lines of a cell or paragraph as (runs, is a list item)."""
    text = _LINK.sub(lambda m: "" if m[1] else m[2], text)
    tokens = list(_TOKEN.finditer(text))
    roles = _paired(text, tokens)
    writer = _Writer()
    end = 0
    for place, token in enumerate(tokens):
        writer.write(text[end : token.start()])
        end = token.end()
        if mark := token["stars"] or token["underscores"]:
            writer.mark(mark, roles.get(place))
        elif token["escaped"] or token["address"]:
            writer.write(token["escaped"] or token["address"])
        elif (name := token["tag"].lower()) in _KNOWN:
            writer.tag(name, closes=bool(token["close"]), attributes=token["attributes"] or "")
        else:
            writer.write(token.group())
    writer.write(text[end:])
    writer.break_line()
    return writer.rows


def runs_of(text: str) -> list[Run]:
    """The same as one line: breaks become spaces."""
    runs: list[Run] = []
    for row, _ in rows_of(text):
        runs += [*row, Run(" ")]
    return runs[:-1]
