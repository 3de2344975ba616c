"""`python -m waypost.demo load | passwords | first-start`: what bin/run and bin/waypost demo ask for."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import django
from django.utils import timezone


def main(command: str) -> int:
    django.setup()
    from waypost.access.models import Service
    from waypost.demo import accounts, load
    from waypost.kernel.refusal import Refused

    try:
        if command == "first-start" and Service.objects.exists():
            say(["Passwords were printed at the first start. To draw new ones: bin/waypost demo passwords"])
        elif command == "passwords":
            say(sign_in_lines(accounts.redraw_passwords()))
        else:
            say(sign_in_lines(load.load(at=timezone.now())))
    except Refused as refusal:
        print(refusal.reason, file=sys.stderr)  # noqa: T201 (the refusal is for a person)
        return 2
    return 0


def sign_in_lines(people: Iterable[object]) -> list[str]:
    from waypost.access.permissions import ROLES

    return [f"sign in: {ROLES[one.role].name} | {one.email} | {one.password}" for one in people]  # type: ignore[attr-defined]


def say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 (this is its voice)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
