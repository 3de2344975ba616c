"""PDF pages set by Typst: ruled tables, tables without rules, and what runs on from line to line."""

import pypdf
import pytest
import typst
from pypdf.generic import NameObject, NumberObject

from tests.files.reading_shapes import fills, shape, spans
from waypost.files.reading.document import Paragraph, Table, Unreadable, Where
from waypost.files.reading.pdf import read

PAGE = '#set page(paper: "a4", flipped: true, margin: 1.5cm)\n#set text(size: 9pt)\n'
LONG = "Write to every team about the new form and ask each of them what it would need before the form is used at all"
ROWS = f"""[#strong[Ref]], [#strong[Action]], [#strong[Progress]], [#strong[When]], [#strong[RAG]],
  [1a], [{LONG}], [- one thing is done
- another thing is done that runs over onto a second line because it is long], [Start: May 2020 \\ End: July 2020], table.cell(fill: rgb("#ff0000"))[R],
  [1b], [Read it], [], [Ongoing], [],"""
READ = [
    ["Ref", "Action", "Progress", "When", "RAG"],
    [
        "1a",
        LONG,
        "• one thing is done\n• another thing is done that runs over onto a second line because it is long",
        "Start: May 2020\nEnd: July 2020",
        "R",
    ],
    ["1b", "Read it", "", "Ongoing", ""],
]
COLUMNS = "columns: (auto, 4fr, 3fr, 2fr, 1fr)"


def page(source):
    return typst.compile((PAGE + source).encode())


def test_ruled_table_among_paragraphs():
    read_ = read(
        page(f"""= Our plan
Some #strong[heavy] and #emph[leaning] words that go on and on until they have to run over onto the next line of the page, as the words of a paragraph do when there are many of them and the page is only so wide as it is.

3. A finding
- a point

#table({COLUMNS}, {ROWS})
After it.""")
    )
    assert shape(read_) == [
        "# Our plan",
        "Some heavy and leaning words that go on and on until they have to run over onto the next line of the page, as the "
        "words of a paragraph do when there are many of them and the page is only so wide as it is.",
        "3. A finding",
        "• a point",
        READ,
        "After it.",
    ]
    table = read_.blocks[4]
    assert isinstance(table, Table)
    assert fills(table) == [[None] * 5, [None] * 4 + ["ff0000"], [None] * 5]
    assert table.rows[1].where == Where(page=1, table=1, row=2)
    assert table.rows[0].cells[0].lines[0].bold == ("Ref",)
    assert isinstance(read_.blocks[1], Paragraph)
    assert (read_.blocks[1].bold, read_.blocks[1].italic) == (("heavy",), ("leaning",))
    assert (read_.pages, read_.not_read) == (1, ())


@pytest.mark.parametrize("stroke", ["none", "(x, y) => (bottom: 0.5pt)", "(x, y) => if y == 0 { (bottom: 1pt) }"])
def test_table_without_columns_ruled(stroke):
    rows = ROWS.replace('table.cell(fill: rgb("#ff0000"))[R]', "[R]")
    read_ = read(page(f"#table({COLUMNS}, column-gutter: 10pt, inset: 5pt, stroke: {stroke}, {rows})\n\nAfter it."))
    assert shape(read_) == [READ, "After it."]


def test_table_of_coloured_boxes():
    read_ = read(page(f'#table({COLUMNS}, stroke: none, fill: rgb("#eeeeee"), {ROWS})'))
    assert shape(read_) == [READ]


def test_merged_cells():
    read_ = read(
        page(
            "#table(columns: (2fr, 1fr, 2fr), table.cell(rowspan: 3)[Aim], [a], [x], [b], [y], [c], [z],"
            " table.cell(colspan: 2)[wide], [n])"
        )
    )
    assert shape(read_) == [[["Aim", "a", "x"], ["b", "y"], ["c", "z"], ["wide", "n"]]]
    (table,) = read_.blocks
    assert isinstance(table, Table)
    assert spans(table) == [[(1, 3), (1, 1), (1, 1)], [(1, 1)] * 2, [(1, 1)] * 2, [(2, 1), (1, 1)]]


def test_table_over_pages_is_a_table_on_each():
    rows = "".join(f"[{number}], [{LONG}], " for number in range(40))
    read_ = read(page(f"#table(columns: (1cm, 6cm), table.header([Ref], [Action]), {rows})"))
    tables = [block for block in read_.blocks if isinstance(block, Table)]
    assert len(tables) == read_.pages
    assert [table.where.page for table in tables] == list(range(1, len(tables) + 1))
    numbers = [row.cells[0].text for table in tables for row in table.rows if row.cells[0].text != "Ref"]
    assert numbers == [str(number) for number in range(40)]
    assert {row.cells[1].text for table in tables for row in table.rows} == {"Action", LONG}


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("#rect[boxed words]", ["boxed words"]),
        ("#underline[under] and #strike[through]", ["under and through"]),
        ("office ffi fl “so” – ŵ ŷ", ["office ffi fl “so” – ŵ ŷ"]),
        ("#strong[B]rief", ["Brief"]),
        ("#table(columns: (1cm, 3cm), rotate(-90deg, reflow: true)[Turned], [a])", [[["Turned", "a"]]]),
        ('#set text(font: "DejaVu Sans")\n#table(columns: 2, [שלום עולם], [מאי 2015 לעשות])', [[["שלום עולם", "מאי 2015 לעשות"]]]),
        ('#set text(font: "DejaVu Sans")\n#table(columns: (3cm, 1cm), [- اسأل الأطفال عن رأيهم\n], [a])', [[["• اسأل الأطفال عن رأيهم", "a"]]]),
        ('#set text(font: "DejaVu Sans")\n#table(columns: (5cm, 1cm), [#set text(lang: "ar")\n- سلام 2015], [a])', [[["• سلام 2015", "a"]]]),
        ("#table(columns: 2, [o Fai 2015], [Gwasanaeth ŵ])", [[["o Fai 2015", "Gwasanaeth ŵ"]]]),
        ("#table(columns: (3cm, 3cm), [Multi-agency and post-inspection plan], [a])", [[["Multi-agency and post-inspection plan", "a"]]]),
        ("= One\n== Two\nwords " * 1, ["# One", "## Two", "words"]),
        ("#table(columns: 2, [a #rect[b]], [c])", [[["a\nb", "c"]]]),
        ("1. one\n2. two\n3. three", ["1. one", "2. two", "3. three"]),
        ("left #h(6cm) right", ["left right"]),
    ],
)  # fmt: skip
def test_forms(source, blocks):
    assert shape(read(page(source))) == blocks


def test_newspaper_columns_are_read_one_after_the_other():
    sentence = "The board met and said what it wanted to see done before the summer came and went. "
    read_ = read(page(f"#columns(2)[{sentence * 60}]"))
    assert " ".join(shape(read_)) == (sentence * 60).strip()


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_turned_page_reads_as_it_is_shown(quarter, tmp_path):
    """A page kept on its side and shown upright, as landscape pages often are."""
    (tmp_path / "a.pdf").write_bytes(page(f"#table({COLUMNS}, {ROWS})"))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.pages[0].rotate(quarter).transfer_rotation_to_content()
    writer.pages[0][NameObject("/Rotate")] = NumberObject(360 - quarter)
    writer.write(tmp_path / "b.pdf")
    assert shape(read((tmp_path / "b.pdf").read_bytes())) == [READ]


def test_page_that_is_a_picture_is_said_to_be_not_read():
    picture = '#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"></svg>"))'
    dot = "#image(bytes((137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0,"
    dot += " 144, 119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, 120, 156, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 201, 254, 146, 239,"
    dot += " 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130)), width: 10cm)"
    read_ = read(page(f"words\n#pagebreak()\n{dot}\n#pagebreak()\n{picture}"))
    assert shape(read_) == ["words"]
    assert (read_.pages, read_.not_read) == (3, ("page 2 is a picture",))


def test_locked_and_broken(tmp_path):
    (tmp_path / "a.pdf").write_bytes(page("words"))
    for owner_only in (False, True):
        writer = pypdf.PdfWriter(clone_from=tmp_path / "a.pdf")
        writer.encrypt("" if owner_only else "secret", owner_password="owner", algorithm="AES-256")
        writer.write(tmp_path / f"{owner_only}.pdf")
    assert shape(read((tmp_path / "True.pdf").read_bytes())) == ["words"]
    with pytest.raises(Unreadable, match="protected by a password"):
        read((tmp_path / "False.pdf").read_bytes())
    whole = page("words")
    for broken in (whole[: len(whole) // 2], b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n"):
        with pytest.raises(Unreadable, match="cut short or damaged"):
            read(broken)
