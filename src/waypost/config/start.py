"""bin/run: the database, its migrations, the web server and the job worker, until somebody ends it."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from waypost.config import database_roles, environment, private_server, supervisor
from waypost.config.environment import Environment, Misconfigured
from waypost.config.supervisor import Asked, Ended, Program

HOST, PORT = "127.0.0.1", 8000
REFUSED, CRASHED = 2, 1


class CannotRun(Exception):
    """One sentence: why not, and what to do."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bin/run", description="Run Waypost on this machine until Ctrl-C.")
    parser.add_argument("--port", type=int, default=PORT, help=f"where it answers on {HOST} ({PORT})")
    port = parser.parse_args(arguments).port
    try:
        with supervisor.asked_by_signals():
            env = environment.read()
            _refuse_taken(port)
            with database(env) as lost:
                if warning := database_roles.one_login_for_both(env):
                    supervisor.say(warning)
                bring_up_to_date()
                if env.database_url is None:
                    _load_demonstration(env)
                ended = _serve(port, lost)
    except Asked as asked:
        ended = Ended(str(asked), crashed=False)
    except (CannotRun, Misconfigured, private_server.CannotStart) as refusal:
        print(f"Waypost did not start. {refusal}", file=sys.stderr)  # noqa: T201 (the refusal is for a person)
        return REFUSED
    supervisor.say(f"Waypost has ended: {ended.reason}.")
    return CRASHED if ended.crashed else 0


@contextlib.contextmanager
def database(env: Environment) -> Iterator[Callable[[], str | None]]:
    """The operator's database, or the private one while it is used; gives what says why it was lost."""
    if env.database_url is not None:
        database_roles.one_login_for_both(env)  # refused now if either is no address
        yield lambda: None
        return
    with private_server.server(env.home) as where:
        database_roles.make_private_database(where)
        yield lambda: None if private_server.is_serving(where) else f"PostgreSQL ended by itself, see {where.log}"


def bring_up_to_date() -> None:
    """Migrations and static files of this version, as the owner."""
    _finish("waypost.config.prepare", "owner")


def _load_demonstration(env: Environment) -> None:
    """At the first start; passwords are kept nowhere in clear, so later starts can only say how to draw new ones."""
    with psycopg.connect(**database_roles.parameters(database_roles.settings(env, "app"))) as connection:
        loaded = connection.execute("SELECT 1 FROM access_service").fetchone()
    if not loaded:
        _finish("waypost.demo", "app", "load")
        return
    supervisor.say("Passwords were printed at the first start. To draw new ones: bin/waypost demo passwords")


def _serve(port: int, lost: Callable[[], str | None]) -> Ended:
    programs = [
        Program("the web server", _module("waypost.config.web", str(port)), _as("app")),
        Program("the job worker", _module("waypost.config.worker"), _as("app")),
    ]
    address = f"http://{HOST}:{port}"
    greeting = f"Waypost is at {address} (Ctrl-C ends it)"
    return supervisor.run(programs, ready=lambda: _is_well(address), greeting=greeting, lost=lost)


def _is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310 (our own address)
            return True
    except OSError:  # no answer yet, or one that says the database has none
        return False


def _finish(module: str, role: str, *arguments: str) -> None:
    code = supervisor.complete(Program(module, _module(module, *arguments), _as(role)))
    if code != 0:
        raise CannotRun("What stands above says why.")


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def _as(role: str) -> dict[str, str]:
    return {
        **os.environ,
        "WAYPOST_DATABASE_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "waypost.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def _refuse_taken(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CannotRun(
                f"Port {port} cannot be had ({getattr(error, 'strerror', None) or error})."
                f" If another Waypost has it, use that one, or choose a port: bin/run --port {port + 1}."
            ) from error


if __name__ == "__main__":
    sys.exit(main())
