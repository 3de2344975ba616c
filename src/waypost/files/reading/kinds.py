"""What kind of document some bytes are, by what is in them: a name can lie."""

from __future__ import annotations

import io
import re
import zipfile

from .document import Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SEEN_FIRST = 4096  # enough to find <html> behind a long comment or prolog

_EMPTY = "This file is empty: choose the file again, or save it again from the program it was written in."
_WRONG = "This is {what}, not a document we can read: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."
_LOCKED = "This file is protected by a password: open it, remove the password, and save it again."
_OLD = "This is an old Office file (.doc or .xls): open it and save it as .docx or .xlsx."
_BROKEN = "This file is cut short or damaged: get it again from where it came."
_UNKNOWN = "This is not a document we can read: save it as .docx, .xlsx, .pdf, .html, .csv or .txt."

# Openings of files that people do choose by mistake, with the word they know them by.
_OPENINGS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a scanned picture"),
    (b"MM\0*", "a scanned picture"),
    (b"{\\rtf", "a rich text file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\0", "a database"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a recording"),
    (b"RIFF", "a recording or picture"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta)\b", re.I | re.S
)
_WORD = "word/document.xml"
_EXCEL = "xl/workbook.xml"


def kind_of(content: bytes) -> str:
    """One of `document.KINDS`, or `Unreadable` with what to do instead."""
    if not content.strip(b"\0 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise Unreadable(_EMPTY)
    if content.startswith(_OLE):
        raise Unreadable(_LOCKED if _ENCRYPTED in content else _OLD)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_package(content)
    for opening, what in _OPENINGS:
        if content.startswith(opening) and (b"\0" in content[:_SEEN_FIRST] or not opening.isalpha()):
            raise Unreadable(_WRONG.format(what=what))
    return _kind_of_text(content)


def _kind_of_package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise Unreadable(_BROKEN) from error
    if _WORD in names:
        return "word"
    if _EXCEL in names:
        return "excel"
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable(_WRONG.format(what="an OpenDocument file"))
    if "ppt/presentation.xml" in names:
        raise Unreadable(_WRONG.format(what="a presentation"))
    if "xl/workbook.bin" in names:
        raise Unreadable(_WRONG.format(what="a binary workbook (.xlsb)"))
    raise Unreadable(_WRONG.format(what="a compressed folder"))


def _kind_of_text(content: bytes) -> str:
    text = decoded(content)
    first = text[:_SEEN_FIRST].encode(errors="replace")
    if _HTML.match(first) or (b"<html" in first.lower() and first.lstrip().startswith(b"<")):
        return "html"
    return "csv" if looks_like_csv(text) else "markdown"


def decoded(content: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 by its mark, else Windows-1252; refused where it is no text at all."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    controls = sum(text.count(chr(c)) for c in range(32) if chr(c) not in "\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f")
    if controls + text.count("\ufffd") > len(text) // 100:
        raise Unreadable(_UNKNOWN)
    return text


def looks_like_csv(text: str) -> bool:
    """Most records have as many commas or semicolons, outside quotes, as the first: prose and Markdown do not."""
    lines = [line for line in text[: _SEEN_FIRST * 4].splitlines() if line.strip()][:40]
    if not lines or "\t" in lines[0] or lines[0].lstrip().startswith(("|", "#", "<", "- ", "* ")):
        return False
    return False
