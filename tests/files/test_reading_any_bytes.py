"""Whatever the bytes, there is a document or a refusal: never another exception, never half of one."""

import io
import zipfile

import openpyxl
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files.reading_shapes import package, relations, word
from waypost.files.reading import Document, Unreadable, read_document
from waypost.files.reading.lines import fold

PATIENT = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def workbook():
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Action", 3.5])
    book.active.merge_cells("A2:B3")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


WORD = word(
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    '<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>words</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
)
EXCEL = workbook()
PDF = typst.compile(b"#table(columns: 2, [a], [b])\n= Words")
HTML = b"<html><style>td.x{color:red}</style><table><tr><td rowspan=2 class=x>a<li>b</table>"
TEXT = b"# a\n\n- **b** <ul><li>c</li></ul>\n\na\tb\t\n| c | d |\n<table><tr><td>e</table>\n"
CSV = b'a,b,c\n"d ""e""",f,\n'


def outcome(path, content):
    path.write_bytes(content)
    try:
        return read_document(path)
    except Unreadable as refusal:
        return str(refusal)


def check(path, content):
    found = outcome(path, content)
    if isinstance(found, Document):
        texts = [line.text for t in found.tables for row in t.rows for cell in row.cells for line in cell.lines]
        assert all(text and text == fold(text) for text in texts)
    else:
        assert found.startswith("This ") and found.endswith(".")


@st.composite
def spoilt(draw, whole):
    """The bytes with a few of them changed, taken out or put twice, and perhaps cut short."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 12))
        put = draw(
            st.sampled_from((b"", b"<", b"/", b"\0", b"9999999", b'"', b"\xff", bytes(content[at : at + length]) * 2))
        )
        content[at : at + length] = put
    return bytes(content[: draw(st.integers(len(content) // 2, len(content) + 1))] if draw(st.booleans()) else content)


@PATIENT
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path, content):
    check(tmp_path / "a", content)


@PATIENT
@given(st.text(alphabet=st.sampled_from("ab1.-•|#*_`<>/\t\n \\[]()!&;\"',ulitdrb"), max_size=200))
def test_any_text(tmp_path, text):
    check(tmp_path / "a", text.encode())


@PATIENT
@given(st.text(alphabet=st.sampled_from("ab<>/ \n=\"'tdrhliuoableps!-&;0"), max_size=200))
def test_any_html(tmp_path, text):
    check(tmp_path / "a", b"<html>" + text.encode())


@pytest.mark.parametrize(
    "whole", [WORD, EXCEL, PDF, HTML, TEXT, CSV], ids=["word", "excel", "pdf", "html", "text", "csv"]
)
def test_spoilt_files(whole, tmp_path):
    @PATIENT
    @given(spoilt(whole))
    def each(content):
        check(tmp_path / "a", content)

    assert isinstance(outcome(tmp_path / "a", whole), Document)
    each()


@pytest.mark.parametrize(
    ("whole", "name"),
    [
        (WORD, "word/document.xml"),
        (WORD, "word/numbering.xml"),
        (WORD, "_rels/.rels"),
        (EXCEL, "xl/workbook.xml"),
        (EXCEL, "xl/worksheets/sheet1.xml"),
        (EXCEL, "xl/styles.xml"),
        (EXCEL, "xl/theme/theme1.xml"),
        (EXCEL, "[Content_Types].xml"),
        (EXCEL, "xl/_rels/workbook.xml.rels"),
    ],
)
def test_packages_with_one_part_spoilt(whole, name, tmp_path):
    members = parts(whole)

    @PATIENT
    @given(spoilt(members[name]))
    def each(content):
        check(tmp_path / "a", package({**members, name: content}, level=1))

    each()


@pytest.mark.parametrize("whole", [WORD, EXCEL])
def test_packages_with_one_part_gone(whole, tmp_path):
    members = parts(whole)
    for gone in members:
        check(tmp_path / "a", package({name: content for name, content in members.items() if name != gone}))


def test_relation_to_a_part_of_another_kind(tmp_path):
    check(
        tmp_path / "a", package({"_rels/.rels": relations("officeDocument", "_rels/.rels"), "word/document.xml": "x"})
    )
