"""Any document a person can choose, read into one shape or refused in one sentence."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from .document import Document, Unreadable
from .kinds import kind_of
from .packages import DAMAGED, refuse_unsafe

__all__ = ["LARGEST", "Document", "Unreadable", "read_document", "refuse_by_size"]

LARGEST = 50_000_000  # bytes
_TOO_LARGE = "This file is larger than 50 MB: save it again without its pictures, or split it."
_MISSING = "This file could not be opened: choose it again."

# Each module has `read(content) -> Contents` and `BROKEN`, the exceptions its library documents for a bad file.
# They are imported when needed: a text file should not wait for the PDF library.
_READERS = {
    "markdown": "text",
    "csv": "csv_table",
    "html": "html",
    "word": "word",
    "excel": "excel",
    "pdf": "pdf",
}


def refuse_by_size(path: Path) -> None:
    """Refuse what is no file or too large a one, before any of it is read."""
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise Unreadable(_MISSING) from error
    if size is None:
        raise Unreadable(_MISSING)
    if size > LARGEST:
        raise Unreadable(_TOO_LARGE)


def read_document(path: Path) -> Document:
    """The document at `path`, its reader chosen by content; `Unreadable` where it cannot be read."""
    refuse_by_size(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(_MISSING) from error
    if len(content) > LARGEST:
        raise Unreadable(_TOO_LARGE)
    kind = kind_of(content)
    if kind in ("word", "excel"):
        refuse_unsafe(content)
    reader = import_module(f".{_READERS[kind]}", __package__)
    try:
        read = reader.read(content)
    except reader.BROKEN as error:
        raise Unreadable(DAMAGED) from error
    return Document(path.name, hashlib.sha256(content).hexdigest(), kind, read.blocks, read.pages, read.not_read)
