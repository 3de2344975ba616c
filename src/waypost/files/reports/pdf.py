"""A report as a tagged PDF (PDF/UA-1), set by Typst from `report.typ`; the words go in as data, never as markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
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
    made = datetime.combine(report.made_on, time(), tzinfo=UTC)
    document = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=made,
        sys_inputs={"report": json.dumps(scene_of(report))},
    )
    _forget()
    return document


def _forget() -> None:
    """Typst keeps what it set for its next ten documents: empty ones leave no words of a report in memory."""
    for _ in range(_REMEMBERED + 1):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True, format="pdf")
