"""`python -m waypost.demo load | passwords`: what bin/run and bin/waypost demo ask for."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import django
from django.utils import timezone


def main(command: str) -> int:
    django.setup()
    from waypost.demo import accounts, load
    from waypost.kernel.refusal import Refused

    try:
        people = accounts.redraw_passwords() if command == "passwords" else load.load(at=timezone.now())
    except Refused as refusal:
        print(refusal.reason, file=sys.stderr)  # noqa: T201 (the refusal is for a person)
        return 1
    for line in sign_in_lines(people):
        print(line, flush=True)  # noqa: T201 (this is its voice)
    return 0


def sign_in_lines(people: Iterable[object]) -> list[str]:
    from waypost.access.permissions import ROLES

    return [f"sign in: {ROLES[one.role].name} | {one.email} | {one.password}" for one in people]  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
