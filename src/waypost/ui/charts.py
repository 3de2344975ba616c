"""Charts: dataclasses in, SVG out; no chart code in the page. A line is drawn by vl-convert from a Vega-Lite
specification; bars, which stand on pages that must be quick, are rectangles that the page's template writes.

The SVG carries presentation attributes only, so the content security policy needs no exception for style. Pure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup

from waypost.kernel.words import month
from waypost.ui.listing import Column

INK, QUIET, BLUE, GREY, GRID = "#0b0c0c", "#484949", "#1d70b8", "#767878", "#dcdfe0"
FONT = "-apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
CONFIG = {
    "aria": False,  # the figure around it says in a sentence what the picture shows
    "mark": {"aria": False},
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {"domainColor": GREY, "gridColor": GRID, "labelColor": QUIET, "labelFontSize": 13, "title": None},
    "text": {"fontSize": 13, "color": INK},
}


@dataclass(frozen=True, slots=True)
class Point:
    """A share in a month, with its fraction."""

    on: date
    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole


@dataclass(frozen=True, slots=True)
class Line:
    """A share over months, what it should be, and when the action began that was to move it."""

    title: str
    unit: str
    points: tuple[Point, ...]
    target: int | None = None
    began: date | None = None

    @property
    def columns(self) -> list[Column]:
        return [Column("Month"), Column(self.unit, numeric=True), Column("Share", numeric=True)]

    @property
    def sentence(self) -> str:
        first, last = self.points[0], self.points[-1]
        said = f"Line chart, {month(first.on)} to {month(last.on)}: from {first.percent:.0f}% to {last.percent:.0f}%."
        if self.began:
            said += f" The action began in {month(self.began)}."
        return f"{said} Target {self.target}%." if self.target is not None else said


@dataclass(frozen=True, slots=True)
class Bar:
    """Of one span of days, by its last: what was, of what should have been, and its row in the table."""

    until: date
    part: int
    whole: int
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """In pixels, from the left and from the foot: how high what was stands, and how high it should."""

    x: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Bars:
    """What was beside what should have been, span by span; `span` and `heads` head its table."""

    title: str
    span: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    sentence: str
    high: int = 64
    step: int = 20

    @property
    def columns(self) -> list[Column]:
        return [Column(self.span), *(Column(head, numeric=True) for head in self.heads)]

    @property
    def width(self) -> int:
        return self.step * len(self.bars)

    def drawn(self) -> list[Drawn]:
        most = max((max(bar.part, bar.whole) for bar in self.bars), default=0) or 1
        return [
            Drawn(self.step * number, round(self.high * bar.part / most), round(self.high * bar.whole / most))
            for number, bar in enumerate(self.bars)
        ]


@lru_cache(maxsize=256)
def svg(line: Line, width: int) -> Markup:
    """The same line again costs nothing; a new one some 40 ms."""
    return Markup(vl_convert.vegalite_to_svg(json.dumps(_spec(line, width)), vl_version="6.4"))


def _spec(line: Line, width: int) -> dict[str, Any]:
    rows = [{"on": point.on.isoformat(), "share": point.percent} for point in line.points]
    began = line.began.isoformat() if line.began else ""
    before = [row for row in rows if str(row["on"]) <= began]
    since = [row for row in rows if str(row["on"]) >= began]
    layers = [
        *_series(before, GREY, hollow=True),
        *_series(since, BLUE, hollow=False),
        *([_target(line.target)] if line.target is not None else []),
        *([_began(began)] if began else []),
        _label(rows[-1]),
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": 200,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "right": 10, "top": 4, "bottom": 4},
        "config": CONFIG,
        "layer": layers,
    }


ON = {
    "field": "on",
    "type": "temporal",
    "scale": {"padding": 8},
    "axis": {"format": "%b %Y", "grid": False, "tickCount": 3, "labelFlush": True},
}
SHARE = {
    "field": "share",
    "type": "quantitative",
    "scale": {"domain": [0, 100]},
    "axis": {
        "values": [0, 50, 100],
        "labelExpr": "datum.value + '%'",
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
    },
}


def _series(rows: list[dict[str, Any]], colour: str, *, hollow: bool) -> list[dict[str, Any]]:
    if not rows:
        return []
    encoding = {"x": ON, "y": SHARE}
    fill = {"filled": not hollow, "fill": "white" if hollow else colour}
    return [
        {"data": {"values": rows}, "mark": {"type": "line", "color": colour, "strokeWidth": 2.5}, "encoding": encoding},
        {
            "data": {"values": rows},
            "mark": {"type": "point", "color": colour, "size": 45, "opacity": 1, **fill},
            "encoding": encoding,
        },
    ]


def _target(target: int) -> dict[str, Any]:
    data = {"values": [{"share": target, "words": f"Target {target}%"}]}
    right = {"value": "width"}
    return {
        "data": data,
        "encoding": {"y": SHARE},
        "layer": [
            {"mark": {"type": "rule", "color": INK, "strokeDash": [5, 4]}},
            {
                "mark": {"type": "text", "align": "right", "baseline": "bottom", "dy": -3},
                "encoding": {"x": right, "text": {"field": "words"}},
            },
        ],
    }


def _began(on: str) -> dict[str, Any]:
    return {
        "data": {"values": [{"on": on, "words": "Action began"}]},
        "encoding": {"x": ON},
        "layer": [
            {"mark": {"type": "rule", "color": INK}},
            {
                "mark": {"type": "text", "align": "left", "baseline": "top", "dx": 6},
                "encoding": {"y": {"value": 0}, "text": {"field": "words"}},
            },
        ],
    }


def _label(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [row | {"words": f"{row['share']:.0f}%"}]},
        "mark": {"type": "text", "fontWeight": "bold", "align": "right", "baseline": "top", "dy": 11},
        "encoding": {"x": ON, "y": SHARE, "text": {"field": "words"}},
    }
