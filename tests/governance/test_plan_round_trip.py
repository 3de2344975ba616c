"""What is written in a plan is what is read from it, whatever the format and whoever set it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.governance.plan_renderers import FORMATS, WITHOUT_COLOUR, draw
from tests.governance.plan_strategies import KNOWN, STYLES, plans
from tests.governance.plan_writer import Plan, Style, expected, sheets
from waypost.files.reading import read_document
from waypost.governance.improvement.reading import read_plan


def read_back(plan: Plan, style: Style, kind: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / f"plan{FORMATS[kind]}"
    path.write_bytes(draw(sheets(plan, style), style, kind))
    reading = read_plan(read_document(path))
    texts = {each.number: (each.text, each.area) for each in reading.recommendations}
    return [
        _folded(
            kind,
            {
                "ref": action.ref,
                "recommendation": texts[action.recommendation][0],
                "area": texts[action.recommendation][1],
                "text": action.text,
                "outcome": action.outcome,
                "leads": [(lead.name, lead.role) for lead in action.leads],
                "start": _month(action.start),
                "finish": "ongoing" if action.finish.ongoing else _month(action.finish),
                "review": _month(action.review) or action.review.cadence,
                "progress": list(action.progress),
                "rag": action.rag,
            },
        )
        for action in reading.actions
    ]


def _month(when: Any) -> str | None:
    return str(when.month) if when.month else None


def _folded(kind: str, value: Any) -> Any:
    """White space is not compared, nor whether an area's name was printed in capitals.

    A page broken into lines does not say whether a space stood where a line was broken: "mm/" and "yy)".
    """
    if isinstance(value, str):
        return ("" if kind == "pdf" else " ").join(value.split())
    if isinstance(value, list | tuple):
        return [_folded(kind, each) for each in value]
    if isinstance(value, dict):
        return {key: _folded(kind, each) for key, each in value.items()} | {
            "area": _folded(kind, (value["area"] or "").casefold())
        }
    return value


def on_the_page(plan: Plan, style: Style, kind: str) -> list[dict[str, Any]]:
    seen = replace(style, rag="none") if kind in WITHOUT_COLOUR and style.rag == "fill" else style
    return [_folded(kind, each) for each in expected(plan, seen)]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_known_plan_comes_back_from_every_format_in_every_style(style: Style, kind: str, tmp_path: Path) -> None:
    assert read_back(KNOWN, style, kind, tmp_path) == on_the_page(KNOWN, style, kind)


LONG: Plan = tuple(
    replace(
        area,
        recommendations=tuple(
            replace(each, text=f"{each.text}, {time}", actions=each.actions * 3)
            for time in ("first", "then", "last")
            for each in area.recommendations
        ),
    )
    for area in KNOWN
)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_table_printed_over_pages_is_one_plan(style: Style, tmp_path: Path) -> None:
    """Nine recommendations, up to nine actions each: headings are printed again, rows and merged cells are cut."""
    assert read_back(LONG, style, "pdf", tmp_path) == on_the_page(LONG, style, "pdf")


EXAMPLES = {"word": 15, "pdf": 10, "excel": 20}


@pytest.mark.parametrize("kind", FORMATS)
def test_any_plan_comes_back(kind: str, tmp_path: Path) -> None:
    @settings(
        max_examples=EXAMPLES.get(kind, 30),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        phases=[Phase.explicit, Phase.generate],  # a plan is small enough to look at; shrinking one takes minutes
    )
    @given(plan=plans(mixed=kind != "pdf"), style=st.sampled_from(STYLES))
    def comes_back(plan: Plan, style: Style) -> None:
        assert read_back(plan, style, kind, tmp_path) == on_the_page(plan, style, kind)

    comes_back()
