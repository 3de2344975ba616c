"""The process in which a stranger's file is read: `child.py PATH SECONDS MEGABYTES`, run by `sandbox.read_safely`.

Takes the limits upon itself before anything is imported that reads; writes one line of JSON, the document's or a
refusal's. A fault of our own is told by its place in the code and never by its words, which may be the document's.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.")
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # CLONE_NEWNET, CLONE_NEWUSER
_NOT_NEEDED = ("numpy", "pandas", "PIL")  # openpyxl takes them where they are; they cost more than they give here


class Forbidden(Exception):
    """Code that only reads tried to reach a network or start a program."""


def take_limits(seconds: float, megabytes: int) -> None:
    """What the system enforces: processor time, memory, no writing of files, no core, no further processes."""
    try:
        import resource
    except ImportError:  # Windows has none of them: there only the parent's clock holds
        return
    whole = int(seconds) + 1
    limits = {
        resource.RLIMIT_CPU: (whole, whole + 1),
        resource.RLIMIT_AS: (megabytes * 1_000_000,) * 2,
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
    }
    for limit, values in limits.items():
        resource.setrlimit(limit, values)


def leave_network() -> bool:
    """Move into a network of our own with nothing in it; whether the system let us."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and (unshare(_NEW_NETWORK) == 0 or unshare(_NEW_NETWORK | _NEW_USER) == 0)


def refuse(event: str, _arguments: object) -> None:
    """Python asks this before it opens a socket or starts a program; it cannot be taken back out."""
    if event.startswith(_FORBIDDEN):
        raise Forbidden(event)


def _tell_place(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    sys.stderr.write(f"{kind.__name__} at {' > '.join(places)}\n")


def main(path: str, seconds: str, megabytes: str) -> int:
    sys.excepthook = _tell_place
    answer = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    take_limits(float(seconds), int(megabytes))
    leave_network()
    sys.addaudithook(refuse)
    sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # type: ignore[arg-type]  # None there means: cannot be imported
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    gc.disable()  # the process ends before its rubbish matters, and collecting it is a fifth of the time

    from waypost.files.reading import Unreadable, read_document
    from waypost.files.reading.passing import encoded

    try:
        told = '{"document":' + encoded(read_document(Path(path))) + "}"
    except Unreadable as refusal:
        told = json.dumps({"unreadable": str(refusal)})
    with os.fdopen(answer, "wb") as pipe:
        pipe.write(told.encode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
