"""Any document a person can choose, read into one shape or refused in one sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .document import Document, Unreadable
from .kinds import decoded, kind_of

__all__ = ["Document", "Unreadable", "read_document"]


def read_document(path: Path) -> Document:
    """The document at `path`, its reader chosen by content; `Unreadable` where it cannot be read."""
    content = path.read_bytes()
    kind = kind_of(content)
    if kind != "markdown":
        raise Unreadable("This kind of document is not read yet.")
    from .text import read_text

    return Document(path.name, hashlib.sha256(content).hexdigest(), kind, read_text(decoded(content)))
