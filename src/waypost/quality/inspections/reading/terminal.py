"""An inspection as lines for a terminal: what was judged, what was asked of whom, then the doubts."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from waypost.kernel.words import count

if TYPE_CHECKING:
    from .shape import InspectionReading, Theme

WIDTH = 100


def lines_of(reading: InspectionReading) -> list[str]:
    """No line is longer than WIDTH; texts are cut, doubts are wrapped."""
    front = [reading.area, reading.body, reading.published, reading.cases and f"{reading.cases} cases"]
    lines = [_cut(", ".join(str(each) for each in front if each) or "an inspection"), ""]
    lines += [_cut(f"  {_judged(theme)}") for theme in reading.themes]
    if reading.recommendations:
        lines += ["", f"Recommendations ({len(reading.recommendations)})"]
    for recommendation in reading.recommendations:
        lines.append(_cut(f"  {recommendation.addressee or 'nobody named'}: {recommendation.text}"))
    if reading.doubts:
        lines += ["", f"Doubts ({len(reading.doubts)})"]
    for doubt in reading.doubts:
        lines += wrap(doubt.message, WIDTH, initial_indent=f"  {doubt.kind}: ", subsequent_indent="    ")
    return lines


def _judged(theme: Theme) -> str:
    score = None if theme.score is None else f"{theme.score}%"
    stars = None if theme.stars is None else f"{theme.stars} of {theme.of} stars"
    findings = count(len(theme.findings), "finding") if theme.findings else None
    return f"{theme.name}: {', '.join(part for part in (theme.word, stars, score, findings) if part)}"


def _cut(text: str) -> str:
    indent = len(text) - len(text.lstrip())
    return " " * indent + shorten(text, WIDTH - indent, placeholder="…")
