"""A document's kind is told by its content, and what cannot be read is refused in one sentence that says what to do."""

import io
import struct

import openpyxl
import pytest

from tests.files.reading_shapes import package, relations, word
from waypost.files.reading import LARGEST, Unreadable, read_document
from waypost.files.reading.kinds import kind_of
from waypost.files.reading.packages import MOST_UNPACKED, refuse_unsafe

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def directory(name):
    return OLE + name.encode("utf-16-le") + bytes(512)


def workbook():
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


def lying(content, declared):
    """The same package, saying of its last member that it unpacks to so many bytes."""
    at = content.rfind(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", declared) + content[at + 28 :]


def locked(content):
    """The same package, its last member marked as encrypted."""
    at = content.rfind(b"PK\x01\x02")
    return content[: at + 8] + struct.pack("<H", 1) + content[at + 10 :]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word("<w:p/>"), "word"),
        (workbook(), "excel"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.7\n", "pdf"),
        (b"<!DOCTYPE html><p>a", "html"),
        (b"\xef\xbb\xbf  <!-- saved --><html><p>a", "html"),
        (b'<?xml version="1.0"?>\n<html><p>a', "html"),
        (b"<table><tr><td>a", "html"),
        ("<html><p>a".encode("utf-16"), "html"),
        (b"a,b,c\n1,2,3\n", "csv"),
        (b"# a\n\nb", "markdown"),
        (b"MZ is a name, too", "markdown"),
        (b"<b>a</b>\tb\n", "markdown"),
        ("Cynllun gwella ŵ".encode(), "markdown"),
        ("خطة التحسين".encode(), "markdown"),
    ],
)
def test_kind_by_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty: choose the file again, or save it again from the program it was written in."),
        (b" \r\n\t", "This file is empty: choose the file again, or save it again from the program it was written in."),
        (b"\xef\xbb\xbf", "This file is empty: choose the file again, or save it again from the program it was written in."),
        (directory("EncryptedPackage"), "This file is protected by a password: open it, remove the password, and save it again."),
        (locked(word("<w:p/>")), "This file is protected by a password: open it, remove the password, and save it again."),
        (directory("WordDocument"), "This is an old Office file (.doc): open it and save it as .docx."),
        (directory("Workbook"), "This is an old Office file (.xls): open it and save it as .xlsx."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (b"\xff\xd8\xff\xe0", "This is a picture, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (b"MZ\x90\0\3\0", "This is a program, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (rb"{\rtf1 words}", "This is a rich text file, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (package({"mimetype": "x", "content.xml": "x"}), "This is an OpenDocument file, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (package({"ppt/presentation.xml": "x"}), "This is a presentation, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (package({"xl/workbook.bin": "x"}), "This is a binary workbook (.xlsb), not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (package({"photo.txt": "x"}), "This is a compressed folder, not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (bytes(range(256)) * 8, "This is not a document that can be read here: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."),
        (word("<w:p/>")[:-40], "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
        (word("<w:p>"), "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
        (workbook()[:2000], "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
        (b"%PDF-1.7\nwords", "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
        (package({"word/document.xml": "<a/>"}), "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
        (package({"_rels/.rels": relations("officeDocument", "word/gone.xml"), "word/document.xml": "<a/>"}), "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
        (package({"xl/workbook.xml": "<a/>"}), "This file is cut short or damaged: get it again from where it came, or open it and save it again."),
    ],
)  # fmt: skip
def test_refusals(content, sentence, tmp_path):
    (tmp_path / "plan.docx").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read_document(tmp_path / "plan.docx")
    assert str(refused.value) == sentence


def test_size_alone_refuses(tmp_path):
    with (tmp_path / "plan.docx").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Unreadable, match="larger than 50 MB"):
        read_document(tmp_path / "plan.docx")
    assert LARGEST == 50_000_000


@pytest.mark.parametrize("name", ["gone.docx", "."])
def test_no_file(name, tmp_path):
    with pytest.raises(Unreadable, match="could not be opened: choose it again"):
        read_document(tmp_path / name)


BOMB = package({"word/document.xml": "x", "word/media/a": bytes(MOST_UNPACKED + 1)}, level=1)


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        lying(BOMB, 1_000),
        package({"word/document.xml": "<w:p/>" * 5_000_000}),
        package({f"word/{number}.xml": "" for number in range(5_001)}),
    ],
    ids=["declared", "lied about", "by ratio", "by number"],
)
def test_bombs_are_refused_before_they_are_read(content):
    assert len(content) < 2_000_000
    with pytest.raises(Unreadable, match="unpacks to far more than a document holds"):
        refuse_unsafe(content)


def test_entities_are_not_multiplied(tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<!DOCTYPE x [<!ENTITY e0 "{"words " * 100}">{entities}]><w:document xmlns:w="x"><w:body>&e8;</w:body></w:document>'
    content = package({"_rels/.rels": relations("officeDocument", "word/document.xml"), "word/document.xml": body})
    (tmp_path / "plan.docx").write_bytes(content)
    try:
        found = len(read_document(tmp_path / "plan.docx").blocks)
    except Unreadable:
        found = 0
    assert found == 0
