"""The commands that need the database: the private one is started for them if it does not run."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from waypost.config import environment, private_server, start

Command = Callable[[argparse.Namespace], int]
REFUSED = 1


def in_database(prepared: bool) -> Callable[[Command], Command]:
    """Run with the database there: with `prepared`, brought to this version first."""

    def around(command: Command) -> Command:
        @wraps(command)
        def run(asked: argparse.Namespace) -> int:
            try:
                env = environment.read()
                with start.database(env):
                    return _in_django(command, asked, prepared)
            except (environment.Misconfigured, private_server.CannotStart, start.CannotRun) as refusal:
                return _refuse(str(refusal))

        return run

    return around


def _in_django(command: Command, asked: argparse.Namespace, prepared: bool) -> int:
    import django

    django.setup()
    from django.db import OperationalError, connections

    from waypost.kernel.refusal import Refused

    try:
        if prepared and not _is_up_to_date():
            start.bring_up_to_date()
        return command(asked)
    except Refused as refusal:
        return _refuse(refusal.reason)
    except OperationalError as error:
        return _refuse(f"The database does not answer: {' '.join(str(error).split())}")
    finally:
        connections.close_all()


def _is_up_to_date() -> bool:
    """Whether every migration of this version is in the database; False also where the role is not made yet."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return False


@in_database(prepared=False)
def verify_log(asked: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from waypost.access import log_anchors, log_verify

    keys = log_anchors.public_keys(settings.LOG_SIGNING_KEYS)
    report = log_verify.verify(connection, asked.anchors or settings.LOG_ANCHORS, keys, at=timezone.now())
    _say(*report.lines())
    return 0 if report.sound else REFUSED


@in_database(prepared=False)
def anchor_log(asked: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from waypost.access import log_anchors

    anchor = log_anchors.sign(connection, settings.LOG_ANCHORS, settings.LOG_SIGNING_KEYS, at=timezone.now())
    _say(f"The heads of {len(anchor.heads)} lanes are signed in {settings.LOG_ANCHORS}. Send it elsewhere.")
    return 0


@in_database(prepared=True)
def load_demonstration(asked: argparse.Namespace) -> int:
    return _demonstration("load")


@in_database(prepared=False)
def draw_passwords(asked: argparse.Namespace) -> int:
    return _demonstration("passwords")


@in_database(prepared=True)
def grow_demonstration(asked: argparse.Namespace) -> int:
    """As the owner: COPY goes into no table with walls for anybody else."""
    wanted = [f"--children={asked.children}", f"--seed={asked.seed}"]
    wanted += [f"--contacts={asked.contacts}"] if asked.contacts is not None else []
    return _demonstration("grow", *wanted, role="owner")


def _demonstration(what: str, *arguments: str, role: str = "app") -> int:
    """In a process of its own: the demonstration may import everything, and nothing imports it."""
    env = os.environ | {"WAYPOST_DATABASE_ROLE": role}
    return subprocess.run([sys.executable, "-m", "waypost.demo", what, *arguments], env=env).returncode


def add_staff(asked: argparse.Namespace) -> int:
    reason = _why_not_add(asked)
    return _add_staff(asked) if reason is None else _refuse(reason)


def _why_not_add(asked: argparse.Namespace) -> str | None:
    from waypost.access.permissions import ROLES

    unknown = [role for role in asked.role if role not in ROLES]
    if unknown:
        return f"There is no role {unknown[0]}. The roles are: {', '.join(ROLES)}."
    if asked.until and _day(asked.until) is None:
        return f"--until is '{asked.until}': write the day as 2026-03-31."
    if asked.by is None and "administrator" not in asked.role:
        return "Name the administrator in whose name the account is opened: --by EMAIL."
    return None


@in_database(prepared=True)
def _add_staff(asked: argparse.Namespace) -> int:
    from waypost.access import accounts

    person, by = _opened(asked, _day(asked.until))
    _say(f"{person.name} has an account. They choose a password, within three days, at:")
    _say(f"{_our_address()}{accounts.password_link(person, by=by)}")
    return 0


def _opened(asked: argparse.Namespace, until: date | None) -> tuple[Any, Any]:
    """The person and the administrator they were added by: the first of all is added by themselves."""
    from django.db import transaction
    from django.utils import timezone

    from waypost.access import accounts
    from waypost.access.models import Staff
    from waypost.kernel.refusal import Refused

    now = timezone.now()
    with transaction.atomic():
        if asked.by is None:
            first = accounts.first_administrator(name=asked.name, email=asked.email, at=now, roles=asked.role)
            return first, first
        by = Staff.objects.working().filter(email=asked.by.strip().lower()).first()
        if by is None:
            raise Refused(f"Nobody with the e-mail {asked.by} works here.")
        person = accounts.add(name=asked.name, email=asked.email, by=by, on=timezone.localdate(now))
        for role in dict.fromkeys(asked.role):
            accounts.give_role(person, role=role, until=until, by=by, at=now)
        return person, by


@in_database(prepared=True)
def name_service(asked: argparse.Namespace) -> int:
    from waypost.access import service

    _say(f"The service is called {service.call(asked.name).name}.")
    return 0


def _our_address() -> str:
    env = environment.read()
    host = env.hosts[0] if env.hosts else f"{start.HOST}:{start.PORT}"
    return f"{'https' if env.tls else 'http'}://{host}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return REFUSED
