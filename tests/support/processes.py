"""A Waypost as bin/run starts it, in a home of its own, to be asked, ended and killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

PROJECT = Path(__file__).parents[2]
PATIENCE = 180  # seconds, on a machine that has other things to do


class Waypost:
    """One start after another in the same home; `lines` and `errors` are of the newest."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home, self.environment = home, environment
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []
        self.errors = ""
        self.family: list[psutil.Process] = []

    def start(self, **options: Any) -> Waypost:
        """Return when it says where it is; what it says until then is in `lines`."""
        self.launch(**options)
        try:
            wait_until(lambda: self._says_where() or self.code is not None, "it says where it is")
            assert self._says_where(), self.lines + [self.errors]
        except AssertionError:
            self.end()
            raise
        self.family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        return self

    def launch(self, **options: Any) -> Waypost:
        self.lines, self.errors = [], ""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")}
        environment |= {"WAYPOST_HOME": str(self.home), "PYTHONPATH": str(PROJECT / "src"), **self.environment}
        command = [sys.executable, "-m", "waypost.config.start", "--port", str(self.port)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        self.process = subprocess.Popen(command, env=environment, cwd="/", text=True, **pipes)
        self._readers = [threading.Thread(target=self._read, args=(name,), daemon=True) for name in ("out", "err")]
        for reader in self._readers:
            reader.start()
        return self

    def _read(self, name: str) -> None:
        stream = self.process.stdout if name == "out" else self.process.stderr
        for line in stream or ():
            if name == "out":
                self.lines.append(line.rstrip("\n"))
            else:
                self.errors += line

    def _says_where(self) -> bool:
        return any(line.startswith("Waypost is at") for line in self.lines)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def code(self) -> int | None:
        return self.process.poll()

    def ended(self) -> int:
        """Wait until it and its whole family are gone, and give its exit code."""
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
        wait_until(lambda: not self.left(), f"{self.left()} end")
        return code

    def left(self) -> list[psutil.Process]:
        """Those of the family, and PostgreSQL's, that still live."""
        return [process for process in self.family if process.is_running() and _lives(process)]

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.code is None:
            self.process.send_signal(how)
        return self.ended()

    def member(self, *words: str) -> psutil.Process:
        """The one of the family, oldest first, whose command line has all the words."""
        found = [process for process in self.family if all(word in " ".join(_words(process)) for word in words)]
        assert found, f"nobody of {[_words(process) for process in self.family]} has {words}"
        return found[0]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"{PATIENCE} seconds passed before {what}"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
