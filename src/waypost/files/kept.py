"""What may be kept, and what a file is by its content. Pure."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from waypost.files.reading.document import Unreadable
from waypost.files.reading.packages import names_in

LARGEST = 50 * 1024 * 1024
LONGEST_NAME = 200
EVIDENCE = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "image/png": "picture",
    "image/jpeg": "picture",
    "text/plain": "text",
    "text/csv": "CSV",
}
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_BY_START = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_ENDINGS = {  # the first is given to a file whose name has none of them: what opens it must be what it is
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "text/plain": (".txt", ".csv", ".md", ".log"),
    "text/csv": (".csv", ".tsv", ".txt"),
    "text/markdown": (".md", ".markdown", ".txt"),
    "text/html": (".html", ".htm"),
}


def why_not_keep(name: str, size: int) -> str | None:
    if size == 0:
        return f"{name} is empty. Choose a file with something in it."
    if size > LARGEST:
        return f"{name} is {size / 1024 / 1024:.0f} MB. Files up to 50 MB can be kept; save it smaller or split it."
    return None


def name_kept(name: str, content_type: str) -> str:
    """The name with nothing in it that is not seen, no longer than may be, and an ending true of the content."""
    shown = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip() or "file"
    endings = _ENDINGS.get(content_type, ("",))
    ending = PurePosixPath(shown).suffix
    if endings[0] and ending.lower() not in endings:
        return shown[: LONGEST_NAME - len(endings[0])] + endings[0]
    return shown[: len(shown) - len(ending)][: LONGEST_NAME - len(ending)] + ending if ending else shown[:LONGEST_NAME]


def content_type(data: bytes) -> str | None:
    """The type found in the bytes, of those that may be kept as evidence; None for anything else."""
    for start, found in _BY_START.items():
        if data.startswith(start):
            return found
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return "text/plain" if _is_text(data) else None


def _office(data: bytes) -> str | None:
    try:
        names = names_in(data)
    except Unreadable:
        return None
    return next((found for part, found in _OFFICE.items() if part in names), None)


def _is_text(data: bytes) -> bool:
    """Text is read by people; what begins with a mark-up's bracket is read by a browser."""
    if b"\0" in data:
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not text.lstrip().startswith("<")
