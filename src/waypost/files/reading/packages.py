"""Office files are zip packages: what they hold, and whether unpacking them is safe."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .document import Unreadable

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 300  # repeated rows of a real plan pack about 100 to 1, a bomb 1,000 to 1
_RATIO_FROM = 20_000_000  # below this a high ratio does no harm
_CHUNK = 1 << 16

DAMAGED = "This file is cut short or damaged: get it again from where it came, or open it and save it again."
_BOMB = "This file unpacks to far more than a document holds, so it was not opened: save it again as a new document."
LOCKED = "This file is protected by a password: open it, remove the password, and save it again."

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError, OSError)


def names_in(content: bytes) -> set[str]:
    """The names of the package's members; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return set(package.namelist())
    except BROKEN as error:
        raise Unreadable(DAMAGED) from error


def refuse_unsafe(content: bytes) -> None:
    """Refuse a package by what it declares, then by what unpacking it really gives: a header can lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable(LOCKED)
            _refuse_more(sum(member.file_size for member in members), len(content), len(members))
            _refuse_more(_unpacked(content, members), len(content), len(members))
    except BROKEN as error:
        raise Unreadable(DAMAGED) from error


def _refuse_more(unpacked: int, packed: int, members: int) -> None:
    if members > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Unreadable(_BOMB)
    if unpacked > _RATIO_FROM and unpacked > MOST_RATIO * packed:
        raise Unreadable(_BOMB)


def _unpacked(content: bytes, members: list[zipfile.ZipInfo]) -> int:
    """How many bytes the members really inflate to; stops counting once it is too many."""
    total = 0
    for member in members:
        for given in _inflating(content, member):
            total += given
            if total > MOST_UNPACKED:
                return total
    return total


def _inflating(content: bytes, member: zipfile.ZipInfo) -> Iterator[int]:
    at = member.header_offset
    if content[at : at + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(member.filename)
    name, extra = struct.unpack("<HH", content[at + 26 : at + 30])
    start = at + 30 + name + extra
    if member.compress_type == zipfile.ZIP_STORED:
        yield member.compress_size
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(member.compress_type)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in range(start, start + member.compress_size, _CHUNK):
        waiting = content[piece : min(piece + _CHUNK, start + member.compress_size)]
        while waiting and not inflater.eof:
            yield len(inflater.decompress(waiting, _CHUNK))
            waiting = inflater.unconsumed_tail


def member(package: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes; a package without it is as broken as one that cannot be unpacked."""
    try:
        return package.read(name)
    except KeyError as error:
        raise zipfile.BadZipFile(name) from error
