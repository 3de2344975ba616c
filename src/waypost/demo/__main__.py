"""`python -m waypost.demo load | passwords | grow`: what bin/run and bin/waypost demo ask for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

import django
from django.utils import timezone


def main(arguments: list[str]) -> int:
    asked = _asked(arguments)
    django.setup()
    from waypost.kernel.refusal import Refused

    try:
        _say(grow_lines(asked) if asked.command == "grow" else sign_in_lines(_people(asked.command)))
    except Refused as refusal:
        print(refusal.reason, file=sys.stderr)  # noqa: T201 (the refusal is for a person)
        return 1
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m waypost.demo")
    parser.add_argument("command", choices=("load", "passwords", "grow"))
    parser.add_argument("--children", type=int, default=0)
    parser.add_argument("--contacts", type=int)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def _people(command: str) -> Iterable[object]:
    from waypost.demo import accounts, load

    return accounts.redraw_passwords() if command == "passwords" else load.load(at=timezone.now())


def sign_in_lines(people: Iterable[object]) -> list[str]:
    from waypost.access.permissions import ROLES

    return [f"sign in: {ROLES[one.role].name} | {one.email} | {one.password}" for one in people]  # type: ignore[attr-defined]


def grow_lines(asked: argparse.Namespace) -> list[str]:
    from waypost.demo.borough.grow import grow, told

    with told(_write, on_a_terminal=sys.stdout.isatty()) as progress:
        grown = grow(asked.children, contacts=asked.contacts, seed=asked.seed, at=timezone.now(), progress=progress)
    return [f"{grown.children:,} children, {grown.contacts:,} contacts, {grown.rows:,} rows were added."]


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        _write(f"{line}\n")


def _write(text: str) -> None:
    sys.stdout.write(text)  # this is its voice
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
