"""A report as plain data for the page: every value already in words, every text cleaned and with its direction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from waypost.files.reports.glyphs import drawn
from waypost.files.reports.legible import legible, named, right_to_left, with_breaks
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
_LETTERS_PER_CM = 6
_WIDEST = 25.7  # centimetres between the margins of an A4 page on its side
_RIGHT = {Kind.NUMBER, Kind.RATE}
_WHOLE_ROW = 24  # lines: a row that is not much higher is not cut by the end of a page
_BODY = 10.0  # centimetres: the longest word that running text is sure to have room for
_LABEL = 4.6


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

    def text(self, text: str, room: float = _BODY) -> Data:
        """`room` in centimetres: a word that would not fit may be broken."""
        return {"words": with_breaks(self.plain(text), int(room * _LETTERS_PER_CM)), "rtl": right_to_left(text)}

    def report(self, report: Report) -> Data:
        made = f"{report.author} · {self.words.made_on} {day_in_words(report.made_on, self.language)}"
        turned: list[Data] = [
            {"landscape": spread.landscape, "blocks": [self.block(block) for block in spread.blocks]}
            for spread in spreads(report.blocks)
        ] or [{"landscape": False, "blocks": []}]
        scene = {
            "title": " ".join(self.plain(named(report.title)).split()),
            "author": " ".join(self.plain(report.author).split()),
            "language": self.language.value,
            "made_on": [report.made_on.year, report.made_on.month, report.made_on.day],
            "heading": self.text(named(report.title)),
            "running": self.text(named(report.title)),
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
                return {"block": "heading", "level": block.level, **self.text(named(block.text))}
            case Paragraph():
                return {"block": "paragraph", "number": self.plain(block.number), **self.text(block.text)}
            case Note():
                return {"block": "note", **self.text(block.text)}
            case Withheld():
                what = self.words.withheld.format(block.what)
                return {"block": "withheld", "what": self.text(what), "why": self.text(block.why)}
            case Facts():
                items = [
                    {"label": self.text(item.label, _LABEL), "value": self.value(item.value)} for item in block.items
                ]
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
        fit = min(1.0, _WIDEST / sum(column.width for column in table.columns))
        rooms = [column.width * fit for column in table.columns]
        return {
            "block": "table",
            "caption": self.text(caption),
            "columns": [
                {"name": self.text(column.name, room), "width": column.width, "right": column.kind in _RIGHT}
                for column, room in zip(table.columns, rooms, strict=True)
            ],
            "rows": [
                {**self.entry(entry, rooms), "heads": _heads(entry, below)}
                for entry, below in zip(entries, [*entries[1:], None], strict=True)
            ],
        }

    def entry(self, entry: Entry, rooms: list[float]) -> Data:
        if isinstance(entry, Group):
            return {"group": True, "level": entry.level, "text": self.text(entry.text)}
        sides = zip(entry.cells, rooms, strict=True)
        whole = all(_lines(in_words(cell, self.language), room) <= _WHOLE_ROW for cell, room in sides)
        cells = [self.value(cell, room) for cell, room in zip(entry.cells, rooms, strict=True)]
        return {"group": False, "whole": whole, "cells": cells}

    def value(self, value: Value, room: float = _BODY) -> list[Data]:
        return [self.part(part, room) for part in parts_of(value)]

    def part(self, part: Simple, room: float) -> Data:
        match part:
            case Status():
                look = LOOKS[part.shape]
                told = {"shape": part.shape.value, "ink": look.ink, "tint": look.tint}
                return {"kind": "status", **told, "word": self.text(part.word, room), "why": self.text(part.why, room)}
            case Stars():
                count = stars_in_words(part, self.language)
                return {"kind": "stars", "drawn": part.drawn, "count": count, "word": self.text(part.word, room)}
            case Bullets():
                return {"kind": "bullets", "items": [self.text(item, room) for item in part.items]}
            case OwnWords():
                return {"kind": "own", **self.own(part, room)}
            case Strong():
                return {"kind": "strong", **self.text(part.text, room)}
            case _:
                return {"kind": "text", **self.text(in_words(part, self.language), room)}

    def own(self, own: OwnWords, room: float = _BODY) -> Data:
        return {"words": self.text(own.words, room), "who": self.text(own.who, room), "language": own.language}


def counted(rows: int, out_of: int | None, words: Words) -> str:
    """ "48", or "12 of 48" where there are more than are shown."""
    return f"{rows:,}" if out_of is None or out_of == rows else words.of.format(f"{rows:,}", f"{out_of:,}")


def _heads(entry: Entry, below: Entry | None) -> bool:
    """Whether a group has something under it; Typst 0.15 panics on a table head straight under one of its level."""
    if not isinstance(entry, Group) or below is None:
        return False
    return not isinstance(below, Group) or below.level > entry.level


def _lines(text: str, room: float) -> int:
    """About how many lines it takes in a column of so many centimetres, rather too many than too few."""
    return sum(1 + int(len(line) / (room * _LETTERS_PER_CM * 0.8)) for line in text.split("\n"))


def _points(letters: set[str]) -> str:
    return ", ".join(f"U+{ord(letter):04X}" for letter in sorted(letters))
