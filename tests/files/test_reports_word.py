"""The Word file, opened again: real headings, named tables, every row, and nobody in its particulars."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings

from tests.files.sample_report import TODAY, committee_report, judgements, plan_rows
from tests.files.test_reports_text import ANY_TEXT
from waypost.files.reports import word
from waypost.files.reports.legible import legible
from waypost.files.reports.model import Block, Column, Fact, Group, Heading, PageBreak, Paragraph, Report, Row, Table
from waypost.files.reports.values import (
    LOOKS,
    Bullets,
    Language,
    OwnWords,
    Shape,
    Stars,
    Status,
    Value,
    parts_of,
)
from waypost.files.reports.words import in_words


@pytest.fixture(scope="module")
def sample() -> Document:
    return _open(committee_report())


def test_headings_are_headings_and_the_title_a_title(sample: Document) -> None:
    said = [block.text for block in committee_report().blocks if isinstance(block, Heading)]
    assert [p.text for p in sample.paragraphs if p.style.name == "Heading 1"] == said
    assert [p.text for p in sample.paragraphs if p.style.name == "Title"] == ["Improvement plan"]


def test_every_style_that_is_used_is_there(sample: Document) -> None:
    known = {style.get(qn("w:styleId")) for style in sample.styles.element.iter(qn("w:style"))}
    used = {s.get(qn("w:val")) for kind in ("w:pStyle", "w:tblStyle") for s in sample.element.iter(qn(kind))}
    assert used <= known


def test_every_row_is_there_in_order(sample: Document) -> None:
    table = sample.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Action", "Status", "Lead", "Start", "Due", "Progress"]
    found = [[tc.text for tc in row._tr.tc_lst] for row in table.rows[1:]]
    said = [[e.text] if isinstance(e, Group) else [_said(v) for v in e.cells] for e in plan_rows()]
    assert _texts(table) == said
    assert len(found) == len(said) == 48 + 4 + 7


def test_a_judgement_says_its_stars_as_well_as_drawing_them(sample: Document) -> None:
    first = _texts(sample.tables[0])[0]
    assert first == ["Reducing offending", "★☆☆☆ 1 of 4 stars\nPoor", "138 of 314 (44%)", "44% is under 52%."]
    assert len(_texts(sample.tables[0])) == len(list(judgements().entries()))


def test_a_table_repeats_its_head_keeps_its_rows_whole_and_has_a_name(sample: Document) -> None:
    for table, caption in zip(
        sample.tables, ("Judgements, weakest first", "Actions by area and recommendation"), strict=True
    ):
        head, *rows = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption
        assert table._tbl.getprevious().style == "Caption"
        assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid) == pytest.approx(_room(table, sample), abs=10)


def _room(table: Any, document: Document) -> int:
    """Twips between the margins of the page the table is on."""
    section = document.sections[0 if table._tbl is document.tables[0]._tbl else 1]
    return int((section.page_width - section.left_margin - section.right_margin) / 635)


def test_only_the_wide_table_lies_on_its_side(sample: Document) -> None:
    lie = [section.orientation == WD_ORIENT.LANDSCAPE for section in sample.sections]
    assert lie == [False, True, False]
    assert [s.page_width > s.page_height for s in sample.sections] == lie


def test_each_page_has_its_number_the_service_and_the_marking(sample: Document) -> None:
    for section in sample.sections:
        foot, head = section.footer._element, section.header._element
        assert [f.get(qn("w:instr")) for f in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
        assert "Alder Vale Youth Justice Service · Made on 12 May 2026" in _words(foot)
        assert "Demonstration" in _words(head)
    assert "Demonstration" in _words(sample.sections[0].first_page_header._element)


def test_the_particulars_name_the_service_and_no_person(sample: Document) -> None:
    about = sample.core_properties
    assert (about.title, about.author, about.language) == (
        "Improvement plan",
        "Alder Vale Youth Justice Service",
        "en-GB",
    )
    assert (about.last_modified_by, about.comments, about.keywords) == ("", "", "")
    assert about.created is not None and about.created.date() == TODAY
    with zipfile.ZipFile(io.BytesIO(word.render(committee_report()))) as parts:
        assert not any("thumbnail" in name for name in parts.namelist())
        everywhere = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("docProps/"))
    assert b"python-docx" not in everywhere and b"Head of service" not in everywhere


def test_the_language_is_the_reports() -> None:
    document = _open(_report(Paragraph("Cynllun"), language=Language.WELSH))
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"cy-GB"}
    assert "Tudalen 1 o 1" in _words(document.sections[0].footer._element)


def test_own_words_are_the_only_serif_and_may_be_in_another_language() -> None:
    document = _open(_report(Paragraph("a"), OwnWords("Nid oedd neb yn gofyn.", "Plentyn", Language.WELSH)))
    serif = [run for p in document.paragraphs for run in p.runs if run.font.name == "Georgia"]
    assert [run.text for run in serif] == ["“Nid oedd neb yn gofyn.”"]
    assert serif[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "cy-GB"


def test_a_status_is_told_by_shape_and_word_on_a_tint() -> None:
    (said,) = _texts(_open(_report(_table(Status(Shape.OVERDUE, "Overdue", "By 42 days.")))).tables[0])
    assert said == ["▲ Overdue\nBy 42 days."]
    shaded = _open(_report(Status(Shape.OVERDUE, "Overdue"))).element.body.iter(qn("w:shd"))
    assert {shade.get(qn("w:fill")).lower() for shade in shaded} == {LOOKS[Shape.OVERDUE].tint}


def test_hebrew_is_marked_as_running_from_right_to_left_and_keeps_its_order() -> None:
    document = _open(_report(Paragraph("שלום עולם"), Paragraph("hello שלום")))
    first, second = (p for p in document.paragraphs if "שלום" in p.text)
    assert first.text == "שלום עולם"
    assert first._p.pPr.find(qn("w:bidi")) is not None and first.runs[0].font.rtl
    assert second._p.pPr.find(qn("w:bidi")) is None


def test_a_table_with_no_rows_says_so() -> None:
    document = _open(_report(Table("Actions", (Column("a"),), ())))
    assert document.tables == []
    assert "Actions (0)\nNothing to list." in [p.text for p in document.paragraphs]


def test_filters_stand_under_the_title() -> None:
    document = _open(_report(Paragraph("x"), filters=(Fact("Status", "Overdue"),)))
    assert [p.text for p in document.paragraphs][:3] == ["A service", "Plan", "Status\tOverdue"]


def test_a_page_break_is_one() -> None:
    document = _open(_report(Paragraph("one"), PageBreak(), Paragraph("two")))
    assert [br.get(qn("w:type")) for br in document.element.body.iter(qn("w:br"))] == ["page"]


@settings(max_examples=40, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_is_read_back_as_it_was_typed(one: str, other: str) -> None:
    document = _open(_report(Paragraph(one), Bullets((other,)), _table(one, other), subtitle=other))
    paragraphs = {p.style.name: p.text for p in document.paragraphs}
    assert paragraphs["Normal"] == legible(one)
    assert paragraphs["List Bullet"] == legible(other)
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [legible(one), legible(other)]
    fields = [
        e for part in (document.element, document.sections[0].footer._element) for e in part.iter(qn("w:instrText"))
    ]
    assert fields == []


def _report(*blocks: Block, **more: Any) -> Report:
    return Report("Plan", "A service", date(2026, 5, 12), blocks, **more)


def _table(*cells: Value) -> Table:
    return Table("Rows", tuple(Column(f"column {n}") for n in range(len(cells))), (Row(cells),))


def _open(report: Report) -> Document:
    return docx.Document(io.BytesIO(word.render(report)))


def _words(element: Any) -> str:
    return "".join(text.text for text in element.iter(qn("w:t")))


def _texts(table: Any) -> list[list[str]]:
    """The rows under the head, hard spaces round a status left out."""
    return [
        ["\n".join(p.text for p in docx.table._Cell(tc, table).paragraphs).replace("\xa0", "") for tc in row._tr.tc_lst]
        for row in table.rows[1:]
    ]


def _said(value: Value) -> str:
    return "\n".join(line for part in parts_of(value) for line in _part(part))


def _part(part: Any) -> list[str]:
    match part:
        case Status():
            return [f"{LOOKS[part.shape].mark} {part.word}", part.why]
        case Bullets():
            return list(part.items)
        case Stars():
            return [f"{part.drawn} {part.given} of {part.out_of} stars", part.word]
        case _:
            return [in_words(part, Language.ENGLISH)]
