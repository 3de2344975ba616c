"""`bin/waypost alongside read`: an export of another case system, into the record or only looked at."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from waypost.config.database_commands import in_database

PROBLEMS, NOT_READ = 2, 3
MOST_SHOWN = 100  # problems on the terminal; the page has them all


def read(asked: argparse.Namespace) -> int:
    if asked.mapping is None and asked.system is None:
        return _refuse("Say which system this is: --system NAME, or --mapping FILE for a new one.")
    return _read(asked)


@in_database(prepared=True)
def _read(asked: argparse.Namespace) -> int:
    from django.utils import timezone

    from waypost.access.models import Staff
    from waypost.casework.alongside import actions
    from waypost.kernel.refusal import Refused

    now = timezone.now()
    try:
        by = Staff.objects.working().filter(email=asked.by.strip().lower()).first()
        if by is None:
            raise Refused(f"Nobody with the e-mail {asked.by} works here.")
        system = _system(asked, by, now)
        read = actions.read_folder(system, asked.folder, dry=asked.dry, by=by, at=now, tell=Progress())
        if asked.nightly:
            actions.keep_folder(system, asked.folder, by=by, at=now)
    except Refused as refusal:
        return _refuse(refusal.reason)
    _report(read)
    return PROBLEMS if read.counts.get("problems") else 0


def _system(asked: argparse.Namespace, by: Any, at: Any) -> Any:
    from waypost.casework.alongside import actions
    from waypost.casework.alongside.models import System
    from waypost.kernel.refusal import Refused

    if asked.mapping is not None:
        try:
            text = asked.mapping.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(f"{asked.mapping.name} cannot be read: it must be a text file in UTF-8.") from error
        return actions.save_mapping(text, by=by, at=at).system
    found = System.objects.filter(name__iexact=asked.system.strip()).first()
    if found is None:
        raise Refused(f"No system is called {asked.system}. Give its mapping with --mapping FILE.")
    return found


class Progress:
    """A line that moves on a terminal; anywhere else a line for each tenth."""

    def __init__(self) -> None:
        self.tenth, self.moves = 0, sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        tenth = done * 10 // max(of, 1)
        if self.moves:
            sys.stderr.write(f"\r{done:,} of {of:,} children" + ("\n" if done == of else ""))
            sys.stderr.flush()
        elif tenth > self.tenth:
            sys.stderr.write(f"{done:,} of {of:,} children\n")
        self.tenth = max(tenth, self.tenth)


def _report(read: Any) -> None:
    from waypost.casework.alongside.counted import lines_of

    lines = [
        f"{'Dry run: nothing is written. ' if read.dry else ''}{read.system.name}, {read.done:,} children.",
        *lines_of(read),
    ]
    problems = list(read.problems.all()[: MOST_SHOWN + 1])
    for one in problems[:MOST_SHOWN]:
        sheet, column = f", sheet {one.sheet}" if one.sheet else "", f", {one.column}" if one.column else ""
        lines.append(f"{one.file}{sheet}, row {one.line}{column}: {one.sentence}")
    if len(problems) > MOST_SHOWN:
        lines.append("There are more: see the page Alongside.")
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return NOT_READ
