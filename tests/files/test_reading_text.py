"""Markdown and plain text: an own-words page in the form the first source came in, and what can stand in it."""

import time
from pathlib import Path

import pytest

from tests.files.reading_shapes import shape, words
from waypost.files.reading import read_document
from waypost.files.reading.document import Cell, Line, Paragraph, Row, Table, Where
from waypost.files.reading.text import read

SOURCE = Path(__file__).parents[3] / "shared/reference/bromley-2015.txt"

PAGE = """# **Our plan**

Some *leaning* and **heavy** words that
run over a line.

1. First finding
2. Second finding
   which runs on
- a point
- 2.1 A numbered point

---

OUR PLAN 2020

AIM\tACTION\tRESULT\tLEAD\tWHEN\tPROGRESS\t
<b>QUALITY &amp; CARE</b> (1) Better plans.\ta\tWrite a <u>new</u> plan.\tGood.\t<b>Team leader</b>\tStart: May 2020 End: July 2020\t\
<ul style="list-style-type: none"> <li>Drafted.</li> <li>• Sent</li> </ul>\t
\tb\tRead it.\t\tA ( <b>B</b> ; C)\tOngoing\t<ul> <li>Read</li> </ul>
\t\t\t\t\t\tlate words\t

OUR PLAN 2020

AIM\tACTION\tRESULT\tLEAD\tWHEN\tPROGRESS
\tc Check it.\tSafe.\tBoard\t\tNothing yet
"""

FIRST = [
    ["AIM", "ACTION", "RESULT", "LEAD", "WHEN", "PROGRESS", ""],
    [
        "QUALITY & CARE (1) Better plans.",
        "a",
        "Write a new plan.",
        "Good.",
        "Team leader",
        "Start: May 2020 End: July 2020",
        "• Drafted.\n• Sent",
        "",
    ],
    ["", "b", "Read it.", "", "A ( B ; C)", "Ongoing", "• Read"],
    ["", "", "", "", "", "", "late words", ""],
]


def test_page_in_order():
    assert shape(read(PAGE.encode())) == [
        "# Our plan",
        "Some leaning and heavy words that run over a line.",
        "1. First finding",
        "2. Second finding which runs on",
        "• a point",
        "• 2.1. A numbered point",
        "OUR PLAN 2020",
        FIRST,
        "OUR PLAN 2020",
        [
            ["AIM", "ACTION", "RESULT", "LEAD", "WHEN", "PROGRESS"],
            ["", "c Check it.", "Safe.", "Board", "", "Nothing yet"],
        ],
    ]


def test_emphasis_and_place():
    blocks = read(PAGE.encode()).blocks
    assert blocks[:2] == (
        Paragraph("Our plan", level=1, bold=("Our plan",), where=Where(line=1)),
        Paragraph(
            "Some leaning and heavy words that run over a line.",
            bold=("heavy",),
            italic=("leaning",),
            where=Where(line=3),
        ),
    )
    table = blocks[7]
    assert isinstance(table, Table)
    assert table.where == Where(line=16, table=1)
    assert [row.where.line for row in table.rows] == [16, 17, 18, 19]
    assert table.rows[2].where == Where(line=18, table=1, row=3)
    assert table.rows[1].cells[0].lines[0].bold == ("QUALITY & CARE",)
    assert table.rows[2].cells[4] == Cell((Line("A ( B ; C)", bold=("B",)),), where=Where(line=18, table=1, row=3))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "| Ref | Action |\n|-----|:------:|\n| 1a | **Do** it<br>now |\n",
            [[["Ref", "Action"], ["1a", "Do it\nnow"]]],
        ),
        ("|a\\|b|c|\n|--|--|\n||d|", [[["a|b", "c"], ["", "d"]]]),
        ("Title\n=====\n\nPart\n----\nwords", ["# Title", "## Part", "words"]),
        ("a\r\nb\r\n\r\nc\rd", ["a b", "c d"]),
        ("### Closed ###", ["### Closed"]),
        ("> quoted\n> on", ["quoted on"]),
        ("see [the plan](http://x.test/a) and ![](pic.png)", ["see the plan and"]),
        ("<http://x.test/>", ["http://x.test/"]),
        ("5 * 3 and *only* one *", ["5 * 3 and only one *"]),
        ("left over** marks", ["left over marks"]),
        ("snake_case_word and _this_", ["snake_case_word and this"]),
        ("\\*not\\* this", ["*not* this"]),
        ("Dr <Insert name> & co", ["Dr <Insert name> & co"]),
        ("a <!-- not\nseen --> b", ["a b"]),
        ("a\n<script>alert(1)</script>\nb", ["a", "b"]),
        ("<span hidden>x</span><span style='display:none'>y</span>z", ["z"]),
        ("•\tone\n•\ttwo", ["• one", "• two"]),
        ("1.\tone\n2.\ttwo", ["1. one", "2. two"]),
        ("\tset in a little", ["set in a little"]),
        ("- ", []),
        ("16<sup>th</sup> July", ["16th July"]),
        ("```\ncode\n```", ["code"]),
        ("Gwnaed o Fai 2015 ŵyŷ\n\nשלום\tעולם", ["Gwnaed o Fai 2015 ŵyŷ", [["שלום", "עולם"]]]),
    ],
)
def test_forms(text, blocks):
    assert shape(read(text.encode())) == blocks


def test_html_table_in_markdown_keeps_its_lines():
    read_ = read(
        b"before\n\n<table>\n<tr><td>a</td><td>b</td></tr>\n<tr><td colspan=2>c</td></tr>\n</table>\n\nx\ty\tz\n"
    )
    assert shape(read_) == ["before", [["a", "b"], ["c"]], [["x", "y", "z"]]]
    first, second = (block for block in read_.blocks if isinstance(block, Table))
    assert [row.where.line for row in first.rows] == [4, 5]
    assert second.where == Where(line=8, table=2)


@pytest.mark.parametrize("tail", ["<table", "<table><tr><td>x", "<table><!-- ", "</table>"])
def test_html_table_cut_short_is_no_fault(tail):
    assert shape(read(f"words\n{tail}".encode()))[0].startswith("words")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("café".encode(), "café"),
        ("\ufeffcafé".encode(), "café"),
        ("café – “so”".encode("cp1252"), "café – “so”"),
        ("café".encode("utf-16"), "café"),
    ],
)
def test_encodings(content, text):
    assert shape(read(content)) == [text]


def test_source_document_where_it_is_at_hand():
    """The same behaviours as PAGE, on the page they come from; the bytes themselves are the standard."""
    content = SOURCE.read_bytes() if SOURCE.exists() else PAGE.encode()
    raw = [line for line in content.decode().split("\n") if "\t" in line]
    began = time.perf_counter()
    read_ = read(content)
    assert time.perf_counter() - began < 1
    rows = [row for block in read_.blocks if isinstance(block, Table) for row in block.rows]
    assert [len(row.cells) for row in rows] == [line.count("\t") + 1 for line in raw]
    assert [[not words(cell) for cell in row.cells] for row in rows] == [
        [not field.strip() for field in line.split("\t")] for line in raw
    ]
    assert all(isinstance(row, Row) and "<" not in words(cell) for row in rows for cell in row.cells)
    headings = [line for line in content.decode().split("\n") if line.startswith("#")]
    assert [b.level for b in read_.blocks if isinstance(b, Paragraph) and b.level] == [
        len(line) - len(line.lstrip("#")) for line in headings
    ]


def test_same_text_under_any_name(tmp_path):
    for name in ("plan.md", "plan.docx", "plan"):
        (tmp_path / name).write_text(PAGE)
        found = read_document(tmp_path / name)
        assert (found.name, found.kind, len(found.tables)) == (name, "markdown", 2)
