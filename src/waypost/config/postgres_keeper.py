"""The keeper: starts one private PostgreSQL, stops it when nobody uses it, and ends when it ends.

Run as a file of its own, with the standard library only: FOLDER SOCKET POSTGRES ACCOUNT tests|-. Whoever starts it
holds the lock `uses`; see `private_server.py`.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# An error's statement and its values may hold a child's name: neither is written to the server's log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# Without autovacuum: its workers are the superuser's, and whoever drops a database of the tests may not end them.
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
TRIES = 12  # a killed server's last processes may hold the folder for some seconds


def keep(folder: Path, socket: Path, postgres: str, account: str | None, settings: dict[str, str]) -> int:
    """Hold `serving` as long as PostgreSQL lives; give back its exit code."""
    with (folder / "serving.lock").open("ab") as serving, (folder / "uses.lock").open("ab") as uses:
        fcntl.flock(serving, fcntl.LOCK_EX)
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [postgres, "-D", str(folder / "data"), f"--unix_socket_directories={socket}", *options]
        for _ in range(TRIES):
            _forget_dead_server(folder / "data", socket)
            started = time.monotonic()
            server = subprocess.Popen(command, **as_account(account), preexec_fn=dies_with(os.getpid(), signal.SIGINT))
            code = _until_unused(server, uses)
            if code != 1 or time.monotonic() - started > 1:
                with contextlib.suppress(OSError):  # a killed server leaves its socket in it
                    socket.rmdir()
                return code
            time.sleep(0.25)
        return 1


def _until_unused(server: subprocess.Popen[bytes], uses: Any) -> int:
    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGINT))
    while server.poll() is None:
        try:
            fcntl.flock(uses, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
            continue
        server.send_signal(signal.SIGINT)  # PostgreSQL's word for: end now, finish nothing, lose nothing
        return server.wait()
    return server.returncode


def _forget_dead_server(data: Path, socket: Path) -> None:
    """Remove the pid files of a server that is no more: its number may belong to another program by now."""
    pid_file = data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
        if _runs_in(int(pid_file.read_text().splitlines()[0]), data):
            return
    for path in (pid_file, *socket.glob(".s.PGSQL.*")):
        path.unlink(missing_ok=True)


def _runs_in(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL of this folder."""
    if Path("/proc/self/cwd").exists():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
        return False
    listed = subprocess.run(["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
    return str(data) in listed.stdout


def as_account(account: str | None) -> dict[str, Any]:
    """What `subprocess` is told so that a program runs as the account, with its group and no others."""
    if account is None:
        return {"cwd": "/"}
    return {"cwd": "/", "user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []}


def dies_with(parent: int, how: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the signal when the parent ends, however it ends. Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(1, int(how))  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask


if __name__ == "__main__":
    place, socket, postgres, account, tests = sys.argv[1:]
    extra = FOR_TESTS if tests == "tests" else {}
    sys.exit(keep(Path(place), Path(socket), postgres, None if account == "-" else account, SETTINGS | extra))
