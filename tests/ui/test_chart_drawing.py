"""A chart: one specification, drawn without style, saying in a sentence what it shows, with its figures as a table."""

from __future__ import annotations

import re
from datetime import date

import lxml.html
import pytest
from django.template import engines
from lxml import etree

from waypost.ui.charts import Bar, Bars, Line, Point, svg

POINTS = tuple(Point(date(2025, month, 1), part, 25) for month, part in ((10, 11), (11, 12), (12, 17)))
LINE = Line("Plans & <i>objectives</i>", "Plans", POINTS, target=80, began=date(2025, 11, 1))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            LINE,
            "Line chart, October 2025 to December 2025: from 44% to 68%. The action began in November 2025. Target 80%.",
        ),
        (Line("Plans", "Plans", POINTS), "Line chart, October 2025 to December 2025: from 44% to 68%."),
        (
            Line("Plans", "Plans", POINTS, target=0),
            "Line chart, October 2025 to December 2025: from 44% to 68%. Target 0%.",
        ),
    ],
)
def test_it_says_what_it_shows(line, sentence):
    assert line.sentence == sentence


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        Line("a", "b", POINTS),
        Line("a", "b", POINTS[:1], target=5),
        Line("a", "b", POINTS, began=date(2020, 1, 1)),
    ],
)
@pytest.mark.parametrize("width", [250, 500])
def test_it_is_drawn_without_style_or_script_and_within_its_width(line, width):
    drawn = etree.fromstring(svg(line, width).encode())
    names = {name for element in drawn.iter() for name in element.attrib}
    tags = {etree.QName(element).localname for element in drawn.iter()}
    assert "style" not in names
    assert not any(name.startswith("on") for name in names)
    assert tags <= {"svg", "g", "path", "rect", "line", "text", "defs", "clipPath"}
    assert float(drawn.get("width")) <= width


def test_each_month_is_a_dot_and_the_target_is_named():
    text = svg(LINE, 500)
    assert re.findall(r">(Target 80%|Action began|68%)<", text) == ["Target 80%", "Action began", "68%"]
    symbols = etree.fromstring(text.encode()).xpath("//*[contains(@class, 'mark-symbol')]/*")
    assert len(symbols) == len(POINTS) + 1  # the month in which the action began ends one series and starts the other


def test_its_figures_are_a_table_and_its_words_are_escaped():
    source = '{% from "ui/chart.html" import chart %}{{ chart(line) }}'
    page = lxml.html.fromstring(f"<div>{engines['jinja2'].from_string(source).render({'line': LINE})}</div>")
    assert page.xpath("//caption")[0].text_content() == "Plans & <i>objectives</i>"
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows[-1] == ["December 2025", "17 of 25", "68%"]
    assert page.xpath("//*[@role='img']/@aria-label") == [LINE.sentence] * 2


BARS = Bars(
    "Contacts & <i>calls</i>",
    "Four weeks to",
    ("Expected", "Kept"),
    (Bar(date(2026, 2, 1), 3, 4, (4, 3)), Bar(date(2026, 3, 1), 8, 4, (4, 8)), Bar(date(2026, 3, 29), 0, 0, (0, 0))),
    "Three of four, then more.",
)


def test_bars_stand_to_scale_within_their_height():
    assert [(one.x, one.part, one.whole) for one in BARS.drawn()] == [(0, 24, 32), (20, 64, 32), (40, 0, 0)]
    assert BARS.width == 60


def test_bars_of_nothing_are_flat():
    assert Bars("a", "b", (), (Bar(date(2026, 2, 1), 0, 0, ()),), "").drawn()[0].part == 0


def test_bars_have_their_sentence_and_their_table():
    source = '{% from "ui/chart.html" import bars %}{{ bars(it, filled="Kept", outlined="Expected") }}'
    page = lxml.html.fromstring(f"<div>{engines['jinja2'].from_string(source).render({'it': BARS})}</div>")
    assert page.xpath("//caption")[0].text_content() == BARS.title
    assert page.xpath("//figure/p")[0].text_content() == BARS.sentence
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows[0] == ["1 February 2026", "4", "3"]
    assert len(page.xpath("//*[@role='img']/*")) == 2 * len(BARS.bars)
