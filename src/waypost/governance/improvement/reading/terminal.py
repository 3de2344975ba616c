"""A reading as lines for a terminal: areas, recommendations, a line for each action, then the doubts."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from waypost.governance.improvement.reading.months import When
from waypost.kernel.words import count

if TYPE_CHECKING:
    from waypost.governance.improvement.reading.plan import Action, PlanReading

WIDTH = 100
_DATES = 20  # columns for "2015-05 – 2015-07"


def lines_of(reading: PlanReading) -> list[str]:
    """No line is longer than WIDTH; texts are cut, doubts are wrapped."""
    lines = [_cut(reading.name), _cut(_summary(reading)), ""]
    lines += _of_headings(reading)
    if reading.doubts:
        lines += ["", f"Doubts ({len(reading.doubts)})"]
    for doubt in reading.doubts:
        lines += wrap(f"{doubt.message}", WIDTH, initial_indent=f"  {doubt.kind}: ", subsequent_indent="    ")
    for sentence in (*reading.passed_over, *reading.not_read):
        lines += wrap(f"Not read: {sentence}", WIDTH)
    return lines


def _summary(reading: PlanReading) -> str:
    rows = ", ".join(f"{number} {kind}" for kind, number in reading.row_counts.items() if number)
    held = [count(len(getattr(reading, f"{one}s")), one) for one in ("area", "recommendation", "action", "doubt")]
    return f"{', '.join(held)}; rows: {rows}"


def _of_headings(reading: PlanReading) -> list[str]:
    lines: list[str] = []
    texts = {recommendation.number: recommendation for recommendation in reading.recommendations}
    shown: set[object] = set()
    area: str | None = None
    for action in reading.actions:
        if action.area is not None and action.area != area:
            area = action.area
            lines.append(_cut(area))
        if (number := action.recommendation) is not None and number not in shown:
            shown.add(number)
            lines.append(_cut(f"  {number}. {texts[number].text}"))
        lines.append(_of_action(action))
    for recommendation in reading.recommendations:
        if recommendation.number not in shown:
            lines.append(_cut(f"  {recommendation.number}. {recommendation.text}"))
            lines.append("    no action")
    return lines


def _of_action(action: Action) -> str:
    leads = "; ".join(lead.name for lead in action.leads) or "no lead"
    dates = f"{_short(action.start)} – {_short(action.finish)}".ljust(_DATES)
    beginning = f"    {action.ref:<5} {dates} "
    leads = shorten(leads, 26, placeholder="…")
    room = WIDTH - len(beginning) - len(leads) - 2
    return f"{beginning}{shorten(action.text, room, placeholder='…')}  {leads}"[:WIDTH]


def _short(when: When) -> str:
    if when.ongoing:
        return "ongoing"
    return str(when.month) if when.month else "?"


def _cut(text: str) -> str:
    indent = len(text) - len(text.lstrip())
    return " " * indent + shorten(text, WIDTH - indent, placeholder="…")
