"""Tagged PDF (PDF/UA-1), set by Typst: a report from `report.typ`. Words go in as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from waypost.files.reports.glyphs import FONTS
from waypost.files.reports.model import Report
from waypost.files.reports.scene import scene_of

CONTENT_TYPE = "application/pdf"
_REMEMBERED = 10  # documents
_TEMPLATE = Path(__file__).parent / "report.typ"


@cache
def _fonts() -> typst.Fonts:
    """Our own and those inside Typst, not the machine's: a report looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def render(report: Report) -> bytes:
    """The whole report; the same report twice gives the same bytes."""
    return set_page(_TEMPLATE, {"report": scene_of(report)}, report.made_on)


def set_page(template: Path, data: Mapping[str, object], made_on: date) -> bytes:
    """What a template of Typst makes of the data, which it reads as JSON by name; tagged, in our own fonts."""
    document = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(made_on, time(), tzinfo=UTC),
        sys_inputs={name: json.dumps(value) for name, value in data.items()},
    )
    _forget()
    return document


def _forget() -> None:
    """Typst keeps what it set for its next ten documents: empty ones leave no words of a report in memory."""
    for _ in range(_REMEMBERED + 1):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True, format="pdf")
