"""What kind of document some bytes are, by what is in them: a name can lie."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from .document import Unreadable
from .packages import LOCKED, names_in

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FIRST = 16_384  # characters that decide what a text file is

_KEEP = "save it as .docx, .xlsx, .pdf, .html, .csv or .txt"
_EMPTY = "This file is empty: choose the file again, or save it again from the program it was written in."
_WRONG = f"This is {{what}}, not a document that can be read here: {_KEEP}."
_UNKNOWN = f"This is not a document that can be read here: {_KEEP}."

_OLD = "This is an old Office file ({ending}): open it and save it as {new}."

# Openings of files that people do choose by mistake, with the word they know them by.
_OPENINGS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a scanned picture"),
    (b"MM\0*", "a scanned picture"),
    (b"{\\rtf", "a rich text file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\0", "a database"),
    (b"From: ", "an e-mail"),
    (b"MIME-Version:", "a web archive or an e-mail"),
    (b"BEGIN:VCALENDAR", "a calendar entry"),
)
_HTML = re.compile(r"(?:<\?xml[^>]{0,200}>)?\s*<(?:!doctype\s+html|html|head|body|table|div|meta|article|main)\b", re.I)
_NOT_CSV = re.compile(r"\s*(?:#{1,6}\s|\||<|[-*+]\s|\{|\[)")


def kind_of(content: bytes) -> str:
    """One of `document.KINDS`, or `Unreadable` with what to do instead."""
    if not content.strip(b"\0 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise Unreadable(_EMPTY)
    if content.startswith(_OLE):
        raise _ole(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_package(content)
    for opening, what in _OPENINGS:
        # "MZ" and the like also begin words: a program holds zeros, a letter does not.
        if content.startswith(opening) and (len(opening) > 2 or b"\0" in content[:1024]):
            raise Unreadable(_WRONG.format(what=what))
    return _kind_of_text(decoded(content))


def _ole(content: bytes) -> Unreadable:
    if _ENCRYPTED in content:
        return Unreadable(LOCKED)
    excel = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
    return Unreadable(_OLD.format(ending=".xls", new=".xlsx") if excel else _OLD.format(ending=".doc", new=".docx"))


def _kind_of_package(content: bytes) -> str:
    names = names_in(content)
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "excel"
    # Some programs name the main part otherwise; its folder is then what tells.
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", "word"), ("xl/worksheets/", "excel")):
            if any(name.startswith(folder) for name in names) and "xl/workbook.bin" not in names:
                return kind
    raise Unreadable(_WRONG.format(what=_package_word(names)))


def _package_word(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "a binary workbook (.xlsb)"
    if any(name.startswith("ppt/") for name in names):
        return "a presentation"
    if {"content.xml", "mimetype"} <= names:
        return "an OpenDocument file"
    return "a compressed folder"


def _kind_of_text(text: str) -> str:
    start = text[:_FIRST].lstrip()
    while start.startswith("<!--") and "-->" in start:
        start = start[start.index("-->") + 3 :].lstrip()
    if _HTML.match(start):
        return "html"
    return "csv" if delimiter_of(text) else "markdown"


def decoded(content: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 by its mark, else Windows-1252; refused where it is no text at all."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    drawn_nothing = sum(text.count(chr(code)) for code in range(32) if not chr(code).isspace())
    if drawn_nothing + text.count("\ufffd") > len(text) // 100:
        raise Unreadable(_UNKNOWN)
    return text


def delimiter_of(text: str) -> str | None:
    """The delimiter where the whole text is one table of delimited records, else None."""
    if _NOT_CSV.match(text):
        return None
    whole = len(text) <= _FIRST
    # Rows set with tabs are plain text, with Markdown in them; only a spreadsheet also puts its cells in quotes.
    for delimiter in "\t;," if '\t"' in text else ";,":
        try:
            records = [
                r for r in islice(csv.reader(io.StringIO(text[:_FIRST], newline=""), delimiter=delimiter), 200) if r
            ]
        except csv.Error:
            continue
        if _is_table(records if whole else records[:-1], text[:_FIRST], delimiter):
            return delimiter
    return None


def _is_table(records: list[list[str]], text: str, delimiter: str) -> bool:
    """Nearly all records have cells and most have the same number; in prose a comma is followed by a space."""
    widths = Counter(len(record) for record in records)
    cells = sum(number for width, number in widths.items() if width > 1)
    if cells < 2 or cells < 0.8 * len(records):
        return False
    if delimiter != "\t" and 2 * sum(field.startswith(" ") for r in records for field in r[1:]) > sum(
        len(r) - 1 for r in records
    ):
        return False
    width, number = max(((w, n) for w, n in widths.items() if w > 1), key=lambda pair: (pair[1], pair[0]))
    return number == len(records) if width == 2 else 2 * number >= len(records)
