"""Reads a stranger's file in a process of its own, which is ended when it takes too long.

What is guaranteed where:

- everywhere: a clock on the wall, no variables of ours in the child's environment, at most 50 MB in, nothing kept
  but a document that passes a strict decoder; Python code in the child can open no socket and start no program;
- Linux and macOS: processor time and the writing of files are limited by the system;
- Linux: so is memory, and where the system lets an ordinary process have a network of its own, or we are root, the
  child is in one with nothing in it, so that not even a flaw in a C library reaches out. Elsewhere only Python's own
  sockets are shut. macOS takes the memory limit but does not hold to it; Windows knows neither.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from . import Document, Unreadable, refuse_by_size
from .packages import DAMAGED
from .passing import Unexpected, decoded_document

_CHILD = Path(__file__).with_name("child.py")
_MOST_ANSWER = 200_000_000  # bytes of JSON: the child's memory holds no document that needs more
_CHUNK = 1 << 20
_SLOW = "This file takes more than {seconds:g} seconds to read: save it again without its pictures, or split it."
_LARGE = "This file needs more than {megabytes} MB of memory to read: save it again without its pictures, or split it."

log = logging.getLogger(__name__)


def read_safely(path: Path, *, seconds: float = 10, megabytes: int = 500) -> Document:
    """The document at `path`, read within those limits; `Unreadable` where they do not suffice or it cannot be read."""
    refuse_by_size(path)
    answer, faults, ended = _run(path.absolute(), seconds, megabytes)
    if ended is None or ended == -getattr(signal, "SIGXCPU", 0):
        raise Unreadable(_SLOW.format(seconds=seconds))
    if b"MemoryError" in faults or ended < 0:
        # A C library out of memory ends the process; so does one that a broken file led astray, which is rarer.
        raise Unreadable(_LARGE.format(megabytes=megabytes))
    if ended != 0:
        log.error("reading a file failed: %s", faults.decode(errors="replace").strip())
        raise Unreadable(DAMAGED)
    return _understood(answer)


def _understood(answer: bytes) -> Document:
    refusal = answer.removeprefix(b'{"unreadable":')
    if refusal != answer:
        raise Unreadable(str(json.loads(refusal.removesuffix(b"}"))))
    try:
        return decoded_document(answer.removeprefix(b'{"document":').removesuffix(b"}"))
    except Unexpected as error:
        raise Unreadable(DAMAGED) from error


def _run(path: Path, seconds: float, megabytes: int) -> tuple[bytes, bytes, int | None]:
    """What the child said, what faults it told, and how it ended: None where it had to be ended."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-B", str(_CHILD), str(path), str(seconds), str(megabytes)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    deadline = time.monotonic() + seconds
    said = [_Listener(pipe) for pipe in (child.stdout, child.stderr) if pipe is not None]
    try:
        for listener in said:
            listener.thread.join(max(0.0, deadline - time.monotonic()))
        in_time = not any(listener.thread.is_alive() for listener in said)
        ended = child.wait(max(0.01, deadline - time.monotonic())) if in_time else None
    except subprocess.TimeoutExpired:
        ended = None
    finally:
        child.kill()
        child.wait()
        for listener in said:
            listener.thread.join()
            listener.pipe.close()
    return said[0].heard, said[1].heard, ended


def _environment() -> dict[str, str]:
    """Nothing of ours; Windows cannot start a process without its own folder's name."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8"}


class _Listener:
    """Hears a pipe to its end, or to more than an answer can be."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.pipe = pipe
        self.heard = b""
        self.thread = threading.Thread(target=self._hear, daemon=True)
        self.thread.start()

    def _hear(self) -> None:
        chunks = []
        left = _MOST_ANSWER
        while left > 0 and (chunk := self.pipe.read(_CHUNK)):
            chunks.append(chunk)
            left -= len(chunk)
        self.heard = b"".join(chunks)
