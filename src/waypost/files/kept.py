"""What may be kept, and what a file is by its content. Pure."""

from __future__ import annotations

import io
import zipfile

LARGEST = 50 * 1024 * 1024
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


def why_not_keep(name: str, size: int) -> str | None:
    if size == 0:
        return f"{name} is empty. Choose a file with something in it."
    if size > LARGEST:
        return f"{name} is {size / 1024 / 1024:.0f} MB. Files up to 50 MB can be kept; save it smaller or split it."
    return None


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
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except zipfile.BadZipFile:
        return None
    return next((found for part, found in _OFFICE.items() if part in names), None)


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.lstrip()[:100].lower().startswith((b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml"))
