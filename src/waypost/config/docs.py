"""Documents drawn from the code: `python -m waypost.config.docs` writes them, `--check` fails when one is out of date.

A room that has such a document adds its path and the function that writes it to PAGES.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import django

PROJECT = Path(__file__).resolve().parents[3]
PAGES = {
    "docs/assessments.md": "waypost.casework.assessments.form_page:document",
    "docs/readiness.md": "waypost.quality.readiness.check_page:document",
    "docs/fields.md": "waypost.access.field_page:document",
    "docs/roles.md": "waypost.config.docs:roles",
    "docs/status.md": "waypost.governance.improvement.status_page:document",
    "docs/who-may-do-what.md": "waypost.access.matrix_page:document",
}


def main(check: bool) -> int:
    django.setup()
    old = [path for path, lines in pages() if not _is(PROJECT / path, lines)]
    for path, lines in pages():
        if not check:
            (PROJECT / path).write_text(lines)
    if check and old:
        print(f"out of date: {', '.join(old)}. Write them anew: just docs", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def pages() -> Iterator[tuple[str, str]]:
    for path, where in PAGES.items():
        module, name = where.split(":")
        write: Callable[[], list[str]] = getattr(import_module(module), name)
        yield path, "\n".join(write()) + "\n"


def roles() -> list[str]:
    """Who may do what, as a manager would ask it."""
    from waypost.access.permissions import ROLES, Permission

    lines = ["# Roles", "", "Written from `access/permissions.py` by `just docs`. A person may hold several.", ""]
    for role in ROLES.values():
        lines += [f"## {role.name}", "", role.sentence, ""]
        if role.until_a_date:
            lines += ["Given until a date, never without one.", ""]
        may = [permission.value for permission in Permission if permission in role.permissions]
        lines += [*[f"- may {each}" for each in may], ""] if may else ["Holds no permission yet.", ""]
    lines += ["## Who may", "", "| to … | roles |", "|---|---|"]
    for permission in Permission:
        able = [role.name for role in ROLES.values() if permission in role.permissions]
        lines.append(f"| {permission.value} | {', '.join(able)} |")
    return lines


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text() == text


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
