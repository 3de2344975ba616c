"""How one value stands in one Excel cell: its type kept, its text never more than text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook

from waypost.files.reports import flat
from waypost.files.reports.csv_file import neutralised
from waypost.files.reports.excel_sheet import SHORT, Written
from waypost.files.reports.legible import legible
from waypost.files.reports.values import LOOKS, Shape, Status
from waypost.files.reports.words import Words
from waypost.kernel.months import Month

LONGEST_CELL = 32_767  # UTF-16 units: Excel's own limit
_DAY_0 = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_LINE, _TALLEST = 13.0, 409.0  # points; the second is Excel's limit
_EXACT = 10**15  # a whole number beyond it would lose its last figures

_BASE = {
    "font_name": "Arial",
    "font_size": 10,
    "font_color": "#0B0C0C",
    "valign": "top",
    "align": "left",
    "text_wrap": True,
}
_STYLES: dict[str, dict[str, Any]] = {
    "cell": {},
    "said": {},
    "label": {"bold": True},
    "title": {"bold": True, "font_size": 16, "text_wrap": False},
    "heading": {"bold": True, "font_size": 12, "text_wrap": False},
    "head": {"bold": True, "valign": "bottom", "bg_color": "#F3F2F1", "bottom": 2, "bottom_color": "#0B0C0C"},
    "date": {"num_format": "d mmmm yyyy"},
    "month": {"num_format": "mmmm yyyy"},
    "share": {"num_format": "0%", "align": "right"},
    "number": {"num_format": "#,##0.####", "align": "right"},
    "whole": {"num_format": "#,##0", "align": "right"},
    "whole-said": {"num_format": "#,##0"},
    # The shape is shown by the cell's format and is no part of its text, so that filters list the word alone.
    **{
        f"status-{shape}": {
            "num_format": f'"{look.mark} "@',
            "bold": True,
            "font_color": f"#{look.ink}",
            "bg_color": f"#{look.tint}",
        }
        for shape, look in LOOKS.items()
    },
}


def height(cells: Iterable[flat.Cell], widths: Iterable[float]) -> float:
    """Points a row needs for its longest cell, at `widths` in letters; LibreOffice would not find out by itself."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, str):
            lines = max(lines, _lines(cell, width * 1.1))
    return min(_TALLEST, _LINE * lines + 3)


def _lines(text: str, room: float) -> int:
    if "\n" not in text:
        return 1 + int(len(text) / room)
    return sum(1 + int(len(line) / room) for line in text.split("\n"))


class Cells:
    """Puts cells in our styles; one for each workbook."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self._book, self._words = book, words
        self._made: dict[tuple[str, bool], int] = {}

    def of(self, cell: flat.Cell, style: str = "cell") -> Written | None:
        """`style` is for text; a date, a share or a status has its own."""
        match cell:
            case None | "":
                return None
            case str():
                return self._text(cell, style)
            case Status():
                return self._text(cell.word, _status(cell.shape))
            case Month() if cell.first_day >= _FIRST_DAY:
                return _number(cell.first_day), self._style("month")
            case date() if cell >= _FIRST_DAY:
                return _number(cell), self._style("date")
            case Fraction():
                return float(cell), self._style("share")
            case int() if abs(cell) < _EXACT:
                return cell, self._style("whole-said" if style == "said" else "whole")
            case Decimal() if cell.is_finite() and abs(cell) < _EXACT:
                return cell, self._style("number")
            case _:
                return self._text(str(cell), style)

    def _text(self, text: str, style: str) -> Written:
        ready = _fitting_once if len(text) <= SHORT else _fitting
        fitting, quoted = ready(text, self._words.cut_short)
        return fitting, self._style(style, quoted=quoted)

    def _style(self, name: str, *, quoted: bool = False) -> int:
        key = (name, quoted)
        if key not in self._made:
            made = self._book.add_format({**_BASE, **_STYLES[name], "quote_prefix": quoted})
            self._made[key] = made._get_xf_index()
        return self._made[key]


def _fitting(text: str, cut_short: str) -> tuple[str, bool]:
    """The text made legible, or as much of it as a cell holds with a sentence that says so; whether to quote it."""
    fitting = legible(text)
    if len(fitting) > LONGEST_CELL // 2 and len(units := fitting.encode("utf-16-le")) > 2 * LONGEST_CELL:
        room = LONGEST_CELL - len(cut_short)
        fitting = units[: 2 * room].decode("utf-16-le", "ignore") + cut_short
    return fitting, neutralised(fitting) != fitting


_fitting_once = lru_cache(4096)(_fitting)


def _status(shape: Shape) -> str:
    return f"status-{shape}"


def _number(day: date) -> int:
    return (day - _DAY_0).days
