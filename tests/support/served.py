"""Waypost as it is served, its static files too, as a process of its own on the test's database, to be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import urllib.request
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.support.processes import free_port, wait_until

PROGRAM = "tests.support.served_program:application"


class Served:
    """One process after another on one port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> Served:
        env = os.environ | {"DATABASE_URL": _database(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        env |= {"WAYPOST_HOME": str(settings.HOME)}
        how = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--no-ws", PROGRAM]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *how], env=env, stdout=subprocess.DEVNULL, start_new_session=True
        )
        wait_until(self._answers, "the server answers")
        return self

    def kill(self) -> None:
        """It and its workers, at once."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.address}/sign-in/", timeout=10) as answer:
            return bool(answer.status == 200)
        return False


def _database() -> str:
    now = connection.settings_dict
    where = f"host={quote(now['HOST'], safe='')}" + (f"&port={now['PORT']}" if now["PORT"] else "")
    return f"postgresql://{now['USER']}@/{now['NAME']}?{where}"
