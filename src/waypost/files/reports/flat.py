"""A table as a spreadsheet wants it: every row complete in itself, one fact to a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from waypost.files.reports.model import Column, Group, Kind, Table
from waypost.files.reports.values import Language, Status, Value
from waypost.files.reports.words import WORDS, in_words
from waypost.kernel.months import Month
from waypost.kernel.rates import Rate

Cell = str | int | Decimal | Fraction | date | Month | Status | None


def names(table: Table, language: Language) -> list[str]:
    """The groups' names, then each column's: a status has its reason beside it, a rate its share and its parts."""
    return [*table.groups, *(name for column in table.columns for name in _names(column, language))]


def widths(table: Table) -> list[float]:
    """Centimetres, in step with `names`."""
    return [4.0 for _ in table.groups] + [w for column in table.columns for w in _widths(column)]


def rows(table: Table, language: Language) -> Iterator[list[Cell]]:
    """The rows in order, the groups they stand under repeated in each."""
    above: list[str] = [""] * len(table.groups)
    for entry in table.entries():
        if isinstance(entry, Group):
            above[entry.level - 1 :] = [entry.text] + [""] * (len(above) - entry.level)
            continue
        pairs = zip(table.columns, entry.cells, strict=True)
        yield [*above, *(cell for column, value in pairs for cell in _cells(column.kind, value, language))]


def _names(column: Column, language: Language) -> Iterable[str]:
    words = WORDS[language]
    match column.kind:
        case Kind.STATUS:
            return (column.name, f"{column.name}: {words.why}")
        case Kind.RATE:
            return (column.name, f"{column.name}: {words.number}", f"{column.name}: {words.out_of}")
        case _:
            return (column.name,)


def _widths(column: Column) -> Iterable[float]:
    match column.kind:
        case Kind.STATUS:
            return (3.0, max(6.0, column.width))
        case Kind.RATE:
            return (column.width, 2.0, 2.0)
        case _:
            return (column.width,)


def _cells(kind: Kind, value: Value, language: Language) -> Iterable[Cell]:
    if kind is Kind.STATUS:
        return (value, value.why or None) if isinstance(value, Status) else (_cell(value, language), None)
    if kind is Kind.RATE:
        return (
            (value.share, value.numerator, value.denominator)
            if isinstance(value, Rate)
            else (_cell(value, language), None, None)
        )
    return (_cell(value, language),)


def _cell(value: Value, language: Language) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, int | Decimal | date | Month) and not isinstance(value, bool):
        return value
    return in_words(value, language) or None
