"""How another system's exports are to be read: which column says what, in which words of theirs. Pure.

A mapping is YAML, written by somebody who knows both systems, and read strictly: a name that is not known here is
refused with what is known, so that nothing is left out because of a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import yaml

from waypost.casework.alongside import kinds
from waypost.casework.alongside.dates import EXCEL, why_not_format
from waypost.kernel.definition_files import OnceOnly, Unreadable, fields, one_of, only, value
from waypost.kernel.words import listed

LARGEST = 200_000  # characters
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ORDERS = ("given family", "family given", "family, given")  # in which one column holds a whole name
NUMBER = "{number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one thing is said: a column, or two of a day and a time; or the same in every row."""

    columns: tuple[str, ...] = ()
    codes: str = ""  # the table by which their code becomes ours
    same: str = ""  # in every row
    drop: str = ""  # what stands behind the number and is no part of it: "12 months"
    order: str = ""  # of the parts of a whole name


@dataclass(frozen=True, slots=True)
class Block:
    """What the rows of a file give: one thing of a kind each, where the columns of `where` say so."""

    kind: str
    cells: Names[str, Cell]
    numbers: Names[str, Cell]  # of a child, by scheme
    where: Names[str, frozenset[str]]

    @property
    def columns(self) -> set[str]:
        found = {name for cell in (*self.cells.values(), *self.numbers.values()) for name in cell.columns}
        return found | set(self.where)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the export, or several of one shape: which, where its table begins, and what its rows give."""

    pattern: str
    child: str  # the column of their number for the child
    gives: tuple[Block, ...]
    sheet: str = ""
    titles: int = 0  # rows above the headings
    headings: int = 1  # rows of headings; of two, the upper one stands over several columns
    fill_down: tuple[str, ...] = ()  # said once for several rows; the first of them begins the next
    stop_at: str = ""  # a row whose first cell begins so ends the table
    encoding: str = ""
    delimiter: str = ""
    through: str = ""  # the kind of thing whose number `child` is, where a file does not name the child

    @property
    def columns(self) -> set[str]:
        return {self.child, *self.fill_down}.union(*(block.columns for block in self.gives))


@dataclass(frozen=True, slots=True)
class Mapping:
    system: str
    original: str  # where the record stands in that system, with {number}; empty: nowhere that a link leads to
    dates: tuple[str, ...]
    workers: Names[str, str]  # as they write a worker → e-mail of an account here
    codes: Names[str, Names[str, str]]
    files: tuple[File, ...]

    def kinds(self) -> set[str]:
        return {block.kind for file in self.files for block in file.gives}


WHERE = "The mapping"


def read(text: str) -> Mapping:
    """Unreadable, with the place and what was expected, where it cannot be used as it is written."""
    if len(text) > LARGEST:
        raise Unreadable(
            f"{WHERE} is longer than {LARGEST:,} characters. It holds names of columns and codes, no rows."
        )
    given = fields(WHERE, _loaded(text), {"system": str, "dates": list, "files": list}, _TOP)
    codes = {str(name): _table(f"{WHERE}, codes, {name}", table) for name, table in given.get("codes", {}).items()}
    files = tuple(_file(f"{WHERE}, file {n}", each, codes) for n, each in enumerate(given["files"], 1))
    if not files:
        raise Unreadable(f"{WHERE}: files must be given: at least one, and what its rows give.")
    mapping = Mapping(
        system=given["system"].strip(),
        original=_original(given.get("original", "")),
        dates=tuple(_format(each) for each in given["dates"]),
        workers=_table(f"{WHERE}, workers", given.get("workers", {})),
        codes=codes,
        files=files,
    )
    _makes_sense(mapping)
    return mapping


_TOP: dict[str, type] = {"original": str, "workers": dict, "codes": dict}
_FILE: dict[str, type] = {"pattern": str, "child": str, "gives": list}
_FILE_OPTIONAL: dict[str, type] = {
    "sheet": str,
    "titles": int,
    "headings": int,
    "fill_down": list,
    "stop_at": str,
    "encoding": str,
    "delimiter": str,
    "through": str,
}
_CELL: dict[str, type] = {"column": str, "columns": list, "codes": str, "same": str, "drop": str, "order": str}


class _Plainly(OnceOnly):
    """Without YAML's short hands for what stood before, by which a few lines become millions."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "write it out: * has no place here", None)
        return super().compose_node(parent, index)


def _loaded(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Plainly)  # noqa: S506 (made from the safe loader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise Unreadable(
            f"{WHERE} is not YAML: {line}{getattr(problem, 'problem', None) or 'it breaks off'}."
        ) from None


def _original(link: str) -> str:
    """Only an address of the web, and nothing of the child in it but their number."""
    if len(link) > 300:
        raise Unreadable(f"{WHERE}: original must be an address of 300 characters at most.")
    if link and not (link.startswith(("https://", "http://")) and link.count(NUMBER) == 1):
        raise Unreadable(f"{WHERE}: original must be an address with {NUMBER} in it once, as https://…/{NUMBER}.")
    return link


def in_address(number: str) -> str:
    """As it may stand within an address, whatever signs it has."""
    return quote(number, safe="")


def _format(given: Any) -> str:
    found = str(given).strip()
    if reason := why_not_format(found):
        raise Unreadable(f"{WHERE}, dates: {reason}")
    return found


def _table(where: str, given: Any) -> dict[str, str]:
    """Codes as text: 01 and "01" are what a person sees in the export, so each must be in quotes there."""
    if not isinstance(given, dict):
        raise Unreadable(f"{where}: must be theirs and ours, line by line.")
    for theirs, ours in given.items():
        if not isinstance(theirs, str) or not isinstance(ours, str):
            raise Unreadable(f"{where}: write {theirs} and {ours} in quotes, as they stand in the export.")
    found = {plain(theirs): ours.strip() for theirs, ours in given.items()}
    if len(found) < len(given):
        raise Unreadable(f"{where}: two of their codes differ only by capitals or spaces.")
    return found


def plain(code: str) -> str:
    """A code as it is compared."""
    return " ".join(code.split()).casefold()


def _file(where: str, given: Any, codes: Names[str, Names[str, str]]) -> File:
    found = fields(where, given, _FILE, _FILE_OPTIONAL)
    where = f"{where} ({found['pattern']})"
    if "encoding" in found:
        one_of(where, "encoding", found["encoding"], ENCODINGS)
    if "delimiter" in found:
        found["delimiter"] = DELIMITERS[one_of(where, "delimiter", found["delimiter"], DELIMITERS)]
    if "through" in found:
        one_of(where, "through", found["through"], kinds.WITH_A_NUMBER)
    if found.get("headings", 1) not in (1, 2) or not 0 <= found.get("titles", 0) <= 50:
        raise Unreadable(f"{where}: headings must be 1 or 2, and titles at most 50.")
    if any(sign in found["pattern"] for sign in ("/", "\\", "**")):
        raise Unreadable(f"{where}: pattern must be the name of a file in the folder, as orders_*.csv.")
    gives = tuple(_block(f"{where}, gives {n}", each, codes) for n, each in enumerate(found.pop("gives"), 1))
    fill_down = tuple(str(each) for each in found.pop("fill_down", ()))
    return File(gives=gives, fill_down=fill_down, **found)


def _block(where: str, given: Any, codes: Names[str, Names[str, str]]) -> Block:
    if not isinstance(given, dict) or not isinstance(given.get("kind"), str):
        raise Unreadable(f"{where}: must say its kind: {listed(sorted(kinds.KINDS), 'or')}.")
    kind = kinds.KINDS[one_of(where, "kind", given["kind"], kinds.KINDS)]
    where = f"{where}, {kind.key}"
    only(where, given, {"kind", "where", *kind.fields, *(["numbers"] if kind.key == "child" else [])})
    cells = {name: _cell(where, name, given[name], kind.fields[name], codes) for name in kind.fields if name in given}
    for needed in kind.needed:
        if not any(name in cells for name in needed):
            raise Unreadable(f"{where}: {listed([*needed], 'or')} must be given.")
    return Block(kind.key, cells, dict(_numbers(where, given, codes)), dict(_where(where, given)))


def _numbers(where: str, given: Names[str, Any], codes: Names[str, Names[str, str]]) -> Iterator[tuple[str, Cell]]:
    for scheme, cell in (value(where, given, "numbers", dict) or {}).items():
        one_of(where, "numbers", str(scheme), kinds.schemes())
        yield scheme, _cell(where, f"numbers {scheme}", cell, kinds.Field("text"), codes)


def _where(where: str, given: Names[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    for column, values in (value(where, given, "where", dict) or {}).items():
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values) or not values:
            raise Unreadable(f"{where}: where {column} must be a list of what may stand there, in quotes.")
        yield str(column), frozenset(plain(each) for each in values)


def _cell(where: str, name: str, given: Any, field: kinds.Field, codes: Names[str, Names[str, str]]) -> Cell:
    where = f"{where}, {name}"
    if isinstance(given, str) and given.strip():
        given = {"column": given}
    found = fields(where, given, {}, _CELL)
    columns = tuple(str(each) for each in found.get("columns", [found["column"]] if "column" in found else []))
    if bool(columns) == ("same" in found):
        raise Unreadable(f"{where}: one of column, columns and same must be given.")
    if len(columns) > (field.columns if columns else 1):
        raise Unreadable(f"{where}: {field.columns} column{'s' if field.columns > 1 else ''} at most.")
    if "order" in found:
        one_of(where, "order", found["order"], ORDERS)
    cell = Cell(columns, found.get("codes", ""), found.get("same", ""), found.get("drop", ""), found.get("order", ""))
    _refuse_codes(where, cell, field, codes)
    return cell


def _refuse_codes(where: str, cell: Cell, field: kinds.Field, codes: Names[str, Names[str, str]]) -> None:
    """What has a list of ours says by which table it is reached, and every word of ours in that table is one."""
    ours = kinds.codes_of(field)
    if ours is None:
        if cell.codes:
            raise Unreadable(f"{where}: codes has no place here: there is no list of ours behind it.")
        return
    if cell.same:
        one_of(where, "same", cell.same, ours)
        return
    if cell.codes not in codes:
        raise Unreadable(f"{where}: codes must name one of the tables under codes, by which theirs become ours.")
    for theirs, key in codes[cell.codes].items():
        if key not in ours:
            raise Unreadable(
                f"{where}: the table {cell.codes} makes {theirs!r} {key!r}, which is none of ours."
                f" Ours are {listed(sorted(ours))}."
            )


def _makes_sense(mapping: Mapping) -> None:
    if "child" not in mapping.kinds():
        raise Unreadable(f"{WHERE}: one file must give the child: name and birth date.")
    if not mapping.dates:
        raise Unreadable(f"{WHERE}: dates must say how days are written, as %d/%m/%Y, or {EXCEL}.")
    for file in mapping.files:
        if file.through and not any(file.through == block.kind for other in mapping.files for block in other.gives):
            raise Unreadable(f"{WHERE}, {file.pattern}: no file gives the {file.through} through which it leads.")
