"""The web server: two worker processes, so that one that dies or is busy leaves another."""

from __future__ import annotations

import sys
from importlib import import_module

import django
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from waypost.config import logs

WORKERS = 2
THREADS = 4  # in each worker; each keeps its connection to the database


def serve(port: int) -> None:
    Granian(
        "waypost.config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        websockets=False,
        log_dictconfig=logs.SETTINGS,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    django.setup()
    import_module(
        "waypost.config.urls"
    )  # once, before there are two: where a worker is a fork it need not import again
    serve(int(sys.argv[1]))
