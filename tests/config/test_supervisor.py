"""The programs of one service: all live, or all end."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import uuid

import psutil
import pytest

from tests.support.processes import wait_until
from waypost.config import supervisor
from waypost.config.supervisor import Asked, Program

pytestmark = pytest.mark.slow
SLEEPS = "import time; time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEPS}"
WITH_A_CHILD = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', '''{SLEEPS}''']); {SLEEPS}"
MARK = "WAYPOST_TEST_PROGRAM"


@pytest.fixture(autouse=True)
def nobody_is_left(monkeypatch):
    """Whoever carries this test's mark is gone after it; what else this process started is not its business."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(MARK, mark)
    yield
    wait_until(lambda: not _marked(mark), "nobody is left")


def _program(name: str, script: str) -> Program:
    return Program(name, [sys.executable, "-c", script], dict(os.environ))


def _run(*programs: Program, ready=lambda: True, lost=lambda: None) -> supervisor.Ended:
    with supervisor.asked_by_signals():
        return supervisor.run(programs, ready=ready, greeting="here", lost=lost)


def _marked(mark: str) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if process.pid != os.getpid() and _carries(process, mark)]


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark
    except psutil.Error:
        return False


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("raise SystemExit(3)", "the second ended by itself (exit code 3)"),
        ("pass", "the second ended by itself (exit code 0)"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the second ended by itself (killed by SIGKILL)"),
    ],
)
def test_one_that_ends_by_itself_ends_the_others_with_their_children(script, reason):
    ended = _run(_program("the first", WITH_A_CHILD), _program("the second", script))
    assert (ended.reason, ended.crashed) == (reason, True)


def test_one_that_ends_before_it_is_ready_is_not_waited_for():
    began = time.monotonic()
    ended = _run(_program("the only one", "raise SystemExit(1)"), ready=lambda: False)
    assert ended.crashed
    assert time.monotonic() - began < 20


def test_what_is_lost_ends_all():
    assert _run(_program("the only one", SLEEPS), lost=lambda: "the database is gone").reason == "the database is gone"


def test_asked_to_end_it_is_no_crash_and_the_deaf_are_killed(monkeypatch, capsys):
    monkeypatch.setattr(supervisor, "GRACE", 1.0)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
    ended = _run(_program("the deaf one", DEAF), ready=lambda: True)
    assert (ended.reason, ended.crashed) == ("TERM", False)
    assert capsys.readouterr().out.count("here") == 1


def test_a_step_that_is_waited_for_ends_too_when_asked():
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(Asked, match="Ctrl-C"), supervisor.asked_by_signals():
        supervisor.complete(_program("a step", SLEEPS))
