"""A file's name says what it is and when it was made, and about nobody."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.files.reports.file_names import attachment, file_name

DAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Improvement plan", "improvement-plan-2026-05-12.pdf"),
        ("Answer to the inspection", "answer-to-the-inspection-2026-05-12.pdf"),
        ("Cynllun gwella Ŷ", "cynllun-gwella-ŷ-2026-05-12.pdf"),
        ("The board's paper", "the-boards-paper-2026-05-12.pdf"),
        ("../../etc/passwd", "etc-passwd-2026-05-12.pdf"),
    ],
)
def test_a_name_is_words_and_a_day(kind: str, name: str) -> None:
    assert file_name(kind, DAY, "pdf") == name


@pytest.mark.parametrize("kind", ["Plan 17", "someone@example.org", "case ١٢"])
def test_a_number_or_an_address_in_a_name_is_a_mistake(kind: str) -> None:
    with pytest.raises(ValueError, match="no number and no address"):
        file_name(kind, DAY, "pdf")


@pytest.mark.parametrize(("kind", "extension"), [("", "pdf"), ("…", "pdf"), ("plan", "p/f"), ("plan", "")])
def test_a_name_needs_words_and_an_extension(kind: str, extension: str) -> None:
    with pytest.raises(ValueError, match="says what it is|not an extension"):
        file_name(kind, DAY, extension)


def test_the_header_has_a_plain_name_and_the_true_one() -> None:
    assert attachment("cynllun-tŷ-2026-05-12.pdf") == (
        "attachment; filename=\"cynllun-ty-2026-05-12.pdf\"; filename*=UTF-8''cynllun-t%C5%B7-2026-05-12.pdf"
    )


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_no_name_gets_out_of_its_header(name: str) -> None:
    header = attachment(name)
    assert header.isascii() and header.isprintable() and header.count('"') == 2
    assert unquote(header.rpartition("''")[2]) == name
