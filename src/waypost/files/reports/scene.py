"""A report as plain data for the page: every value already in words, every text cleaned and with its direction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from waypost.files.reports.glyphs import drawn
from waypost.files.reports.legible import legible, right_to_left, with_breaks
from waypost.files.reports.model import (
    Block,
    Entry,
    Facts,
    Group,
    Heading,
    Kind,
    Note,
    PageBreak,
    Paragraph,
    Report,
    Table,
    Withheld,
)
from waypost.files.reports.spreads import spreads
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
from waypost.files.reports.words import WORDS, Words, day_in_words, in_words, stars_in_words

Data = dict[str, Any]
_WHOLE_ROW = 700  # letters: a row up to about this long is not cut by the end of a page


def scene_of(report: Report) -> Data:
    """All that `report.typ` needs."""
    return _Scene(report.language).report(report)


@dataclass
class _Scene:
    language: Language
    undrawn: set[str] = field(default_factory=set)

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    def plain(self, text: str) -> str:
        return drawn(legible(text), self.undrawn)

    def text(self, text: str) -> Data:
        return {"words": with_breaks(self.plain(text)), "rtl": right_to_left(text)}

    def report(self, report: Report) -> Data:
        made = f"{report.author} · {self.words.made_on} {day_in_words(report.made_on, self.language)}"
        turned: list[Data] = [
            {"landscape": spread.landscape, "blocks": [self.block(block) for block in spread.blocks]}
            for spread in spreads(report.blocks)
        ] or [{"landscape": False, "blocks": []}]
        scene = {
            "title": " ".join(self.plain(report.title).split()),
            "author": " ".join(self.plain(report.author).split()),
            "language": self.language.value,
            "made_on": [report.made_on.year, report.made_on.month, report.made_on.day],
            "heading": self.text(report.title),
            "running": self.text(report.title),
            "service": self.text(report.author),
            "subtitle": self.text(report.subtitle),
            "marking": self.text(report.marking),
            "made": self.text(made),
            "page": self.words.page.split("{}"),
            "spreads": turned,
        }
        if report.filters:
            turned[0]["blocks"].insert(0, self.block(Facts(report.filters)))
        if self.undrawn:
            turned[-1]["blocks"].append(self.block(Note(self.words.not_drawn.format(_points(self.undrawn)))))
        return scene

    def block(self, block: Block) -> Data:
        match block:
            case Heading():
                return {"block": "heading", "level": block.level, **self.text(block.text)}
            case Paragraph():
                return {"block": "paragraph", "number": self.plain(block.number), **self.text(block.text)}
            case Note():
                return {"block": "note", **self.text(block.text)}
            case Withheld():
                what = self.words.withheld.format(block.what)
                return {"block": "withheld", "what": self.text(what), "why": self.text(block.why)}
            case Facts():
                items = [{"label": self.text(item.label), "value": self.value(item.value)} for item in block.items]
                return {"block": "facts", "items": items}
            case Table():
                return self.table(block)
            case OwnWords():
                return {"block": "own", **self.own(block)}
            case PageBreak():
                return {"block": "new-page"}
            case Bullets() | Status() | Stars():
                return {"block": "value", "parts": self.value(block)}

    def table(self, table: Table) -> Data:
        entries = list(table.entries())
        rows = sum(not isinstance(entry, Group) for entry in entries)
        caption = f"{table.caption} ({counted(rows, table.out_of, self.words)})"
        if not rows:
            return {"block": "withheld", "what": self.text(caption), "why": self.text(self.words.nothing)}
        right = {Kind.NUMBER, Kind.RATE}
        columns = [{"name": self.text(c.name), "width": c.width, "right": c.kind in right} for c in table.columns]
        return {
            "block": "table",
            "caption": self.text(caption),
            "columns": columns,
            "rows": [self.entry(entry) for entry in entries],
        }

    def entry(self, entry: Entry) -> Data:
        if isinstance(entry, Group):
            return {"group": True, "level": entry.level, "text": self.text(entry.text)}
        length = max((len(in_words(cell, self.language)) for cell in entry.cells), default=0)
        return {"group": False, "whole": length <= _WHOLE_ROW, "cells": [self.value(cell) for cell in entry.cells]}

    def value(self, value: Value) -> list[Data]:
        return [self.part(part) for part in parts_of(value)]

    def part(self, part: Simple) -> Data:
        match part:
            case Status():
                look = LOOKS[part.shape]
                told = {"shape": part.shape.value, "ink": look.ink, "tint": look.tint}
                return {"kind": "status", **told, "word": self.text(part.word), "why": self.text(part.why)}
            case Stars():
                count = stars_in_words(part, self.language)
                return {"kind": "stars", "drawn": part.drawn, "count": count, "word": self.text(part.word)}
            case Bullets():
                return {"kind": "bullets", "items": [self.text(item) for item in part.items]}
            case OwnWords():
                return {"kind": "own", **self.own(part)}
            case Strong():
                return {"kind": "strong", **self.text(part.text)}
            case _:
                return {"kind": "text", **self.text(in_words(part, self.language))}

    def own(self, own: OwnWords) -> Data:
        return {"words": self.text(own.words), "who": self.text(own.who), "language": own.language}


def counted(rows: int, out_of: int | None, words: Words) -> str:
    """ "48", or "12 of 48" where there are more than are shown."""
    return f"{rows:,}" if out_of is None or out_of == rows else words.of.format(f"{rows:,}", f"{out_of:,}")


def _points(letters: set[str]) -> str:
    return ", ".join(f"U+{ord(letter):04X}" for letter in sorted(letters))
