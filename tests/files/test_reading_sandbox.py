"""The process a stranger's file is read in: what it may do, when it is ended, and what it may answer."""

import copy
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import docx
import openpyxl
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from waypost.files.reading import Unreadable, child, read_document, sandbox
from waypost.files.reading.document import KINDS, Cell, Document, Line, Paragraph, Row, Table, Where
from waypost.files.reading.passing import Unexpected, decoded_document, encoded
from waypost.files.reading.sandbox import read_safely

pytestmark = pytest.mark.slow

HEADINGS = ("Ref", "Action", "Lead", "Start", "Finish", "Progress", "RAG")
CELLS = (
    "1a",
    "Write to every team about the new form",
    "Team leader",
    "May 2020",
    "July 2020",
    "• Drafted\n• Sent",
    "R",
)


def write_text(path, rows):
    path.write_text("\n".join("\t".join(row).replace("\n", "<br>") for row in [HEADINGS, *[CELLS] * rows]))


def write_html(path, rows):
    made = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in [HEADINGS, *[CELLS] * rows])
    path.write_text(f"<!doctype html><table>{made.replace(chr(10), '<br>')}</table>")


def write_csv(path, rows):
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADINGS, *[CELLS] * rows]))


def write_excel(path, rows):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    for row in [HEADINGS, *[CELLS] * rows]:
        sheet.append(row)
    book.save(path)


def write_word(path, rows):
    document = docx.Document()
    table = document.add_table(1, len(CELLS))
    for cell, text in zip(table.rows[0].cells, CELLS, strict=True):
        cell.text = text
    row = table.rows[0]._tr
    for _ in range(rows):
        table._tbl.append(copy.deepcopy(row))
    document.save(path)


def write_pdf(path, rows):
    table = "".join(f"[{cell}]," for row in [HEADINGS, *[CELLS] * rows] for cell in row).replace("\n", "\\ ")
    path.write_bytes(typst.compile(f"#set page(flipped: true)\n#table(columns: 7, {table})".encode()))


WRITERS = {
    "markdown": write_text,
    "html": write_html,
    "csv": write_csv,
    "excel": write_excel,
    "word": write_word,
    "pdf": write_pdf,
}


@pytest.mark.parametrize("kind", KINDS)
def test_reads_as_it_would_here(kind, tmp_path):
    WRITERS[kind](tmp_path / "plan", 3)
    found = read_safely(tmp_path / "plan")
    assert found == read_document(tmp_path / "plan")
    assert (found.kind, found.name) == (kind, "plan")
    assert [row.cells[0].text for row in found.tables[0].rows][-3:] == ["1a"] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_five_thousand_rows_are_all_read(kind, tmp_path):
    """In ten seconds of a processor's time: how long that is on the wall is the machine's business."""
    WRITERS[kind](tmp_path / "plan", 5_000)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    tables = read_safely(tmp_path / "plan", seconds=60).tables
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 10
    rows = [row for table in tables for row in table.rows]
    assert sum(row.cells[0].text == "1a" for row in rows if row.cells) in (5_000, 5_001)
    assert len(rows[-1].cells[5].lines) == 2


def test_is_ended_when_it_takes_too_long(tmp_path):
    (tmp_path / "plan").write_text("*a " * 2_000_000)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="takes more than 0.5 seconds to read: save it again"):
        read_safely(tmp_path / "plan", seconds=0.5)
    assert time.monotonic() - began < 3


def test_is_ended_when_it_needs_too_much_memory(tmp_path):
    (tmp_path / "plan").write_text("1. a " * 9_000_000)
    with pytest.raises(Unreadable, match="needs more than 100 MB of memory to read: save it again"):
        read_safely(tmp_path / "plan", megabytes=100)


def test_text_is_read_in_little_memory(tmp_path):
    write_text(tmp_path / "plan", 50)
    assert len(read_safely(tmp_path / "plan", megabytes=100).tables) == 1


def test_refusals_come_back_word_for_word(tmp_path):
    (tmp_path / "plan").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    with pytest.raises(Unreadable) as there:
        read_safely(tmp_path / "plan")
    with pytest.raises(Unreadable) as here:
        read_document(tmp_path / "plan")
    assert str(there.value) == str(here.value)


def test_size_is_refused_without_a_process(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "_CHILD", tmp_path / "not there")
    with (tmp_path / "plan").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Unreadable, match="larger than 50 MB"):
        read_safely(tmp_path / "plan")


def standing_in(tmp_path, monkeypatch, source):
    """Another program in the reader's place, to see how its answers are taken."""
    (tmp_path / "stand_in.py").write_text(source)
    (tmp_path / "plan").write_text("words")
    monkeypatch.setattr(sandbox, "_CHILD", tmp_path / "stand_in.py")
    return tmp_path / "plan"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "nonsense",
        "{}",
        '{"document":[]}',
        '{"document":["a","b","exe",[],null,[]]}',
        '{"document":' + "[" * 100_000,
    ],
)
def test_answers_that_are_no_document_are_refused(answer, tmp_path, monkeypatch):
    plan = standing_in(tmp_path, monkeypatch, f"print({answer!r}, end='')")
    with pytest.raises(Unreadable, match="cut short or damaged"):
        read_safely(plan)


def test_a_crash_is_a_refusal(tmp_path, monkeypatch):
    plan = standing_in(tmp_path, monkeypatch, "import os; os.abort()")
    with pytest.raises(Unreadable, match="needs more than 500 MB"):
        read_safely(plan)


def test_a_silent_sleeper_is_ended(tmp_path, monkeypatch):
    plan = standing_in(tmp_path, monkeypatch, "import os, time; os.close(1); os.close(2); time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(Unreadable, match="takes more than 0.5 seconds"):
        read_safely(plan, seconds=0.5)
    assert time.monotonic() - began < 3


def test_nothing_of_our_environment_is_passed(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYPOST_KEY", "secret")
    told = "import json, os; print('{\"unreadable\":' + json.dumps(' '.join(sorted(os.environ))) + '}', end='')"
    plan = standing_in(tmp_path, monkeypatch, told)
    with pytest.raises(Unreadable) as refused:
        read_safely(plan)
    assert set(str(refused.value).split()) <= {"LC_ALL", "LC_CTYPE", "SYSTEMROOT", "__CF_USER_TEXT_ENCODING"}


def test_a_fault_is_told_by_its_place_and_not_by_its_words(tmp_path, monkeypatch, caplog):
    source = (
        f"import sys; sys.path.insert(0, {str(Path(child.__file__).parents[3])!r})\n"
        "from waypost.files.reading import child\nsys.excepthook = child._tell_place\nraise KeyError('words of a child')"
    )
    plan = standing_in(tmp_path, monkeypatch, source)
    with pytest.raises(Unreadable, match="cut short or damaged"):
        read_safely(plan)
    assert "KeyError at stand_in.py:4" in caplog.text
    assert "words of a child" not in caplog.text


LIMITED = f"""
import json, os, sys
sys.path.insert(0, {str(Path(child.__file__).parents[3])!r})
import socket, subprocess
from waypost.files.reading import child
child.take_limits(5, 200)
alone = child.leave_network()
sys.addaudithook(child.refuse)
said = {{"alone": alone, "networks": sorted(n for _, n in socket.if_nameindex()) if alone else ["lo"]}}
def tried(name, act):
    try:
        act()
    except (child.Forbidden, MemoryError, OSError) as error:
        said[name] = type(error).__name__
    else:
        said[name] = "done"
def write():
    with open({{path!r}}, "wb", buffering=0) as file:
        file.write(b"x")
tried("socket", lambda: socket.socket())
tried("connect", lambda: socket.create_connection(("127.0.0.1", 9)))
tried("program", lambda: subprocess.run(["true"]))
tried("shell", lambda: os.system("true"))
tried("fork", lambda: os.fork())
tried("memory", lambda: bytearray(300_000_000))
tried("write", write)
print(json.dumps(said))
"""


def test_what_the_process_may_not_do(tmp_path):
    source = LIMITED.replace("{path!r}", repr(str(tmp_path / "written")))
    made = subprocess.run([sys.executable, "-I", "-c", source], capture_output=True, text=True, check=True, timeout=30)
    said = json.loads(made.stdout)
    assert said.pop("networks") == ["lo"]
    assert isinstance(said.pop("alone"), bool)
    memory = said.pop("memory")
    assert memory == ("MemoryError" if sys.platform.startswith("linux") else memory)
    assert said == dict.fromkeys(("socket", "connect", "program", "shell", "fork"), "Forbidden") | {"write": "OSError"}


PLACES = st.builds(
    Where,
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.none() | st.just("Plan!B7"),
)
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=9)
SEVERAL = st.lists(TEXTS, max_size=2).map(tuple)
PARAGRAPHS = st.builds(
    Paragraph, TEXTS, st.none() | st.integers(1, 6), st.booleans(), st.none() | TEXTS, SEVERAL, SEVERAL, PLACES
)
LINES = st.lists(st.builds(Line, TEXTS, st.booleans(), SEVERAL), max_size=2).map(tuple)
CELLS_ = st.builds(Cell, LINES, st.none() | st.just("ff0000"), st.integers(1, 3), st.integers(1, 3), PLACES)
ROWS = st.builds(Row, st.lists(CELLS_, max_size=3).map(tuple), PLACES)
TABLES = st.builds(Table, st.lists(ROWS, max_size=3).map(tuple), PLACES)
DOCUMENTS = st.builds(
    Document,
    TEXTS,
    TEXTS,
    st.sampled_from(KINDS),
    st.lists(PARAGRAPHS | TABLES, max_size=3).map(tuple),
    st.none() | st.integers(1, 9),
    SEVERAL,
)


@given(DOCUMENTS)
def test_a_document_passes_whole(document):
    assert decoded_document(encoded(document).encode()) == document


@given(DOCUMENTS, st.data())
def test_a_document_with_a_part_changed_passes_as_nothing_else(document, data):
    """Whatever stands in the place of a part, what comes out is a document of the right types or nothing."""
    held = json.loads(encoded(document))
    held[data.draw(st.integers(0, 5))] = data.draw(st.none() | st.booleans() | st.integers() | st.lists(st.integers()))
    try:
        found = decoded_document(json.dumps(held).encode())
    except Unexpected:
        return
    assert isinstance(found.name, str)
    assert all(isinstance(block, Paragraph | Table) for block in found.blocks)
    assert found.pages is None or isinstance(found.pages, int)
