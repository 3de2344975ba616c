"""Planned against delivered as a report: the page's own figures, with their fractions."""

from __future__ import annotations

from datetime import date

from waypost.casework.interventions.service import Line, Service
from waypost.files.reports.model import Block, Column, Fact, Facts, Heading, Kind, Note, Report, Row, Table
from waypost.kernel.words import day

COLUMNS = (
    Column("Who or what", 6),
    Column("Took place", 3, Kind.RATE),
    Column("Missed", 2, Kind.NUMBER),
    Column("Cancelled", 2, Kind.NUMBER),
    Column("Not held", 2, Kind.NUMBER),
    Column("Not recorded", 2, Kind.NUMBER),
    Column("Lost most because", 6),
)
REASONS = (Column("Reason", 8), Column("On whose side", 4), Column("Sessions", 2, Kind.NUMBER))
HOW = (
    "Of the sessions of which it is known what came of them, how many took place. Those that nobody has recorded stand"
    " beside, and count neither way."
)


def report_of(found: Service, *, author: str, on: date, marking: str) -> Report:
    blocks: list[Block] = [
        Facts((Fact("Took place", found.counted.rate), Fact("Not recorded", found.counted.not_recorded)))
    ]
    for title, lines in found.tables.items():
        blocks += [Heading(1, title), Table(title, COLUMNS, [_row(one) for one in lines])]
    reasons = [Row((one.reason, one.whose, one.number)) for one in found.lost]
    blocks += [Heading(1, "Why sessions were lost"), Table("Why sessions were lost", REASONS, reasons), Note(HOW)]
    return Report(
        title="Planned against delivered",
        subtitle=f"{day(found.since)} to {day(found.until)}",
        author=author,
        made_on=on,
        marking=marking,
        blocks=tuple(blocks),
    )


def _row(line: Line) -> Row:
    of = line.counted
    return Row((line.name, of.rate, of.missed, of.cancelled, of.not_held, of.not_recorded, line.worst))
