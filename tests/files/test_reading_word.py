"""Word files: some as python-docx writes them, some as Word does, with tracked changes and what else it leaves behind."""

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.files.reading_shapes import fills, package, relations, shape, spans, word
from waypost.files.reading.document import Line, Paragraph, Table, Where
from waypost.files.reading.word import read

NUMBERING = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def par(inside, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def item(text, number, level=0):
    return par(run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def saved(document):
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def plan():
    document = docx.Document()
    document.add_heading("Our plan", 0)
    document.add_heading("Part one", 2)
    document.add_paragraph("a ", style="List Bullet").add_run("heavy point").bold = True
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    grid = document.add_table(4, 3)
    grid.cell(0, 0).merge(grid.cell(2, 0)).text = "Aim"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "Heading"
    grid.cell(1, 1).text = "• one\n- two\no three\nplain"
    grid.cell(1, 2).text = "R"
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "FF0000")
    grid.cell(1, 2)._tc.get_or_add_tcPr().append(shade)
    inner = grid.cell(2, 2).add_table(2, 2)
    for place, text in enumerate(("Start", "May", "End", "June")):
        inner.cell(place // 2, place % 2).text = text
    document.add_paragraph("After it")
    return saved(document)


def test_plan_in_body_order():
    read_ = read(plan())
    assert shape(read_) == [
        "# Our plan",
        "## Part one",
        "• a heavy point",
        "1. first",
        "2. second",
        [["Aim", "Heading"], ["• one\n• two\n• three\nplain", "R"], ["", "Start May\nEnd June"], ["", "", ""]],
        "After it",
    ]
    grid = read_.blocks[5]
    assert isinstance(grid, Table)
    assert spans(grid) == [[(1, 3), (2, 1)], [(1, 1), (1, 1)], [(1, 1), (1, 1)], [(1, 1), (1, 1), (1, 1)]]
    assert fills(grid)[1] == [None, "ff0000"]
    assert grid.rows[2].where == Where(table=1, row=3)
    assert read_.blocks[2] == Paragraph("a heavy point", bullet=True, bold=("heavy point",))


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (par(run("kept ") + '<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>' + run("new") + "</w:ins>"), ["kept new"]),
        (par('<w:moveFrom>' + run("gone") + "</w:moveFrom>" + run("here")), ["here"]),
        (par(run("seen") + run(" not", "<w:vanish/>") + run(" on", '<w:vanish w:val="0"/>')), ["seen on"]),
        (par("<w:hyperlink>" + run("link") + "</w:hyperlink>" + run(" on")), ["link on"]),
        ("<w:sdt><w:sdtContent>" + par(run("in a control")) + "</w:sdtContent></w:sdt>", ["in a control"]),
        (par("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("Click here") + "</w:sdtContent></w:sdt>" + run("x")), ["x"]),
        (par("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("4")), ["4"]),
        (par("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"), ["a", "b c-d"]),
        (par('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" done")), ["✓ done"]),
        (par(run("head"), '<w:outlineLvl w:val="2"/>'), ["### head"]),
        (item("a", 1) + item("b", 1, 1) + item("c", 1, 1) + item("d", 1) + item("e", 1, 1), ["1. a", "1(a. b", "1(b. c", "2. d", "2(a. e"]),
        (item("a", 1) + item("b", 2) + item("c", 3), ["1. a", "• b", "7. c"]),
        (par("<w:r><w:pict><w:txbxContent>" + par(run("boxed")) + "</w:txbxContent></w:pict></w:r>" + run("text")), ["text", "boxed"]),
        (table(cell(par(run("1")), item("auto", 1)) + cell(item("", 1)) + cell(item("x", 2))), [[["1\n1. auto", "2.", "• x"]]]),
        (table(cell(par(run("a"))) + "<w:sdt><w:sdtContent>" + cell(par(run("b"))) + "</w:sdtContent></w:sdt>"), [[["a", "b"]]]),
        (table("<w:trPr><w:del/></w:trPr>" + cell(par(run("gone"))), cell(par(run("kept")))), [[["kept"]]]),
        (table('<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(par(run("b")))), [[["", "b"]]]),
        (table(cell(par(run("a")), properties='<w:hMerge w:val="restart"/>') + cell(properties="<w:hMerge/>")), [[["a"]]]),
        (table(cell(table(cell(par(run("in"))) + cell(par(run("it")))))), [[["in", "it"]]]),
        (par(run("שלום", "<w:rtl/>")) + par(run("o Fai 2015 ŵ")), ["שלום", "o Fai 2015 ŵ"]),
        (par("<w:unheard><w:r><w:t>no</w:t></w:r></w:unheard>" + run("yes")), ["yes"]),
        ("", []),
    ],
)  # fmt: skip
def test_forms(body, blocks):
    assert shape(read(word(body, numbering=NUMBERING))) == blocks


def test_styles_give_headings_weight_and_bullets():
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 3"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="H2"><w:basedOn w:val="H"/><w:name w:val="Pennawd"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/><w:name w:val="Loop"/></w:style>'
        '<w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="LB"><w:name w:val="List Bullet"/></w:style>'
    )
    body = (
        par(run("a"), '<w:pStyle w:val="H2"/>')
        + par(run("b ") + run("c", '<w:rStyle w:val="Strong"/>'), '<w:pStyle w:val="Loop"/>')
        + par(run("d", '<w:b w:val="0"/>'), '<w:pStyle w:val="LB"/>')
    )
    assert read(word(body, styles=styles)).blocks == (
        Paragraph("a", level=3, bold=("a",)),
        Paragraph("b c", bold=("c",)),
        Paragraph("d", bullet=True),
    )


def test_pages_are_counted_where_word_saved_them():
    body = par(run("a")) + par("<w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>") + table(cell(par(run("c"))))
    read_ = read(word(body))
    assert read_.pages == 2
    assert [block.where for block in read_.blocks][1:] == [Where(page=1), Where(page=2, table=1)]
    assert read(word(par(run("a")))).pages is None


@pytest.mark.parametrize(
    ("inside", "fill"),
    [
        (cell(par(run("R", '<w:highlight w:val="red"/>'))), "ff0000"),
        (cell(par(run("A")), properties='<w:shd w:val="clear" w:fill="FFC000"/>'), "ffc000"),
        (cell(par(run("G")), properties='<w:shd w:val="solid" w:color="00B050" w:fill="auto"/>'), "00b050"),
        (cell(par(run("x")), properties='<w:shd w:val="clear" w:fill="auto"/>'), None),
        (cell(par(run("x"), '<w:shd w:val="clear" w:fill="00B050"/>')), "00b050"),
        (cell(par(run("x", '<w:highlight w:val="red"/>') + run("y"))), None),
    ],
)
def test_colour_behind_a_cell(inside, fill):
    (grid,) = read(word(table(inside))).blocks
    assert isinstance(grid, Table)
    assert fills(grid) == [[fill]]


def test_strict_form_has_other_namespaces():
    members = {
        "_rels/.rels": relations("officeDocument", "/word/main.xml").replace(
            "schemas.openxmlformats.org", "purl.oclc.org/ooxml"
        ),
        "word/main.xml": '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r>'
        '<x:rPr><x:b x:val="true"/></x:rPr><x:t>a</x:t></x:r></x:p></x:body></x:document>',
    }
    assert read(package(dict(members))).blocks == (Paragraph("a", bold=("a",)),)


def test_only_pictures_is_said():
    read_ = read(word("<w:p><w:r><w:drawing/></w:r></w:p>"))
    assert (read_.blocks, read_.not_read) == ((), ("this document holds pictures and no words",))


def test_bold_in_cells():
    (grid,) = read(word(table(cell(par(run("Board", "<w:b/>") + run(" and team")))))).blocks
    assert isinstance(grid, Table)
    assert grid.rows[0].cells[0].lines == (Line("Board and team", bold=("Board",)),)
