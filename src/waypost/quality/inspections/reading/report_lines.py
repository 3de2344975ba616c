"""The reading as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from .shape import InspectionReading, Theme, place


def as_lines(reading: InspectionReading) -> list[str]:
    """What was inspected, each judgement with its findings, who was asked for what, and the doubts last."""
    return [*_head(reading), *_themes(reading), *_recommendations(reading), *_doubts(reading)]


def _head(reading: InspectionReading) -> Iterator[str]:
    yield f"Inspection of {reading.area or 'an area not named'}, by {reading.body or 'a body not named'}"
    cases = f"{reading.cases} cases" if reading.cases is not None else "number of cases not given"
    yield f"Published {reading.published or 'at a date not given'}; {cases}"


def _themes(reading: InspectionReading) -> Iterator[str]:
    yield ""
    yield _count(len(reading.themes), "judgement")
    for theme in reading.themes:
        yield f"  {theme.name}: {_judgement(theme)} ({place(theme.where)})"
        for number, finding in enumerate(theme.findings, start=1):
            yield f"    {number}. {finding.text} ({place(finding.where)})"


def _judgement(theme: Theme) -> str:
    stars = f"{theme.stars} of {theme.of} stars" if theme.stars is not None else None
    score = f"{theme.score}% done well enough" if theme.score is not None else "no score"
    return ", ".join(part for part in (theme.word, stars, score) if part)


def _recommendations(reading: InspectionReading) -> Iterator[str]:
    yield ""
    yield _count(len(reading.recommendations), "recommendation")
    addressee = None
    for number, recommendation in enumerate(reading.recommendations, start=1):
        if recommendation.addressee != addressee:
            addressee = recommendation.addressee
            yield f"  To: {addressee}"
        yield f"    {number}. {recommendation.text} ({place(recommendation.where)})"


def _doubts(reading: InspectionReading) -> Iterator[str]:
    yield ""
    yield _count(len(reading.doubts), "doubt")
    for doubt in reading.doubts:
        yield f"  {doubt.kind}: {doubt.message}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
