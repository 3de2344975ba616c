"""What a file that leaves is called: the kind of report and the day, never a person's name or number."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import quote

_EXTENSION = re.compile(r"[a-z]{3,4}")


def file_name(kind: str, made_on: date, extension: str) -> str:
    """ "cynllun-gwella-2026-05-12.pdf"; `kind` is the program's own words, so a digit or an @ in it is a mistake."""
    if any(letter.isdigit() or letter == "@" for letter in kind):
        raise ValueError("a file's name carries no number and no address")
    if not _EXTENSION.fullmatch(extension):
        raise ValueError(f"not an extension: {extension!r}")
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", kind.replace("'", "").replace("’", "")).lower())
    if not words:
        raise ValueError("a file's name says what it is")
    return f"{'-'.join(words)}-{made_on.isoformat()}.{extension}"


def attachment(name: str) -> str:
    """The value of Content-Disposition (RFC 6266): saved, never shown in place; accents kept where they can be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
