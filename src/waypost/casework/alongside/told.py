"""What the rows about one child say, as facts each of one kind, and what in them cannot be used. Pure.

A problem names the file, the row and the column and says what was expected; never what stands in the cell.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Names
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from waypost.casework.alongside import dates, kinds
from waypost.casework.alongside.mapping import Block, Cell, Mapping, plain
from waypost.casework.alongside.staged import Placed, number_of
from waypost.casework.alongside.tables import Row
from waypost.kernel.words import listed

MOST_NUMBER = 9_999
NOBODY = "nobody"  # in the table of workers: somebody who was there and has no account here
IDENTITY = ("name", "birth")
NAMES_THEM = ("name", "given", "family", "born")  # columns without which it is not known who a child is


@dataclass(frozen=True, slots=True)
class Place:
    file: str
    sheet: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """`asks`: a person must settle it; otherwise something was left out until the export or the mapping is mended."""

    place: Place
    column: str
    sentence: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """`key` is unique among what is of its kind in that system; `said` by the names of `kinds`, days as days."""

    kind: str
    key: str
    said: Names[str, Any]
    place: Place

    @property
    def digest(self) -> str:
        text = json.dumps(self.said, sort_keys=True, ensure_ascii=False, default=_written)
        return hashlib.sha256(text.encode()).hexdigest()


def _written(value: date | datetime) -> str:
    return value.isoformat()


@dataclass(frozen=True, slots=True)
class Told:
    """One child. `is_whole` False: who they are is in doubt, and nothing about them is read."""

    number: str
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    seen: frozenset[tuple[str, str]]  # kind and key of all that the export has, also of what cannot be used
    is_whole: bool
    place: Place

    def of(self, kind: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.kind == kind), None)


class _Wrong(Exception):
    """`of` is the name of the field, as far as that is known where it is found."""

    def __init__(self, column: str, sentence: str, of: str = "") -> None:
        super().__init__(sentence)
        self.column, self.sentence, self.of = column, sentence, of


@dataclass(slots=True)
class _So:
    """As it comes together, row by row."""

    facts: dict[tuple[str, str], list[Fact]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    is_whole: bool = True


def nobodys(placed: Iterable[Placed]) -> Iterator[Problem]:
    """Rows that lead to no child."""
    for one in placed:
        via = f"No child has this {one.of.through}" if one.of.through else "The child’s number is missing"
        yield Problem(
            _place(one.row), one.of.child, f"{via}, so it is not known whose this is. Mend the row or leave it out."
        )


def told(number: str, placed: Sequence[Placed], mapping: Mapping) -> Told:
    so = _So()
    for one in placed:
        if one.row.wrong:
            so.problems.append(Problem(_place(one.row), "", one.row.wrong))
        for block in one.of.gives:
            if all(plain(one.row.cells[column]) in values for column, values in block.where.items()):
                _read(block, one.row, number, mapping, so)
    facts = [*_agreed(so)]
    facts = [*_with_offences(facts)]
    return Told(
        number=number,
        facts=tuple(facts),
        problems=tuple(so.problems),
        seen=frozenset(so.seen),
        is_whole=so.is_whole and _has_identity(facts, placed, so),
        place=_place(placed[0].row),
    )


def _has_identity(facts: Sequence[Fact], placed: Sequence[Placed], so: _So) -> bool:
    if {fact.kind for fact in facts} >= {*IDENTITY}:
        return True
    if so.is_whole:
        sentence = (
            "No row gives this child’s name and birth date, so nothing about them was read. Export the child too."
        )
        so.problems.append(Problem(_place(placed[0].row), placed[0].of.child, sentence))
    return False


def _place(row: Row) -> Place:
    return Place(row.file, row.sheet, row.line)


# One row --------------------------------------------------------------------------------------------------------------


def _read(block: Block, row: Row, number: str, mapping: Mapping, so: _So) -> None:
    """The facts of one block; where a cell cannot be used that thing is left out, or for a child everything."""
    place, key = _place(row), _key(block, row, number)
    if block.kind != "child" and not _says_anything(block, row):
        return
    if key:
        so.seen |= {(block.kind, key)} | ({("contract", key)} if block.kind == "order" else set())
    if row.wrong:
        so.is_whole = so.is_whole and block.kind != "child"
        return
    said, wrong = _said(block, row, mapping)
    if not key:
        wrong.append(
            _Wrong(listed([*block.cells["key"].columns]), "Its number is missing, by which it is known again.")
        )
    so.problems += [Problem(place, each.column, each.sentence) for each in wrong]
    if not wrong or block.kind == "child":
        for fact in _facts(block, key, number, said, place, row):
            so.seen.add((fact.kind, fact.key))
            so.facts[fact.kind, fact.key].append(fact)
    if block.kind == "child" and any(each.of in NAMES_THEM for each in wrong):
        so.is_whole = False


def _key(block: Block, row: Row, number: str) -> str:
    return number_of(block, row) if "key" in block.cells else number


def _says_anything(block: Block, row: Row) -> bool:
    """A wide row has the columns of an order whether or not there is one."""
    own = [cell for name, cell in block.cells.items() if not cell.same and name not in ("key", "order")]
    return any(row.cells[column] for cell in own for column in cell.columns)


def _facts(block: Block, key: str, number: str, said: dict[str, Any], place: Place, row: Row) -> Iterator[Fact]:
    if block.kind == "child":
        yield from _who(number, said, place)
        return
    if block.kind == "order":
        signed = said.pop("contract_signed", None)
        yield Fact("order", key, {name: value for name, value in said.items() if value is not None}, place)
        if signed:
            yield Fact("contract", key, {"since": signed}, place)
        return
    yield Fact(block.kind, key, {name: value for name, value in said.items() if value is not None}, place)


def _who(number: str, said: dict[str, Any], place: Place) -> Iterator[Fact]:
    """A child’s columns are several things, each known again by itself."""
    if "given" in said:
        yield Fact("name", number, {"given": said["given"], "family": said.get("family") or ""}, place)
    if "born" in said:
        yield Fact("birth", number, {"born": said["born"]}, place)
    if said.get("known_as"):
        yield Fact("known_as", number, {"given": said["known_as"]}, place)
    for which in ("sex", "ethnicity"):
        if said.get(which):
            yield Fact("particular", f"{number} {which}", {"which": which, "code": said[which]}, place)
    for scheme, value in said.get("numbers", {}).items():
        yield Fact("identifier", f"{number} {scheme}", {"scheme": scheme, "value": value}, place)


def _said(block: Block, row: Row, mapping: Mapping) -> tuple[dict[str, Any], list[_Wrong]]:
    kind = kinds.KINDS[block.kind]
    said: dict[str, Any] = {}
    wrong: list[_Wrong] = []
    for name, cell in block.cells.items():
        try:
            value = _value(kind.fields[name], cell, row, mapping)
        except _Wrong as each:
            wrong.append(_Wrong(each.column, each.sentence, name))
            continue
        if kind.fields[name].of == "name":
            given, family = value or ("", "")
            said |= {"given": given, "family": family} if value else {}
        elif value is None and any(name in group for group in kind.needed) and not _has_other(name, kind, block):
            wrong.append(_Wrong(listed([*cell.columns]), "This is empty and must be known.", name))
        elif name != "key":
            said[name] = value
    numbers = {scheme: _text(cell, row, 60) for scheme, cell in block.numbers.items()}
    if numbers := {scheme: value for scheme, value in numbers.items() if value}:
        said["numbers"] = numbers
    return _named(block, said, wrong), wrong


def _has_other(name: str, kind: kinds.Kind, block: Block) -> bool:
    """Of a family name and a given name one is enough."""
    return any(name in group and len(group) > 1 for group in kind.needed)


def _named(block: Block, said: dict[str, Any], wrong: list[_Wrong]) -> dict[str, Any]:
    """Without a name there is no `given`, by which a row is known to name somebody."""
    if block.kind != "child":
        return said
    if not (said.get("given") or said.get("family")):
        said.pop("given", None)
        columns = {column for name in ("name", "given", "family") for column in block.cells.get(name, Cell()).columns}
        wrong.append(
            _Wrong(listed(sorted(columns)), "The name is empty, or not in the order the mapping says.", "name")
        )
    else:
        said["given"] = said.get("given") or ""
    if said.get("born") is None:
        said.pop("born", None)
    return said


# One cell -------------------------------------------------------------------------------------------------------------


def _value(field_: kinds.Field, cell: Cell, row: Row, mapping: Mapping) -> Any:
    """None where nothing is said."""
    if field_.of in ("text", "key"):
        return _text(cell, row, field_.longest)
    if field_.of == "moment":
        return _moment(cell, row, mapping)
    text = cell.same or row.cells[cell.columns[0]]
    if not text:
        return None
    return _READ[field_.of](text, cell, mapping)


def _text(cell: Cell, row: Row, longest: int) -> str | None:
    text = cell.same or " ".join(filter(None, (row.cells[column] for column in cell.columns)))
    if len(text) > longest:
        raise _Wrong(listed([*cell.columns]), f"This has {len(text):,} characters; {longest:,} at most can be kept.")
    if "\x00" in text:
        raise _Wrong(listed([*cell.columns]), "This holds a sign that is no text. Export the file again.")
    return text or None


def _moment(cell: Cell, row: Row, mapping: Mapping) -> datetime | None:
    day, *clock = (row.cells[column] for column in cell.columns)
    if not day:
        return None
    found = dates.moment_of(day, clock[0] if clock else "", mapping.dates)
    if found is None:
        formats = _formats(mapping)
        raise _Wrong(
            listed([*cell.columns]), f"This is no day and time as the mapping says they are written: {formats}."
        )
    return found


def _day(text: str, cell: Cell, mapping: Mapping) -> date:
    found = dates.day_of(text, mapping.dates)
    if found is None:
        raise _Wrong(cell.columns[0], f"This is no day as the mapping says days are written: {_formats(mapping)}.")
    return found


def _formats(mapping: Mapping) -> str:
    return listed([*mapping.dates], "or")


def _number(text: str, cell: Cell, mapping: Mapping) -> int:
    digits = text.casefold().removesuffix(cell.drop.casefold()).strip() if cell.drop else text
    digits = digits.removesuffix(".0").removesuffix(".00")
    if not (digits.isascii() and digits.isdigit() and int(digits) <= MOST_NUMBER):
        column = listed([*cell.columns]) or "same"
        raise _Wrong(
            column, "This must be a whole number. Where words stand behind it, name them in the mapping: drop."
        )
    return int(digits)


def _code(text: str, cell: Cell, mapping: Mapping) -> str:
    if cell.same:
        return cell.same
    table = mapping.codes[cell.codes]
    if plain(text) not in table:
        what = f"The table {cell.codes} of the mapping does not have what stands here."
        raise _Wrong(cell.columns[0], f"{what} Add it there, with the word of ours for it.")
    return table[plain(text)]


def _worker(text: str, cell: Cell, mapping: Mapping) -> str:
    """The e-mail of an account: by the table of workers, or as it stands."""
    found = mapping.workers.get(plain(text), text)
    if "@" not in found and found != NOBODY:
        sentence = "The mapping’s table of workers does not have who stands here. Add them, with their e-mail here."
        raise _Wrong(listed([*cell.columns]), sentence)
    return found.strip().lower()


def _name(text: str, cell: Cell, mapping: Mapping) -> tuple[str, str] | None:
    """Given and family name; None: it is not in the order the mapping says."""
    text = " ".join(text.split())
    if cell.order == "family, given":
        family, comma, given = text.partition(",")
        return (given.strip(), family.strip()) if comma else None
    first, _, rest = text.partition(" ") if cell.order == "family given" else text.rpartition(" ")
    return (rest, first) if cell.order == "family given" else (first, rest)


_READ = {"day": _day, "number": _number, "code": _code, "worker": _worker, "name": _name}


# All rows of a child --------------------------------------------------------------------------------------------------


def _agreed(so: _So) -> Iterator[Fact]:
    """Of each thing one fact. Rows that contradict each other are all named, and the thing is left out."""
    for (kind, _), facts in so.facts.items():
        differing = list({fact.digest: fact for fact in facts}.values())
        if len(differing) == 1:
            yield facts[0]
            continue
        rows_ = listed([f"{fact.place.file} row {fact.place.line}" for fact in differing])
        for fact in differing:
            so.problems.append(Problem(fact.place, "", _contradiction(kind, rows_)))
        if kind in IDENTITY:
            so.is_whole = False


def _contradiction(kind: str, rows_: str) -> str:
    if kind in IDENTITY:
        what = "name" if kind == "name" else "birth date"
        return (
            f"One number has more than one {what} ({rows_}), so nothing about them was read. Mend what is wrong there."
        )
    return f"These do not say the same of one thing ({rows_}), so it was left out. Mend what is wrong there."


def _with_offences(facts: Sequence[Fact]) -> Iterator[Fact]:
    """An order knows for which offences it was given: they name it, or stand in its row."""
    by_place = {fact.place: fact.key for fact in facts if fact.kind == "order"}
    of: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "offence" and (order := fact.said.get("order") or by_place.get(fact.place)):
            of[order].append(fact.key)
    for fact in facts:
        if fact.kind == "order" and fact.key in of:
            yield replace(fact, said={**fact.said, "offences": sorted(of[fact.key])})
        else:
            yield fact
