"""HTML as a browser shows it."""

import pytest

from tests.files.reading_shapes import fills, shape, spans
from waypost.files.reading.document import Paragraph, Table, Where
from waypost.files.reading.html import read

PAGE = b"""<!doctype html>
<html><head><title>not seen</title>
<style>.gone { display: none } td.late { background: #0f0 } @media print { .shown { display: none } } .r{background-color:rgb(255, 0,0)}</style>
</head><body>
<h1>Our <b>plan</b><br>for care</h1>
<p>First<br>second</p><script>document.write('no')</script><noscript>no</noscript>
<p class="gone">hidden</p><p class="shown">not hidden</p><p hidden>no</p><p style="visibility:hidden">no</p>
<ul><li>one</li><li><p>two</p><ul><li>under two</li></ul></li></ul>
<ol start="3"><li>three<li>four</ol>
<table><caption>Caption</caption>
<thead><tr><th rowspan=2>Aim<th colspan=2>Action</tr><tr><th>Ref<th>Words</tr></thead>
<tr><td rowspan=3>A1<td class="late">1a<td>Do <b>this</b><br>and<ul><li>x</li><li>y</li></ul>
<tr hidden><td>no<td>no
<tr class="r"><td bgcolor="orange">1b<td><ol><li>p<li>q</ol><table><tr><td>Start<td>May</tr><tr><td>End<td>June</table>
</table>
<p>All <i>leaning</i> &amp; <span style="font-weight:700">heavy</span></p>
</body></html>"""


def test_page():
    assert shape(read(PAGE)) == [
        "# Our plan for care",
        "First",
        "second",
        "not hidden",
        "• one",
        "• two",
        "• under two",
        "3. three",
        "4. four",
        "Caption",
        [
            ["Aim", "Action"],
            ["Ref", "Words"],
            ["A1", "1a", "Do this\nand\n• x\n• y"],
            ["1b", "1. p\n2. q\nStart May\nEnd June"],
        ],
        "All leaning & heavy",
    ]


def test_spans_fills_emphasis_and_lines():
    blocks = read(PAGE).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert spans(table) == [[(1, 2), (2, 1)], [(1, 1), (1, 1)], [(1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1)]]
    assert fills(table) == [[None, None], [None, None], [None, "00ff00", None], ["ffa500", "ff0000"]]
    assert [row.where.line for row in table.rows] == [11, 11, 12, 14]
    assert table.rows[2].cells[2].lines[0].bold == ("this",)
    assert blocks[0] == Paragraph("Our plan for care", level=1, bold=("plan",), where=Where(line=5))
    assert blocks[-1] == Paragraph("All leaning & heavy", bold=("heavy",), italic=("leaning",), where=Where(line=16))


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<table><tr><td><table><tr><td>in<td>it</table></table>", [[["in", "it"]]]),
        ("<table role=presentation><tr><td>a<td>b</table>", ["a b"]),
        ("<table><tr><td>- typed<br>o also<br>plain</table><p>x", [[["• typed\n• also\nplain"]], "x"]),
        ("<div>a<span>b</span> c</div>d", ["ab c", "d"]),
        ("<pre>a\nb</pre>", ["a", "b"]),
        ("<p>tick <input type=checkbox checked> <input type=hidden value=no></p>", ["tick ✓"]),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>", [[["a", "b"], ["c"]]]),
        ("<table><tr><td colspan=999999999>a<td rowspan=-3>b</table>", [[["a", "b"]]]),
        ("<p>a</p><!-- no --><?php no ?><p>b</p>", ["a", "b"]),
        ('<?xml version="1.0" encoding="utf-8"?><html><p>a</p></html>', ["a"]),
        ("<p dir=rtl>שלום עולם</p><p lang=cy>o Fai 2015</p>", ["שלום עולם", "o Fai 2015"]),
        ("<p style='font-size:0'>no</p><p style='opacity: 0'>no</p><template>no</template><p>a", ["a"]),
        ("<dl><dt>Lead<dd>Board</dl>", ["Lead", "Board"]),
        ("<p><a href='javascript:x()' onclick='y()'>link</a>", ["link"]),
    ],
)
def test_forms(page, blocks):
    assert shape(read(f"<html><body>{page}".encode())) == blocks


def test_what_is_nested_too_deep_is_said_to_be_not_read():
    page = read(b"<html><p>a</p>" + b"<div>" * 3_000 + b"b")
    assert shape(page) == ["a"]
    assert page.not_read == ("what is nested more than 2,000 deep on the page",)


def test_deep_but_not_too_deep_is_read():
    assert shape(read(b"<html>" + b"<div>" * 1_000 + b"b")) == ["b"]
