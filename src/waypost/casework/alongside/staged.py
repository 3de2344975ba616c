"""All rows of an export, brought together child by child in a file of their own that nobody else can open. Pure.

SQLite's private database on disk: no name, gone with its connection, however the program ends. Memory does not grow
with the export.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from waypost.casework.alongside.mapping import Block, File, Mapping
from waypost.casework.alongside.tables import Found, Row, rows

BATCH = 2000
Tell = Callable[[str, int], None]  # which file, and how many of its rows so far


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, and the file of the mapping by which it is understood."""

    of: File
    row: Row


class Stage:
    def __init__(self, connection: sqlite3.Connection, mapping: Mapping) -> None:
        self._connection, self._mapping = connection, mapping
        self._files: list[tuple[File, str]] = []
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -16000")  # 16 MB
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE row (child TEXT, file INT, line INT, link TEXT, wrong TEXT, cells TEXT)")
        connection.execute("CREATE TABLE number (kind TEXT, number TEXT, child TEXT, PRIMARY KEY (kind, number))")

    def take(self, found: list[Found], tell: Tell) -> None:
        """Every row of every file. NotAsMapped goes through: nothing of any file has been used then."""
        for one in found:
            self._files.append((one.of, one.path.name))
            waiting: list[tuple[object, ...]] = []
            for number, row in enumerate(rows(one), 1):
                waiting.append(self._as_kept(row, one.of))
                self._keep_numbers(row, one.of)
                if len(waiting) >= BATCH:
                    self._keep(waiting)
                    tell(one.path.name, number)
            self._keep(waiting)
        self._lead_through()
        self._connection.execute("CREATE INDEX by_child ON row (child, file, line)")

    def _as_kept(self, row: Row, of: File) -> tuple[object, ...]:
        led = row.cells[of.child]
        child, link = ("", f"{of.through}\t{led}") if of.through else (led, "")
        return child, len(self._files) - 1, row.line, link, row.wrong, json.dumps(row.cells, ensure_ascii=False)

    def _keep(self, waiting: list[tuple[object, ...]]) -> None:
        self._connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?)", waiting)
        waiting.clear()

    def _keep_numbers(self, row: Row, of: File) -> None:
        """Whose each thing is, for files that lead to a child only through it."""
        wanted = {file.through for file in self._mapping.files if file.through}
        for block in of.gives:
            if block.kind in wanted and not of.through and (number := number_of(block, row)):
                self._connection.execute(
                    "INSERT OR IGNORE INTO number VALUES (?, ?, ?)", (block.kind, number, row.cells[of.child])
                )

    def _lead_through(self) -> None:
        self._connection.execute(
            "UPDATE row SET child = coalesce((SELECT child FROM number"
            " WHERE number.kind || char(9) || number.number = row.link), '') WHERE link <> ''"
        )

    def count(self) -> int:
        """How many children."""
        found: int = self._connection.execute("SELECT count(DISTINCT child) FROM row WHERE child <> ''").fetchone()[0]
        return found

    def children(self) -> Iterator[tuple[str, list[Placed]]]:
        """Each child’s number with their rows, in the order of the files; first, under '', rows that name no child."""
        child, placed = "", list[Placed]()
        for number, file, line, wrong, cells in self._connection.execute(
            "SELECT child, file, line, wrong, cells FROM row ORDER BY child, file, line"
        ):
            if number != child:
                yield child, placed
                child, placed = number, []
            of, name = self._files[file]
            placed.append(Placed(of, Row(name, of.sheet, line, json.loads(cells), wrong)))
        yield child, placed


def number_of(block: Block, row: Row) -> str:
    """Their number for the thing; of several columns, all of them or none."""
    cell = block.cells["key"]
    parts = [row.cells[column] for column in cell.columns]
    return " ".join(parts) if all(parts) else ""


@contextmanager
def stage(mapping: Mapping) -> Iterator[Stage]:
    connection = sqlite3.connect("", isolation_level=None)
    try:
        yield Stage(connection, mapping)
    finally:
        connection.close()
