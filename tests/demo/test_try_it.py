"""What the demonstration is for is written down, and names every written case."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from waypost.demo.children import CHILDREN

PAGE = Path(settings.PROJECT) / "docs" / "how-to" / "try-it.md"


def test_every_written_case_stands_there_with_what_it_shows():
    rows = [line.split("|")[1:-1] for line in PAGE.read_text().splitlines() if line.startswith("| ")][1:]
    assert sorted(row[0].strip() for row in rows) == sorted(f"{one.given} {one.family}" for one in CHILDREN)
    assert all(len(cell.strip()) > 3 for row in rows for cell in row)
