"""Keys kept in a folder outside the database: made once, readable by their owner alone, versioned by file name."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret(name: str, folder: Path) -> str:
    """The newest version of a key, made at the first call; `sessions-1`, `sessions-2` … are its versions."""
    return versions(name, folder)[-1]


def versions(name: str, folder: Path) -> list[str]:
    """Every version of a key, oldest first: what an older one closed, it can still open."""
    return list(numbered(name, folder).values())


def numbered(name: str, folder: Path) -> dict[int, str]:
    """Every version by its number, oldest first; a destroyed one leaves a gap, its number is not used again."""
    found = {int(path.name.rsplit("-", 1)[1]): path for path in folder.glob(f"{name}-*")}
    return {number: found[number].read_text() for number in sorted(found)} or {1: _make(folder / f"{name}-1")}


def _make(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    value = secrets.token_urlsafe(48)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(value)
    try:
        os.link(partial, path)  # the first of two starters wins; the second reads the winner's
    except FileExistsError:
        value = path.read_text()
    finally:
        partial.unlink()
    return value
