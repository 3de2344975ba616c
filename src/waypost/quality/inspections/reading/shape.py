"""An inspection as published: what was judged, found and asked for, and where the document contradicts itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.files.reading.document import Where


class NoInspection(Exception):
    """No inspection was found; the message is one sentence for the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    text: str
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Theme:
    """One judgement: `stars` counts the filled glyphs, `of` all of them, `score` is a percentage."""

    name: str
    stars: int | None = None
    of: int | None = None
    word: str | None = None
    score: int | None = None
    findings: tuple[Finding, ...] = ()
    where: Where = Where()

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "stars": self.stars,
            "word": self.word,
            "score": self.score,
            "findings": [finding.text for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Recommendation:
    text: str
    addressee: str
    where: Where = Where()

    def as_dict(self) -> dict[str, Any]:
        return {"text": self.text, "addressee": self.addressee}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two places that cannot both be right: `where` is the later of them, `also` the earlier."""

    kind: str
    message: str
    where: Where = Where()
    also: Where | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "message": self.message, "where": self.where.as_dict()}


@dataclass(frozen=True, slots=True)
class InspectionReading:
    """What was read; whatever the document does not say is None or empty."""

    area: str | None
    body: str | None
    published: str | None  # year and month, "2015-05"
    cases: int | None
    themes: tuple[Theme, ...]
    recommendations: tuple[Recommendation, ...]
    doubts: tuple[Doubt, ...]
    published_on: date | None = None  # where the document gives the day

    def as_dict(self) -> dict[str, Any]:
        return {
            "area": self.area,
            "body": self.body,
            "published": self.published,
            "cases": self.cases,
            "themes": [theme.as_dict() for theme in self.themes],
            "recommendations": [recommendation.as_dict() for recommendation in self.recommendations],
            "doubts": [doubt.as_dict() for doubt in self.doubts],
        }


def place(where: Where) -> str:
    """Where a person should look, as words: "line 712", "table 2, row 5, page 3"."""
    if where.cell is not None:
        return f"cell {where.cell}"
    if where.line is not None:
        return f"line {where.line}"
    parts = [f"{name} {value}" for name in ("table", "row", "page") if (value := getattr(where, name)) is not None]
    return ", ".join(parts) or "the document"
