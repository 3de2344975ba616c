"""The PDF, opened again: tagged, every row in it, and every text as it was typed."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.files.sample_report import COLUMNS, PLAN, TODAY, committee_report, plan_rows, plan_table
from tests.files.test_reports_text import ANY_TEXT
from waypost.files.reports import pdf
from waypost.files.reports.glyphs import drawable
from waypost.files.reports.model import Block, Column, Fact, Group, Heading, Note, Paragraph, Report, Row, Table
from waypost.files.reports.values import Bullets, Language, OwnWords, Status, Strong, Value
from waypost.files.reports.words import in_words

MARKUP = (
    '#import "@preview/x:1": *',
    "#panic()",
    "#sys.inputs.report",
    "*bold* _emph_ `raw`",
    "$x^2$",
    "= Heading\n- list\n+ enum\n/ term: x",
    "<label> @ref https://example.org",
    "\\u{41} \\ // gone? /* gone? */",
    "\"quoted\" 'single' -- --- ... ~ -?",
    "]} {[ #{ #[ ](",
)


@pytest.fixture(scope="module")
def sample() -> PdfReader:
    return _open(committee_report())


def test_the_document_is_tagged_and_says_so(sample: PdfReader) -> None:
    root: Any = sample.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    particulars = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in particulars
    assert _tags(sample)["/Document"] == 1


def test_its_particulars_are_the_title_the_service_and_the_day(sample: PdfReader) -> None:
    assert sample.metadata is not None
    assert (sample.metadata.title, sample.metadata.author) == ("Improvement plan", "Alder Vale Youth Justice Service")
    assert sample.metadata.creation_date is not None and sample.metadata.creation_date.date() == TODAY


def test_tables_have_heads_cells_and_captions(sample: PdfReader) -> None:
    tags = _tags(sample)
    groups = 4 + 7
    assert tags["/Table"] == tags["/Caption"] == tags["/THead"] == 2
    assert tags["/TH"] == 4 + len(COLUMNS) + groups
    assert tags["/TD"] == 4 * 4 + 48 * len(COLUMNS)
    assert {node["/A"][0]["/Scope"] for node in _nodes(sample) if node["/S"] == "/TH"} == {"/Column"}


def test_headings_lists_and_own_words_are_told_apart(sample: PdfReader) -> None:
    tags = _tags(sample)
    headings = [block for block in committee_report().blocks if isinstance(block, Heading)]
    assert tags["/H1"] == len(headings)
    assert tags["/Title"] == tags["/BlockQuote"] == 1
    assert tags["/L"] >= 3
    assert [item.title for item in sample.outline] == [heading.text for heading in headings]  # type: ignore[union-attr]


def test_a_bookmark_list_a_page_number_and_the_marking_are_on_every_page(sample: PdfReader) -> None:
    pages = [page.extract_text() for page in sample.pages]
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Demonstration" in text


def test_the_head_and_the_group_are_repeated_where_a_table_goes_on(sample: PdfReader) -> None:
    lying = [page for page in sample.pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) > 2
    for page in lying:
        head, _, rest = page.extract_text().partition("Progress\n")
        assert "Action Status" in head
        assert rest.split("\n")[0] in [area for area, _ in PLAN]
        assert rest.split("\n")[1].split(". ")[0] in "1234567"


def test_every_row_is_there_in_order(sample: PdfReader) -> None:
    text = _bare("".join(page.extract_text() for page in sample.pages))
    at = text.index("Progress")
    for entry in plan_rows():
        said = [entry.text] if isinstance(entry, Group) else [line for cell in entry.cells for line in _lines(cell)]
        for line in said:
            at = text.index(_bare(line), at)


def _lines(cell: Value) -> list[str]:
    """A cell's lines as they stand on the page; Arabic is looked at elsewhere, by where its letters stand."""
    return [
        line for line in in_words(cell, Language.ENGLISH).split("\n") if not any("\u0590" < c < "\u0700" for c in line)
    ]


def test_the_same_report_twice_is_the_same_file() -> None:
    assert pdf.render(committee_report()) == pdf.render(committee_report())


def test_a_welsh_report_speaks_welsh() -> None:
    reader = _open(_report(Heading(1, "Camau"), _table("Ŵyn", date(2026, 8, 1)), language=Language.WELSH))
    text = reader.pages[0].extract_text()
    assert reader.trailer["/Root"]["/Lang"] == "cy-GB"  # type: ignore[index]
    assert "Tudalen 1 o 1" in text and "Lluniwyd ar 12 Mai 2026" in text and "1 Awst 2026" in text


def test_filters_and_how_many_of_how_many_are_said() -> None:
    table = Table("Actions", (Column("Action"),), (Row(("one",)), Row(("two",))), out_of=48)
    text = _text(_report(table, filters=(Fact("Status", "Overdue"),)))
    assert "Status Overdue" in text.replace("\n", " ")
    assert "Actions (2 of 48)" in text


def test_a_table_with_no_rows_says_so() -> None:
    text = _text(_report(Table("Actions", (Column("Action"),), ())))
    assert "Actions (0)" in text and "Nothing to list." in text


@pytest.mark.parametrize("text", MARKUP)
def test_markup_comes_out_as_typed(text: str) -> None:
    blocks = (Heading(1, text), Paragraph(text), Bullets((text,)), _table(text, Strong(text)), OwnWords(text, text))
    said = _bare(_text(_report(*blocks, title=text, subtitle=text, filters=(Fact(text, text),))))
    assert said.count(_bare(text)) >= 10


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_characters="\x7f\xad"), max_size=200))
def test_any_latin_text_comes_out_as_typed(text: str) -> None:
    typed = "".join(c for c in text if c in drawable() and not "\x7f" <= c <= "\x9f")
    assert _bare(f"[{typed}]") in _bare(_text(_report(Paragraph(f"[{typed}]"))))
    assert _bare(f"[{typed}]") in _bare(_text(_report(_table(f"[{typed}]", "x"))))


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_at_all_makes_a_file_that_opens(one: str, other: str) -> None:
    blocks: tuple[Block, ...] = (Heading(1, one), Paragraph(one, number=other), _table(one, Strong(other)), Note(other))
    assert len(_open(_report(*blocks, OwnWords(one, other), Bullets((one, other)), subtitle=other)).pages) >= 1


def test_what_cannot_be_drawn_is_named_at_the_end() -> None:
    text = _text(_report(Paragraph("計画 was in the plan")))
    assert "\ufffd\ufffd was in the plan" in text
    assert "U+753B, U+8A08" in text


@pytest.mark.parametrize("block", [Paragraph("שלום עולם"), Heading(1, "שלום עולם")], ids=["paragraph", "heading"])
def test_hebrew_runs_from_right_to_left(block: Block) -> None:
    placed = _letters(_report(block), "שלוםעולם")
    assert [letter for _, letter in placed] == list("שלוםעולם")[::-1]


def test_a_name_in_hebrew_stays_at_the_left_of_its_cell() -> None:
    (left, _), *_ = _letters(_report(_table("שלום", "x")), "שלום")
    assert left < 90  # points: the margin is 57


def test_a_long_word_stays_in_its_column() -> None:
    columns = tuple(Column(str(n), 2.0) for n in range(8))
    report = _report(Table("t", columns, (Row(("Llanfair" * 12, *["x"] * 7)), Row(("m" * 200, *["x"] * 7)))))
    with pdfplumber.open(io.BytesIO(pdf.render(report))) as opened:
        letters = [
            letter for letter in opened.pages[0].chars if letter["text"] in "Llanfirm" and 180 < letter["top"] < 700
        ]
    assert max(letter["x1"] for letter in letters) < 57 + 481.9 / 8
    assert _bare("Llanfair" * 12) in _bare(_text(report))


def test_a_row_higher_than_a_page_goes_on_over_it() -> None:
    said = " ".join(f"w{n}" for n in range(4000))
    reader = _open(_report(_table(said, "x")))
    assert len(reader.pages) > 2
    text = "".join(page.extract_text() for page in reader.pages)
    assert all(f"w{n}" in text for n in (0, 1999, 3999))


@pytest.mark.parametrize("order", [o for n in range(1, 5) for o in product("12r", repeat=n)], ids="".join)
def test_groups_may_follow_each_other_in_any_order(order: tuple[str, ...]) -> None:
    rows = tuple(Row(("x",)) if kind == "r" else Group(int(kind), f"group {n}") for n, kind in enumerate(order))
    text = _text(_report(Table("t", (Column("c"),), rows, groups=("Area", "Recommendation"))))
    if "r" in order:
        places = [text.index(row.text) for row in rows if isinstance(row, Group)]
        assert all(a < b for a, b in pairwise(places))


def test_the_plan_has_no_status_told_by_colour_alone() -> None:
    words = {row.cells[1].word for row in plan_rows() if isinstance(row, Row) and isinstance(row.cells[1], Status)}
    text = _text(_report(plan_table()))
    assert all(word in text for word in words)


def _report(*blocks: Block, title: str = "Plan", **more: Any) -> Report:
    return Report(title, "A service", TODAY, blocks, **more)


def _table(*cells: Value) -> Table:
    return Table("Rows", tuple(Column(f"column {n}", 5.0) for n in range(len(cells))), (Row(cells),))


def _open(report: Report) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.render(report)))


def _text(report: Report) -> str:
    return "\n".join(page.extract_text() for page in _open(report).pages)


def _bare(text: str) -> str:
    return "".join(text.split())


def _letters(report: Report, wanted: str) -> list[tuple[float, str]]:
    """Each wanted letter with where it stands, from the left."""
    with pdfplumber.open(io.BytesIO(pdf.render(report))) as opened:
        return sorted((c["x0"], c["text"]) for c in opened.pages[0].chars if c["text"] in wanted)


def _tags(reader: PdfReader) -> Counter[str]:
    return Counter(node["/S"] for node in _nodes(reader))


def _nodes(reader: PdfReader) -> Iterator[DictionaryObject]:
    root: Any = reader.trailer["/Root"]
    yield from _below(root["/StructTreeRoot"]["/K"])


def _below(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _below(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _below(node["/K"])
