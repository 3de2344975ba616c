"""Who may do what at every address: the table in `matrix.yaml`, read and checked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from waypost.access.permissions import ROLES

TABLE = Path(__file__).with_name("matrix.yaml")
STATES = ("own", "team's", "other's", "sealed", "closed")
NO_RECORD = "no record"
VISITOR, NO_ROLE = "visitor", "no role"
SIGNED_IN = (*ROLES, NO_ROLE)
METHODS = ("GET", "POST", "download")
WORDS = {
    200: "answered",
    302: "done, or led on",
    403: "refused: told whom to ask",
    404: "as if it were not there",
    405: "not done this way",
    409: "refused: told why not",
    422: "form given back with what to mend",
}


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    method: str
    who: str  # the name of a group
    states: tuple[str, ...]
    answer: int


@dataclass(frozen=True, slots=True)
class Matrix:
    who: dict[str, frozenset[str]]
    said: dict[str, str]  # each group in words
    meaning: dict[str, dict[str, str]]  # kind of record → state → what it is; `nothing` has none
    behind: dict[str, str]  # url → kind
    rows: tuple[Row, ...]

    def states_of(self, url: str) -> tuple[str, ...]:
        """The states a record behind the address can be in; `("",)` where none stands behind it."""
        meaning = self.meaning[self.behind[url]]
        return tuple(state for state in STATES if meaning[state] != NO_RECORD) if meaning else ("",)

    def methods_of(self, url: str) -> set[str]:
        return {row.method for row in self.rows if row.url == url}

    def is_open(self, url: str) -> bool:
        """Whether any row of the address answers a visitor."""
        return any(VISITOR in self.who[row.who] for row in self.rows if row.url == url)

    def answer(self, url: str, method: str, role: str, state: str) -> int | None:
        """What the first row that fits says; None: none does."""
        for row in self.rows:
            if (
                (row.url, row.method) == (url, method)
                and role in self.who.get(row.who, ())
                and state in (*row.states, "")
            ):
                return row.answer
        return None


def load(path: Path = TABLE) -> Matrix:
    found: dict[str, Any] = yaml.safe_load(path.read_text())
    behind = {url: kind for kind, record in found["records"].items() for url in record["behind"].split()}
    meaning = {
        kind: {state: record[state] for state in STATES} if len(record) > 1 else {}
        for kind, record in found["records"].items()
    }
    rows = tuple(_row(*row) for row in found["rows"])
    who = {name: _members(name, words) for name, words in found["who"].items()}
    return Matrix(who, found["who"], meaning, behind, rows)


def _row(url: str, method: str, who: str, states: str, answer: int) -> Row:
    return Row(url, method, who, STATES if states == "any" else tuple(states.split()), answer)


def _members(name: str, words: str) -> frozenset[str]:
    whole = {VISITOR: {VISITOR}, "everyone": SIGNED_IN, "anyone": (VISITOR, *SIGNED_IN)}
    return frozenset(whole.get(name) or (part.strip() for part in words.split(",")))


def problems(matrix: Matrix) -> list[str]:
    """What is wrong with the table itself, before any address is asked."""
    return [*_strange_words(matrix), *_gaps(matrix), *_rows_never_reached(matrix)]


def _strange_words(matrix: Matrix) -> Iterator[str]:
    for name, members in matrix.who.items():
        yield from (f"{name}: {one} is no role" for one in sorted(members - {*SIGNED_IN, VISITOR}))
    for row in matrix.rows:
        if row.url not in matrix.behind:
            yield f"{row.url} is not named under records"
        if row.method not in METHODS or row.who not in matrix.who or row.answer not in WORDS:
            yield f"{row.url}: {row.method}, {row.who} or {row.answer} is no word of this table"
        yield from (f"{row.url}: {state} is no state" for state in row.states if state not in STATES)
    yield from (f"{url} has no row" for url in matrix.behind if not matrix.methods_of(url))


def _gaps(matrix: Matrix) -> Iterator[str]:
    for url in matrix.behind:
        for method in matrix.methods_of(url):
            for state in matrix.states_of(url):
                for role in SIGNED_IN:
                    if matrix.answer(url, method, role, state) is None:
                        yield f"{url} {method}: nothing is said for {role}, {state or 'nothing behind it'}"


def _rows_never_reached(matrix: Matrix) -> Iterator[str]:
    """A row that earlier rows leave nothing for says something nobody will meet."""
    seen: set[tuple[str, str, str, str]] = set()
    for row in matrix.rows:
        states = set(matrix.states_of(row.url)) if row.url in matrix.behind else {""}
        fits = {
            (row.url, row.method, role, s) for role in matrix.who.get(row.who, ()) for s in states & {*row.states, ""}
        }
        if fits <= seen:
            yield f"{row.url} {row.method} {row.who}: rows above leave it nothing to answer"
        seen |= fits
