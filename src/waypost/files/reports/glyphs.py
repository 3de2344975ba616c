"""Which characters our own fonts can draw: PDF/UA refuses a document with any other, so they are replaced and said."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from waypost.files.reports.legible import REPLACED

FONTS = Path(__file__).parent / "fonts"
# Drawn by nothing and refused by nothing: soft hyphen, joiners, direction marks and isolates, variation selectors.
_UNSEEN = frozenset(
    {"\n", "\t", "\xad", *map(chr, (*range(0x200B, 0x2010), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10)))}
)


@cache
def drawable() -> frozenset[str]:
    """Every character that one of the fonts in this folder has."""
    return (
        frozenset(chr(point) for font in sorted(FONTS.glob("*.ttf")) for point in _points(font.read_bytes())) | _UNSEEN
    )


def drawn(text: str, undrawn: set[str]) -> str:
    """The text with each character that no font has replaced; those are added to `undrawn`."""
    missing = set(text) - drawable()
    if not missing:
        return text
    undrawn |= missing
    return text.translate({ord(letter): REPLACED for letter in missing})


def _points(font: bytes) -> Iterator[int]:
    """The code points of a TrueType font's 32-bit character map (OpenType specification, `cmap` format 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    for n in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)[2]
        if struct.unpack_from(">H", font, at)[0] == 12:
            for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
                yield from range(first, last + 1)
            return
    raise ValueError("the font has no 32-bit character map")
