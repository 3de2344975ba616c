"""Anchors: the heads of all lanes, signed with a key the database never sees and appended to a file that is sent away.

A chain shows a changed row. Only an anchor shows a tail cut off, or a lane written again from its beginning by somebody
who may do anything in the database.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db.backends.base.base import BaseDatabaseWrapper

Heads = dict[int, tuple[int, str]]  # lane: number and hash of its newest row


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line of an anchors' file, as signed."""

    at: datetime
    heads: Heads
    previous: str  # SHA-256 of the line before, empty for the first: a line taken out is seen
    key: int


def sign(connection: BaseDatabaseWrapper, folder: Path, keys: Mapping[int, str], *, at: datetime) -> Anchor:
    """Append one signed line with the heads of all lanes to this month's file: all of it, on the disk, or nothing."""
    version, secret = max(keys.items())
    signing = signing_key(secret)
    heads = heads_of(connection)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        _publish(signing.public_key(), folder / f"log-signing-{version}.pem")
        anchor = Anchor(at, heads, digest_of(_last_line(folder)), version)
        _append(folder / f"log-{at:%Y-%m}.jsonl", written(anchor, signing))
    return anchor


def heads_of(connection: BaseDatabaseWrapper) -> Heads:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lane, number, hash FROM public.access_log_heads()")
        return {lane: (number, bytes(head).hex()) for lane, number, head in cursor.fetchall()}


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The Ed25519 key that a kept secret stands for."""
    seed = HKDF(SHA256(), length=32, salt=None, info=b"waypost log anchors").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_keys(keys: Mapping[int, str]) -> dict[int, Ed25519PublicKey]:
    return {version: signing_key(secret).public_key() for version, secret in keys.items()}


def written(anchor: Anchor, signing: Ed25519PrivateKey) -> bytes:
    """The line without its end: the anchor in canonical JSON (sorted, compact, ASCII) and the signature over it."""
    body = {
        "at": anchor.at.isoformat(),
        "key": anchor.key,
        "lanes": {str(lane): list(head) for lane, head in anchor.heads.items()},
        "previous": anchor.previous,
    }
    return _canonical({"anchor": body, "signature": signing.sign(_canonical(body)).hex()})


class BadLine(Exception):
    """What is wrong with a line of an anchors' file, in words that follow its number."""


def read(line: bytes, known: Mapping[int, Ed25519PublicKey]) -> Anchor:
    """The anchor a line holds, once its signature is found good."""
    try:
        outer = json.loads(line)
        body, signature = outer["anchor"], bytes.fromhex(outer["signature"])
        heads = {int(lane): (int(number), str(head)) for lane, (number, head) in body["lanes"].items()}
        anchor = Anchor(datetime.fromisoformat(body["at"]), heads, str(body["previous"]), int(body["key"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadLine("cannot be read") from error
    if anchor.key not in known:
        raise BadLine(f"is signed with key {anchor.key}, which is not in the keys folder")
    if not _is_signed(_canonical(body), signature, known[anchor.key]):
        raise BadLine(f"does not bear the signature of key {anchor.key}")
    return anchor


def files(anchors: Path) -> list[Path]:
    """The one file, or a folder's files from the oldest month on; a folder not made yet holds none."""
    return [anchors] if is_one_file(anchors) else sorted(anchors.glob("log-*.jsonl"))


def is_one_file(anchors: Path) -> bool:
    """A name with an ending is a file's, so that a file misspelt is an error and not an empty folder."""
    return not anchors.is_dir() and (anchors.is_file() or anchors.suffix != "")


def whole_lines(path: Path) -> Iterator[bytes]:
    """Lines that were written to their end; what a power cut left behind the last one was never an anchor."""
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def digest_of(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest() if line else ""


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _is_signed(body: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, body)
    except InvalidSignature:
        return False
    return True


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One writer at a time; the kernel lets go when a process is killed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)  # the names of files made here
    finally:
        os.close(descriptor)


def _last_line(folder: Path) -> bytes:
    for path in reversed(files(folder)):
        lines = list(whole_lines(path))
        if lines:
            return lines[-1]
    return b""


def _append(path: Path, line: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        end = sum(len(whole) + 1 for whole in whole_lines(path))
        os.ftruncate(descriptor, end)  # drops half a line that a power cut left
        try:
            if os.write(descriptor, line + b"\n") != len(line) + 1:
                raise OSError(f"{path} took only part of a line: is the disk full?")
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)


def _publish(key: Ed25519PublicKey, path: Path) -> None:
    """Lay the public key beside the anchors, so that whoever keeps them elsewhere can check them without us."""
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        partial.replace(path)
