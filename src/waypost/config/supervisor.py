"""Runs the programs of one service together: all live, or all end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

from waypost.config.postgres_keeper import dies_with

GRACE = 10.0  # seconds a program has to finish what it is doing once it is asked to end
ENDING = {signal.SIGINT: "Ctrl-C", signal.SIGTERM: "TERM", signal.SIGHUP: "a closed terminal"}


@dataclass(frozen=True)
class Program:
    name: str  # as a message calls it: "the web server"
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Ended:
    """Why everything ended; `crashed` when nobody asked for it."""

    reason: str
    crashed: bool


class Asked(Exception):
    """Somebody asked us to end: which way is in the message."""


@contextlib.contextmanager
def asked_by_signals() -> Iterator[None]:
    """Within, the first Ctrl-C, TERM or closed terminal raises Asked; the next ones change nothing."""

    def ask(number: int, frame: FrameType | None) -> None:
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)
        raise Asked(ENDING[signal.Signals(number)])

    before = {each: signal.signal(each, ask) for each in ENDING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def run(
    programs: Sequence[Program], *, ready: Callable[[], bool], greeting: str, lost: Callable[[], str | None]
) -> Ended:
    """Start the programs, greet once they are ready, and stay until one ends, `lost` gives a reason or Asked is raised.

    Then all are ended.
    """
    greeted = False
    running: list[tuple[Program, subprocess.Popen[bytes]]] = []
    try:
        for program in programs:
            running.append((program, _start(program)))
        while True:
            for program, process in running:
                if (code := process.poll()) is not None:
                    return Ended(f"{program.name} ended by itself ({_in_words(code)})", crashed=True)
            if (reason := lost()) is not None:
                return Ended(reason, crashed=True)
            if not greeted and (greeted := ready()):
                say(greeting)
            time.sleep(0.2 if greeted else 0.05)
    except Asked as asked:
        return Ended(str(asked), crashed=False)
    finally:
        _end([process for _, process in running])


def complete(program: Program) -> int:
    """Run one program to its end and give its exit code; if Asked is raised meanwhile, it ends too."""
    process = _start(program)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            _end([process])


def _start(program: Program) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        program.command,
        env=dict(program.environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C reaches us alone, and we ask each to end once
        preexec_fn=dies_with(os.getpid(), signal.SIGTERM),
    )


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    end = time.monotonic() + GRACE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, end - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its children too, if any are left
        process.wait()


def _in_words(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"


def say(line: str) -> None:
    """A line for the person who started us; when their terminal is gone, nobody reads it."""
    with contextlib.suppress(OSError):
        print(line, file=sys.stdout, flush=True)  # noqa: T201 (this is its voice)
