"""The table of who may do what, drawn for somebody who answers for it: `docs/who-may-do-what.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import get_resolver

from waypost.access.matrix import NO_RECORD, STATES, WORDS, Matrix, Row, load
from waypost.access.permissions import ROLES

BEFORE = """# Who may do what

Drawn from `src/waypost/access/matrix.yaml`, which a test compares with what every address really answers: to every
role, in every way of asking, for a record in every state. The first row of an address that fits counts. Whoever is not
signed in is sent to sign in, unless a row speaks of a visitor or of anyone. What each role is for: `roles.md`.

## Groups of roles

| called | who |
|---|---|""".splitlines()
HOW = {"GET": "see", "POST": "do", "download": "take as a file"}


def document() -> list[str]:
    matrix = load()
    groups = [f"| {name} | {_in_words(words)} |" for name, words in matrix.said.items()]
    return [*BEFORE, *groups, *(line for kind in matrix.meaning for line in _section(matrix, kind))]


def _in_words(words: str) -> str:
    parts = [part.strip() for part in words.split(",")]
    return ", ".join(ROLES[part].name.lower() if part in ROLES else part for part in parts)


def _section(matrix: Matrix, kind: str) -> Iterator[str]:
    meaning = matrix.meaning[kind]
    yield from ("", f"## Behind the address: {kind}" if meaning else "## Pages with no record behind them", "")
    said = [f"- {state}: {words}" for state, words in meaning.items() if words != NO_RECORD]
    yield from [*said, ""] if said else []
    yield from (
        f"| address | to | who |{' of which |' if meaning else ''} answer |",
        f"|---|---|---|---|{'---|' * bool(meaning)}",
    )
    before = None
    for row in matrix.rows:
        if matrix.behind[row.url] == kind:
            yield _line(row, meaning, new=row.url != before)
            before = row.url


def _line(row: Row, meaning: dict[str, str], *, new: bool) -> str:
    which = f" {'any' if row.states == STATES else ', '.join(row.states)} |" if meaning else ""
    return f"| {address(row.url) if new else ''} | {HOW[row.method]} | {row.who} |{which} {WORDS[row.answer]} |"


def address(name: str) -> str:
    """The path, with … for what differs from record to record."""
    path = get_resolver().reverse_dict.getlist(name)[0][0][0][0]
    return "/" + re.sub(r"%\(\w+\)s", "…", path)
