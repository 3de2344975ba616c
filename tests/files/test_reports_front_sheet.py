"""A committee's front sheet: what is asked, what applies, what does not, and no contradiction between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.files.sample_report import front_sheet
from waypost.files.reports.front_sheet import Exempt, FrontSheet, Section
from waypost.files.reports.model import Fact, Facts, Heading, Paragraph, Report, Withheld
from waypost.files.reports.values import Language
from waypost.kernel.refusal import Refused


def test_the_sections_are_numbered_and_those_that_do_not_apply_are_listed() -> None:
    blocks = front_sheet().blocks()
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "1. Reason for report",
        "2. Recommendations",
        "3. Financial implications",
        "4. Legal implications",
        "Exempt items",
        "Background documents",
        "Sections that do not apply",
    ]
    assert [block.number for block in blocks if isinstance(block, Paragraph) and block.number] == [
        *("1.1", "1.2"),
        *("2.1", "2.2"),
        "3.1",
        "4.1",
    ]
    assert blocks[-1] == Paragraph("Policy implications, Personnel implications, Ward councillors' views.")


def test_it_begins_with_who_it_goes_to_and_when() -> None:
    facts = front_sheet().blocks()[0]
    assert isinstance(facts, Facts)
    assert facts.items[:2] == (
        Fact("Report to", "Children's scrutiny committee"),
        Fact("Date of meeting", date(2026, 5, 21)),
    )


def test_what_is_not_given_is_not_shown() -> None:
    short = FrontSheet("Cabinet", date(2026, 6, 1), "Plan", (), ("Because.",), ())
    facts, *rest = short.blocks()
    assert isinstance(facts, Facts)
    assert [item.label for item in facts.items] == ["Report to", "Date of meeting", "Title", "Publication"]
    assert rest == [Heading(1, "1. Reason for report"), Paragraph("Because.", number="1.1")]


def test_what_is_exempt_is_named_with_its_ground_and_said_at_the_top() -> None:
    sheet = replace(front_sheet(), exempt=(Exempt("appendix C", "paragraph 1"),))
    assert Withheld("appendix C", "paragraph 1") in sheet.blocks()
    facts = sheet.blocks()[0]
    assert isinstance(facts, Facts)
    assert facts.items[-1] == Fact("Publication", "Part one, public, with parts left out as exempt")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reason": ()}, "Give the reason"),
        ({"sections": (Section("Legal", ()),)}, "Write something under “Legal”"),
        ({"sections": (Section("Legal", (" ",)),)}, "Write something under “Legal”"),
        ({"sections": (Section("Legal", ("x",)), Section("legal", ("y",)))}, "there twice"),
        ({"sections": (Section("Legal", ("x",)),), "not_applicable": ("LEGAL",)}, "also listed as not applying"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused_with_what_to_do(change: dict[str, object], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        replace(front_sheet(), **change)  # type: ignore[arg-type]


def test_it_is_there_in_welsh() -> None:
    blocks = front_sheet().blocks(Language.WELSH)
    assert Heading(1, "1. Rheswm dros yr adroddiad") in blocks
    assert Heading(1, "Adrannau nad ydynt yn berthnasol") in blocks


def test_it_can_head_a_report() -> None:
    assert Report("Plan", "A service", date(2026, 5, 12), front_sheet().blocks()).blocks
